"""The network that labels the lines of a dump: two gated recurrent units, which read them downwards and upwards, in numpy.

What a line is follows from what is around it, however far away: a heading, the first comment, the end of the article. In place of
means over windows, a unit carries what it has read, and learned what to carry.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.feature_arrays import Matrix
from cleaner.compiled import serve_compiled

Numbers = NDArray[np.float64]
"""With numbers of this size, the order in which they are added up changes no verdict."""
MAX_DEVIATION = 5.0
"""Standard deviations from a feature's mean beyond which its values are taken for this."""
_LINES_AT_ONCE = 1024
"""Lines of which all that is computed is in memory."""
_PRODUCTS_AT_ONCE = 1 << 18
"""Products of a multiplication from which numpy's library would use several threads, of which a pool of processes has none to spare."""


class LineNetwork:
    """A trained network.

    Args:
        weights: arrays as ``tools/train_classifier.py`` writes them: ``mean`` and ``deviation`` of the features, and a table
            and a bias for each of ``input``, ``down`` and ``up`` (what a unit makes of the input), ``down_state`` and
            ``up_state`` (and of what it carries), ``middle`` and ``output``.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        self._weights = {name: np.ascontiguousarray(array, dtype=np.float64) for name, array in weights.items()}

    def compute_scores(self, features: Matrix) -> NDArray[np.float32]:
        """A score for each label of each line, from its row of ``features``; compute_softmax makes them probabilities."""
        lines = self._read_input(features)
        parts = [slice(start, start + _LINES_AT_ONCE) for start in range(0, len(lines), _LINES_AT_ONCE)]
        above, below = np.zeros((2, len(self._weights["up_state_table"])))
        up = [self._carry("up", lines[part][::-1], below)[::-1] for part in reversed(parts)][::-1]
        scores = np.empty((len(lines), len(self._weights["output_bias"])), dtype=np.float32)
        for part, after in zip(parts, up, strict=True):
            seen = [lines[part], self._carry("down", lines[part], above), after]
            middle = np.maximum(self._apply("middle", np.concatenate(seen, axis=1)), 0)
            scores[part] = self._apply("output", middle)
        return scores

    def _read_input(self, features: Matrix) -> Numbers:
        seen = (features - self._weights["mean"]) / self._weights["deviation"]
        return np.maximum(self._apply("input", np.clip(seen, -MAX_DEVIATION, MAX_DEVIATION)), 0)

    def _apply(self, name: str, rows: Numbers) -> Numbers:
        table = self._weights[f"{name}_table"]
        most = max(1, _PRODUCTS_AT_ONCE // table.size)
        found = np.empty((len(rows), table.shape[1]))
        for start in range(0, len(rows), most):
            np.matmul(rows[start : start + most], table, out=found[start : start + most])
        found += self._weights[f"{name}_bias"]
        return found

    def _carry(self, name: str, lines: Numbers, state: Numbers) -> Numbers:
        """What a unit carries after each of ``lines``, before which it carried ``state``; that becomes the last."""
        table, bias = self._weights[f"{name}_state_table"], self._weights[f"{name}_state_bias"]
        return run_unit(self._apply(name, lines), table, bias, state)


@serve_compiled("line_arrays")
def run_unit(given: Numbers, table: Numbers, bias: Numbers, state: Numbers) -> Numbers:
    """What a gated recurrent unit carries after each line; it begins with ``state``, which becomes what it carries at the end.

    ``given`` has for each line what its input adds to the three gates of the unit: reset, update, and new state; ``table`` and
    ``bias`` make the same of what it carries (Cho et al. 2014, in the form in which the reset gate is behind the table).
    """
    size = len(table)
    states = np.empty((len(given), size))
    for line, own in zip(states, given, strict=True):
        carried = state @ table + bias
        gates = 1 / (1 + np.exp(-(own[: 2 * size] + carried[: 2 * size])))
        reset, update = gates[:size], gates[size:]
        new = np.tanh(own[2 * size :] + reset * carried[2 * size :])
        state[:] = new + update * (state - new)
        line[:] = state
    return states

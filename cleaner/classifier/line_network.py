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
        seen = (features - self._weights["mean"]) / self._weights["deviation"]
        lines = np.maximum(self._apply("input", np.clip(seen, -MAX_DEVIATION, MAX_DEVIATION)), 0)
        parts = [lines, self._read("down", lines), self._read("up", lines[::-1])[::-1]]
        middle = np.maximum(self._apply("middle", np.concatenate(parts, axis=1)), 0)
        return self._apply("output", middle).astype(np.float32)

    def _apply(self, name: str, rows: Numbers) -> Numbers:
        table = self._weights[f"{name}_table"]
        most = max(1, _PRODUCTS_AT_ONCE // table.size)
        found = np.empty((len(rows), table.shape[1]))
        for start in range(0, len(rows), most):
            np.matmul(rows[start : start + most], table, out=found[start : start + most])
        found += self._weights[f"{name}_bias"]
        return found

    def _read(self, name: str, lines: Numbers) -> Numbers:
        state = f"{name}_state"
        return run_unit(self._apply(name, lines), self._weights[f"{state}_table"], self._weights[f"{state}_bias"])


@serve_compiled("line_arrays")
def run_unit(given: Numbers, table: Numbers, bias: Numbers) -> Numbers:
    """What a gated recurrent unit carries after each line.

    ``given`` has for each line what its input adds to the three gates of the unit: reset, update, and new state; ``table`` and
    ``bias`` make the same of what it carries (Cho et al. 2014, in the form in which the reset gate is behind the table).
    """
    size = len(table)
    states = np.empty((len(given), size))
    state = np.zeros(size)
    for line, own in zip(states, given, strict=True):
        carried = state @ table + bias
        gates = 1 / (1 + np.exp(-(own[: 2 * size] + carried[: 2 * size])))
        reset, update = gates[:size], gates[size:]
        new = np.tanh(own[2 * size :] + reset * carried[2 * size :])
        state = new + update * (state - new)
        line[:] = state
    return states

"""Fitting linear models over hashed tokens and oblivious forests, to labels and to keep-or-drop at once.

A block with a label pulls its probability up; a block of a page that has nothing but a gold text pulls up the sum of the
labels that its side of the gold can have. The same gradient serves both models. One thread, seeded: the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.label_model import KEPT, LABELS
from cleaner.classifier.text_tokens import Tokens
from training import kernels
from training.kernels import BINS

_K = len(LABELS)


class Targets(NamedTuple):
    """What rows should be: ``label`` (-1 unknown) and ``kept`` (1, 0, -1 unknown), and what each of the two weighs."""

    label: NDArray[np.int8]
    kept: NDArray[np.int8]
    label_weight: NDArray[np.float32]
    kept_weight: NDArray[np.float32]


def fit_linear(  # noqa: PLR0913  # settings by name
    tokens: Tokens, rows: NDArray[np.intp], targets: Targets, *, buckets: int, epochs: int, rate: float
) -> dict[str, NDArray[Any]]:
    """The arrays of a :class:`cleaner.classifier.linear_model.LinearModel` fitted to ``rows``, in that order."""
    table, bias = kernels.fit_linear(*tokens, rows, *targets, buckets, epochs, rate, _K, KEPT)
    # A common cut for all buckets of a label; weights beyond it are rare and lose nothing by it.
    scale = np.quantile(np.abs(table), 0.9995, axis=0) / 127
    return {
        "table": np.clip(np.round(table / scale), -127, 127).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": bias,
    }


def find_borders(columns: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Of each column, the values that cut it into at most :data:`BINS` bins of equal size."""
    found = []
    for values in columns.T:
        unique = np.unique(values)
        cuts = (unique[1:] + unique[:-1]) / 2
        if len(cuts) >= BINS:
            cuts = np.unique(np.quantile(values, np.linspace(0, 1, BINS + 1)[1:-1]))
        found.append(cuts.astype(np.float32))
    return found


def sort_into_bins(
    parts: Iterable[NDArray[np.float32]], cuts: list[NDArray[np.float32]], rows: int
) -> NDArray[np.uint8]:
    """The bins of all values of matrices one under the other, which have so many ``rows`` together; features in rows."""
    out = np.empty((len(cuts), rows), np.uint8)
    start = 0
    for part in parts:
        for place, own in enumerate(cuts):
            out[place, start : start + len(part)] = np.searchsorted(own, part[:, place], side="left")
        start += len(part)
    return out


class Plan(NamedTuple):
    """How a forest is grown. Chosen on one fold of sites."""

    trees: int = 150
    depth: int = 6
    rate: float = 0.15
    rows: float = 0.12
    columns: float = 0.15
    sketch: int = 5
    """Directions, drawn anew for each tree, in which the labels' gradients are looked at when a cut is sought."""
    cut_penalty: float = 5.0
    leaf_penalty: float = 3.0
    seed: int = 1


class Grown(NamedTuple):
    """A forest over bins."""

    columns: NDArray[np.int32]
    cuts: NDArray[np.int32]
    leaves: NDArray[np.float32]
    bias: NDArray[np.float32]

    def compute_scores(self, bins: NDArray[np.uint8]) -> NDArray[np.float32]:
        """What it says of rows."""
        scores = np.tile(self.bias, (bins.shape[1], 1)).astype(np.float32)
        for columns, cuts, values in zip(self.columns, self.cuts, self.leaves, strict=True):
            kernels.add(scores, bins, columns, cuts, values)
        return scores


def fit_forest(bins: NDArray[np.uint8], targets: Targets, plan: Plan) -> Grown:
    """A forest fitted to the rows that ``bins`` has in columns."""
    random, count = np.random.default_rng(plan.seed), bins.shape[1]
    weight = np.where(targets.label >= 0, targets.label_weight, 0) + np.where(targets.kept >= 0, targets.kept_weight, 0)
    norm = count / weight.sum()
    targets = targets._replace(
        label_weight=(targets.label_weight * norm).astype(np.float32),
        kept_weight=(targets.kept_weight * norm).astype(np.float32),
    )
    weight = (weight * norm).astype(np.float32)
    labelled = targets.label >= 0
    frequency = 1 + np.bincount(targets.label[labelled], targets.label_weight[labelled], _K)
    bias = np.log(frequency / frequency.sum()).astype(np.float32)
    scores = np.tile(bias, (count, 1))
    shape = (plan.trees, plan.depth)
    grown = Grown(
        np.zeros(shape, np.int32),
        np.zeros(shape, np.int32),
        np.zeros((plan.trees, 1 << plan.depth, _K), np.float32),
        bias,
    )
    for tree in range(plan.trees):
        rows = np.flatnonzero(random.random(count) < plan.rows)
        features = np.sort(random.choice(len(bins), max(1, int(len(bins) * plan.columns)), replace=False))
        pulls, curves = np.empty((2, len(rows), _K), np.float32)
        kernels.gradients(scores, rows, *targets, KEPT, pulls, curves)
        sketch = np.ascontiguousarray(pulls @ random.standard_normal((_K, plan.sketch)).astype(np.float32))
        seen, leaf = bins[features][:, rows], np.zeros(len(rows), np.uint8)
        for level in range(plan.depth):
            gain, where = kernels.best_cut(seen, sketch, weight[rows], leaf, 1 << level, plan.cut_penalty)
            chosen = int(gain.argmax())
            grown.columns[tree, level], grown.cuts[tree, level] = features[chosen], where[chosen]
            leaf |= (seen[chosen] > where[chosen]).astype(np.uint8) << np.uint8(level)
        for k in range(_K):
            pull, curve = (np.bincount(leaf, of[:, k], 1 << plan.depth) for of in (pulls, curves))
            grown.leaves[tree, :, k] = plan.rate * pull / (curve + plan.leaf_penalty)
        kernels.add(scores, bins, grown.columns[tree], grown.cuts[tree], grown.leaves[tree])
    return grown


def list_arrays(grown: Grown, cuts: list[NDArray[np.float32]]) -> dict[str, NDArray[Any]]:
    """The arrays of a :class:`cleaner.classifier.label_trees.LabelTrees`."""
    places = zip(grown.columns.ravel().tolist(), grown.cuts.ravel().tolist(), strict=True)
    # A column of one value has no cut; nothing exceeds infinity.
    values = [cuts[column][cut] if cut < len(cuts[column]) else np.inf for column, cut in places]
    scale = np.maximum(np.abs(grown.leaves).max((1, 2)), 1e-9) / 127
    return {
        "columns": grown.columns.astype(np.int16),
        "borders": np.array(values, np.float32).reshape(grown.columns.shape),
        "leaves": np.round(grown.leaves / scale[:, None, None]).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": grown.bias,
    }

"""Gradient-boosted oblivious trees with a value for every label in each leaf, in numpy.

In an oblivious tree all nodes of a level ask the same question, so a tree of depth six is six comparisons, and the
answers are the number of a leaf. All trees on all blocks of a page are a handful of array operations.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.feature_arrays import Matrix
from cleaner.compiled import serve_compiled

_TREES_AT_ONCE = 64
"""Trees whose leaves are added up at a time: more would not fit the processor's cache."""
_LANES = 8
"""Numbers of a leaf are padded to a multiple of this, with which a processor computes at once."""


class LabelTrees:
    """A trained forest.

    Args:
        weights: arrays as ``tools/train_classifier.py`` writes them: ``columns`` and ``borders`` (trees by depth),
            ``leaves`` (int8, trees by leaf by label), ``scale`` (one a tree) and ``bias`` (one a label).
    """

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        self._columns = np.ascontiguousarray(weights["columns"].T.astype(np.intp))
        self._borders = np.ascontiguousarray(weights["borders"].T.astype(np.float32))
        leaves = weights["leaves"].astype(np.float32) * weights["scale"].astype(np.float32)[:, None, None]
        self._leaves = np.pad(leaves.reshape(-1, leaves.shape[2]), ((0, 0), (0, -leaves.shape[2] % _LANES)))
        self._bias = weights["bias"].astype(np.float32)

    def compute_scores(self, features: Matrix) -> NDArray[np.float32]:
        """A score for each label of each block, from its row of ``features``; compute_softmax makes them probabilities."""
        # Features in rows: whole rows are read where single numbers would have to be gathered. Mostly they are so in memory.
        rows = np.ascontiguousarray(features.T)
        total = np.tile(self._bias, (len(features), 1))
        add_leaves(rows, self._columns, self._borders, self._leaves, total)
        return total


@serve_compiled("label_scores")
def add_leaves(
    rows: Matrix, columns: NDArray[np.intp], borders: Matrix, leaves: Matrix, total: NDArray[np.float32]
) -> None:
    """Add to ``total`` (blocks by labels) the leaf of each tree that each block comes to.

    ``rows`` are features by blocks; ``columns`` and ``borders`` are levels by trees; ``leaves`` are those of all trees, one tree
    after the other, by labels; more columns than ``total`` has are zeros.
    """
    leaf = np.zeros((columns.shape[1], rows.shape[1]), dtype=np.uint8)
    for level, (asked, limits) in enumerate(zip(columns, borders, strict=True)):
        leaf |= (rows[asked] > limits[:, None]).view(np.uint8) << np.uint8(level)
    places = leaf + (np.arange(len(leaf)) << len(columns))[:, None]
    for start in range(0, len(places), _TREES_AT_ONCE):
        total += leaves.take(places[start : start + _TREES_AT_ONCE], axis=0).sum(0)[:, : total.shape[1]]


def compute_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities from scores, row by row."""
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True), dtype=np.float32)

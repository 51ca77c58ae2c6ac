"""Gradient-boosted oblivious trees with a value for every label in each leaf, in numpy.

In an oblivious tree all nodes of a level ask the same question, so a tree of depth six is six comparisons, and the
answers are the number of a leaf. All trees on all blocks of a page are a handful of array operations.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.text_features import Matrix

_TREES_AT_ONCE = 64
"""Trees whose leaves are added up at a time: more would not fit the processor's cache."""


class LabelTrees:
    """A trained forest.

    Args:
        weights: arrays as ``tools/train_classifier.py`` writes them: ``columns`` and ``borders`` (trees by depth),
            ``leaves`` (int8, trees by leaf by label), ``scale`` (one a tree) and ``bias`` (one a label).
    """

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        self._columns = np.ascontiguousarray(weights["columns"].T.astype(np.intp))
        self._borders = np.ascontiguousarray(weights["borders"].T.astype(np.float32))[..., None]
        leaves = weights["leaves"].astype(np.float32) * weights["scale"].astype(np.float32)[:, None, None]
        self._first = np.arange(len(leaves))[:, None] * leaves.shape[1]
        """Of each tree, the place of its first leaf among all."""
        self._leaves = leaves.reshape(-1, leaves.shape[2])
        self._bias = weights["bias"].astype(np.float32)

    def compute_scores(self, features: Matrix) -> NDArray[np.float32]:
        """A score for each label of each block, from its row of ``features``; compute_softmax makes them probabilities."""
        # Features in rows: whole rows are copied where single numbers would have to be gathered.
        rows = np.ascontiguousarray(features.T)
        leaf = np.zeros((len(self._first), len(features)), dtype=np.uint8)
        for level, (columns, borders) in enumerate(zip(self._columns, self._borders, strict=True)):
            leaf |= (rows[columns] > borders).view(np.uint8) << np.uint8(level)
        leaves_of_trees = leaf + self._first
        total = np.tile(self._bias, (len(features), 1))
        for start in range(0, len(leaves_of_trees), _TREES_AT_ONCE):
            total += self._leaves.take(leaves_of_trees[start : start + _TREES_AT_ONCE], axis=0).sum(0)
        return total


def compute_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities from scores, row by row."""
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True), dtype=np.float32)

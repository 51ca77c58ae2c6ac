"""Gradient-boosted oblivious trees, in numpy.

In an oblivious tree all nodes of a level have the same test, so a tree of depth six is six comparisons, whose results are
the number of a leaf. All trees on all blocks of a page are a few array operations.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.text_features import Matrix


class BoostedTrees:
    """A trained forest: probabilities that blocks belong to the article.

    Args:
        weights: arrays as ``tools/train_classifier.py`` writes them: ``columns`` and ``borders`` (trees by depth),
            ``leaves`` (trees by leaf), ``bias``, and ``features``, the names of the columns of the input.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        self._columns = np.ascontiguousarray(weights["columns"].T.astype(np.intp))
        self._borders = np.ascontiguousarray(weights["borders"].T.astype(np.float32))[..., None]
        self._leaves = weights["leaves"].astype(np.float32)
        self._bias = float(weights["bias"].astype(np.float32))
        self._first = np.arange(len(self._leaves))[:, None] * self._leaves.shape[1]
        """Index of the first leaf of each tree among all leaves."""
        self.features = tuple(str(name) for name in weights["features"])

    def predict(self, features: Matrix) -> NDArray[np.float32]:
        """Probabilities of blocks from their ``features``; shape (blocks,)."""
        # Features in rows: copying whole rows is faster than gathering single numbers.
        rows = np.ascontiguousarray(features.T)
        leaf = np.zeros((len(self._leaves), len(features)), dtype=np.uint8)
        for level, (columns, borders) in enumerate(zip(self._columns, self._borders, strict=True)):
            leaf |= (rows[columns] > borders).view(np.uint8) << np.uint8(level)
        logits = self._leaves.take(leaf + self._first).sum(0) + self._bias
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


@cache
def load_trees(name: str) -> BoostedTrees:
    """The forest ``name`` of the package; loaded once."""
    with files("cleaner.data").joinpath(f"weights/{name}.npz").open("rb") as file:
        return BoostedTrees(dict(np.load(file)))

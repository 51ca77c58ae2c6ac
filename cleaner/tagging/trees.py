"""Gradient-boosted oblivious trees, in numpy.

In an oblivious tree all nodes of a level ask the same question, so a tree of depth six is six comparisons, and the
answers are the number of a leaf. All trees on all blocks of a page are a handful of array operations.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from cleaner.tagging.shape import Matrix


class Trees:
    """A trained forest: probabilities that blocks belong to the article.

    Args:
        weights: arrays as ``tools/train_tagger.py`` writes them: ``columns`` and ``borders`` (trees by depth),
            ``leaves`` (trees by leaf), ``bias``, and the names of the ``features`` whose order the columns count in.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        self._columns = weights["columns"].astype(np.intp).ravel()
        self._borders = weights["borders"].astype(np.float32).ravel()
        self._leaves = weights["leaves"].astype(np.float32)
        self._bias = float(weights["bias"].astype(np.float32))
        self._trees, self._depth = weights["columns"].shape
        self.features = tuple(str(name) for name in weights["features"])

    def probabilities(self, features: Matrix) -> NDArray[np.float32]:
        """One probability a block, from its row of ``features``."""
        # Features in rows: whole rows are copied where single numbers would have to be gathered.
        asked = np.ascontiguousarray(features.T)[self._columns]
        answers = (asked > self._borders[:, None]).view(np.uint8).reshape(self._trees, self._depth, -1)
        leaf = np.zeros((self._trees, len(features)), dtype=np.intp)
        for level in range(self._depth):
            leaf |= answers[:, level].astype(np.intp) << level
        leaf += np.arange(self._trees)[:, None] << self._depth
        logits = self._leaves.take(leaf).sum(0) + self._bias
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


@cache
def load(name: str) -> Trees:
    """The forest ``name`` that comes with the package; read once."""
    with files("cleaner.tagging").joinpath(f"weights/{name}.npz").open("rb") as file:
        return Trees(dict(np.load(file)))

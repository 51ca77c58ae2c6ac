"""Fitting the trees of cleaner.classifier.boosted_trees with CatBoost."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier, Pool
from numpy.typing import NDArray

from cleaner.classifier.text_features import Matrix
from training.corpora import Example, weights

_DEPTH = 6
_SETTINGS = {
    "iterations": 400,
    "depth": _DEPTH,
    "learning_rate": 0.08,
    "l2_leaf_reg": 10,
    "border_count": 64,
    "rsm": 0.3,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.7,
    "random_seed": 1,
    "thread_count": 1,  # sums in one order, so that the same pages give the same bytes
    "verbose": False,
    "allow_writing_files": False,
}


def fit(
    examples: Sequence[Example], features: Sequence[str], view: Callable[[Example], Matrix]
) -> dict[str, NDArray[Any]]:
    """The arrays that :class:`cleaner.classifier.boosted_trees.BoostedTrees` reads.

    They are fitted to the rows that ``view`` gives of each example, whose columns are named ``features``.
    """
    rows = np.concatenate([view(example) for example in examples])
    targets = np.concatenate([example.targets >= 0.5 for example in examples]).astype(int)
    weighed = np.concatenate([weights(example) for example in examples])
    model = CatBoostClassifier(**_SETTINGS)
    model.fit(Pool(rows, targets, weight=weighed * len(weighed) / weighed.sum()))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.json"
        model.save_model(str(file), format="json")
        return _arrays(json.loads(file.read_text()), features)


def _arrays(model: dict[str, Any], features: Sequence[str]) -> dict[str, NDArray[Any]]:
    trees = model["oblivious_trees"]
    columns = np.zeros((len(trees), _DEPTH), np.int16)
    # A tree that stopped early asks whether a feature exceeds infinity: never.
    borders = np.full((len(trees), _DEPTH), np.inf, np.float32)
    leaves = np.zeros((len(trees), 1 << _DEPTH), np.float32)
    for place, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"] or ()):
            columns[place, level] = split["float_feature_index"]
            borders[place, level] = split["border"]
        values = tree["leaf_values"]
        leaves[place, : len(values)] = values
    scale, (bias,) = model["scale_and_bias"]
    return {
        "columns": columns,
        "borders": borders,
        "leaves": (leaves * scale).astype(np.float16),
        "bias": np.array(bias, np.float32),
        "features": np.array(features),
    }

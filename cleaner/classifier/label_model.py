"""The classifier of blocks: a distribution over labels for each block of a page of either kind.

Linear models score the words of each block and, in HTML, the names of the elements around it. In HTML, a forest sees what
they say of it and of the blocks around it, besides what can be measured; a second one sees what the first says, so that a
verdict may rest on what its surroundings turned out to be. A dump has no tree: a network reads its lines downwards and upwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import neighbour_labels
from cleaner.classifier.feature_arrays import Matrix, join_columns
from cleaner.classifier.label_trees import LabelTrees, compute_softmax
from cleaner.classifier.line_network import LineNetwork
from cleaner.classifier.linear_model import LinearModel, Scores
from cleaner.classifier.page_input import PageInput
from cleaner.model import Kind

LABELS = (
    "body", "description", "title", "byline", "timestamp", "caption", "tags", "author_bio", "ticker", "navigation",
    "share", "paywall", "newsletter", "donation", "related", "comments", "consent", "advertisement", "promo", "legal",
    "duplicate", "other",
)  # fmt: skip
"""The columns of a distribution. ``body`` is all labels of the body group; a block's role says which of them it has."""
KEPT = 2
"""The first so many labels are the article's text: the body, and the standfirst."""
VERSION = 4
"""Of the features; weights that were learned from others are refused."""

Shares = NDArray[np.float32]
"""Distributions over :data:`LABELS`: blocks by labels."""


class Prediction(NamedTuple):
    """Distributions over :data:`LABELS` for each block: of all models, of the linear ones alone, and of the words alone."""

    shares: Shares
    linear: Shares
    by_words: Shares
    dump: PageInput | None
    """What they follow from, if it is a dump, which is asked about again after more verdicts."""


class LabelModel:
    """The models of one kind of page. Args: ``weights``, arrays by name, as ``tools/train_classifier.py`` writes them."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        if int(weights["version"].astype(int)) != VERSION:
            raise ValueError(f"weights of features {weights['version']}, not {VERSION}: train again")
        parts: defaultdict[str, dict[str, NDArray[np.generic]]] = defaultdict(dict)
        for key, array in weights.items():
            part, _, name = key.partition(".")
            parts[part][name] = array
        self.words = LinearModel(parts["words"])
        self.names = LinearModel(parts["names"]) if "names" in parts else None
        self.forests = [LabelTrees(parts[name]) for name in sorted(parts) if name.startswith("forest")]
        """Each sees what those before it say."""
        self.network = LineNetwork(parts["network"]) if "network" in parts else None
        self.types = {name: array.astype(np.float32) for name, array in parts["types"].items()}
        """The softmax regression of the types of pages: ``mean``, ``scale``, ``table`` and ``bias``."""

    def predict(self, page: PageInput) -> Prediction:
        """What the models say of the blocks of ``page``."""
        scores = [self.words.score_tokens(page.words)]
        if self.names is not None and page.names is not None:
            scores.append(self.names.score_names(page.names))
        linear = shares = combine_linear(scores)
        said = [compute_softmax(each) for each in scores]
        by_words = said[0]
        for forest in self.forests:
            shares = compute_softmax(forest.compute_scores(build_columns(page, said, shares)))
            said.append(shares)
        if self.network is not None:
            shares = compute_softmax(self.network.compute_scores(join_line_columns(page, by_words)))
        return Prediction(shares, linear, by_words, page if page.names is None else None)


def build_columns(page: PageInput, said: Sequence[Shares], shares: Shares) -> Matrix:
    """What a forest sees of each block: the measured features, what other models ``said`` of it, and what ``shares`` say around it."""
    if page.layout is None:
        raise ValueError("a dump has no layout, which a forest looks at")
    neighbours = neighbour_labels.measure_labels(shares, page.layout)
    return join_columns([page.features, *map(_compute_logs, said), neighbours])


def join_line_columns(page: PageInput, by_words: Shares) -> Matrix:
    """What the network sees of each line of a dump: the measured features, and what its words say."""
    return join_columns([page.features, _compute_logs(by_words)])


def combine_linear(scores: list[Scores]) -> Shares:
    """The distributions by the product of what the linear models say."""
    return compute_softmax(scores[0] if len(scores) == 1 else scores[0] + scores[1])


def _compute_logs(shares: Shares) -> Matrix:
    return np.maximum(np.log(np.maximum(shares, 1e-9)), neighbour_labels.MIN_LOG)


@cache
def load_model(kind: Kind) -> LabelModel:
    """The model of a kind of page that comes with the package; read once."""
    with files("cleaner.data").joinpath(f"weights/{kind.value}-labels.npz").open("rb") as file:
        return LabelModel(dict(np.load(file)))

"""The classifier of HTML blocks.

Two linear models score the words of each block and the names of the elements around it; a forest sees what they say of
it and of the blocks around it, beside what can be measured.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import box_tree, html_features, name_tokens, neighbour_labels, text_tokens
from cleaner.classifier.label_trees import LabelTrees, compute_softmax
from cleaner.classifier.linear_model import LinearModel, Scores
from cleaner.classifier.text_features import Matrix
from cleaner.model import Blocks, Metadata, Role
from cleaner.page.dom import Box

LABELS = (
    "body", "description", "title", "byline", "timestamp", "caption", "tags", "author_bio", "ticker", "navigation",
    "share", "paywall", "newsletter", "donation", "related", "comments", "consent", "advertisement", "promo", "legal",
    "duplicate", "other",
)  # fmt: skip
"""The columns of a distribution. ``body`` is all labels of the body group; which of them a block has, its role says."""
KEPT = 2
"""The first so many labels are the article's text: the body, and the standfirst."""
VERSION = 1
"""Of the features; weights that were learned from others are refused."""

FEATURES = (
    *html_features.COLUMNS,
    *(f"{label}_by_words" for label in LABELS),
    *(f"{label}_by_names" for label in LABELS),
    *(f"linear_{name}" for name in neighbour_labels.name_columns(LABELS)),
)
"""What the forest sees."""


class PageInput(NamedTuple):
    """What of a page the models look at."""

    features: Matrix
    words: text_tokens.Tokens
    names: name_tokens.NameTokens
    layout: neighbour_labels.NeighbourLayout


class HtmlModel:
    """The three models. Args: ``weights``, arrays by name, as ``tools/train_classifier.py`` writes them."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        if int(weights["version"].astype(int)) != VERSION:
            raise ValueError(f"weights of features {weights['version']}, not {VERSION}: train again")
        parts: defaultdict[str, dict[str, NDArray[np.generic]]] = defaultdict(dict)
        for key, array in weights.items():
            part, _, name = key.partition(".")
            parts[part][name] = array
        self.words, self.names, self.forest = (
            LinearModel(parts["words"]),
            LinearModel(parts["names"]),
            LabelTrees(parts["forest"]),
        )

    def predict(self, page: PageInput) -> NDArray[np.float32]:
        """A distribution over :data:`LABELS` for each block."""
        by_words, by_names = self.words.score_tokens(page.words), self.names.score_names(page.names)
        return compute_softmax(self.forest.compute_scores(build_columns(page, by_words, by_names)))


def classify_html(
    blocks: Blocks, boxes: Sequence[Box], claims: Metadata, is_block: frozenset[str]
) -> NDArray[np.float32]:
    """A distribution over :data:`LABELS` for each of ``blocks``, which stand in ``boxes``.

    ``claims`` is what the page's head says of its article; ``is_block`` has the tags that the segmenter starts blocks at.
    """
    return load_model().predict(measure_page(blocks, boxes, claims, is_block))


def measure_page(blocks: Blocks, boxes: Sequence[Box], claims: Metadata, is_block: frozenset[str]) -> PageInput:
    """What the models look at, of a page in ``blocks``."""
    grams = text_tokens.hash_texts([block.text for block in blocks])
    names = name_tokens.hash_names(boxes, is_block)
    tree, own = box_tree.build_tree(boxes)
    features = html_features.measure_html(blocks, tree, own, claims, text_tokens.measure_copies(grams.pairs))
    places: dict[str, int] = {}
    paths = np.array([places.setdefault(block.path, len(places)) for block in blocks])
    headings = np.array([block.role is Role.HEADING for block in blocks])
    words = np.expm1(features[:, html_features.COLUMNS.index("words")])
    return PageInput(features, grams.tokens, names, neighbour_labels.NeighbourLayout(tree, own, paths, headings, words))


def build_columns(page: PageInput, by_words: Scores, by_names: Scores) -> Matrix:
    """What the forest sees, in the order of :data:`FEATURES`, by what the linear models say."""
    around = neighbour_labels.measure_labels(compute_softmax(by_words + by_names), page.layout)
    return np.concatenate(
        [page.features, _compute_logs(compute_softmax(by_words)), _compute_logs(compute_softmax(by_names)), around], 1
    )


def _compute_logs(shares: NDArray[np.float32]) -> Matrix:
    return np.maximum(np.log(np.maximum(shares, 1e-9)), neighbour_labels.MIN_LOG)


@cache
def load_model() -> HtmlModel:
    """The model that comes with the package; read once."""
    with files("cleaner.data").joinpath("weights/html-labels.npz").open("rb") as file:
        return HtmlModel(dict(np.load(file)))

"""Scores: the probability of each block to belong to the article's text, by the models."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import (
    boosted_trees,
    convolution,
    dump_features,
    html_model,
    smoothing,
    trafilatura_evidence,
    window,
)
from cleaner.model import Blocks, Metadata
from cleaner.page import blocks_html
from cleaner.page.dom import Element, PageMarkup

_MIN_CERTAINTY = 0.75
"""Certainty of a page from which trafilatura does not run. Not measured with this model."""
_EVIDENCE_WEIGHT = 0.3
"""Weight of trafilatura's output in the scores of a page that the model is not certain of. Not measured."""


def score_dump(blocks: Blocks) -> NDArray[np.float32]:
    """Score of each line of a dump, 0 to 1: the mean of trees and network."""
    blocks = dump_features.omit_item_numbers(blocks)
    features = dump_features.measure_dump(blocks)
    widened = window.widen_window(features, dump_features.FEATURES)
    by_trees = boosted_trees.load_trees("dump").predict(widened)
    by_network = convolution.load_network("dump-network").predict(features, [block.text for block in blocks])
    return np.asarray((by_trees + by_network) / 2, dtype=np.float32)


def score_html(blocks: Blocks, markup: PageMarkup, claims: Metadata) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Score of each block of an HTML page, 0 to 1, and its distribution over :data:`html_model.LABELS`.

    ``claims`` is the metadata of the head. If the model is not certain enough of the page, trafilatura's output is added.
    """
    shares = html_model.classify_html(blocks, markup.boxes, claims, blocks_html.BLOCK_TAGS)
    scores = shares[:, : html_model.KEPT].sum(1)
    sizes = np.array([len(block.text) for block in blocks])
    if smoothing.measure_certainty(scores, sizes) < _MIN_CERTAINTY:
        extracted = np.array(_run_trafilatura(blocks, markup, claims.url), dtype=np.float32)
        scores = (1 - _EVIDENCE_WEIGHT) * scores + _EVIDENCE_WEIGHT * extracted
    return np.asarray(scores, dtype=np.float32), shares


def _run_trafilatura(blocks: Blocks, markup: PageMarkup, url: str | None) -> Sequence[float]:
    rest = markup.dom.without(_find_dropped_elements(blocks, markup.elements))
    return trafilatura_evidence.extract_evidence(rest, blocks, url)


def _find_dropped_elements(blocks: Blocks, elements: tuple[Element, ...]) -> list[Element]:
    """Elements whose blocks have all been dropped already; without them trafilatura is more accurate."""
    kept = {element for block, element in zip(blocks, elements, strict=True) if not block.dropped}
    dropped = dict.fromkeys(element for block, element in zip(blocks, elements, strict=True) if block.dropped)
    return [element for element in dropped if not any(inner in kept for inner in element.iter())]

"""Scores: the probability of each block to belong to the article's text, by the models."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import (
    boosted_trees,
    convolution,
    dump_features,
    html_features,
    smoothing,
    trafilatura_evidence,
    window,
)
from cleaner.model import Blocks, Metadata
from cleaner.page.dom import Element, PageMarkup

_MIN_CERTAINTY = 0.75
"""Certainty of a page from which trafilatura does not run.

On 256 labelled pages of three sources without training pages, it then runs on 4 %, and the mean F1 is .9272; at .8, on 9 %,
.9266; never running it gives .9256, always running it .9275 in half as much time again.
"""


def score_dump(blocks: Blocks) -> NDArray[np.float32]:
    """Score of each line of a dump, 0 to 1: the mean of trees and network."""
    blocks = dump_features.omit_item_numbers(blocks)
    features = dump_features.measure_dump(blocks)
    widened = window.widen_window(features, dump_features.FEATURES)
    by_trees = boosted_trees.load_trees("dump").predict(widened)
    by_network = convolution.load_network("dump-network").predict(features, [block.text for block in blocks])
    return np.asarray((by_trees + by_network) / 2, dtype=np.float32)


def score_html(blocks: Blocks, markup: PageMarkup, claims: Metadata) -> NDArray[np.float32]:
    """Score of each block of an HTML page, 0 to 1; ``claims`` is the metadata of its head.

    If the model is not certain enough of the page, a second model gets trafilatura's output as a feature.
    """
    sizes = np.array([len(block.text) for block in blocks])
    features = html_features.measure_html(blocks, markup.boxes, claims.title, claims.description)
    scores = boosted_trees.load_trees("html").predict(html_features.widen_html(features))
    if smoothing.measure_certainty(scores, sizes) < _MIN_CERTAINTY:
        kept = _run_trafilatura(blocks, markup, claims.url)
        scores = boosted_trees.load_trees("html-evidence").predict(html_features.widen_html(features, kept))
    return smoothing.smooth_by_path(scores, [block.path for block in blocks], sizes)


def _run_trafilatura(blocks: Blocks, markup: PageMarkup, url: str | None) -> Sequence[float]:
    rest = markup.dom.without(_find_dropped_elements(blocks, markup.elements))
    return trafilatura_evidence.extract_evidence(rest, blocks, url)


def _find_dropped_elements(blocks: Blocks, elements: tuple[Element, ...]) -> list[Element]:
    """Elements whose blocks have all been dropped already; without them trafilatura is more accurate."""
    kept = {element for block, element in zip(blocks, elements, strict=True) if not block.dropped}
    dropped = dict.fromkeys(element for block, element in zip(blocks, elements, strict=True) if block.dropped)
    return [element for element in dropped if not any(inner in kept for inner in element.iter())]

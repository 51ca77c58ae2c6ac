"""What the models say of the blocks of a page: a distribution over labels for each, and its score as text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Metadata
from cleaner.classifier import page_input, trafilatura_evidence
from cleaner.classifier.label_model import KEPT, Prediction, Shares, load_model
from cleaner.model import Blocks, Kind
from cleaner.page.boxes import PageMarkup
from cleaner.page.dom import Element

_CALIBRATION = {Kind.HTML: (0.96, 1.02), Kind.TEXT: (0.98, 0.63)}
"""Slope and shift of the logit of a block's share of body and standfirst, so that of the blocks with a score of .6 six in
ten are text. Learning weighs rare labels up, which takes from the body. Fitted to the blocks of a fold of unseen sites."""
_MIN_CERTAINTY = 0.75
"""Certainty of a page from which trafilatura does not run."""
_EVIDENCE_WEIGHT = 0.3
"""Weight of trafilatura's output in the scores of a page that the model is not certain of."""


def label_blocks(
    blocks: Blocks, markup: PageMarkup | None, claims: Metadata, before: Prediction | None = None
) -> Prediction:
    """A distribution over the model's labels for each block. ``claims`` is the metadata of an HTML page's head.

    ``before`` is what was said of the blocks of a dump when they had fewer verdicts.
    """
    if markup is None and before is not None and before.dump is not None:
        return load_model(Kind.TEXT).predict(page_input.renew_dump_page(before.dump, blocks))
    if markup is None:
        return load_model(Kind.TEXT).predict(page_input.measure_dump_page(blocks))
    return load_model(Kind.HTML).predict(page_input.measure_html_page(blocks, markup, claims))


def score_blocks(blocks: Blocks, shares: Shares, markup: PageMarkup | None, claims: Metadata) -> NDArray[np.float32]:
    """The score of each block as the article's text, 0 to 1.

    If the model is not certain of an HTML page, trafilatura's output is added, except for enormous pages.
    """
    scores = calibrate_shares(shares, Kind.TEXT if markup is None else Kind.HTML)
    if markup is not None:
        sizes = np.array([len(block.text) for block in blocks])
        if measure_certainty(scores, sizes) < _MIN_CERTAINTY and trafilatura_evidence.can_read(markup.dom.root):
            extracted = np.array(_run_trafilatura(blocks, markup, claims.url), dtype=np.float32)
            scores = (1 - _EVIDENCE_WEIGHT) * scores + _EVIDENCE_WEIGHT * extracted
    return np.asarray(scores, dtype=np.float32)


def calibrate_shares(shares: Shares, kind: Kind) -> NDArray[np.float32]:
    """The score of each block by its ``shares`` alone."""
    slope, shift = _CALIBRATION[kind]
    inside = np.clip(shares[:, :KEPT].sum(1), 1e-6, 1 - 1e-6)
    return np.asarray(1 / (1 + np.exp(-shift) * (1 / inside - 1) ** slope), dtype=np.float32)


def measure_certainty(scores: NDArray[np.float32], sizes: NDArray[np.int_]) -> float:
    """Certainty of the scores of a page, 0 to 1: twice the mean of their distance from one half, by characters."""
    return float(np.average(np.abs(2 * scores - 1), weights=sizes))


def _run_trafilatura(blocks: Blocks, markup: PageMarkup, url: str | None) -> Sequence[float]:
    rest = markup.dom.without(_find_dropped_elements(blocks, markup.elements))
    return trafilatura_evidence.extract_evidence(rest, blocks, url)


def _find_dropped_elements(blocks: Blocks, elements: tuple[Element, ...]) -> list[Element]:
    """Elements whose blocks have all been dropped already; without them trafilatura is more accurate."""
    kept = {element for block, element in zip(blocks, elements, strict=True) if not block.dropped}
    dropped = dict.fromkeys(element for block, element in zip(blocks, elements, strict=True) if block.dropped)
    return [element for element in dropped if not any(inner in kept for inner in element.iter())]

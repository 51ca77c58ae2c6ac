"""The type of a page: an article, or which other kind of page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Metadata
from cleaner.classifier import page_signs
from cleaner.classifier.label_model import LABELS, LabelModel, Shares, load_model
from cleaner.classifier.label_trees import compute_softmax
from cleaner.front_matter.page_head import PageHead
from cleaner.language.characters import contains_any
from cleaner.language.words import count_words
from cleaner.model import Blocks, Kind, Page, PageType, Role

LEARNED = ("article", "documentation", "forum", "listing", "product", "service")
"""Types with enough pages to learn from; the others follow from rules."""
_ROLES = (Role.HEADING, Role.LIST_ITEM, Role.TABLE, Role.CODE, Role.CONTROL, Role.QUOTE)
# Numbers of this module were chosen by reading pages; not measured.
_MAX_PATH_PARTS, _MAX_HYPHENS = 6, 8
_CURRENCIES = "$€£¥₹"
_CHARS_PER_WORD = 12
"""Characters that count as a word at least: scripts without spaces have long ones."""
_MAX_DEVIATION = 5.0
"""Standard deviations from the mean beyond which a feature counts as this."""
_MIN_CHANCE = {Kind.HTML: 0.6, Kind.TEXT: 0.9}
"""Probability from which a page is called something else than an article. Of 140 pages and 86 dumps of articles, from sources
that nothing was learned from, 94 % and 97 % are then called articles."""
_MAX_ERROR_WORDS = 120
"""Words of a page that only says that it was not found, or that one must sign in or agree."""
_MIN_ERROR_SHARE = 0.5
_MIN_DATA_SHARE = 0.9


class PageOutline(NamedTuple):
    """What of a page counts for its type, besides labels: the words of each block, and features of the page."""

    words: NDArray[np.float64]
    features: tuple[float, ...]


def measure_outline(blocks: Blocks, claims: Metadata) -> PageOutline:
    """The outline of a page; ``claims`` is its metadata as far as known."""
    texts = [block.text for block in blocks]
    sizes = np.array([len(text) for text in texts])
    words = np.maximum(np.maximum(count_words(texts), sizes / _CHARS_PER_WORD), 1.0)
    path = [part for part in urlsplit(claims.url or "").path.split("/") if part]
    roles = Counter([block.role for block in blocks])
    features = (
        *(roles[role] / len(blocks) for role in _ROLES),
        float(np.log1p(len(blocks))),
        float(np.log1p(words.sum())),
        float(np.average([block.link_share for block in blocks], weights=words)),
        sum(["?" in text for text in texts]) / len(blocks),
        _count_prices(texts) / len(blocks),
        float(claims.published is not None),
        float(bool(claims.authors)),
        float(min(len(path), _MAX_PATH_PARTS)),
        float(min(max((part.count("-") for part in path), default=0), _MAX_HYPHENS)),
        float(any(part.isdigit() for part in path)),
    )
    return PageOutline(words, features)


def _count_prices(texts: Sequence[str]) -> int:
    """The number of ``texts`` with the sign of a currency."""
    page = "\n".join(texts)
    shown = [sign for sign in _CURRENCIES if sign in page]
    return sum([contains_any(text, shown) for text in texts]) if shown else 0


def summarize_page(outline: PageOutline, linear: Shares) -> NDArray[np.float32]:
    """The features of a page: its mean labels by blocks and by words, and its outline.

    The labels are those of the linear models, as in training these come from models that have not seen the page's site.
    """
    weight = np.sqrt(outline.words)[:, None]
    body = outline.words * linear[:, 0]
    total = body.sum()
    bulk = [np.log1p(total), body.max() / (total + 1)]
    return np.concatenate(
        [linear.mean(0), (linear * weight).sum(0) / weight.sum(), bulk, outline.features], dtype=np.float32
    )


def scale_summary(
    summary: NDArray[np.float32], mean: NDArray[np.float32], scale: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Features of one page or more in standard deviations; a page that asks for money three times is no further away than five."""
    return np.asarray(np.clip((summary - mean) / scale, -_MAX_DEVIATION, _MAX_DEVIATION), dtype=np.float32)


def find_page_type(  # noqa: PLR0913, PLR0917  # inputs of a stage
    page: Page, head: PageHead | None, blocks: Blocks, claims: Metadata, shares: Shares, linear: Shares
) -> PageType:
    """The likeliest type of a page.

    ``claims`` is its metadata as far as its head or its address gives it; ``shares`` and ``linear`` are the parts of a
    :class:`~cleaner.classifier.label_model.Prediction`.
    """
    outline = measure_outline(blocks, claims)
    page_title = head.page_title if head else None
    if page_signs.is_error(blocks, claims, page_title) or page_signs.is_consent(blocks):
        return PageType.ERROR
    if outline.words.sum() <= _MAX_ERROR_WORDS and _measure_walls(outline, shares) >= _MIN_ERROR_SHARE:
        return PageType.ERROR
    if sum([block.role is Role.TABLE or block.role is Role.CODE for block in blocks]) >= _MIN_DATA_SHARE * len(blocks):
        return PageType.DATA
    found = choose_learned_type(load_model(page.kind), outline, linear, _MIN_CHANCE[page.kind])
    if found is PageType.FORUM and not page_signs.is_forum(blocks, claims):
        found = PageType.ARTICLE  # comments below an article look alike
    if found in (PageType.ARTICLE, PageType.SERVICE) and page_signs.is_listing(blocks, claims, page_title):
        found = PageType.LISTING
    is_home = page_signs.is_root(claims) and found in (PageType.LISTING, PageType.SERVICE)
    return PageType.HOME if is_home else found


def choose_learned_type(model: LabelModel, outline: PageOutline, linear: Shares, min_chance: float = 0.0) -> PageType:
    """The likeliest of :data:`LEARNED`, if its probability is at least ``min_chance``; else an article, as most pages are."""
    row = scale_summary(summarize_page(outline, linear), model.types["mean"], model.types["scale"])
    scores = np.asarray(row @ model.types["table"] + model.types["bias"], dtype=np.float32)
    chances = compute_softmax(scores[None])[0]
    return PageType(LEARNED[int(chances.argmax())]) if chances.max() >= min_chance else PageType.ARTICLE


def _measure_walls(outline: PageOutline, shares: Shares) -> float:
    """Share of the page's words that belong to a paywall, a request for consent, or messages of no kind."""
    walls = shares[:, [LABELS.index(label) for label in ("paywall", "consent", "other")]].sum(1)
    return float(np.average(walls, weights=outline.words))

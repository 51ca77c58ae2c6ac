"""Where each block is in relation to the headline and the page's articles, and what of the page's own account it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Metadata
from cleaner.classifier.box_tree import TAG_BITS, BoxTree
from cleaner.classifier.feature_arrays import Matrix, Numbers
from cleaner.classifier.shared_words import count_shared
from cleaner.model import Block, Blocks, Role

FEATURES = (
    "steps_to_headline", "steps_from_headline", "headline_found",
    "article_has_headline", "article_prose", "article_number", "articles",
    "in_authors", "of_authors", "is_topic", "has_day",
)  # fmt: skip
_MAX_STEPS = 12
_MAX_CHARS = 160
_NUMBER = re.compile(r"\d+")


def measure_article_place(  # noqa: PLR0913, PLR0917  # what is known of a page, in arrays
    blocks: Blocks, tree: BoxTree, own: NDArray[np.intp], prose: Numbers, is_title: NDArray[np.bool_], claims: Metadata
) -> Matrix:
    """The features of each block, in the order of :data:`FEATURES`; ``is_title`` flags the blocks that say the title."""
    headline = _find_headline(blocks, is_title)
    parts = [
        _measure_steps(tree, own, headline),
        _measure_articles(tree, own, prose, headline),
        _measure_head_overlap(blocks, claims),
    ]
    return np.concatenate(parts, 1).astype(np.float32)


def _find_headline(blocks: Blocks, is_title: NDArray[np.bool_]) -> int | None:
    """The first heading that says the title, else the first heading of the first level, else any block with the title."""
    candidates = np.flatnonzero(is_title).tolist()
    for index in candidates:
        if blocks[index].role is Role.HEADING:
            return int(index)
    first = next((b.index for b in blocks if b.role is Role.HEADING and "/h1" in b.path[-40:]), None)
    return first if first is not None else (int(candidates[0]) if candidates else None)


def _measure_steps(tree: BoxTree, own: NDArray[np.intp], headline: int | None) -> Matrix:
    """Steps up from each block to the box that it shares with the headline, and from there down to the headline."""
    rows = np.zeros((len(own), 3), dtype=np.float32)
    if headline is None:
        return rows
    shared = np.zeros(len(own), dtype=np.float32)
    chain = 0
    at = int(own[headline])
    depth = float(tree.depth[at])
    while at < len(tree.parent):
        shared += (own >= at) & (own < tree.end[at])
        chain += 1
        at = int(tree.parent[at])
    rows[:, 0] = np.minimum(tree.depth[own] + 1 - shared, _MAX_STEPS)
    rows[:, 1] = np.minimum(depth + 1 - shared, _MAX_STEPS)
    rows[:, 2] = 1
    return rows


def _measure_articles(tree: BoxTree, own: NDArray[np.intp], prose: Numbers, headline: int | None) -> Matrix:
    """Of the outermost ``<article>`` around each block, what it holds and where it comes.

    That is whether the headline is in it, its share of the page's prose, its number in page order, and how many there are.
    """
    size = len(tree.parent)
    inside = (tree.tags & TAG_BITS["article"]) != 0
    up = np.append(inside, False)[tree.parent] if size else inside
    outermost = np.flatnonzero(inside & ~up)
    rows = np.zeros((len(own), 4), dtype=np.float32)
    rows[:, 3] = np.log1p(len(outermost))
    total = max(float(prose.sum()), 1.0)
    number = np.searchsorted(outermost, own, side="right") - 1
    for place, start in enumerate(outermost.tolist()):
        members = (number == place) & (own < tree.end[start])
        rows[members, 0] = headline is not None and bool(members[headline])
        rows[members, 1] = prose[members].sum() / total
        rows[members, 2] = np.log1p(place + 1)
    return rows


def _measure_head_overlap(blocks: Sequence[Block], claims: Metadata) -> Matrix:
    """Shares of words in common with the authors' names, whether a block is a topic of the article, or has its day."""
    authors = frozenset(" ".join(claims.authors).casefold().split())
    topics = frozenset(topic.casefold() for topic in (*claims.tags, claims.section or "") if topic)
    day = (str(claims.published.day), str(claims.published.year)) if claims.published else None
    rows = np.zeros((len(blocks), 4), dtype=np.float32)
    texts = [block.text if len(block.text) <= _MAX_CHARS else "" for block in blocks]
    if authors:
        words, common = count_shared(texts, (authors,)).astype(np.float32)
        rows[:, 0], rows[:, 1] = common / np.maximum(words, 1), common / np.float32(len(authors))
    for index, text in enumerate(texts) if topics or day else ():
        if topics and text.casefold() in topics:
            rows[index, 2] = 1
        if day and day[1] in text and day[0] in text:
            rows[index, 3] = {*day} <= {number.lstrip("0") for number in _NUMBER.findall(text)}
    return rows

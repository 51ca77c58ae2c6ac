"""What can be measured of the blocks of an HTML page: their text, where they stand in the tree, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log1p

import numpy as np
from numpy.typing import NDArray

from cleaner.dom import Element
from cleaner.model import Block, Blocks, Role
from cleaner.tagging import context, shape
from cleaner.tagging.shape import Matrix

_TAGS = (
    "nav", "header", "footer", "aside", "article", "main", "section", "form", "figure", "table", "li", "blockquote", "a",
    "p", "div", "span", "td",
)  # fmt: skip
_TAG_BITS = {tag: 1 << place for place, tag in enumerate(_TAGS)}
# What classes, ids and roles call an element, by the kinds of block they speak of.
_CALLED = {
    "comments": r"comment|disqus|reply|respond|discussion|kommentar|comentario|commentaire",
    "related": r"relat|recommend|more|also|popular|trend|teaser|similar|suggest|outbrain|taboola|most|latest|recent|next|"
    r"prev|mehr|verwandt",
    "share": r"shar|social|follow|facebook|twitter|whatsapp|addtoany|like",
    "navigation": r"nav|menu|breadcrumb|pagination|pager|toc|tabs?\b|skip|sitemap",
    "footer": r"foot|copyright|legal|imprint|disclaimer|bottom",
    "side": r"side|widget|aside|rail|column|panel|module|sidebar|secondary",
    "advertisement": r"\bads?\b|advert|sponsor|banner|promo|dfp|\bad[-_]|anzeige|werbung",
    "offer": r"newsletter|subscri|sign|paywall|regist|login|account|premium|piano|member|donat|form|input|field|search",
    "about": r"author|byline|bio\b|meta|date|time|publish|tag|categor|topic|keyword|info|kicker|label|writer|contributor",
    "picture": r"caption|credit|image|photo|gallery|figure|media|img|video|player|slide|thumb|picture",
    "content": r"content|article|body|entry|post|story|text|main|maincontent|single|blog|news",
    "title": r"titl|head|hero|lead|intro|dek|summary|standfirst|excerpt|subtitle|deck|description",
    "notice": r"cookie|consent|gdpr|modal|popup|overlay|notice|alert|dialog|banner",
    "hidden": r"hidden|sr-only|visually|screen-reader|print|invisible|d-none|hide",
    "card": r"card|item|list|grid|feed|block|box|carousel|swiper|slider",
    "prose": r"paragraph|rich|prose|wysiwyg|markdown|article-?body|entry-content|post-content|articletext|story-?body|"
    r"rte\b|copy\b",
}
_PATTERNS = tuple((1 << place, re.compile(pattern)) for place, pattern in enumerate(_CALLED.values()))
_NAMING = ("id", "class", "itemprop", "role", "data-component", "data-testid")
_ROLES = tuple(Role)
_LEVELS = 4
_WORD = re.compile(r"\w+")
# How much of a block's prose counts for the element it stands in, the one around that, and so on outwards.
_SCORES = (0.5, 1.0, 0.5, 1 / 3)
_TITLE_LIKENESS = 0.6
_PAGE_PROSE = shape.POSITION.index("page_prose")
_LONGEST = log1p(2000)
"""A page with more words of prose than this counts as one with so many. Hardly any page that weights were learned from is
longer, and trees that have seen none take a long interview for a collection of other things."""

FEATURES = (
    *shape.FEATURES,
    *(f"role_{role}" for role in _ROLES),
    "link_share", "hidden", "depth",
    *(f"inside_{tag}" for tag in _TAGS),
    *(f"inside_called_{name}" for name in _CALLED),
    *(f"near_called_{name}" for name in _CALLED),
    "above_main", "below_main", "in_main",
    *(f"{what}_{level}" for level in range(_LEVELS) for what in ("prose_share", "link_share", "words_a_block", "blocks")),
    "alike", "words_of_alike", "links_of_alike", "prose_of_alike",
    "in_title", "of_title", "in_description", "of_description",
    "repeated", "seen_before",
    *shape.POSITION,
    "title_back", "title_ahead", "after_title",
)  # fmt: skip


EVIDENCE = "extracted"
"""The feature that trafilatura gives, where it was asked: the share of the block that it keeps."""


def widened(features: Matrix, kept: Sequence[float] | None = None) -> Matrix:
    """What :func:`measure` gives, with trafilatura's evidence where it was asked, and with what stands around."""
    if kept is None:
        return context.widen(features, FEATURES)
    extracted = np.array(kept, dtype=np.float32)[:, None]
    return context.widen(np.concatenate([features, extracted], 1), (*FEATURES, EVIDENCE))


class _Node:
    """An element that holds blocks, with the sums over the blocks in it."""

    __slots__ = ("blocks", "called", "depth", "inside", "linked", "parent", "prose", "score", "tags", "words")

    def __init__(self, element: Element, parent: _Node | None) -> None:
        self.parent = parent
        self.called = _called(element)
        self.inside: int = self.called | (parent.inside if parent else 0)
        self.tags: int = _TAG_BITS.get(element.tag, 0) | (parent.tags if parent else 0)
        self.depth: int = parent.depth + 1 if parent else 0
        self.prose = self.words = self.linked = self.score = 0.0
        self.blocks = 0


def measure(blocks: Blocks, elements: tuple[Element, ...], title: str | None, description: str | None) -> Matrix:
    """The features of each block, in the order of :data:`FEATURES`.

    ``elements`` are those the blocks came from; ``title`` and ``description`` are what the page says of itself.
    """
    shapes, words, prose = shape.measure(blocks)
    links = np.array([block.link_share for block in blocks], dtype=np.float32)
    hidden = np.array([block.hidden for block in blocks], dtype=np.float32)
    prose = prose * (1 - links) * (1 - 0.7 * hidden)
    nodes = _grow(elements, words, prose, links)
    roles = np.array([[block.role is role for role in _ROLES] for block in blocks], dtype=np.float32)
    depth = np.array([node.depth for node in nodes], dtype=np.float32)
    likeness = _likenesses(blocks, title, description)
    is_title = (likeness[:, 0] * likeness[:, 1]) > _TITLE_LIKENESS
    titles = np.concatenate([shape.distances(is_title), (np.cumsum(is_title) > 0)[:, None]], 1)
    position = shape.position(words, prose)
    position[:, _PAGE_PROSE] = np.minimum(position[:, _PAGE_PROSE], _LONGEST)
    parts = [
        shapes,
        roles,
        np.stack([links, hidden, depth], 1),
        _bits([node.tags for node in nodes], len(_TAGS)),
        _bits([node.inside for node in nodes], len(_CALLED)),
        _bits([_near(node) for node in nodes], len(_CALLED)),
        _from_main(nodes),
        _containers(nodes),
        _alike(blocks, words, prose, links),
        likeness,
        shape.repeats(blocks),
        position,
        titles,
    ]
    return np.concatenate(parts, 1).astype(np.float32)


def _called(element: Element) -> int:
    attributes = element.attrib
    if not attributes:
        return 0
    named = " ".join([value for name in _NAMING if (value := attributes.get(name))])
    return _kinds(named) if named else 0


@lru_cache(maxsize=65536)
def _kinds(named: str) -> int:
    lower = named.lower()
    return sum([bit for bit, pattern in _PATTERNS if pattern.search(lower)])


def _grow(
    elements: Iterable[Element], words: NDArray[np.float32], prose: NDArray[np.float32], links: NDArray[np.float32]
) -> list[_Node]:
    """The node of each block; together they are the part of the page's tree that holds text."""
    known: dict[Element, _Node] = {}

    def node_of(element: Element) -> _Node:
        node = known.get(element)
        if node is None:
            parent = element.getparent()
            node = known[element] = _Node(element, None if parent is None else node_of(parent))
        return node

    nodes = []
    for element, count, in_prose, link in zip(elements, words.tolist(), prose.tolist(), links.tolist(), strict=True):
        own = node_of(element)
        nodes.append(own)
        own.prose += in_prose
        own.words += count
        own.linked += count * link
        own.blocks += 1
        scored: _Node | None = own
        for share in _SCORES:
            if scored is None:
                break
            scored.score += in_prose * share
            scored = scored.parent
    for node in reversed(known.values()):  # an element is known before those inside it
        if node.parent is not None:
            node.parent.prose += node.prose
            node.parent.words += node.words
            node.parent.linked += node.linked
            node.parent.blocks += node.blocks
    return nodes


def _bits(masks: list[int], width: int) -> Matrix:
    return ((np.array(masks)[:, None] >> np.arange(width)) & 1).astype(np.float32)


def _near(node: _Node) -> int:
    called = node.called
    for _ in range(2):
        if node.parent is None:
            break
        node = node.parent
        called |= node.called
    return called


def _from_main(nodes: list[_Node]) -> Matrix:
    """Steps up from each block, then down, to the element where the mass of prose stands, and whether it is in it."""
    main = max(_all(nodes), key=lambda node: node.score)
    down: dict[_Node, int] = {}
    walk: _Node | None = main
    while walk is not None:
        down[walk] = len(down)
        walk = walk.parent
    rows: dict[_Node, tuple[int, int, bool]] = {}
    for own in nodes:
        if own not in rows:
            up, node = 0, own
            while node not in down and node.parent is not None:
                up, node = up + 1, node.parent
            rows[own] = (up, down[node], node is main)
    return np.array([rows[own] for own in nodes], dtype=np.float32)


def _all(nodes: list[_Node]) -> list[_Node]:
    """``nodes`` and the nodes around them, once each, from the first block's outwards."""
    found: dict[_Node, None] = {}
    for own in nodes:
        node: _Node | None = own
        while node is not None and node not in found:
            found[node] = None
            node = node.parent
    return list(found)


def _containers(nodes: list[_Node]) -> Matrix:
    """Of the elements around each block: share of the page's prose, link density, words a block, number of blocks."""
    root = nodes[0]
    while root.parent is not None:
        root = root.parent
    total = root.prose or 1.0
    cache: dict[int, list[float]] = {}
    rows = []
    for own in nodes:
        row = cache.get(id(own))
        if row is None:
            row = []
            node = own.parent
            for _ in range(_LEVELS):
                if node is None:
                    row += [1.0, 0.0, 0.0, 0.0]
                else:
                    row += [node.prose / total, node.linked / (node.words or 1.0)]
                    row += [log1p(node.words / node.blocks), log1p(node.blocks)]
                    node = node.parent
            cache[id(own)] = row
        rows.append(row)
    return np.array(rows, dtype=np.float32)


def _alike(
    blocks: Iterable[Block], words: NDArray[np.float32], prose: NDArray[np.float32], links: NDArray[np.float32]
) -> Matrix:
    """Of the blocks that stand at the same path: how many, how long, how linked, how much of it prose."""
    places: dict[str, int] = {}
    group = np.array([places.setdefault(block.path, len(places)) for block in blocks])
    count = np.bincount(group)
    means = [np.bincount(group, weights=values) / count for values in (words, links, prose > 0)]
    columns = [np.log1p(count), np.log1p(means[0]), means[1], means[2]]
    return np.stack([column[group] for column in columns], 1).astype(np.float32)


def _likenesses(blocks: Blocks, title: str | None, description: str | None) -> Matrix:
    said = [frozenset(_WORD.findall((text or "").casefold())) for text in (title, description)]
    longest = 3 * max(len(title or ""), len(description or "")) + 20
    rows = []
    for block in blocks:
        # A text much longer than both is neither, and its words cost time.
        own = frozenset(_WORD.findall(block.text.casefold())) if len(block.text) <= longest else frozenset()
        row = []
        for words in said:
            common = len(own & words)
            row += [common / len(own) if own else 0.0, common / len(words) if words else 0.0]
        rows.append(row)
    return np.array(rows, dtype=np.float32)

"""What can be measured of the blocks of an HTML page: their text, where they stand in the tree, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner import data
from cleaner.classifier import text_features, window
from cleaner.classifier.text_features import Matrix, Numbers
from cleaner.data.file_types import ElementNames, Hints
from cleaner.language.characters import make_alternation
from cleaner.model import Block, Blocks, Role
from cleaner.page.dom import Box, Element


def _pattern(hints: Hints) -> re.Pattern[str]:
    """What finds a kind of element in the names of one."""
    parts = (
        make_alternation(words, left=left, right=right)
        for words, left, right in (
            (hints.anywhere, False, False),
            (hints.first, True, False),
            (hints.last, False, True),
            (hints.word, True, True),
        )
        if words
    )
    return re.compile("|".join(parts))


_TAGS = (
    "nav", "header", "footer", "aside", "article", "main", "section", "form", "figure", "table", "li", "blockquote", "a",
    "p", "div", "span", "td",
)  # fmt: skip
_TAG_BITS: dict[object, int] = {tag: 1 << place for place, tag in enumerate(_TAGS)}
_KINDS = data.load_data(ElementNames).kinds
_PATTERNS = tuple((1 << place, _pattern(hints)) for place, hints in enumerate(_KINDS.values()))
_PLACES = np.arange(len(_TAGS) + 2 * len(_KINDS))
_NAMING = frozenset({"id", "class", "itemprop", "role", "data-component", "data-testid"})
_ROLES = tuple(Role)
_ROLE_NUMBERS = {role: number for number, role in enumerate(_ROLES)}
# Features: the weights were learned with these numbers, so that a change of one needs new weights.
_LEVELS = 4
"""How many elements around a block are measured."""
# How much of a block's prose counts for the element it stands in, the one around that, and so on outwards.
_SCORES = (0.5, 1.0, 0.5, 1 / 3)
_TITLE_LIKENESS = 0.6
"""Product of the shares of words that a block and the title have in common, from which it is the headline."""

FEATURES = (
    *text_features.FEATURES,
    *(f"role_{role}" for role in _ROLES),
    "link_share", "hidden", "depth",
    *(f"inside_{tag}" for tag in _TAGS),
    *(f"inside_called_{name}" for name in _KINDS),
    *(f"near_called_{name}" for name in _KINDS),
    "above_main", "below_main", "in_main",
    *(f"{what}_{level}" for level in range(_LEVELS) for what in ("prose_share", "link_share", "words_a_block", "blocks")),
    "alike", "words_of_alike", "links_of_alike", "prose_of_alike",
    "in_title", "of_title", "in_description", "of_description",
    "repeated", "seen_before",
    *text_features.POSITION,
    "title_back", "title_ahead", "after_title",
)  # fmt: skip


EVIDENCE = "extracted"
"""The feature that trafilatura gives, where it was asked: the share of the block that it keeps."""


def widen_html(features: Matrix, kept: Sequence[float] | None = None) -> Matrix:
    """What :func:`measure_html` gives, with trafilatura's evidence where it was asked, and with what stands around."""
    if kept is None:
        return window.widen_window(features, FEATURES)
    extracted = np.array(kept, dtype=np.float32)[:, None]
    return window.widen_window(np.concatenate([features, extracted], 1), (*FEATURES, EVIDENCE))


class _Tree(NamedTuple):
    """The boxes of a page that hold blocks, parents before children: an array each, with an item for each box.

    ``parent`` and ``end`` are numbers of boxes: that of the box around, which for the outermost is one past the last, and
    of the first box behind those inside. ``tags``, ``called`` and ``inside`` are bits.
    """

    parent: NDArray[np.intp]
    end: NDArray[np.intp]
    depth: NDArray[np.float32]
    tags: NDArray[np.int64]
    called: NDArray[np.int64]
    inside: NDArray[np.int64]


def measure_html(blocks: Blocks, boxes: Sequence[Box], title: str | None, description: str | None) -> Matrix:
    """The features of each block, in the order of :data:`FEATURES`.

    ``boxes`` are those the blocks stand in; ``title`` and ``description`` are what the page says of itself.
    """
    shapes, words, prose = text_features.measure_text(blocks)
    links = np.array([block.link_share for block in blocks], dtype=np.float32)
    hidden = np.array([block.hidden for block in blocks], dtype=np.float32)
    prose = prose * (1 - links) * (1 - 0.7 * hidden)
    tree, own = _build_tree(boxes)
    near = tree.called | _bits_around(tree.called, tree, 1) | _bits_around(tree.called, tree, 2)
    likeness = _title_similarities(blocks, title, description)
    is_title = (likeness[:, 0] * likeness[:, 1]) > _TITLE_LIKENESS
    titles = np.concatenate([text_features.distances_to(is_title), (np.cumsum(is_title) > 0)[:, None]], 1)
    parts = [
        shapes,
        np.eye(len(_ROLES), dtype=np.float32)[[_ROLE_NUMBERS[block.role] for block in blocks]],
        np.stack([links, hidden, tree.depth[own]], 1),
        _unpack_bits(tree.tags | tree.inside << len(_TAGS) | near << len(_TAGS) + len(_KINDS), own),
        _relation_to_main(tree, own, prose),
        _container_sums(tree, own, np.stack([prose, words, words * links, np.ones_like(words)], 1)),
        _same_path_sums(blocks, words, prose, links),
        likeness,
        text_features.measure_repeats(blocks),
        text_features.measure_position(words, prose),
        titles,
    ]
    return np.concatenate(parts, 1).astype(np.float32)


def _build_tree(boxes: Sequence[Box]) -> tuple[_Tree, NDArray[np.intp]]:
    """The tree of ``boxes`` and those around them, and the number in it of each of ``boxes``."""
    found: dict[int, Box] = {}
    for box in boxes:
        around: Box | None = box
        while around is not None and around.number not in found:
            found[around.number] = around
            around = around.parent
    numbers = sorted(found)
    place = {number: index for index, number in enumerate(numbers)}
    parent: list[int] = []
    tags: list[int] = []
    called: list[int] = []
    inside: list[int] = []
    for number in numbers:
        box = found[number]
        up = place[box.parent.number] if box.parent else -1
        name = _name_bits(box.element)
        parent.append(up if up >= 0 else len(numbers))
        tags.append(_TAG_BITS.get(box.element.tag, 0) | (tags[up] if up >= 0 else 0))
        called.append(name)
        inside.append(name | (inside[up] if up >= 0 else 0))
    tree = _Tree(
        parent=np.array(parent),
        end=np.searchsorted(numbers, [found[number].end for number in numbers]),
        depth=np.array([found[number].depth for number in numbers], dtype=np.float32),
        tags=np.array(tags),
        called=np.array(called),
        inside=np.array(inside),
    )
    return tree, np.array([place[box.number] for box in boxes])


def _name_bits(element: Element) -> int:
    named = " ".join([value for name, value in element.items() if name in _NAMING])
    return _name_kinds(named) if named else 0


@lru_cache(maxsize=65536)
def _name_kinds(named: str) -> int:
    lower = named.lower()
    return sum([bit for bit, pattern in _PATTERNS if pattern.search(lower)])


def _bits_around(values: NDArray[Any], tree: _Tree, steps: int) -> NDArray[Any]:
    """For each box, the item of ``values`` that belongs to the box so many steps around it; zero where there is none."""
    beyond = np.concatenate([values, np.zeros_like(values[:1])])
    up = np.append(tree.parent, len(tree.parent))
    for _ in range(steps):
        beyond = beyond[up]
    return beyond[:-1]


def _unpack_bits(masks: NDArray[np.int64], own: NDArray[np.intp]) -> Matrix:
    """The bits of the box of each block, a column for each."""
    return ((masks[:, None] >> _PLACES) & 1).astype(np.float32)[own]


def _relation_to_main(tree: _Tree, own: NDArray[np.intp], prose: Numbers) -> Matrix:
    """Steps up from each block, then down, to the box where the mass of prose stands, and whether it is in it."""
    size = len(tree.parent)
    score, weight = np.zeros(size + 1), np.bincount(own, prose, size + 1)
    up = np.append(tree.parent, size)
    at = np.arange(size + 1)
    for share in _SCORES:
        score += np.bincount(at, weight * share, size + 1)
        at = up[at]
    main = int(score[:size].argmax())
    chain = [main]
    while tree.parent[chain[-1]] < size:
        chain.append(int(tree.parent[chain[-1]]))
    shared = np.zeros(len(own), dtype=np.float32)  # how many of the boxes around the main one, and it, hold the block
    for box in chain:
        shared += (own >= box) & (own < tree.end[box])
    return np.stack([tree.depth[own] + 1 - shared, len(chain) - shared, shared == len(chain)], 1).astype(np.float32)


def _container_sums(tree: _Tree, own: NDArray[np.intp], sums: Numbers) -> Matrix:
    """Of the boxes around each block: share of the page's prose, link density, words a block, number of blocks.

    ``sums`` are prose, words, linked words and 1 for each block. The boxes inside a box follow it without a gap, so what
    stands in it is a difference of two running sums.
    """
    running = np.zeros((len(tree.parent) + 1, sums.shape[1]))
    for column, values in enumerate(sums.T):
        np.cumsum(np.bincount(own, values, len(tree.parent)), out=running[1:, column])
    prose, words, linked, blocks = (running[tree.end] - running[:-1]).T
    total = prose[0] or 1.0
    measured = [
        prose / total,
        linked / np.maximum(words, 1e-6),
        np.log1p(words / np.maximum(blocks, 1)),
        np.log1p(blocks),
    ]
    at, rows = own, []
    nowhere = [1.0, 0.0, 0.0, 0.0]
    columns = [np.append(values, none) for values, none in zip(measured, nowhere, strict=True)]
    up = np.append(tree.parent, len(tree.parent))
    for _ in range(_LEVELS):
        at = up[at]
        rows += [column[at] for column in columns]
    return np.stack(rows, 1).astype(np.float32)


def _same_path_sums(blocks: Iterable[Block], words: Numbers, prose: Numbers, links: Numbers) -> Matrix:
    """Of the blocks that stand at the same path: how many, how long, how linked, how much of it prose."""
    places: dict[str, int] = {}
    group = np.array([places.setdefault(block.path, len(places)) for block in blocks])
    count = np.bincount(group)
    means = [np.bincount(group, weights=values) / count for values in (words, links, prose > 0)]
    columns = [np.log1p(count), np.log1p(means[0]), means[1], means[2]]
    return np.stack([column[group] for column in columns], 1).astype(np.float32)


def _title_similarities(blocks: Blocks, title: str | None, description: str | None) -> Matrix:
    """For title, then description: share of a block's words that are in it, and share of its words that are the block's."""
    said = [frozenset((text or "").casefold().split()) for text in (title, description)]
    longest = 3 * max(len(title or ""), len(description or "")) + 20
    rows = np.zeros((len(blocks), 4), dtype=np.float32)
    for index, block in enumerate(blocks):
        if len(block.text) > longest:
            continue  # a text much longer than both is neither, and its words cost time
        own = frozenset(block.text.casefold().split())
        for column, words in enumerate(said):
            common = len(own & words)
            if common:
                rows[index, 2 * column] = common / len(own)
                rows[index, 2 * column + 1] = common / len(words)
    return rows

"""The boxes of a page as arrays: parents, ends, depths, tags, and the kinds of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner import data
from cleaner.compiled import serve_compiled
from cleaner.data.markup_types import ElementNames, Hints
from cleaner.language.characters import make_alternation
from cleaner.page.boxes import Box
from cleaner.page.element_names import read_names
from cleaner.rulebook.regexes import compile_searches


def _write_hints(hints: Hints) -> str:
    """The regular expression of a kind of element, for the names of an element."""
    parts = (
        make_alternation(words, left=left, right=right, ahead=False)
        for words, left, right in (
            (hints.anywhere, False, False),
            (hints.first, True, False),
            (hints.last, False, True),
            (hints.word, True, True),
        )
        if words
    )
    return "|".join(parts)


TAGS = (
    "nav", "header", "footer", "aside", "article", "main", "section", "form", "figure", "table", "li", "blockquote", "a",
    "p", "div", "span", "td",
)  # fmt: skip
TAG_BITS: dict[object, int] = {tag: 1 << place for place, tag in enumerate(TAGS)}
KINDS = data.load_data(ElementNames).kinds
_HINTS = tuple(map(_write_hints, KINDS.values()))
_PATTERNS = compile_searches(_HINTS)
_UNICODE_PATTERNS = tuple((place, re.compile(regex)) for place, regex in enumerate(_HINTS))
"""For names beyond ASCII, as RE2 knows only words of ASCII."""
_NAME_ATTRIBUTES = frozenset({"id", "class", "itemprop", "role", "data-component", "data-testid"})


class BoxTree(NamedTuple):
    """The boxes of a page that contain blocks, parents before children: arrays with one item a box.

    ``parent`` and ``end`` are numbers of boxes: of the box around it (for the outermost, the number of boxes), and of the
    first box after those inside. ``tags`` (of the box and those around), ``names`` (of the box) and ``inside`` (names of the
    box and those around) are bits.
    """

    parent: NDArray[np.intp]
    end: NDArray[np.intp]
    depth: NDArray[np.float32]
    tags: NDArray[np.int64]
    names: NDArray[np.int64]
    inside: NDArray[np.int64]


def build_tree(boxes: Sequence[Box]) -> tuple[BoxTree, NDArray[np.intp]]:
    """The tree of ``boxes`` and those around them, and the number of each of ``boxes`` in it."""
    *arrays, own = list_boxes(boxes, TAG_BITS, _NAME_ATTRIBUTES, _classify_names)
    return BoxTree(*arrays), own


@serve_compiled("box_arrays")
def list_boxes(
    boxes: Sequence[Box], tag_bits: dict[object, int], attributes: frozenset[str], classify: Callable[[str], int]
) -> tuple[NDArray[Any], ...]:
    """The arrays of a :class:`BoxTree`, and the number of each of ``boxes`` in it.

    ``tag_bits`` are those of the tags that count, and ``classify`` gives the bits of names, the values of ``attributes``.
    """
    found: dict[int, Box] = {}
    for box in boxes:
        around: Box | None = box
        while around is not None and around.number not in found:
            found[around.number] = around
            around = around.parent
    numbers = sorted(found)
    place = {number: index for index, number in enumerate(numbers)}
    ordered = [found[number] for number in numbers]
    parent = [len(numbers) if box.parent is None else place[box.parent.number] for box in ordered]
    called = [read_names(box.element, attributes) for box in ordered]
    names = [classify(each) if each else 0 for each in called]
    # One item more, zero: what is around the outermost box.
    tags, inside = [tag_bits.get(box.element.tag, 0) for box in ordered] + [0], [*names, 0]
    for index, up in enumerate(parent):
        tags[index] |= tags[up]
        inside[index] |= inside[up]
    return (
        np.array(parent),
        np.searchsorted(numbers, [box.end for box in ordered]),
        np.array([box.depth for box in ordered], dtype=np.float32),
        np.array(tags[:-1]),
        np.array(names),
        np.array(inside[:-1]),
        np.array([place[box.number] for box in boxes]),
    )


@lru_cache(maxsize=16384)
def _classify_names(names: str) -> int:
    lower = names.lower()
    if lower.isascii():
        return sum([1 << place for place in _PATTERNS.find_matches(lower)])
    return sum([1 << place for place, pattern in _UNICODE_PATTERNS if pattern.search(lower)])


def get_ancestor_values(values: NDArray[Any], tree: BoxTree, steps: int) -> NDArray[Any]:
    """For each box, the item of ``values`` of its ancestor ``steps`` up; zero without one."""
    beyond = np.concatenate([values, np.zeros_like(values[:1])])
    up = np.append(tree.parent, len(tree.parent))
    for _ in range(steps):
        beyond = beyond[up]
    return beyond[:-1]

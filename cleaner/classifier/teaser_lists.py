"""Lists of other stories, each a headline with its first sentences: the items of one list are judged together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.model import Blocks, Role
from cleaner.page.dom import Box

_MIN_ITEMS = 3
_ITEM_BLOCKS, _MAX_ITEM_CHARS = range(2, 7), 600
_MAX_HEADLINE_SCORE, _MAX_MEAN_SCORE = 0.3, 0.5
"""Mean scores up to which headlines, and all blocks of the items, are a list of other stories. The first sentences of a story read
like those of an article; its headline does not. On 288 pages of sources that nothing was learned from, 49 have such a list, and
one block more is dropped."""


def find_teaser_lists(blocks: Blocks, boxes: Sequence[Box], scores: NDArray[np.float32]) -> frozenset[int]:
    """Indices of the blocks in lists of stories that are boilerplate as a whole.

    An item is the largest element around a heading in which there is no other one; a list, the items of one parent with the
    same tag and classes.
    """
    headings = [block.index for block in blocks if block.role is Role.HEADING]
    around = Counter(box.number for index in headings for box in _list_around(boxes[index]))
    items: defaultdict[tuple[int, str, str], list[tuple[int, Box]]] = defaultdict(list)
    for index in headings:
        item = next((box for box in reversed(list(_list_around(boxes[index]))) if around[box.number] == 1), None)
        if item is not None and item.parent is not None:
            key = (item.parent.number, str(item.element.tag), item.element.get("class") or "")
            items[key].append((index, item))
    numbers = np.array([box.number for box in boxes])
    order = np.argsort(numbers)
    numbers = numbers[order]
    found: set[int] = set()
    for members in items.values():
        spans = [order[slice(*np.searchsorted(numbers, (item.number, item.end)))].tolist() for _, item in members]
        if len(members) < _MIN_ITEMS or not all(_is_short(blocks, span) for span in spans):
            continue
        inside = [index for span in spans for index in span if blocks[index].verdict is None]
        if (
            inside
            and scores[[index for index, _ in members]].mean() <= _MAX_HEADLINE_SCORE
            and scores[inside].mean() <= _MAX_MEAN_SCORE
        ):
            found.update(inside)
    return frozenset(found)


def _list_around(box: Box) -> Iterator[Box]:
    around: Box | None = box
    while around is not None:
        yield around
        around = around.parent


def _is_short(blocks: Blocks, span: Sequence[int]) -> bool:
    return len(span) in _ITEM_BLOCKS and sum(len(blocks[index].text) for index in span) <= _MAX_ITEM_CHARS

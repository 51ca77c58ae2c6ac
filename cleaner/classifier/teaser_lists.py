"""Lists of other stories, each a headline with its first sentences: the items of one list are judged together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.labels import Label
from cleaner.language.sentences import ends_like_sentence, is_prose
from cleaner.model import Blocks, Role
from cleaner.page.boxes import Box

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
    chains = [list(_list_around(boxes[index])) for index in headings]
    around = Counter([box.number for chain in chains for box in chain])
    items: defaultdict[tuple[int, str, str], list[tuple[int, Box]]] = defaultdict(list)
    for index, chain in zip(headings, chains, strict=True):
        item = next((box for box in reversed(chain) if around[box.number] == 1), None)
        if item is not None and item.parent is not None:
            key = (item.parent.number, str(item.element.tag), item.element.get("class") or "")
            items[key].append((index, item))
    lists = [members for members in items.values() if len(members) >= _MIN_ITEMS]
    if not lists:
        return frozenset()
    numbers = np.array([box.number for box in boxes])
    order = np.argsort(numbers)
    numbers = numbers[order]
    found: set[int] = set()
    for members in lists:
        spans = [order[slice(*np.searchsorted(numbers, (item.number, item.end)))].tolist() for _, item in members]
        if not all(_is_short(blocks, span) for span in spans):
            continue
        inside = [index for span in spans for index in span if blocks[index].verdict is None]
        if (
            inside
            and scores[[index for index, _ in members]].mean() <= _MAX_HEADLINE_SCORE
            and scores[inside].mean() <= _MAX_MEAN_SCORE
        ):
            found.update(inside)
    return frozenset(found)


def find_items_with_buttons(blocks: Blocks) -> frozenset[int]:
    """Indices of the blocks of a dump in a list of stories: a headline, its sentences, and the same button below each.

    All items have as many lines. A pointer within an article has its button above, and longer text between.
    """
    buttons: defaultdict[str, list[int]] = defaultdict(list)
    for block in blocks:
        if (
            block.dropped
            and block.verdict is not None
            and block.verdict.label is Label.RELATED
            and not is_prose(block.text)
        ):
            buttons[block.text.casefold()].append(block.index)
    found: set[int] = set()
    for places in buttons.values():
        for run in _split_even(places):
            size = run[1] - run[0] - 1
            starts = [place - size for place in run]
            if len(run) >= _MIN_ITEMS and starts[0] >= 0 and all(_is_item(blocks, start, size) for start in starts):
                found.update(range(starts[0], run[-1]))
    return frozenset(found)


def _split_even(places: Sequence[int]) -> Iterator[list[int]]:
    """Runs of two or more ``places`` that are equally far from each other."""
    run = list(places[:1])
    for place in places[1:]:
        if len(run) > 1 and place - run[-1] != run[-1] - run[-2]:
            yield run
            run = run[-1:]
        run.append(place)
    if len(run) > 1:
        yield run


def _is_item(blocks: Blocks, start: int, size: int) -> bool:
    """Whether a headline is the first of so many lines, which are not long."""
    return not ends_like_sentence(blocks[start].text) and _is_short(blocks, range(start, start + size))


def _list_around(box: Box) -> Iterator[Box]:
    around: Box | None = box
    while around is not None:
        yield around
        around = around.parent


def _is_short(blocks: Blocks, span: Sequence[int]) -> bool:
    return len(span) in _ITEM_BLOCKS and sum(len(blocks[index].text) for index in span) <= _MAX_ITEM_CHARS

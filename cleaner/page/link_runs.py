"""Runs of links: the items of a menu, a list of tags or a column of a footer are one block, with a line for each.

They have one verdict, and one row where what is removed is listed. In the kept text, each item is a block again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from cleaner.model import Block, Blocks, Role
from cleaner.page.boxes import Box, PageMarkup, Picture

# On 1,285 pages that people labelled, the runs by these limits are 4,599 with 25 % of all blocks; none of them holds a block of
# the text. With runs that are beside no element of the text, in whatever elements, it is 35 %, and lists of shops and forums lose
# text; with items of any length hardly more blocks.
MIN_ITEMS = 4
"""Items of the shortest run."""
MAX_ITEM_CHARS = 80
"""Characters of the longest item: longer ones are summaries and sentences."""
_ROLES = frozenset({Role.PARAGRAPH, Role.LIST_ITEM})
_TEXT_TAGS = frozenset("article main".split())
"""Elements around text: a list of links in one of them may be part of it, except in one of :data:`_OTHER_TAGS` within it."""
_OTHER_TAGS = frozenset("nav aside footer".split())
"""Elements beside text, as is the header of the page. Elsewhere, links may be what a page is about."""
_PAGE_TAGS = frozenset("html body".split()) | _TEXT_TAGS
"""Elements that hold all of a page or of its text, and are never a run."""


class LinkRun(NamedTuple):
    """Blocks from ``start`` on, to before ``end``, which are all that is in ``box``."""

    start: int
    end: int
    box: Box


class Unjoined(NamedTuple):
    """A page before its ``runs``, in page order, were joined."""

    blocks: Blocks
    markup: PageMarkup
    runs: tuple[LinkRun, ...]


class _Joined(NamedTuple):
    blocks: Blocks
    markup: PageMarkup
    numbers: tuple[int, ...]
    """For each block before, the index of the one that it is, or is a line of."""


def join_links(
    blocks: Blocks, markup: PageMarkup, matched: Mapping[str, tuple[int, ...]]
) -> tuple[Blocks, PageMarkup, Mapping[str, tuple[int, ...]], Unjoined | None]:
    """The page with one block for each of its runs of links, and as it was; None if it has no such run.

    ``matched`` are the blocks that each entry of a rule matches: of a run, an entry must match all or none, else it stays as it is.
    """
    found = [frozenset(indices) for indices in matched.values() if indices]
    runs = [run for run in find_link_runs(blocks, markup.boxes) if not any(_is_cut(run, indices) for indices in found)]
    if not runs:
        return blocks, markup, matched, None
    unjoined = Unjoined(blocks, markup, tuple(runs))
    page = _join_runs(unjoined, runs)
    numbers = page.numbers
    renumbered = {rule: tuple(dict.fromkeys([numbers[at] for at in indices])) for rule, indices in matched.items()}
    return page.blocks, page.markup, renumbered, unjoined


def split_kept_links(blocks: Blocks, markup: PageMarkup, unjoined: Unjoined | None) -> tuple[Blocks, PageMarkup]:
    """The page with the runs of links that are kept as they were: each item is a paragraph or list item of the text."""
    if unjoined is None:
        return blocks, markup
    joined = [block for block in blocks if block.items > 1]
    removed = [run for run, block in zip(unjoined.runs, joined, strict=True) if not block.kept]
    if len(removed) == len(joined):
        return blocks, markup
    page = _join_runs(unjoined, removed)
    verdicts = [block.verdict for block in blocks for _ in range(block.items)]
    given = dict(zip(page.numbers, verdicts, strict=True))
    return tuple(replace(block, verdict=given[block.index]) for block in page.blocks), page.markup


def split_into_items(blocks: Blocks) -> Blocks:
    """``blocks`` with one for each line of a run of links: as many as the page is segmented into, with which tools compare them."""
    if all(block.items == 1 for block in blocks):
        return blocks
    parts = (replace(block, text=text, items=1) for block in blocks for text in block.lines)
    return tuple(replace(part, index=index) for index, part in enumerate(parts))


def find_link_runs(blocks: Blocks, boxes: Sequence[Box]) -> list[LinkRun]:
    """The largest elements with nothing but links in them, :data:`MIN_ITEMS` or more of up to :data:`MAX_ITEM_CHARS` characters."""
    return [run for start, end in _find_stretches(blocks) for run in _split_by_element(boxes, start, end)]


def _is_cut(run: LinkRun, indices: Collection[int]) -> bool:
    """Whether some of the blocks of ``run`` are among ``indices``, and others are not."""
    return 0 < sum(index in indices for index in range(run.start, run.end)) < run.end - run.start


def _join_runs(page: Unjoined, runs: Iterable[LinkRun]) -> _Joined:
    """``page`` with one block, in the element of the run, for each of ``runs``."""
    whole, whole_boxes = page.blocks, page.markup.boxes
    blocks: list[Block] = []
    boxes: list[Box] = []
    numbers: list[int] = []
    items: list[tuple[int, Box]] = []
    last = 0
    for run in runs:
        _copy_blocks(whole[last : run.start], blocks, numbers)
        boxes += whole_boxes[last : run.start]
        number, last = len(blocks), run.end
        blocks.append(_join_items(whole[run.start : run.end], run.box, number))
        boxes.append(run.box)
        numbers += [number] * (run.end - run.start)
        items += [(number, box) for box in whole_boxes[run.start : run.end]]
    _copy_blocks(whole[last:], blocks, numbers)
    boxes += whole_boxes[last:]
    markup = page.markup
    pictures = tuple(_renumber_picture(picture, numbers) for picture in markup.pictures)
    return _Joined(tuple(blocks), PageMarkup(markup.dom, tuple(boxes), pictures, tuple(items)), tuple(numbers))


def _copy_blocks(copied: Blocks, blocks: list[Block], numbers: list[int]) -> None:
    """Add ``copied`` to ``blocks``, with their numbers there."""
    start = len(blocks)
    numbers += range(start, start + len(copied))
    if copied and copied[0].index == start:
        blocks += copied
    else:
        blocks += [replace(block, index=index) for index, block in enumerate(copied, start)]


def _join_items(items: Blocks, box: Box, index: int) -> Block:
    in_list = all(item.role is Role.LIST_ITEM for item in items)
    return Block(
        index=index,
        text="\n".join([item.text for item in items]),
        role=Role.LIST_ITEM if in_list else Role.PARAGRAPH,
        path=box.path,
        depth=box.depth,
        link_share=1.0,
        hidden=items[0].hidden,
        items=len(items),
    )


def _renumber_picture(picture: Picture, numbers: Sequence[int]) -> Picture:
    return picture if picture.after < 0 else picture._replace(after=numbers[picture.after])


def _find_stretches(blocks: Blocks) -> Iterator[tuple[int, int]]:
    """Starts and ends of the stretches of links, as visible as each other."""
    others = [block.index for block in blocks if not _is_item(block)]
    for before, end in pairwise((-1, *others, len(blocks))):
        start = before + 1
        if end - start >= MIN_ITEMS:
            cuts = [at for at in range(start + 1, end) if blocks[at].hidden is not blocks[at - 1].hidden]
            yield from pairwise((start, *cuts, end))


def _is_item(block: Block) -> bool:
    return (
        block.link_share == 1.0
        and len(block.text) <= MAX_ITEM_CHARS
        and block.role in _ROLES
        and block.marker is None
        and "\n" not in block.text
    )


def _split_by_element(boxes: Sequence[Box], start: int, end: int) -> Iterator[LinkRun]:
    """The largest elements with nothing in them but blocks of a stretch of links."""
    beside = [boxes[at].number for at in (start - 1, end) if 0 <= at < len(boxes)]
    while end - start >= MIN_ITEMS:
        box = _find_largest(boxes[start], beside)
        after = start + 1
        if box is not None:
            while after < end and box.number <= boxes[after].number < box.end:
                after += 1
            if after - start >= MIN_ITEMS and _is_beside_text(box):
                yield LinkRun(start, after, box)
        start = after


def _find_largest(box: Box | None, beside: Sequence[int]) -> Box | None:
    """The outermost of ``box`` and those around it that holds none of the boxes ``beside``, nor all of the page."""
    largest = None
    while box is not None and box.element.tag not in _PAGE_TAGS:
        number, end = box.number, box.end
        if any(number <= other < end for other in beside):
            break
        largest, box = box, box.parent
    return largest


def _is_beside_text(box: Box | None) -> bool:
    """Whether an element is in one that holds what is beside the text of a page."""
    in_header = False
    while box is not None and box.element.tag not in _TEXT_TAGS:
        if box.element.tag in _OTHER_TAGS:
            return True
        in_header = in_header or box.element.tag == "header"
        box = box.parent
    return in_header and box is None

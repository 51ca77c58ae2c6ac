"""Evidence from trafilatura: the share of each block that it extracts. The only module that imports it.

It is imported for the first page that needs it: that takes a tenth of a second, and one page in thirty does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from cleaner.language.characters import strip_whitespace
from cleaner.model import Blocks
from cleaner.page.dom import Element

_INLINE = frozenset("hi ref del lb graphic code".split())
# A unit of trafilatura's output with as many characters, without whitespace, is placed at its first occurrence; shorter
# ones ("Share", "Read more") recur on a page and are only searched for between two long ones. Not measured.
_MIN_ANCHOR_CHARS = 25
_OPENING_CHARS = _MIN_ANCHOR_CHARS - 5
"""Characters by which a block is looked up in a unit that does not occur as a whole."""
_MAX_MISSES = 300
"""Searches without a result, each through all of the page, after which no more units are placed, so that time does not grow
with the square of the page. Of 216 real pages one has 187, all others fewer than 150."""
_MAX_ELEMENTS = 30_000
"""Elements of a page; of one with more, trafilatura takes minutes if they are the cells of one row. The largest of 1,015 real
pages has 9,888."""
_MAX_CELL_CHARS = 200
"""Characters; a table row with a longer cell is layout, and its cells are paragraphs."""


def can_read(root: Element) -> bool:
    """Whether a page is small enough for trafilatura, whose time does not grow in proportion on all pages."""
    return sum(1 for _ in root.iter()) <= _MAX_ELEMENTS


def extract_evidence(root: Element, blocks: Blocks, url: str | None = None) -> tuple[float, ...]:
    """The share of each block's characters that trafilatura extracts, 0 to 1.

    Runs trafilatura once on ``root`` and aligns its output with the blocks, without regard to whitespace. All zeros if
    trafilatura finds no article, or fails.
    """
    from trafilatura import bare_extraction

    nothing = (0.0,) * len(blocks)
    try:
        # Its fallbacks, which fast=True disables, double the time and gain nothing.
        document: Any = bare_extraction(root, url=url, include_comments=False, fast=True)
    except Exception:  # noqa: BLE001  trafilatura raises errors of many types; the page is cleaned without it
        return nothing
    if document is None or document.body is None:
        return nothing
    return align_extract(
        [strip_whitespace(block.text) for block in blocks],
        [strip_whitespace(unit) for unit in _split_units(document.body)],
    )


def align_extract(blocks: Sequence[str], units: Sequence[str]) -> tuple[float, ...]:
    """Share of each block that ``units``, pieces of the same page in the same order, cover.

    All texts are without whitespace. Long units are anchors: each is placed at its first occurrence after the anchor
    before it, else at its first occurrence anywhere. Short units are then placed between the anchors around them, and only
    where they begin and end with a block. If a unit does not occur as a whole, the blocks it contains are covered.
    """
    page = "".join(blocks)
    covered = bytearray(len(page))
    starts = _compute_starts(blocks)
    begins, ends = set(starts[:-1]), set(starts[1:])
    openings = _index_openings(blocks, starts)
    cursor = misses = 0
    waiting: list[str] = []

    def place_waiting(until: int) -> int:
        at, missed = cursor, 0
        for unit in waiting:
            if misses + missed > _MAX_MISSES:
                break
            found = _find_whole(unit, page, range(at, until), begins, ends)
            if found < 0:
                missed += 1
                continue
            at = found + len(unit)
            covered[found:at] = b"\x01" * len(unit)
        waiting.clear()
        return missed

    for unit in filter(None, units):
        if misses > _MAX_MISSES:
            break
        if len(unit) < _MIN_ANCHOR_CHARS:
            waiting.append(unit)
            continue
        found = page.find(unit, cursor)
        if found < 0:
            misses += 1
            _cover_parts(unit, page, covered, openings)
            continue
        misses += place_waiting(found)
        cursor = found + len(unit)
        covered[found:cursor] = b"\x01" * len(unit)
    place_waiting(len(page))
    return tuple(
        covered.count(1, start, end) / (end - start) if end > start else 0.0 for start, end in pairwise(starts)
    )


def _find_whole(unit: str, page: str, within: range, begins: set[int], ends: set[int]) -> int:
    """Where ``unit`` begins and ends with a block; -1 if nowhere, or if many places before are inside blocks."""
    found = within.start - 1
    for _ in range(_MAX_MISSES):
        found = page.find(unit, found + 1, within.stop)
        if found < 0 or (found in begins and found + len(unit) in ends):
            return found
    return -1


def _cover_parts(unit: str, page: str, covered: bytearray, openings: Mapping[str, Sequence[range]]) -> None:
    """Cover the parts of the page in ``unit``, which does not occur after the unit before it."""
    found = page.find(unit)
    if found >= 0:
        covered[found : found + len(unit)] = b"\x01" * len(unit)
        return
    # Of a block that is in the unit, the opening is.
    for at in range(len(unit) - _OPENING_CHARS + 1):
        for block in openings.get(unit[at : at + _OPENING_CHARS], ()):
            if len(block) >= _MIN_ANCHOR_CHARS and unit.startswith(page[block.start : block.stop], at):
                covered[block.start : block.stop] = b"\x01" * len(block)
            elif at == 0:
                # The unit lacks words inside a link or a span of the block.
                size = min(len(unit), len(block))
                covered[block.start : block.start + size] = b"\x01" * size


def _index_openings(blocks: Sequence[str], starts: Sequence[int]) -> Mapping[str, Sequence[range]]:
    """The places of the blocks by the characters of the page from the start of each."""
    page = "".join(blocks)
    openings: defaultdict[str, list[range]] = defaultdict(list)
    for start, end in pairwise(starts):
        openings[page[start : start + _OPENING_CHARS]].append(range(start, end))
    return openings


def _compute_starts(texts: Sequence[str]) -> list[int]:
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text))
    return starts


def _split_units(element: Any) -> Iterator[str]:
    """The texts of the smallest block-level elements of trafilatura's output, in order."""
    if element.tag == "row" and len(element) > 1:
        cells = ["".join(cell.itertext()) for cell in element]
        yield from ["|".join(cells)] if max(map(len, cells)) <= _MAX_CELL_CHARS else cells
        return
    if all(child.tag in _INLINE for child in element.iterdescendants()):
        yield "".join(element.itertext())
        return
    yield element.text or ""
    for child in element:
        yield from _split_units(child)
        yield child.tail or ""

"""Columns of a page's layout that a browser prints side by side, as it does with a menu left of an article.

A column of blanks that many lines share divides what is left of it from what is right of it. What is a table, with rows that
say something together, stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from cleaner.language.sentences import ends_like_sentence, is_unspaced
from cleaner.page.notation import wraps
from cleaner.page.notation.grids import EDGES
from cleaner.page.notation.joining import join_texts
from cleaner.page.notation.pieces import FILLER, SourceLine, expand_columns, make_line

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_TEXT = re.compile(r"\S++(?: \S++)*+")
_BULLET = re.compile(r"\s*+(?:[^\w\s]|\d{1,3}[.)]|o)\s++")
_MIN_GAPS = 5
"""Lines with a gap in a dump that may have columns."""
_MIN_BOTH = 4
"""Lines with text on both sides of a gutter."""
_MIN_SPACES = 3
_MIN_UNSPACED = 12
"""Spaces in a line of a column of text that goes on in the next; its characters, in a script without spaces."""
_MIN_SENTENCE = 60
"""Characters of a line that is a sentence, if no line is wrapped."""
_MIN_WRAPPED = 3
"""Lines of a column that go on in the next."""
_MIN_UNLIKE, _MIN_LEFT_RUN, _MIN_RIGHT_RUN = 3, 4, 2
"""Lines of a column that begin where no paragraph of the other does, and lines without a blank one between, of one on the
left and of one on the right: a label of a row has two."""
_UNLIKE_SHARE = 0.2
"""Share of such lines among those with text in both columns."""
_ROW_SHARE = 0.7
"""Share of lines with text in both columns, if each paragraph is one line: that of a table is higher."""
_MAX_ONE_SIDED = 8
"""Lines left of a gutter, one below the other, with nothing to the right of it."""
_MAX_DEPTH = 6
"""Columns in columns."""


class _Region(NamedTuple):
    """Lines that share a gutter."""

    start: int
    stop: int
    gutter: int
    """A column that is blank in all of them."""


def has_gaps(lines: Sequence[SourceLine]) -> bool:
    """Whether lines have gaps, as they have between columns."""
    found = 0
    for line in lines:
        if line.end > len(line.text) + line.indent and _find_gaps(line):
            found += 1
            if found == _MIN_GAPS:
                return True
    return False


def split_layout(lines: Sequence[SourceLine], depth: int = 0) -> Iterator[SourceLine]:
    """``lines`` with what is in a column on the left before what is in the one to the right of it."""
    if depth == _MAX_DEPTH:
        yield from lines
        return
    place = 0
    masks = [_find_blanks(line) for line in lines]
    for region in _find_regions(lines, masks):
        yield from lines[place : region.start]
        left, right = _divide(lines[region.start : region.stop], region.gutter)
        for column in (left, right):
            yield from _join_wrapped(list(split_layout(column, depth + 1)))
            yield SourceLine(lines[region.stop - 1].number, "", "", 0, 0)
        place = region.stop
    yield from lines[place:]


def _find_blanks(line: SourceLine) -> int:
    """The columns of a line that are blank, as the bits of a number that is negative: all behind its end are.

    One space between two words is not.
    """
    filled = 0
    for found in _TEXT.finditer(expand_columns(line.raw)):
        filled |= (1 << found.end()) - (1 << found.start())
    return ~filled


def _find_gaps(line: SourceLine) -> int:
    """The columns of the gaps within a line, as the bits of a number."""
    gaps = 0
    if line.text[0] in EDGES:
        return 0
    raw = expand_columns(line.raw)
    bullet = _BULLET.match(raw)
    for found in _GAP.finditer(raw, bullet.end() if bullet else 0):
        gaps |= (1 << found.end()) - (1 << found.start())
    return gaps


def _find_regions(lines: Sequence[SourceLine], masks: Sequence[int]) -> Iterator[_Region]:
    """The lines that are columns, in their order."""
    place = floor = 0
    failed: dict[int, int] = {}
    while place < len(lines):
        gaps = _find_gaps(lines[place]) if lines[place].text else 0
        region = _grow(lines, masks, place, gaps, floor) if gaps else None
        if (
            region
            and place >= failed.get(region.gutter, 0)
            and _is_layout([_get_sides(line, region.gutter) for line in lines[region.start : region.stop]])
        ):
            yield region
            place = floor = region.stop
        else:
            if region:
                failed[region.gutter] = region.stop
            place += 1


def _grow(lines: Sequence[SourceLine], masks: Sequence[int], place: int, gaps: int, floor: int) -> _Region | None:
    """The lines around ``place`` that share a gutter with it."""
    stop, one_sided = place, 0
    while stop < len(lines) and gaps & masks[stop] and one_sided < _MAX_ONE_SIDED:
        gaps &= masks[stop]
        if lines[stop].text:
            one_sided = 0 if lines[stop].end >= gaps.bit_length() else one_sided + 1
        stop += 1
    gutter = gaps.bit_length() - 1
    start = place
    while start > floor and masks[start - 1] >> gutter & 1:
        start -= 1
    is_right = [line.end > gutter for line in lines[start:stop]]
    both = sum(
        right and line.text != "" and line.indent < gutter
        for right, line in zip(is_right, lines[start:stop], strict=True)
    )
    if both < _MIN_BOTH:
        return None
    while lines[stop - 1].end <= gutter:
        stop -= 1
    while stop < len(lines) and lines[stop].text and masks[stop] >> gutter & 1:
        stop += 1
    while lines[start].end <= gutter:
        start += 1
    return _Region(start, stop, gutter)


def _get_sides(line: SourceLine, gutter: int) -> tuple[str, str]:
    raw = expand_columns(line.raw)
    return raw[:gutter].replace(FILLER, "").strip(), raw[gutter:].replace(FILLER, "").strip()


def _is_layout(sides: Sequence[tuple[str, str]]) -> bool:
    """Whether a column is text, beside which the other goes on as it likes: the two are no cells of rows."""
    left, right = [left for left, _ in sides], [right for _, right in sides]
    return _is_beside(left, right, _MIN_RIGHT_RUN) or _is_beside(right, left, _MIN_LEFT_RUN)


def _is_beside(texts: Sequence[str], others: Sequence[str], min_run: int) -> bool:
    """Whether one column is text, and the other not what heads or ends each of its paragraphs."""
    wrapped = sum(_goes_on(above, below) for above, below in pairwise(texts))
    both = sum(bool(text and other) for text, other in zip(texts, others, strict=True))
    if wrapped >= _MIN_WRAPPED:
        unlike = _count_unlike(texts, others)
        return _measure_run(others) >= min_run and unlike >= max(_MIN_UNLIKE, _UNLIKE_SHARE * both)
    if both >= _ROW_SHARE * max(sum(map(bool, texts)), sum(map(bool, others))):
        return False
    near = zip(texts, others, ["", *others], [*others[1:], ""], strict=False)
    return (
        sum(
            len(text) >= _MIN_SENTENCE and bool(beside or above or below) and ends_like_sentence(text)
            for text, beside, above, below in near
        )
        >= _MIN_WRAPPED
    )


def _measure_run(texts: Sequence[str]) -> int:
    """The longest run of lines of a column without a blank one; what heads the rows of a table has one or two."""
    return max(len(list(run)) for filled, run in groupby(texts, bool) if filled)


def _count_unlike(texts: Sequence[str], others: Sequence[str]) -> int:
    """The lines of a column beside the end or the middle of a paragraph of the other, ``texts``."""
    last = max(place for place, text in enumerate(texts) if text)
    return sum(
        bool(above and other) and (not text or _goes_on(above, text))
        for above, text, other in zip(texts, texts[1:last], others[1:last], strict=False)
    )


def _join_wrapped(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """The lines of a column, with those that were wrapped at its width as one."""
    width = max(line.end for line in lines)
    if sum(_goes_on(above.text, below.text) for above, below in pairwise(lines)) < _MIN_WRAPPED:
        yield from lines
        return
    run = [lines[0]]
    for above, below in pairwise(lines):
        is_wrapped = bool(above.text and below.text) and wraps.is_wrapped(above, below, width)
        if is_wrapped and _is_long(above.text) and not _BULLET.match(below.raw) and above.text[0] not in EDGES:
            run.append(below)
        else:
            yield _write(run)
            run = [below]
    yield _write(run)


def _write(run: Sequence[SourceLine]) -> SourceLine:
    if len(run) == 1:
        return run[0]
    text = join_texts([line.text for line in run])
    return make_line(run[0].number, " " * run[0].indent + text)


def _goes_on(above: str, below: str) -> bool:
    """Whether a line is text that goes on in the next: in lower case, or in a script without case.

    Columns may be divided later: the last decides.
    """
    above, below = _GAP.split(above)[-1], _GAP.split(below)[-1]
    sign = below[:1]
    return sign.isalpha() and not sign.isupper() and _is_long(above) and not ends_like_sentence(above)


def _is_long(text: str) -> bool:
    return len(text) >= _MIN_UNSPACED if is_unspaced(text) else text.count(" ") >= _MIN_SPACES


def _divide(lines: Sequence[SourceLine], gutter: int) -> tuple[list[SourceLine], list[SourceLine]]:
    raws = [(line.number, expand_columns(line.raw)) for line in lines]
    left = [make_line(number, raw[:gutter].replace(FILLER, "")) for number, raw in raws]
    right = [make_line(number, raw[gutter:].replace(FILLER, "")) for number, raw in raws]
    return left, right

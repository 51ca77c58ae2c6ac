"""What suggests that a line of a dump has the date of its article: one number for each kind of evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from cleaner.front_matter.line_places import PLACES, Places, get_label
from cleaner.front_matter.publication_dates import DateStyle, get_day
from cleaner.language import date_lines, dates
from cleaner.language.date_lines import DateLine
from cleaner.language.date_patterns import NUMBERS, YEAR
from cleaner.model import Block

# Numbers of this module were chosen by reading pages; the weights of the evidence are learned.
_BLOCKS_AROUND = 40
"""Blocks above headline and text, and below the text, that are searched."""
_MAX_LEADING_CHARS, _OPENING_CHARS = 3, 40
"""Characters before a date at the start of a paragraph, and characters that are searched for it."""
_LIST_BLOCKS, _MANY_LISTED = 6, 3
"""Blocks above and below in which other days make a list of dated items, and days of a long one."""

EVIDENCE = (
    *PLACES, "pure", "paragraph", "published", "updated", "only_update", "clock", "of_headline", "of_address", "other_address",
    "listed", "listed_much", "repeated", "latest", "first_date", "words",
)  # fmt: skip
"""Names of what :func:`measure_dates` measures."""


class DatedLine(NamedTuple):
    """A line that may have the date of the article."""

    block: Block
    values: DateLine
    day: date
    """The day of publication, or of the last change if the line gives no other."""
    pure: bool
    """Whether the line has nothing but dates and words around them."""


def list_dated_lines(places: Places, style: DateStyle) -> list[DatedLine]:
    """The lines with a date around the headline and the text."""
    top = min((*places.headlines, places.opening)) - _BLOCKS_AROUND
    around = places.blocks[max(0, top) : places.end + _BLOCKS_AROUND]
    text = range(places.opening + 1, places.end)
    apart = (block for block in around if block.index not in text or block.dropped)
    return [line for block in apart if _may_have_date(block.text) and (line := _read(block, style)) is not None]


def _may_have_date(text: str) -> bool:
    """Whether ``text`` has numbers and a year, or is of a script with its own digits; runs for every line beside the text."""
    return not text.isascii() or (NUMBERS.search(text) is not None and YEAR.search(text) is not None)


def _read(block: Block, style: DateStyle) -> DatedLine | None:
    text = block.text
    if len(text) <= dates.MAX_LINE:
        values = date_lines.read_dates(text, *style)
        pure = date_lines.parse_date_line(text, *style) if values != DateLine() else None
    elif any(map(str.isdigit, text[:_MAX_LEADING_CHARS])):
        found = dates.find_dates(text[:_OPENING_CHARS], *style)
        values, pure = DateLine(found[0].moment if found and found[0].start < _MAX_LEADING_CHARS else None), None
    else:
        return None
    moment = values.published or values.modified
    return DatedLine(block, pure or values, get_day(moment), pure is not None) if moment else None


class _Days(NamedTuple):
    """The days of the lines with a date."""

    lines: Sequence[DatedLine]
    counts: Counter[date]
    latest: date | None
    address: date | None


def measure_dates(places: Places, lines: Sequence[DatedLine], address_day: date | None) -> list[tuple[float, ...]]:
    """For each of the ``lines`` the numbers of :data:`EVIDENCE`; ``address_day`` is the day in the page's address."""
    counts = Counter(line.day for line in lines)
    days = _Days(lines, counts, max(counts, default=None), address_day)
    return [_measure(places, line, days) for line in lines]


def _measure(places: Places, line: DatedLine, days: _Days) -> tuple[float, ...]:
    text, index = line.block.text, line.block.index
    is_short = len(text) <= dates.MAX_LINE
    listed = sum(
        other.day != line.day and abs(other.block.index - index) <= _LIST_BLOCKS and not other.block.kept
        for other in days.lines
    )
    return (
        *places.measure(index, get_label(line.block)),
        line.pure,
        not is_short,
        is_short and date_lines.mentions_publication(text),
        is_short and date_lines.mentions_update(text),
        line.values.published is None,
        isinstance(line.values.published or line.values.modified, datetime),
        index in places.headlines,
        days.address == line.day,
        days.address is not None and days.address != line.day,
        listed > 0,
        listed >= _MANY_LISTED,
        days.counts[line.day] > 1,
        line.day == days.latest and len(days.counts) > 1,
        line is days.lines[0],
        min(len(text), dates.MAX_LINE) / dates.MAX_LINE,
    )

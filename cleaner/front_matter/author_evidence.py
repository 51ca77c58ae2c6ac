"""What suggests that a line of a dump names the author of its article: one number for each kind of evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from cleaner.front_matter.line_places import PLACES, Places, get_label
from cleaner.labels import Label
from cleaner.language import byline_names, dates, line_patterns
from cleaner.language.byline_forms import MAX_CHARS, Form, read_named_lines
from cleaner.language.site_names import site_name_key
from cleaner.model import Block

# Numbers of this module were chosen by reading pages; the weights of the evidence are learned.
_BLOCKS_ABOVE, _BLOCKS_BELOW, _BLOCKS_BESIDE = 20, 15, 5
"""Blocks above headline and text, and below the text, that are searched; and those from either that are read whatever their label."""
_MAX_PLAIN_CHARS = 100
"""Characters of a line that names the author although nothing labels it so."""
_NAME = re.compile(r"[A-Z]\S{0,30} [A-Z]|\b[Bb][Yy]\b|\b[Vv]on\b")
_OF_AUTHOR = frozenset({Label.BYLINE, Label.TIMESTAMP})
"""Labels of lines that may name the author."""
_LIST_BLOCKS, _MANY_LISTED = 6, 3
"""Blocks above and below in which other names make a list, and names of a long one."""
_OF_PAGE = frozenset(
    {Label.CONSENT, Label.SHARE, Label.TICKER, Label.COMMENTS, Label.PAYWALL, Label.LEGAL, Label.NEWSLETTER}
)
"""Labels of lines of the page around the article, whose short texts are seldom its author's name."""

EVIDENCE = (
    *PLACES, *(form.name.lower() for form in Form), "led", "found", "has_date", "caption", "author_bio", "of_body", "several",
    "repeated", "repeated_as_bio", "listed", "listed_much", "edited_above", "of_site",
)  # fmt: skip
"""Names of what :func:`measure_authors` measures."""


class AuthorLine(NamedTuple):
    """A line that may name the author."""

    block: Block
    names: tuple[str, ...]
    form: Form
    led: bool
    """Whether the line above says "By" and nothing else."""

    @property
    def key(self) -> tuple[str, ...]:
        """The names for comparison."""
        return tuple(sorted(name.casefold() for name in self.names))


def list_author_lines(places: Places) -> list[AuthorLine]:
    """The lines with names beside the headline and the text, and those further away that are labelled so."""
    lines = [line for index in _list_places(places) for line in _read(places, index)]
    return [line._replace(names=_complete(line, lines)) if line.form is Form.OTHER else line for line in lines]


def _list_places(places: Places) -> Iterator[int]:
    """The indices of blocks that may name the author; the others are too many to read."""
    edges = (*places.headlines, places.opening)
    beside = {index for edge in edges for index in range(edge - _BLOCKS_BESIDE, edge + _BLOCKS_BESIDE)}
    beside.update(range(places.end, places.end + _BLOCKS_BESIDE))
    text = range(places.opening + 2, places.end)
    for index in range(max(0, min(edges) - _BLOCKS_ABOVE), min(len(places.blocks), places.end + _BLOCKS_BELOW)):
        block = places.blocks[index]
        label = block.verdict.label if block.verdict is not None else None
        if (
            label is Label.AUTHOR_BIO
            or (len(block.text) <= MAX_CHARS and label in _OF_AUTHOR)
            or (index in beside and index not in text and label not in _OF_PAGE and _may_name(block.text))
        ):
            yield index


def _may_name(text: str) -> bool:
    """Whether a line that nothing labels so may name somebody: it is short, no sentence, and has two words with capitals."""
    return (
        len(text) <= _MAX_PLAIN_CHARS
        and text[-1:] not in ".!?"
        and (not text.isascii() or _NAME.search(text) is not None)
    )


def _read(places: Places, index: int) -> Iterator[AuthorLine]:
    block = places.blocks[index]
    label = block.verdict.label if block.verdict is not None else None
    if index in places.headlines:
        return
    above = places.blocks[index - 1].text if index else ""
    is_led = byline_names.is_lead_alone(above) and not byline_names.EDITED.match(above)
    for names, form in read_named_lines(block.text, bio=label is Label.AUTHOR_BIO):
        people = tuple(name for name in names if not line_patterns.match_agency(name))
        if people and (form is not Form.OTHER or is_led or label is Label.BYLINE):
            yield AuthorLine(block, people, form, is_led)


def _complete(line: AuthorLine, lines: Sequence[AuthorLine]) -> tuple[str, ...]:
    """The full name that another line gives to the first name in ``line``."""
    start = f"{line.names[0]} "
    full = (name for other in lines if other.form is not Form.OTHER for name in other.names if name.startswith(start))
    return (next(full, line.names[0]),)


def measure_authors(
    places: Places, lines: Sequence[AuthorLine], found: Collection[int], site: str | None
) -> list[tuple[float, ...]]:
    """For each of the ``lines`` the numbers of :data:`EVIDENCE`.

    ``found`` are the blocks that a finding calls a byline, ``site`` the host of the page, if known.
    """
    page = _Names(
        places,
        lines,
        Counter(line.key for line in lines),
        frozenset(line.key for line in lines if line.form is Form.BIO),
        frozenset(found),
        site_name_key(site or ""),
    )
    return [_measure(line, page) for line in lines]


class _Names(NamedTuple):
    """What the lines of a dump are compared with."""

    places: Places
    lines: Sequence[AuthorLine]
    counts: Counter[tuple[str, ...]]
    bios: frozenset[tuple[str, ...]]
    found: frozenset[int]
    site_key: str


def _measure(line: AuthorLine, page: _Names) -> tuple[float, ...]:
    index, text = line.block.index, line.block.text
    label = get_label(line.block)
    listed = sum(other.key != line.key and 0 < abs(other.block.index - index) <= _LIST_BLOCKS for other in page.lines)
    above = page.places.blocks[index - 1].text if index else ""
    return (
        # A line with a name and a date is a byline, also where the classifier thinks more of the date.
        *page.places.measure(index, Label.BYLINE if label is Label.TIMESTAMP and line.form is Form.DATED else label),
        *(line.form is form for form in Form),
        line.led,
        index in page.found,
        len(text) <= dates.MAX_LINE and any(map(str.isdigit, text)) and bool(dates.find_dates(text)),
        label is Label.CAPTION,
        label is Label.AUTHOR_BIO,
        line.block.kept,
        len(line.names) > 1,
        page.counts[line.key] > 1,
        line.key in page.bios and line.form is not Form.BIO,
        listed > 0,
        listed >= _MANY_LISTED,
        bool(byline_names.EDITED.match(above)),
        bool(page.site_key) and any(site_name_key(name) in page.site_key for name in line.names),
    )

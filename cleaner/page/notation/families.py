"""What a notation of dumps is: its family, its marks, and what blank lines mean in it."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Family(StrEnum):
    """The families of notations; each has a reader."""

    LINES = "lines"
    """A text a line, as resiliparse, WET files and inscriptis write."""
    SOURCE = "source"
    """The text with the line ends of the page's source, as BeautifulSoup's ``get_text()`` writes."""
    CUT = "cut"
    """A line for each piece of text between two tags, as BeautifulSoup's ``get_text("\\n")`` writes."""
    MARKDOWN = "markdown"
    BROWSER = "browser"
    """Wrapped at a width, as lynx, w3m, links, elinks and pandoc write."""
    PAPER = "paper"
    """Laid out on pages of paper, as pdftotext writes."""
    ONE_LINE = "one_line"


class Blank(StrEnum):
    """What a blank line means."""

    BREAK = "break"
    """The end of a paragraph."""
    NOTHING = "nothing"
    """It is left over from the page's source."""
    ABSENT = "absent"


class NotationMark(StrEnum):
    """The marks that a dump uses."""

    LINKS = "links"
    HEADINGS = "headings"
    EMPHASIS = "emphasis"
    TABLES = "tables"
    FENCES = "fences"
    ATTRIBUTES = "attributes"
    HARD_BREAKS = "hard_breaks"
    LINK_NUMBERS = "link_numbers"
    REFERENCES = "references"


class Notation(msgspec.Struct, frozen=True, kw_only=True):
    """How a dump was written."""

    family: Family
    width: int | None = None
    """Columns at which its lines are wrapped."""
    blank: Blank = Blank.BREAK
    marks: frozenset[NotationMark] = frozenset()
    confidence: float = 0.0
    """From 0, nothing was recognised, to 1."""

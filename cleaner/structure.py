"""The types of an article's structure: inline markup, table cells, containers, pictures and comments."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class SpanKind(StrEnum):
    """What inline markup makes of a part of a block's text."""

    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"


class Span(msgspec.Struct, frozen=True, gc=False):
    """Inline markup of ``text[start:end]`` of a block. Spans of a block are nested or disjoint, outer ones first."""

    start: int
    end: int
    markup: SpanKind
    url: str | None = None
    """Of a link: its address, absolute where the address of the page is known."""


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A cell of a table row, whose text is ``text[start:end]`` of the row's block."""

    start: int
    end: int
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


class ContainerKind(StrEnum):
    """An element that may contain several blocks."""

    QUOTE = "quote"
    ORDERED = "ordered"
    UNORDERED = "unordered"
    DEFINITIONS = "definitions"
    ITEM = "item"
    TERM = "term"
    DEFINITION = "definition"
    TABLE = "table"
    CODE = "code"
    COMMENT = "comment"


class Container(msgspec.Struct, frozen=True, gc=False):
    """One of the elements around a block; blocks with an equal one are in the same element."""

    kind: ContainerKind
    number: int
    """Its position among the elements of the page: it distinguishes two lists, or two items."""
    marker: str | None = None
    """Of an item of an ordered list: its number or letter, ``1.`` or ``iv.``."""


LISTS = frozenset({ContainerKind.ORDERED, ContainerKind.UNORDERED, ContainerKind.DEFINITIONS})
"""The kinds of list."""
ITEMS = frozenset({ContainerKind.ITEM, ContainerKind.TERM, ContainerKind.DEFINITION})
"""The kinds of what is in a list."""


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of an article."""

    url: str
    """Of the picture itself rather than of a placeholder; absolute where the address of the page is known."""
    alt: str = ""
    """What the page shows instead of the picture."""
    caption: str | None = None
    credit: str | None = None
    """Who made it."""
    after: int = -1
    """Index of the last block before it on the page; -1 if there is none."""


class Comment(msgspec.Struct, frozen=True):
    """What one reader wrote below an article."""

    text: str
    depth: int = 0
    """Number of comments that it is a reply to, one in the other, as far as the markup shows it."""

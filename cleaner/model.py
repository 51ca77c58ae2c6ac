"""The types of the domain, all frozen: pages, blocks and verdicts; articles are in :mod:`cleaner.article`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from cleaner.labels import Group, Label
from cleaner.structure import Cell, Container, Span

_BODY = Group.BODY
Moment: TypeAlias = datetime | date
"""A day or a point in time, as exact as in the page; a ``datetime`` has a zone if the page or a rule gives one."""


class Kind(StrEnum):
    """The two forms of a page."""

    HTML = "html"
    TEXT = "text"


class PageType(StrEnum):
    """What a page is."""

    ARTICLE = "article"
    DOCUMENTATION = "documentation"
    FORUM = "forum"
    LISTING = "listing"
    PRODUCT = "product"
    SERVICE = "service"
    HOME = "home"
    ERROR = "error"
    DATA = "data"


class Lean(StrEnum):
    """Which mistake to avoid for a block that may be text or boilerplate: losing text, or keeping boilerplate."""

    RECALL = "recall"
    BALANCED = "balanced"
    PRECISION = "precision"


class Role(StrEnum):
    """What a block is by its markup, or by the form of a dump's line."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE = "table"
    CODE = "code"
    CAPTION = "caption"
    CONTROL = "control"

    @property
    def label(self) -> Label:
        """The body label of a kept block of this role."""
        return _LABELS.get(self, Label.PARAGRAPH)


_LABELS: dict[Role, Label] = {
    Role.HEADING: Label.HEADING,
    Role.LIST_ITEM: Label.LIST_ITEM,
    Role.QUOTE: Label.QUOTE,
    Role.TABLE: Label.TABLE,
    Role.CODE: Label.CODE,
}


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page to clean, decoded."""

    id: str
    source: str
    folder: str = ""
    """Group for counting repeats of pages of unknown sites."""
    content: str
    kind: Kind
    url: str | None = None
    fetched: date | None = None
    """The day of its download, if known."""
    mended: bool = False
    """Whether parts of it that were encoded twice, or otherwise than the rest, were repaired."""
    authored: bool = False
    """Whether it is a file that its author wrote, without anything that a site puts around an article."""


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """A judge's label of a block, and the reason."""

    label: Label
    judge: str
    why: str
    rule: str | None = None
    score: float | None = None
    """Probability that the block belongs to the body, from the classifier."""

    @property
    def keep(self) -> bool:
        """Whether the block stays in the article's text."""
        return self.label.group is _BODY


class Block(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One paragraph, heading, list item, quote, table row, caption, menu or dump line, with its position on the page."""

    index: int
    text: str
    role: Role = Role.PARAGRAPH
    marker: str | None = None
    """HTML: number or letter of an item of an ordered list, ``1.`` or ``iv.``; a dump has it in its text."""
    path: str = ""
    """Element path with classes and ids, ``body/div#main/p``; empty in a dump."""
    line: int | None = None
    """Line number in a dump, from 1; None in HTML."""
    depth: int = 0
    """HTML: number of elements around it. Dump: columns of indentation."""
    link_share: float = 0.0
    """Share of its characters inside links, 0 to 1; 0 in a dump that does not show its links."""
    hidden: bool = False
    """Not shown by a browser that runs scripts: ``display:none``, ``hidden``, ``noscript`` and similar."""
    items: int = 1
    """HTML: of a run of links, such as a menu, which is one block: the number of its links, each a line of its text."""
    spaced: bool = True
    """Separated from the block before it, by markup or by a blank line in a dump."""
    verdict: Verdict | None = None
    level: int | None = None
    """Of a heading: 1 to 6. Of a list item: in how many lists it is. None if unknown, as in most dumps."""
    spans: tuple[Span, ...] = ()
    """Inline markup of its text. These and the following fields: HTML, and only of blocks of the text and comments."""
    cells: tuple[Cell, ...] = ()
    """Of a row of a table: its cells."""
    containers: tuple[Container, ...] = ()
    """Lists, items, quotes and others around it, outer ones first."""
    language: str | None = None
    """Of code: its language, as the page's markup names it."""

    @property
    def marked_text(self) -> str:
        """Its text with its marker."""
        return f"{self.marker} {self.text}" if self.marker else self.text

    @property
    def lines(self) -> tuple[str, ...]:
        """Its text; of a run of links, each of them."""
        return tuple(self.text.split("\n")) if self.items > 1 else (self.text,)

    @property
    def kept(self) -> bool:
        """Whether it is part of the article's text."""
        # Asked more often than anything else: reading the label here takes half the time of asking the verdict.
        return self.verdict is not None and self.verdict.label.group is _BODY

    @property
    def dropped(self) -> bool:
        """Whether its verdict removes it from the article's text; False without a verdict."""
        return self.verdict is not None and not self.verdict.keep


Blocks: TypeAlias = tuple[Block, ...]
Verdicts: TypeAlias = Mapping[int, Verdict]
"""The verdicts of one judge by block index; blocks on which it has none are missing."""


def fill_verdicts(blocks: Blocks, verdicts: Verdicts) -> Blocks:
    """``blocks`` with ``verdicts`` given to those without one: the first verdict wins; text, order and count never change."""
    if not verdicts:
        return blocks
    return tuple(
        replace(block, verdict=verdicts[block.index]) if block.verdict is None and block.index in verdicts else block
        for block in blocks
    )

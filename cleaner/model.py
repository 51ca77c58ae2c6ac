"""The types of the domain, all frozen: pages, blocks, verdicts, metadata and articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias

import msgspec
from msgspec.structs import replace

from cleaner.fields import COLUMNS, FIELDS
from cleaner.flags import Flag
from cleaner.labels import Group, Label
from cleaner.structure import Cell, Comment, Container, ContainerKind, Image, Span

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


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """Metadata of an article. A field that was not found on the page is None or empty."""

    url: str | None = None
    site: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    language: str | None = None
    language_confidence: float | None = None
    description: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    agency: str | None = None
    place: str | None = None
    canonical: str | None = None
    """The page's own statement of its address; ``url`` is where it was fetched, if known."""
    image: str | None = None
    """Address of the lead picture."""


class Article(Metadata, frozen=True, kw_only=True):
    """A cleaned page: its metadata, and all its blocks in page order, each with its verdict."""

    id: str
    source: str
    kind: Kind
    page_type: PageType = PageType.ARTICLE
    blocks: Blocks
    flags: tuple[Flag, ...] = ()
    suspect_rules: tuple[str, ...] = ()
    """Ids of rules that were not followed, as they would have lost what is surely its text."""
    images: tuple[Image, ...] = ()
    """The pictures of the article, in page order."""

    @property
    def text(self) -> str:
        """The kept blocks with blank lines between them; only line breaks between items of one list or rows of one table."""
        return join_blocks([block for block in self.blocks if block.kept])

    @property
    def removed(self) -> Blocks:
        """The blocks that are not in ``text``, each with its verdict."""
        return tuple(block for block in self.blocks if not block.kept)

    @property
    def captions(self) -> tuple[str, ...]:
        """Texts of the captions on the page, in page order."""
        return tuple(b.text for b in self.blocks if b.verdict is not None and b.verdict.label is Label.CAPTION)

    @property
    def headings(self) -> tuple[str, ...]:
        """The kept blocks that are headings, in page order, as they are in ``text``."""
        return tuple(b.marked_text for b in self.blocks if b.verdict is not None and b.verdict.label is Label.HEADING)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """What was dropped as ``comments``, in page order: by comment if the markup shows them, else one for each block."""
        grouped: dict[tuple[Container, ...] | int, list[str]] = {}
        for block in self.removed:
            is_comment = block.verdict is not None and block.verdict.label is Label.COMMENTS
            if is_comment and block.role not in (Role.CONTROL, Role.HEADING):
                thread = tuple(one for one in block.containers if one.kind is ContainerKind.COMMENT)
                grouped.setdefault(thread or block.index, []).append(block.text)
        threads = {thread: texts for thread, texts in grouped.items() if isinstance(thread, tuple)}
        if not threads:
            return tuple(Comment(text) for texts in grouped.values() for text in texts)
        return tuple(Comment("\n\n".join(texts), len(thread) - 1) for thread, texts in threads.items())

    @property
    def markdown(self) -> str:
        """The text as Markdown (CommonMark, and tables of GFM), with its pictures."""
        from cleaner.render.markdown import write_markdown

        return write_markdown(self)

    @property
    def html(self) -> str:
        """The text as an ``<article>`` of HTML5, with its pictures: no scripts, styles or attributes but those listed there."""
        from cleaner.render.html import write_html

        return write_html(self)

    @property
    def score(self) -> float | None:
        """Confidence of the classifier in the page, 0 to 1; None if it gave no verdict with a score.

        It is the mean distance of the blocks' scores from one half, weighted by characters.
        """
        judged = [(b.verdict.score, len(b.text)) for b in self.blocks if b.verdict and b.verdict.score is not None]
        total = sum(size for _, size in judged)
        return sum(abs(2 * score - 1) * size for score, size in judged) / total if total else None

    @property
    def kept_share(self) -> float:
        """Share of the page's characters that are in ``text``, 0 to 1."""
        total = sum(len(block.marked_text) for block in self.blocks)
        kept = sum(len(block.marked_text) for block in self.blocks if block.kept)
        return kept / total if total else 0.0

    def to_dict(self, columns: Collection[str] = ()) -> dict[str, Any]:
        """One row of ``articles.jsonl``, in types of JSON; dates in ISO 8601. ``columns`` are added: see ``fields.COLUMNS``."""
        counts = Counter(block.verdict.label.value for block in self.removed if block.verdict)
        computed = {
            "path": self.source,
            "kept_share": round(self.kept_share, 4),
            "score": None if self.score is None else round(self.score, 3),
            "removed": dict(sorted(counts.items())),
        }
        return {
            field.name: computed[field.name] if field.name in computed else _plain(getattr(self, field.name))
            for field in (*FIELDS, *(field for field in COLUMNS if field.name in columns))
        }


def join_blocks(blocks: Sequence[Block]) -> str:
    """The text of ``blocks``: line breaks between consecutive list items or table rows, blank lines between all others."""
    parts: list[str] = []
    for previous, block in zip((None, *blocks), blocks, strict=False):
        if previous is not None:
            same_list = previous.role is block.role and block.role in (Role.LIST_ITEM, Role.TABLE)
            parts.append("\n" if same_list else "\n\n")
        parts.append(block.marked_text)
    return "".join(parts)


def _plain(value: Any) -> Any:
    """``value`` in types of JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [msgspec.structs.asdict(one) if isinstance(one, msgspec.Struct) else str(one) for one in value]
    return str(value) if isinstance(value, StrEnum) else value

"""A cleaned page: its metadata, and its blocks with their verdicts; what follows from these, such as the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from cleaner.fields import COLUMNS, FIELDS
from cleaner.flags import Flag
from cleaner.labels import Label
from cleaner.model import Block, Blocks, Kind, Moment, PageType, Role
from cleaner.structure import Comment, Container, ContainerKind, Image


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

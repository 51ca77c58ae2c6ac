"""The view of a page: kept and dropped blocks in the order of the page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import msgspec

from cleaner import fields
from cleaner.analysis.report.changes import TextChange
from cleaner.analysis.report.totals import list_flags
from cleaner.analysis.run_reader import ArticleRow, RunDocument, RunDropped
from cleaner.article import Article
from cleaner.fields import Use
from cleaner.labels import Group, Label
from cleaner.model import Block

_FACTS = tuple(name for name in fields.names(Use.REPORT) if name != "title")
_MAX_BLOCKS = {True: 300, False: 50}
"""Blocks of a kept and of a dropped stretch that a report shows at most, as menus can have hundreds of entries."""
_MAX_SNIPPET = 160
"""Characters of the longest block of a folded stretch that are shown: about two lines of a phone. Chosen."""
_WEB_PREFIXES = ("https://", "http://")


class ShownBlock(NamedTuple):
    """One block, kept or dropped."""

    text: str
    label: Label
    judge: str = ""
    """Empty for kept blocks of a run, whose files do not contain their judge."""
    rule: str | None = None
    why: str = ""
    score: float | None = None
    where: str = ""
    """``line 12`` of a dump, or the element path."""
    change: str = ""
    """Compared with an older run: ``new`` if its text was not kept then, ``lost`` if it was kept only then."""

    @property
    def kept(self) -> bool:
        """Whether it is in the article's text."""
        return self.label.group is Group.BODY

    @property
    def exact(self) -> str | None:
        """The text as JSON in ASCII if it has characters that cannot be shown; otherwise None."""
        return None if self.text.replace("\n", "").replace("\t", "").isprintable() else json.dumps(self.text)


class ShownStretch(NamedTuple):
    """Consecutive blocks that are all kept or all dropped."""

    kept: bool
    blocks: tuple[ShownBlock, ...]
    shown: tuple[ShownBlock, ...]
    """Those that are shown; the others are only counted."""

    @property
    def labels(self) -> list[tuple[Label, int]]:
        """Its labels, most frequent first."""
        return Counter(block.label for block in self.blocks).most_common()

    @property
    def lost(self) -> int:
        """How many blocks of it were kept in the older run."""
        return sum(block.change == "lost" for block in self.blocks)

    @property
    def snippet(self) -> str:
        """The start of its longest block, or of the longest that was kept in the older run."""
        longest = max(self.blocks, key=lambda block: (block.change == "lost", len(block.text)))
        text = " ".join(longest.text[: 2 * _MAX_SNIPPET].split())
        return text if len(text) <= _MAX_SNIPPET else f"{text[:_MAX_SNIPPET].rstrip()}…"


class DocumentView(NamedTuple):
    """A page in the form that the templates show."""

    title: str | None
    source: str
    """The document's id."""
    address: str | None
    """Its web address, or None."""
    facts: tuple[tuple[str, str], ...]
    """Its metadata, as pairs of name and value."""
    flags: tuple[str, ...]
    kept_share: float
    score: float | None
    stretches: tuple[ShownStretch, ...]
    change: TextChange | None = None
    """Compared with an older run."""
    vanished: tuple[str, ...] = ()
    """Lines that were kept in the older run and are no longer on the page."""

    @property
    def explained(self) -> bool:
        """Whether the judges of kept blocks are known."""
        return any(block.judge for stretch in self.stretches if stretch.kept for block in stretch.blocks)

    @property
    def labels(self) -> list[tuple[Label, int]]:
        """The labels of dropped blocks with their counts, in the order of :class:`~cleaner.labels.Label`."""
        counts = Counter(block.label for stretch in self.stretches if not stretch.kept for block in stretch.blocks)
        return [(label, counts[label]) for label in Label if label in counts]


def make_article_view(article: Article) -> DocumentView:
    """Return the view of a cleaned page, with the judge and the reason of each block."""
    stretches = [
        ShownStretch(kept, run, run) for kept, run in _group_runs([_show_block(block) for block in article.blocks])
    ]
    return _build_view(msgspec.convert(article.to_dict(), ArticleRow), stretches)


def make_document_view(
    document: RunDocument, before: Sequence[str] | None = None, change: TextChange | None = None
) -> DocumentView:
    """Return the view of a document of a run; ``before`` are the lines of its text in an older run."""
    headings = frozenset(document.row.headings)
    shown: list[ShownBlock] = []
    read = 0
    for block in document.dropped:
        shown += _split_paragraphs(document.row.text[read : block.at], headings)
        shown.append(_show_dropped(block))
        read = block.at
    shown += _split_paragraphs(document.row.text[read:], headings)
    vanished: tuple[str, ...] = ()
    if before is not None:
        known = frozenset(before)
        gone = known - {"", *document.row.text.split("\n")}
        shown = [_mark_change(block, known, gone) for block in shown]
        dropped = {line for block in document.dropped for line in block.text.split("\n")}
        vanished = tuple(line for line in dict.fromkeys(before) if line in gone and line not in dropped)
    stretches = [ShownStretch(kept, run, _choose_shown(run, _MAX_BLOCKS[kept])) for kept, run in _group_runs(shown)]
    return _build_view(document.row, stretches)._replace(change=change, vanished=vanished)


def _group_runs(blocks: Sequence[ShownBlock]) -> Iterator[tuple[bool, tuple[ShownBlock, ...]]]:
    return ((kept, tuple(run)) for kept, run in groupby(blocks, lambda block: block.kept))


def _choose_shown(blocks: Sequence[ShownBlock], most: int) -> tuple[ShownBlock, ...]:
    """Return the first blocks, and those further down that changed."""
    return (*blocks[:most], *(block for block in blocks[most:] if block.change))


def _build_view(row: ArticleRow, stretches: Sequence[ShownStretch]) -> DocumentView:
    values = {name: getattr(row, name) for name in _FACTS}
    given = {name: value if isinstance(value, str) else ", ".join(value) for name, value in values.items() if value}
    return DocumentView(
        title=row.title,
        source=row.id,
        address=row.url if row.url and row.url.startswith(_WEB_PREFIXES) else None,
        facts=tuple(given.items()),
        flags=tuple(list_flags(row)),
        kept_share=row.kept_share,
        score=row.score,
        stretches=tuple(stretches),
    )


def _show_block(block: Block) -> ShownBlock:
    verdict = block.verdict
    if verdict is None:
        raise AssertionError(f"block {block.index} has no verdict")
    where = block.path if block.line is None else f"line {block.line}"
    return ShownBlock(
        text=block.marked_text,
        label=verdict.label,
        judge=verdict.judge,
        rule=verdict.rule,
        why=verdict.why,
        score=verdict.score,
        where=where,
    )


def _show_dropped(block: RunDropped) -> ShownBlock:
    return ShownBlock(block.text, block.label, block.judge, block.rule, block.why, block.score)


def _split_paragraphs(text: str, headings: frozenset[str]) -> Iterator[ShownBlock]:
    for part in text.strip("\n").split("\n\n"):
        if part:
            yield ShownBlock(part, Label.HEADING if part in headings else Label.PARAGRAPH)


def _mark_change(block: ShownBlock, before: frozenset[str], gone: frozenset[str]) -> ShownBlock:
    lines = block.text.split("\n")
    if block.kept:
        return block if all(line in before for line in lines) else block._replace(change="new")
    return block._replace(change="lost") if any(line in gone for line in lines) else block

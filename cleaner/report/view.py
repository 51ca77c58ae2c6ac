"""A page as it is looked at: what was kept as the article reads, what was left out in its place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import msgspec

from cleaner import fields
from cleaner.fields import Use
from cleaner.labels import Group, Label
from cleaner.model import Article, Block
from cleaner.report.read import Document, Dropped, Row
from cleaner.report.totals import flags

_FACTS = tuple(name for name in fields.names(Use.REPORT) if name != "title")
_MOST = {True: 300, False: 50}
"""Blocks of a stretch that are shown in a report, of kept and of dropped ones: menus run into the hundreds."""
_WEB = ("https://", "http://")


class Shown(NamedTuple):
    """One block, kept or left out."""

    text: str
    label: Label
    judge: str = ""
    """Empty for kept blocks of a run: the run's files do not say who kept them."""
    rule: str | None = None
    why: str = ""
    score: float | None = None
    where: str = ""
    """``line 12`` of a dump, or the element path."""
    change: str = ""
    """Against an older run: ``new`` if its text was not kept then, ``lost`` if it was and is no more."""

    @property
    def kept(self) -> bool:
        """Whether it stands in the article's text."""
        return self.label.group is Group.BODY

    @property
    def exact(self) -> str | None:
        """The text as JSON in ASCII, where some of it cannot be shown as it is."""
        return None if self.text.replace("\n", "").replace("\t", "").isprintable() else json.dumps(self.text)


class Stretch(NamedTuple):
    """Blocks that follow one another and share their fate."""

    kept: bool
    blocks: tuple[Shown, ...]
    shown: tuple[Shown, ...]
    """Those that are not just counted."""

    @property
    def labels(self) -> list[tuple[Label, int]]:
        """Its labels, most frequent first."""
        return Counter(block.label for block in self.blocks).most_common()

    @property
    def lost(self) -> int:
        """How many blocks of it were kept in the older run."""
        return sum(block.change == "lost" for block in self.blocks)


class View(NamedTuple):
    """A page with all that is shown of it."""

    title: str | None
    source: str
    """The document's id."""
    address: str | None
    """Where it can be opened: a web address, or None."""
    facts: tuple[tuple[str, str], ...]
    """Its metadata: names with values."""
    flags: tuple[str, ...]
    kept_share: float
    score: float | None
    stretches: tuple[Stretch, ...]

    @property
    def explained(self) -> bool:
        """Whether it is known who kept what was kept."""
        return any(block.judge for stretch in self.stretches if stretch.kept for block in stretch.blocks)

    @property
    def labels(self) -> list[tuple[Label, int]]:
        """The labels of blocks left out, in the order of the vocabulary."""
        counts = Counter(block.label for stretch in self.stretches if not stretch.kept for block in stretch.blocks)
        return [(label, counts[label]) for label in Label if label in counts]


def of_article(article: Article) -> View:
    """The view of a page that was just cleaned: it knows who kept a block, and why."""
    stretches = [Stretch(kept, run, run) for kept, run in _runs([_block(block) for block in article.blocks])]
    return _view(msgspec.convert(article.to_dict(), Row), stretches)


def of_document(document: Document, before: frozenset[str] | None = None) -> View:
    """The view of a document of a run; ``before`` are the lines of its text in an older one."""
    shown: list[Shown] = []
    read = 0
    for block in document.dropped:
        shown += _paragraphs(document.row.text[read : block.at])
        shown.append(_dropped(block))
        read = block.at
    shown += _paragraphs(document.row.text[read:])
    if before is not None:
        gone = before - frozenset(document.row.text.split("\n"))
        shown = [_compared(block, before, gone) for block in shown]
    return _view(document.row, [Stretch(kept, run, _foremost(run, _MOST[kept])) for kept, run in _runs(shown)])


def _runs(blocks: Sequence[Shown]) -> Iterator[tuple[bool, tuple[Shown, ...]]]:
    return ((kept, tuple(run)) for kept, run in groupby(blocks, lambda block: block.kept))


def _foremost(blocks: Sequence[Shown], most: int) -> tuple[Shown, ...]:
    """The first blocks of a run, and those further down that changed."""
    return (*blocks[:most], *(block for block in blocks[most:] if block.change))


def _view(row: Row, stretches: Sequence[Stretch]) -> View:
    values = {name: getattr(row, name) for name in _FACTS}
    given = {name: value if isinstance(value, str) else ", ".join(value) for name, value in values.items() if value}
    return View(
        title=row.title,
        source=row.id,
        address=row.url if row.url and row.url.startswith(_WEB) else None,
        facts=tuple(given.items()),
        flags=tuple(flags(row)),
        kept_share=row.kept_share,
        score=row.score,
        stretches=tuple(stretches),
    )


def _block(block: Block) -> Shown:
    verdict = block.verdict
    if verdict is None:
        raise AssertionError(f"no judge spoke about block {block.index}")
    where = block.path if block.line is None else f"line {block.line}"
    return Shown(
        text=block.text,
        label=verdict.label,
        judge=verdict.judge,
        rule=verdict.rule,
        why=verdict.why,
        score=verdict.score,
        where=where,
    )


def _dropped(block: Dropped) -> Shown:
    return Shown(block.text, block.label, block.judge, block.rule, block.why, block.score)


def _paragraphs(text: str) -> Iterator[Shown]:
    return (Shown(part, Label.PARAGRAPH) for part in text.strip("\n").split("\n\n") if part)


def _compared(block: Shown, before: frozenset[str], gone: frozenset[str]) -> Shown:
    lines = block.text.split("\n")
    if block.kept:
        return block if all(line in before for line in lines) else block._replace(change="new")
    return block._replace(change="lost") if all(line in gone for line in lines) else block

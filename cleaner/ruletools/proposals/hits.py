"""What a change would do to every page of a site: the blocks that it reaches, false ones first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from cleaner.language.characters import normalize_phrase
from cleaner.model import Block
from cleaner.rulebook.matchers import compile_entry
from cleaner.ruletools.proposals.changes import Change, RuleTable, make_entry
from cleaner.ruletools.proposals.marks import BlockMark, SitePage

_SURE = 0.8
"""Score of the classifier from which a block counts as surely text, and below whose complement as surely not; chosen."""
_PROSE_CHARS = 100
"""Characters from which a block that only one page has may be a paragraph of its story; chosen."""


class Effect(StrEnum):
    """What a change does to a block that it reaches; false hits come first."""

    WRONG = "wrong"
    """The person marked the block as the contrary."""
    DOUBTFUL = "doubtful"
    """The classifier is sure of the contrary; for a block to be dropped, it is long and on one page only."""
    CHANGED = "changed"
    """The block was kept and is dropped, or the other way about."""
    SAME = "same"
    """The block has the same fate without the change."""


ORDER = tuple(Effect)


class Hit(NamedTuple):
    """A block that a change reaches."""

    page: int
    block: int
    effect: Effect
    marked: bool
    """Whether the person marked the block as what the change makes of it."""


class SiteLines(NamedTuple):
    """The number of pages of the site that have a text, by its normal form."""

    pages: Mapping[str, int]

    def is_unique(self, block: Block) -> bool:
        """Whether one page only has the text of ``block``."""
        return self.pages.get(normalize_phrase(block.text), 0) <= 1


def count_lines(pages: Sequence[SitePage]) -> SiteLines:
    """Count on how many of ``pages`` each text is."""
    return SiteLines(Counter(phrase for one in pages for phrase in {line.phrase for line in one.view.lines}))


def find_hits(
    change: Change,
    pages: Sequence[SitePage],
    marks: Sequence[BlockMark],
    lines: SiteLines | None = None,
    only: Container[int] | None = None,
) -> list[Hit]:
    """Return the blocks that ``change`` reaches on ``pages``, false hits first, then in page order.

    For ``[body]`` these are the blocks outside that are kept now, and those inside that are dropped now. A selector of
    ``[metadata]`` reaches the blocks that it reads. ``only`` are the positions of the pages to look at, by default all. Raises :class:`~cleaner.RuleError` for an entry with a wrong key.
    """
    lines = lines or count_lines(pages)
    marked = {(mark.page, mark.block): mark for mark in marks}
    known = {(pages[mark.page].view.lines[mark.block].phrase, mark.is_body) for mark in marks}
    hits = [
        Hit(
            at,
            block.index,
            _judge_effect(block, keeps, mark, lines, sure=(pages[at].view.lines[block.index].phrase, keeps) in known),
            mark is not None and mark.is_body == keeps,
        )
        for at, keeps, block in _list_reached(change, pages, only)
        for mark in [marked.get((at, block.index))]
    ]
    return sorted(hits, key=lambda hit: (ORDER.index(hit.effect), hit.page, hit.block))


def _list_reached(
    change: Change, pages: Sequence[SitePage], only: Container[int] | None
) -> Iterable[tuple[int, bool, Block]]:
    """Yield the position of the page, whether the change keeps the block, and the block."""
    chosen = [(at, one) for at, one in enumerate(pages) if only is None or at in only]
    if change.is_entry:
        find, keeps = compile_entry(make_entry(change)), change.table is RuleTable.KEEP
        for at, one in chosen:
            for index in sorted(set(find(one.view))):
                yield at, keeps, one.article.blocks[index]
        return
    for at, one in chosen:
        inside = one.view.markup.blocks_inside(change.selector) if one.view.markup else frozenset()
        for block in one.article.blocks:
            if change.table is RuleTable.METADATA:
                if block.index in inside:
                    yield at, False, block
            elif inside and block.kept != (block.index in inside):
                yield at, block.index in inside, block


def _judge_effect(block: Block, keeps: bool, mark: BlockMark | None, lines: SiteLines, *, sure: bool) -> Effect:  # noqa: FBT001  a fate
    """The effect of keeping or dropping ``block``; ``sure`` if the person marked the same text so elsewhere."""
    if mark is not None:
        if mark.is_body != keeps:
            return Effect.WRONG
        return Effect.SAME if block.kept == keeps else Effect.CHANGED
    if block.kept == keeps:
        return Effect.SAME
    score = block.verdict.score if block.verdict else None
    if score is None or sure:
        return Effect.CHANGED
    is_prose = len(block.text) >= _PROSE_CHARS and lines.is_unique(block)
    doubtful = score <= 1 - _SURE if keeps else score >= _SURE and is_prose
    return Effect.DOUBTFUL if doubtful else Effect.CHANGED

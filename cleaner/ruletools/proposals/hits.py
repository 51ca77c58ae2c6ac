"""What a change would do to every page of a site: the blocks that it reaches, false ones first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

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


_PLACES = {effect: place for place, effect in enumerate(Effect)}


class Hit(NamedTuple):
    """A block that a change reaches."""

    page: int
    block: int
    effect: Effect
    marked: bool
    """Whether the person marked the block as what the change makes of it."""


class SiteEffects:
    """The effects of dropping and of keeping each block of a site, which do not depend on the change that does it."""

    def __init__(self, pages: Sequence[SitePage], marks: Sequence[BlockMark]) -> None:
        self.marked = {(mark.page, mark.block): mark for mark in marks}
        self._pages = pages
        self._known = {(pages[mark.page].view.lines[mark.block].phrase, mark.is_body) for mark in marks}
        self._found: dict[tuple[int, bool], list[Effect]] = {}

    def of_page(self, at: int, *, keeps: bool) -> Sequence[Effect]:
        """Return the effect on each block of the page at ``at``."""
        key = (at, keeps)
        if key not in self._found:
            blocks, lines = self._pages[at].article.blocks, self._pages[at].view.lines
            self._found[key] = [
                self._judge(block, line.phrase, self.marked.get((at, block.index)), keeps=keeps)
                for block, line in zip(blocks, lines, strict=True)
            ]
        return self._found[key]

    def _judge(self, block: Block, phrase: str, mark: BlockMark | None, *, keeps: bool) -> Effect:
        if mark is not None:
            if mark.is_body != keeps:
                return Effect.WRONG
            return Effect.SAME if block.kept == keeps else Effect.CHANGED
        if block.kept == keeps:
            return Effect.SAME
        score = block.verdict.score if block.verdict else None
        if score is None or (phrase, keeps) in self._known:
            return Effect.CHANGED
        is_prose = len(block.text) >= _PROSE_CHARS and self._page_counts[phrase] <= 1
        doubtful = score <= 1 - _SURE if keeps else score >= _SURE and is_prose
        return Effect.DOUBTFUL if doubtful else Effect.CHANGED

    @cached_property
    def _page_counts(self) -> Counter[str]:
        """The number of pages that have a text, by its normal form."""
        return Counter(phrase for one in self._pages for phrase in {line.phrase for line in one.view.lines})


def find_hits(
    change: Change, pages: Sequence[SitePage], marks: Sequence[BlockMark], effects: SiteEffects | None = None
) -> list[Hit]:
    """Return the blocks that ``change`` reaches on ``pages``, false hits first, then in page order.

    For ``[body]`` these are the blocks outside that are kept now, and those inside that are dropped now. A selector of
    ``[metadata]`` reaches the blocks that it reads. ``effects`` saves computing them for each of many changes. Raises
    :class:`~cleaner.RuleError` for an entry with a wrong key.
    """
    effects = effects or SiteEffects(pages, marks)
    find = PageFinder(change, pages, effects)
    return sort_hits(hit for at in range(len(pages)) for hit in find(at))


def sort_hits(hits: Iterable[Hit]) -> list[Hit]:
    """Return ``hits`` in the order in which they are shown."""
    return sorted(hits, key=lambda hit: (_PLACES[hit.effect], hit.page, hit.block))


class PageFinder:
    """Finds the hits of one change page by page."""

    def __init__(self, change: Change, pages: Sequence[SitePage], effects: SiteEffects) -> None:
        self._change = change
        self._pages = pages
        self._effects = effects
        self._find = compile_entry(make_entry(change)) if change.is_entry else None

    def __call__(self, at: int) -> Iterator[Hit]:
        """Yield the hits on the page at ``at``, in page order."""
        for keeps, blocks in self._list_reached(self._pages[at]):
            effects = self._effects.of_page(at, keeps=keeps)
            for block in blocks:
                mark = self._effects.marked.get((at, block))
                yield Hit(at, block, effects[block], mark is not None and mark.is_body == keeps)

    def _list_reached(self, one: SitePage) -> Iterator[tuple[bool, Sequence[int]]]:
        """Yield whether the change keeps blocks, and which."""
        table = self._change.table
        if self._find is not None:
            yield table is RuleTable.KEEP, sorted(set(self._find(one.view)))
            return
        inside = one.view.markup.blocks_inside(self._change.selector) if one.view.markup else frozenset()
        if table is RuleTable.METADATA:
            yield False, sorted(inside)
        elif inside:
            yield True, [index for index in sorted(inside) if not one.article.blocks[index].kept]
            yield False, [block.index for block in one.article.blocks if block.kept and block.index not in inside]

"""A dump as front matter reads it: its blocks, with what their text alone says."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from cleaner.labels import Group, Label
from cleaner.language import date_lines, line_patterns
from cleaner.language.dates import DateOrder
from cleaner.language.sentences import is_prose
from cleaner.model import Block, Blocks, Role

_OPENING_SHARE, _STRETCH_BLOCKS = 0.2, 15
"""The article opens with the first paragraph whose stretch (so many blocks from it on) has this share of the prose of
the richest stretch. Of 423 dumps of whole pages, the headline is then within twenty blocks above it on 336;
within the same distance above the very first paragraph, which may be a notice or a teaser, on 304. Shares of .3 and .5
gain nothing."""


@dataclass(frozen=True, slots=True)
class DumpView:
    """A dump's blocks, with what is known from their text alone."""

    blocks: Blocks
    read_stamp: Callable[[int], date_lines.DateLine | None]
    """The values of a date line, by its index; None of another line. Remembered, as few of the lines are asked about, and often."""
    captions: frozenset[int]
    opening: int
    """Index of the first paragraph."""

    def is_unclassified(self, block: Block) -> bool:
        """Whether a block has no verdict and is no caption, date line or control."""
        return (
            block.verdict is None
            and block.role is not Role.CONTROL
            and block.index not in self.captions
            and self.read_stamp(block.index) is None
        )

    def is_byline(self, index: int) -> bool:
        """Whether a block says "By …" or names an agency, and nothing else."""
        text = self.blocks[index].text
        return self.blocks[index].role is not Role.TABLE and bool(
            line_patterns.parse_byline(text) or line_patterns.match_agency(text)
        )

    def is_date(self, index: int) -> bool:
        """Whether a block is a date line, by its form or its label."""
        if not 0 <= index < len(self.blocks):
            return False
        verdict = self.blocks[index].verdict
        return (verdict is not None and verdict.label is Label.TIMESTAMP) or self.read_stamp(index) is not None

    def has_date_line_next(self, index: int) -> bool:
        """Whether the block above or below is a date line."""
        return self.is_date(index - 1) or self.is_date(index + 1)

    def is_byline_or_date(self, index: int) -> bool:
        """Whether a block is a date line or byline, by its form or its label."""
        verdict = self.blocks[index].verdict
        labelled = verdict is not None and verdict.label in (Label.TIMESTAMP, Label.BYLINE)
        return labelled or self.read_stamp(index) is not None or self.is_byline(index)


def view_dump(
    blocks: Blocks, captions: frozenset[int], order: DateOrder | None = None, opening: int | None = None
) -> DumpView | None:
    """The view of a dump of which the blocks at ``captions`` are captions; None where it has no paragraph.

    ``order`` is that of day and month in its dates of numbers; ``opening`` the index of its first paragraph, if known.
    """
    if opening is None:
        opening = find_opening(
            [
                b
                for b in blocks
                if b.verdict is None and b.role is not Role.CONTROL and b.index not in captions and is_paragraph(b.text)
            ]
        )
    if opening is None:
        return None

    @cache
    def read_stamp(index: int) -> date_lines.DateLine | None:
        is_row = blocks[index].role is Role.TABLE
        return None if is_row else date_lines.parse_date_line(blocks[index].text, None, order)

    return DumpView(blocks, read_stamp, captions, opening)


def find_opening(prose: Sequence[Block]) -> int | None:
    """Index of the paragraph that opens the article: the first with enough prose from it on."""
    places = [block.index for block in prose]
    sums = [0, *accumulate([len(block.text) for block in prose])]
    prose_lengths = [sums[bisect_left(places, place + _STRETCH_BLOCKS)] - sums[at] for at, place in enumerate(places)]
    enough = _OPENING_SHARE * max(prose_lengths, default=0)
    return next((block.index for block, length in zip(prose, prose_lengths, strict=True) if length >= enough), None)


def is_paragraph(text: str) -> bool:
    """Whether ``text`` is prose and no caption."""
    return is_prose(text) and not line_patterns.has_picture_credit(text)


def is_boilerplate(block: Block) -> bool:
    """Whether an earlier judge found that a block is neither text nor about the article."""
    return block.verdict is not None and block.verdict.label.group is Group.REMOVED

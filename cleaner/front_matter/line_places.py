"""Where a line of a dump is, seen from the headline and the text, and what the lines around it are: one number for each."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p
from typing import NamedTuple

from cleaner.front_matter.dump_view import find_opening
from cleaner.labels import Group, Label
from cleaner.language.sentences import is_prose
from cleaner.model import Block, Blocks

_FAR_BLOCKS = 8
"""Blocks above headline and text that are beside them."""
_TOP_BLOCKS = 5
"""Blocks at the top of a dump, where the page's clock is."""
_OF_OTHERS = frozenset({Label.RELATED, Label.TICKER, Label.COMMENTS})
"""Labels of lines about other stories, or by other people."""
PLACES = (
    "headline_known", "next_to_headline", "below_headline", "above_headline", "headline_to_text", "in_text", "below_text", "far_above",
    "above_text", "text_distance", "below_distance", "timestamp", "byline", "about", "of_others", "removed", "text",
    "by_timestamp", "by_byline", "by_title", "by_others", "by_text", "joined", "strangers", "apart_at_top",
)  # fmt: skip
"""Names of what :meth:`Places.measure` measures."""


class Places(NamedTuple):
    """The headline and the text of a dump whose blocks have their final verdicts."""

    blocks: Blocks
    headlines: tuple[int, ...]
    """Indices of the headline and of lines that repeat it."""
    opening: int
    """Index of the first block of the text."""
    end: int
    """Index of its last block."""

    def measure(self, at: int, label: Label | None) -> tuple[float, ...]:
        """For the block at index ``at``, which counts as one with this ``label``, the numbers of :data:`PLACES`."""
        head = min(self.headlines, key=lambda index: abs(index - at), default=None)
        group = label.group if label else None
        strangers = self._count_strangers(at)
        around = [self.blocks[index] for index in (at - 1, at + 1) if 0 <= index < len(self.blocks)]
        labels = [get_label(block) for block in around]
        return (
            head is not None,
            head is not None and abs(at - head) == 1,
            log1p(at - head) if head is not None and at > head else 0.0,
            log1p(head - at) if head is not None and at < head else 0.0,
            head is not None and head < at < self.opening,
            self.opening <= at <= self.end,
            at > self.end,
            at < min(self.opening, head if head is not None else self.opening) - _FAR_BLOCKS,
            at < self.opening,
            log1p(abs(self.opening - at)) if at < self.opening else 0.0,
            log1p(at - self.end) if at > self.end else 0.0,
            label is Label.TIMESTAMP,
            label is Label.BYLINE,
            group is Group.ABOUT and label not in (Label.TIMESTAMP, Label.BYLINE),
            label in _OF_OTHERS,
            group is Group.REMOVED,
            self.blocks[at].kept,
            Label.TIMESTAMP in labels,
            Label.BYLINE in labels,
            Label.TITLE in labels,
            any(other in _OF_OTHERS for other in labels),
            any(block.kept for block in around),
            strangers == 0,
            log1p(strangers),
            strangers > 0 and at < _TOP_BLOCKS,
        )

    def _count_strangers(self, at: int) -> int:
        """The dropped blocks that are not about the article between the block at ``at`` and the nearest of headline and text."""
        nearest = min((*self.headlines, self.opening, self.end), key=lambda index: abs(index - at))
        between = self.blocks[min(nearest, at) + 1 : max(nearest, at)]
        return sum(not block.kept and not _is_about(block) for block in between)


def find_places(blocks: Blocks, headlines: Sequence[int]) -> Places:
    """The places of a dump with the headline, and lines that repeat it, at ``headlines``."""
    kept = [block.index for block in blocks if block.kept and block.index not in headlines]
    prose = [block for block in blocks if block.kept and is_prose(block.text)]
    opening = find_opening(prose)
    if opening is None:
        opening = kept[0] if kept else len(blocks)
    return Places(blocks, tuple(headlines), opening, max(kept, default=opening))


def _is_about(block: Block) -> bool:
    return block.verdict is not None and block.verdict.label.group is Group.ABOUT


def get_label(block: Block) -> Label | None:
    """The label of the block's verdict, if it has one."""
    return block.verdict.label if block.verdict is not None else None

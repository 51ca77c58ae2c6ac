"""Verdicts on lines that many pages of a site have in common; known if a whole batch is cleaned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from cleaner import repeats
from cleaner.classifier import reasons
from cleaner.classifier.label_model import Shares
from cleaner.labels import Label
from cleaner.model import Block, Blocks, Page, Verdict, Verdicts
from cleaner.repeats import LineHash, Recurring

NAME = "repeats"

_MIN_STRETCH_CHARS = 140
"""Characters of a stretch of recurring lines, about two sentences.

Shorter ones may be headings of a series ("What we know", "Preparation"), on which the classifier is better. On labelled HTML
pages this limit keeps a fiftieth of the boilerplate that would be dropped, and a fifth of the text that would be lost.
"""
_UNIQUE_LABELS = frozenset({Label.TITLE, Label.DESCRIPTION})
"""Labels of blocks that belong to this page: if they recur, other pages advertise it."""


def judge_repeats(page: Page, blocks: Blocks, recurring: Recurring | None, shares: Shares) -> Verdicts:
    """Verdicts on blocks in stretches of lines that recur on the page's site; of a run of links, all lines must."""
    if recurring is None or page.authored:
        return {}
    lines: defaultdict[int, list[int]] = defaultdict(list)
    for stretch in _find_stretches(blocks, recurring):
        if sum(len(block.text) // block.items for block, _ in stretch) >= _MIN_STRETCH_CHARS:
            for block, stories in stretch:
                lines[block.index].append(stories)
    stories_by_block = {
        index: min(stories)
        for index, stories in lines.items()
        if blocks[index].verdict is None and len(stories) >= sum(1 for _ in _hash_lines(blocks[index]))
    }
    return {
        index: Verdict(label, NAME, f"on {stories_by_block[index]} of {recurring.stories} pages of this site: {why}")
        for index, label, why in reasons.explain_labels(blocks, shares, sorted(stories_by_block), page.kind)
    }


def _find_stretches(blocks: Blocks, recurring: Recurring) -> Iterator[list[tuple[Block, int]]]:
    """Runs of blocks that each recur together with the one before, with the number of stories that have them."""
    stretch: list[tuple[Block, int]] = []
    for (first, above), (second, below) in pairwise(_hash_blocks(blocks)):
        stories = recurring.pairs.get(repeats.hash_pair(above, below), 0)
        if not stories or _is_unique(first) or _is_unique(second):
            if stretch:
                yield stretch
            stretch = []
        else:
            previous = stretch.pop()[1] if stretch else 0
            stretch += [(first, max(previous, stories)), (second, stories)]
    if stretch:
        yield stretch


def _hash_blocks(blocks: Blocks) -> Iterator[tuple[Block, LineHash]]:
    return ((block, line) for block in blocks for line in _hash_lines(block))


def _hash_lines(block: Block) -> Iterator[LineHash]:
    """The hash of a block; of a run of links, that of each of its lines."""
    return (line for text in block.lines if (line := repeats.hash_line(text)).size)


def _is_unique(block: Block) -> bool:
    return block.verdict is not None and block.verdict.label in _UNIQUE_LABELS

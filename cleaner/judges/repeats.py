"""Lines that stand on many of a site's pages, around different stories: known where a whole batch is cleaned."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cleaner import repeats
from cleaner.classifier import labelling
from cleaner.classifier.labelling import NamedLabel
from cleaner.labels import Group, Label
from cleaner.model import Block, Blocks, Metadata, Verdict, Verdicts
from cleaner.page.dom import PageMarkup
from cleaner.repeats import LineHash, Recurring

NAME = "repeats"

_LEAST = 140
"""Characters of a stretch of lines that recur, about two sentences.

Shorter ones may be the skeleton of a series ("What we know", "Preparation"), and the classifier knows better. On marked HTML
pages that leaves a fiftieth of the boilerplate that would go, and a fifth of the text that would be lost.
"""
_OWN = frozenset({Label.TITLE, Label.DESCRIPTION})
"""What opens the page's own story: where these words recur, other pages advertise it."""


def judge_repeats(blocks: Blocks, recurring: Recurring | None, markup: PageMarkup | None, claims: Metadata) -> Verdicts:
    """Verdicts on blocks of stretches that recur on the page's site, each named by what it is."""
    if recurring is None:
        return {}
    stands = {
        block.index: stories
        for stretch in _recurring_stretches(blocks, recurring)
        if sum(len(block.text) for block, _ in stretch) >= _LEAST
        for block, stories in stretch
        if block.verdict is None
    }
    names = labelling.name_blocks(blocks, stands, markup, claims)
    return {index: _make_verdict(names[index], pages, recurring.stories) for index, pages in stands.items()}


def _make_verdict(named: NamedLabel, pages: int, of: int) -> Verdict:
    """What recurs is no part of this article, whatever it looks like."""
    label = Label.OTHER if named.label.group is Group.BODY else named.label
    return Verdict(label, NAME, f"on {pages} of {of} pages of this site; {label} by {named.why}")


def _recurring_stretches(blocks: Blocks, recurring: Recurring) -> Iterator[list[tuple[Block, int]]]:
    """Runs of blocks of which each recurs together with the one before it, with the stories that have a block so."""
    stretch: list[tuple[Block, int]] = []
    for (first, above), (second, below) in pairwise(_hashed_lines(blocks)):
        stories = recurring.pairs.get(repeats.hash_pair(above, below), 0)
        if not stories or _is_own(first) or _is_own(second):
            if stretch:
                yield stretch
            stretch = []
        else:
            before = stretch.pop()[1] if stretch else 0
            stretch += [(first, max(before, stories)), (second, stories)]
    if stretch:
        yield stretch


def _hashed_lines(blocks: Blocks) -> Iterator[tuple[Block, LineHash]]:
    return ((block, line) for block in blocks if (line := repeats.hash_line(block.text)).size)


def _is_own(block: Block) -> bool:
    return block.verdict is not None and block.verdict.label in _OWN

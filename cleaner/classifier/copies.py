"""Blocks that repeat what the article says elsewhere: copies for print or for phones."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.labels import Label
from cleaner.model import Blocks

_LONGEST_REFRAIN = 60
"""Characters; a shorter text may well be twice in one article. Chosen by reading pages; not measured."""


def find_copies(blocks: Blocks, keep: Sequence[int]) -> frozenset[int]:
    """Which of the blocks ``keep`` repeat an earlier one of them, or the headline.

    A copy is elsewhere in the markup: what an article says twice in one place, it means to.
    """
    paths = {block.text: "" for block in blocks if block.verdict is not None and block.verdict.label is Label.TITLE}
    copies = []
    for index in keep:
        block = blocks[index]
        if block.verdict is None:
            path = paths.get(block.text)
            if path is not None and (path != block.path or not path):
                copies.append(index)
            elif len(block.text) >= _LONGEST_REFRAIN:
                paths.setdefault(block.text, block.path)
    return frozenset(copies)

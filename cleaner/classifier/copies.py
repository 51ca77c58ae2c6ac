"""Blocks that repeat other blocks of the article: copies for print or for phones."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.labels import Label
from cleaner.model import Blocks

_MIN_COPY_CHARS = 60
"""Characters of a copy; a shorter text may appear twice in one article. Chosen by reading pages; not measured."""


def find_copies(blocks: Blocks, keep: Sequence[int]) -> frozenset[int]:
    """Indices of the blocks in ``keep`` that repeat an earlier one of them, or the headline.

    A copy has another element path: a text that an article repeats at the same path is intended.
    """
    paths = {block.text: "" for block in blocks if block.verdict is not None and block.verdict.label is Label.TITLE}
    copies = []
    for index in keep:
        block = blocks[index]
        if block.verdict is None:
            path = paths.get(block.text)
            if path is not None and (path != block.path or not path):
                copies.append(index)
            elif len(block.text) >= _MIN_COPY_CHARS:
                paths.setdefault(block.text, block.path)
    return frozenset(copies)

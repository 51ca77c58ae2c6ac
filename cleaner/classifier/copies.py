"""Blocks that repeat other blocks of the article: copies for print or for phones, and pull quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.labels import Label
from cleaner.language.words import SHINGLE, split_words
from cleaner.model import Block, Blocks

_MIN_COPY_CHARS = 60
"""Characters of a copy; a shorter text may appear twice in one article. Chosen by reading pages; not measured."""
_MIN_COPIED_SHARE = 0.9
"""Share of the shingles of a block in its sources, from which it is a copy."""
_MIN_PARTS_SHARE = 0.8
"""The same for several sources together: no source has the shingles across their joints."""
_LONG_WORDS = 60
"""Words of a block that may repeat several others: the whole text for print."""
_PROBE_WORDS = 5
"""A block is compared with others only if its first or last words appear twice."""


def find_copies(blocks: Blocks, keep: Sequence[int]) -> frozenset[int]:
    """Indices of the blocks in ``keep`` that repeat another of them, or the headline, apart from case and punctuation.

    Of two blocks the shorter is the copy, of equal ones the later; a long block is one that several others make up together.
    A copy has another element path: a text that an article repeats at the same path is intended.
    """
    titles = {
        " ".join(split_words(block.text))
        for block in blocks
        if block.verdict is not None and block.verdict.label is Label.TITLE
    }
    words = {index: split_words(blocks[index].text) for index in keep if blocks[index].verdict is None}
    whole = f" {'  '.join(' '.join(own) for own in words.values())} "
    copies = {index for index, own in words.items() if " ".join(own) in titles}
    suspects = [
        index
        for index, own in words.items()
        if index not in copies and len(blocks[index].text) >= _MIN_COPY_CHARS and _has_twin(own, whole)
    ]
    # Whole texts first: else the paragraphs would be copies of them.
    for is_source in (_is_part, _is_original):
        for index in suspects:
            own = words[index]
            sources = [
                theirs
                for other, theirs in words.items()
                if other not in copies
                and _may_repeat(blocks[index], blocks[other])
                and is_source(index, own, other, theirs)
            ]
            if sources and _is_copied(own, sources, together=is_source is _is_part):
                copies.add(index)
    return frozenset(copies)


def _has_twin(own: Sequence[str], whole: str) -> bool:
    """Whether the first or the last words of a block appear more than once in the ``whole`` text."""
    return any(whole.count(f" {' '.join(probe)} ") > 1 for probe in (own[:_PROBE_WORDS], own[-_PROBE_WORDS:]))


def _may_repeat(block: Block, other: Block) -> bool:
    """Whether ``block`` may be a copy of ``other``: a dump has no paths."""
    return other is not block and (other.path != block.path or not block.path)


def _is_part(_: int, own: Sequence[str], __: int, theirs: Sequence[str]) -> bool:
    """Whether another block may be one of several that a long block repeats."""
    return len(own) >= _LONG_WORDS and len(theirs) < len(own)


def _is_original(index: int, own: Sequence[str], other: int, theirs: Sequence[str]) -> bool:
    """Whether a block may be a copy of another as a whole."""
    return len(theirs) > len(own) or (other < index and len(theirs) >= _MIN_COPIED_SHARE * len(own))


def _is_copied(own: Sequence[str], sources: Sequence[Sequence[str]], *, together: bool) -> bool:
    """Whether enough shingles of a block are in one of ``sources``, or in all of them ``together``."""
    shingles = set(_list_shingles(own))
    found = [shingles.intersection(_list_shingles(theirs)) for theirs in sources]
    if together:
        return len(set().union(*found)) >= _MIN_PARTS_SHARE * len(shingles)
    return len(max(found, key=len)) >= _MIN_COPIED_SHARE * len(shingles)


def _list_shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(min(SHINGLE, len(words)))), strict=False)

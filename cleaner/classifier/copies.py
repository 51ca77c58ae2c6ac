"""Blocks that repeat other blocks of the article: copies for print or for phones, and pull quotes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from cleaner.compiled import serve_compiled
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
_MAX_PLACES, _MAX_AT_PATH = 16, 4
"""Blocks with a shingle that are looked at, and of them those at one path. Chosen."""
_PROBE_WORDS = 5
"""A block is compared with others only if its first or last words appear twice."""

Shingle: TypeAlias = tuple[str, ...]


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
    copies = {index for index, own in words.items() if " ".join(own) in titles} if titles else set()
    long_enough = [index for index in words if index not in copies and len(blocks[index].text) >= _MIN_COPY_CHARS]
    probes = _count_ends([words[index] for index in long_enough], words.values())
    suspects = [index for index in long_enough if _has_twin(words[index], probes)]
    if not suspects:
        return frozenset(copies)
    wanted = {index: set(_list_shingles(words[index])) for index in suspects}
    postings = _index_shingles(blocks, words, frozenset().union(*wanted.values()))
    # Whole texts first: else the paragraphs would be copies of them.
    for is_source in (_is_part, _is_original):
        for index in suspects:
            shingles = wanted[index]
            shared: defaultdict[int, int] = defaultdict(int)
            covered = 0
            for shingle in shingles:
                places = postings.get(shingle, ())
                if len(places) == 1:  # the block itself
                    continue
                sources = [
                    other
                    for other in places
                    if other not in copies
                    and _may_repeat(blocks[index], blocks[other])
                    and is_source(index, words[index], other, words[other])
                ]
                for other in sources:
                    shared[other] += 1
                covered += bool(sources)
            is_whole = is_source is _is_part
            most = covered if is_whole else max(shared.values(), default=0)
            if most and most >= (_MIN_PARTS_SHARE if is_whole else _MIN_COPIED_SHARE) * len(shingles):
                copies.add(index)
    return frozenset(copies)


def _index_shingles(
    blocks: Blocks, words: Mapping[int, Sequence[str]], wanted: frozenset[Shingle]
) -> Mapping[Shingle, Sequence[int]]:
    """The blocks that contain each ``wanted`` shingle; of many at the same path the first, so that time grows with the text only."""
    postings: defaultdict[Shingle, list[int]] = defaultdict(list)
    for index, own in words.items():
        for shingle in wanted.intersection(_list_shingles(own)):
            places = postings[shingle]
            # Most shingles are in one block, so the paths of others are seldom compared.
            if len(places) < _MAX_AT_PATH or (
                len(places) < _MAX_PLACES and sum(blocks[at].path == blocks[index].path for at in places) < _MAX_AT_PATH
            ):
                places.append(index)
    return postings


def _count_ends(texts: Iterable[Sequence[str]], around: Iterable[list[str]]) -> Mapping[Shingle, int]:
    """How often the first and the last words of each of ``texts`` are in all those ``around``."""
    ends = {end for own in texts for end in _list_ends(own) if end}
    return Counter(find_runs(list(around), _PROBE_WORDS, ends))


@serve_compiled("word_reader")
def find_runs(texts: list[list[str]], most: int, wanted: set[Shingle]) -> list[Shingle]:
    """The runs of up to ``most`` words of each of ``texts`` that are ``wanted``; those at the end of a text are shorter."""
    # Tuples are made only where one may match: for every word of a page they take most of the time.
    openings = {run[0] for run in wanted}
    runs = (tuple(own[at : at + most]) for own in texts for at, word in enumerate(own) if word in openings)
    return list(filter(wanted.__contains__, runs))


def _has_twin(own: Sequence[str], probes: Mapping[Shingle, int]) -> bool:
    """Whether the first or the last words of a block appear more than once among the ``probes`` of all."""
    return len(own) < _PROBE_WORDS or any(probes[end] > 1 for end in _list_ends(own))


def _list_ends(own: Sequence[str]) -> tuple[Shingle, Shingle]:
    """The first and the last words of a block."""
    return tuple(own[:_PROBE_WORDS]), tuple(own[-_PROBE_WORDS:])


def _may_repeat(block: Block, other: Block) -> bool:
    """Whether ``block`` may be a copy of ``other``: a dump has no paths."""
    return other is not block and (other.path != block.path or not block.path)


def _is_part(_: int, own: Sequence[str], __: int, theirs: Sequence[str]) -> bool:
    """Whether another block may be one of several that a long block repeats."""
    return len(own) >= _LONG_WORDS and len(theirs) < len(own)


def _is_original(index: int, own: Sequence[str], other: int, theirs: Sequence[str]) -> bool:
    """Whether a block may be a copy of another as a whole."""
    return len(theirs) > len(own) or (other < index and len(theirs) >= _MIN_COPIED_SHARE * len(own))


def _list_shingles(words: Sequence[str]) -> Iterator[Shingle]:
    return _list_runs(words, min(SHINGLE, len(words)))


def _list_runs(words: Sequence[str], size: int) -> Iterator[Shingle]:
    return zip(*(words[start:] for start in range(size)), strict=False)

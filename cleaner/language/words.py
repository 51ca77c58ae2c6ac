"""Words and shingles of a text, and the share of a text that another repeats."""

from __future__ import annotations

import re
from functools import cache

from cleaner.compiled import serve_compiled
from cleaner.language.sentences import UNSPACED_RANGES

SHINGLE = 4
"""Words in a shingle, as in the public article extraction benchmark."""


def split_words(text: str) -> list[str]:
    """The words of ``text``, case folded; in scripts that are written without spaces each character counts as one.

    >>> split_words("Old Bridge, 桥头")
    ['old', 'bridge', '桥', '头']
    """
    return find_words(text.casefold(), UNSPACED_RANGES)


@serve_compiled("word_reader")
def find_words(text: str, single: tuple[tuple[int, int], ...]) -> list[str]:
    """The words of ``text``; each character in one of the ranges of code points ``single`` is one."""
    return _compile_word(single).findall(text)


@cache
def _compile_word(single: tuple[tuple[int, int], ...]) -> re.Pattern[str]:
    ranges = "".join(f"{chr(first)}-{chr(last)}" for first, last in single)
    return re.compile(rf"[{ranges}]|[^\W{ranges}]+")


@serve_compiled("word_reader")
def count_words(texts: list[str]) -> list[int]:
    """How many words each of ``texts`` has between white space."""
    return [len(text.split()) for text in texts]


def split_shingles(text: str) -> list[tuple[str, ...]]:
    """Each run of :data:`SHINGLE` words of ``text``; a shorter text is one shingle, a text without words none."""
    words = split_words(text)
    if len(words) < SHINGLE:
        return [tuple(words)] if words else []
    return list(zip(*(words[start:] for start in range(SHINGLE)), strict=False))


def share_repeated(text: str, other: str) -> float:
    """Share of the shingles of ``text``, 0 to 1, that ``other`` also contains."""
    shingles = split_shingles(text)
    others = set(split_shingles(other))
    return sum(shingle in others for shingle in shingles) / len(shingles) if shingles else 0.0

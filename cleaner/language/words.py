"""Words and shingles of a text, and the share of a text that another repeats."""

from __future__ import annotations

import re

from cleaner.language.sentences import UNSPACED

SHINGLE = 4
"""Words in a shingle, as in the public article extraction benchmark."""
_WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def split_words(text: str) -> list[str]:
    """The words of ``text``, case folded; in scripts that are written without spaces each character counts as one.

    >>> split_words("Old Bridge, 桥头")
    ['old', 'bridge', '桥', '头']
    """
    return _WORD.findall(text.casefold())


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

"""Where a sentence ends, what is prose, and which scripts are written without spaces: defined once, for all who ask."""

from __future__ import annotations

import re

STOPS = ".!?。！？।؟։"
"""Marks that end a sentence, in the scripts that have marks of their own."""
CLOSING = "'\"’”»)]」』"
"""Marks that may follow the one that ends a sentence."""
UNSPACED_RANGES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF))
"""First and last code points of scripts without spaces between words: Thai and Lao, Burmese, Khmer, kana, Han."""
UNSPACED = "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSPACED_RANGES)
"""The same as the inside of a character class."""
RUNNING = f"{UNSPACED}\uac00-\ud7af"
"""These and Hangul, whose particles join the word before them: in both, a word is no run of letters with an end."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_SAMPLE = 200
"""Characters of a text from which its script is told."""
_PROSE, _UNSPACED_PROSE = 100, 40
"""Characters of the shortest text that is prose. Headlines that end with a full stop are shorter than the first; a Chinese or
Japanese text says as much in two fifths of the characters. Chosen by reading dumps in both."""


def ends_like_sentence(text: str, marks: str = f"{STOPS}…") -> bool:
    """Whether ``text`` ends with one of ``marks``, closing quotes and brackets aside.

    >>> ends_like_sentence("“Why?”"), ends_like_sentence("Contents")
    (True, False)
    """
    return text.rstrip(CLOSING).endswith(tuple(marks))


def is_unspaced(text: str) -> bool:
    """Whether most of ``text`` is in scripts without spaces between words."""
    if text.isascii():
        return False
    sample = text[:_SAMPLE]
    return 2 * len(_UNSPACED.findall(sample)) > len(sample)


def is_prose(text: str) -> bool:
    """Whether ``text`` is a sentence or more: long enough, and it ends as sentences do."""
    return len(text) >= (_UNSPACED_PROSE if is_unspaced(text) else _PROSE) and ends_like_sentence(text)

"""The definitions of end of sentence, prose, and scripts without spaces that the whole package uses."""

from __future__ import annotations

import re

STOPS = ".!?。！？।؟։"
"""Marks that end a sentence, in Latin, East Asian, Arabic, Devanagari and Armenian script."""
CLOSING = "'\"’”»)]」』"
"""Marks that may follow the one that ends a sentence."""
UNSPACED_RANGES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF))
"""First and last code points of scripts without spaces between words: Thai and Lao, Burmese, Khmer, kana, Han."""
UNSPACED = "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSPACED_RANGES)
"""The same as the inside of a character class."""
RUNNING = f"{UNSPACED}\uac00-\ud7af"
"""These and Hangul, whose particles join the word before them: scripts in which a word has no visible end."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_WITHOUT_STOPS = re.compile("[\u0e00-\u0eff]")
"""Thai and Lao, which write no mark at the end of a sentence."""
_CLOSING_ANYWHERE = f"{CLOSING}“‘›"
"""The same with those that open a quotation in English and close one in German."""
_SAMPLE_CHARS = 200
"""Characters of a text that decide its script."""
_MIN_PROSE_CHARS, _MIN_UNSPACED_CHARS = 100, 40
"""Characters of prose. Headlines that end with a full stop are shorter than the first; a Chinese or
Japanese text says as much in two fifths of the characters. Chosen by reading dumps in both."""


def ends_like_sentence(text: str, marks: str = f"{STOPS}…") -> bool:
    """Whether ``text`` ends with one of ``marks``, apart from closing quotes and brackets.

    >>> ends_like_sentence("“Why?”"), ends_like_sentence("„Warum?“"), ends_like_sentence("Contents")
    (True, True, False)
    """
    last = text.rstrip(_CLOSING_ANYWHERE)[-1:]
    return last != "" and last in marks


def is_unspaced(text: str) -> bool:
    """Whether most of ``text`` is in scripts without spaces between words."""
    if text.isascii():
        return False
    sample = text[:_SAMPLE_CHARS]
    return 2 * len(_UNSPACED.findall(sample)) > len(sample)


def is_prose(text: str) -> bool:
    """Whether ``text`` is one or more sentences: long enough, with an end of a sentence in scripts that mark it."""
    is_long = len(text) >= _MIN_PROSE_CHARS or (len(text) >= _MIN_UNSPACED_CHARS and is_unspaced(text))
    return is_long and (ends_like_sentence(text) or _is_prose_without_stops(text))


def _is_prose_without_stops(text: str) -> bool:
    return len(text) >= _MIN_PROSE_CHARS and not text.isascii() and 2 * len(_WITHOUT_STOPS.findall(text)) > len(text)

"""Whitespace, invisible characters, Unicode normal forms, and regular expressions of word lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from cleaner.language.sentences import RUNNING

# Control characters except tab and newline, zero-width characters, soft hyphens, byte order marks and directional
# overrides: invisible, and equal lines would differ by them. The joiners U+200C and U+200D stay: some scripts need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u061c\u180e\ufff9-\ufffb\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]"
)
# No spelling in Latin, Greek or Cyrillic letters needs them: there they are marks of copying.
_IDLE_JOINERS = re.compile("(?<=[A-Za-z\u00c0-\u052f ])[\u200c\u200d]+(?=[A-Za-z\u00c0-\u052f ])")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# The two joiners are part of the spelling of Persian, Hindi and emoji.
_HARMLESS = frozenset("\n\t\u200c\u200d")
# Scripts whose words have no spaces between them: kana, Chinese characters, Hangul.
_UNSPACED = re.compile(f"[{RUNNING}]")
_TRIM = " \t\n\u00a0.:;,!?…»«›‹<>|·•–—-→←↑↓▶►▲▼*×✕[]()：。，、；！？【】（）"


def normalize_line(text: str) -> str:
    """``text`` on one line: NFC, no invisible characters, single spaces, trimmed."""
    text = " ".join(text.split())
    if text.isprintable():
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", " ".join(_IDLE_JOINERS.sub("", _INVISIBLE.sub("", text)).split()))


def split_lines(text: str) -> list[str]:
    """The lines of ``text``, by any of Unicode's line ends."""
    return _LINE_END.sub("\n", text).split("\n")


@lru_cache(maxsize=4096)
def normalize_phrase(text: str) -> str:
    """The form of a phrase for comparison: one line, case folded, straight quotes, no marks at its ends.

    >>> normalize_phrase("  Read  More »")
    'read more'
    """
    return " ".join(text.split()).casefold().replace("’", "'").strip(_TRIM)


def make_alternation(
    words: Iterable[str], *, gap: str = " ", rest: str = r"\w*", left: bool = False, right: bool = False
) -> str:
    r"""A regular expression of any of ``words``, the longest first.

    ``stem*`` matches words with that start, continued by ``rest``; a blank matches ``gap``. With ``left`` the words must
    start at a word boundary, with ``right`` end at one, except in scripts without spaces.

    >>> make_alternation(["read", "minute*", "阅读"], right=True)
    '(?:(?:minute\\w*|read)\\b|阅读)'
    """
    spaced: list[str] = []
    unspaced: list[str] = []
    for word in sorted(words, key=len, reverse=True):
        stem = gap.join(map(re.escape, word.removesuffix("*").split(" "))) + rest * word.endswith("*")
        (unspaced if _UNSPACED.search(word) else spaced).append(stem)
    edges = [r"\b" if edge else "" for edge in (left, right)]
    bounded = [f"(?:{'|'.join(spaced)})".join(edges)] if spaced else []
    return f"(?:{'|'.join((*bounded, *unspaced)) or '(?!)'})"


def strip_whitespace(text: str) -> str:
    """``text`` without whitespace."""
    return "".join(text.split())


def escape_control_characters(text: str) -> str:
    r"""``text`` with control and direction characters escaped, so that it cannot change a terminal or the text around it.

    Line ends and tabs stay; other white space becomes a space.

    >>> escape_control_characters("red \x1b[31m alert")
    'red \\x1b[31m alert'
    """
    return text if text.isprintable() else "".join(map(_escape_character, text))


def _escape_character(character: str) -> str:
    if character.isprintable() or character in _HARMLESS:
        return character
    if character.isspace():
        return " "
    return character.encode("unicode_escape").decode("ascii")

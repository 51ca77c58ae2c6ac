"""Whitespace and Unicode: pure functions from string to string."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from cleaner.language.sentences import RUNNING

# Control characters but tab and newline, zero-width characters, soft hyphens, byte order marks and directional
# overrides: invisible, and they make equal lines differ. The joiners U+200C and U+200D stay: scripts need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Scripts such as Persian and Hindi, and emoji, are spelled with two joiners.
_HARMLESS = frozenset("\n\t\u200c\u200d")
# Scripts whose words have no spaces between them: kana, Chinese characters, Hangul.
_UNSPACED = re.compile(f"[{RUNNING}]")
_TRIM = " \t\n\u00a0.:;,!?…»«›‹<>|·•–—-→←↑↓▶►▲▼*×✕[]()：。，、；！？【】（）"


def normalize_line(text: str) -> str:
    """Text as a person sees it, on one line: NFC, no invisible characters, single spaces, trimmed."""
    text = " ".join(text.split())
    if text.isprintable():
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", text).split()))


def split_lines(text: str) -> list[str]:
    """The lines of ``text`` whatever marks their ends."""
    return _LINE_END.sub("\n", text).split("\n")


@lru_cache(maxsize=16384)
def normalize_phrase(text: str) -> str:
    """The form in which short phrases are compared: one line, case folded, quotes straight, edges trimmed.

    >>> normalize_phrase("  Read  More »")
    'read more'
    """
    return " ".join(text.split()).casefold().replace("’", "'").strip(_TRIM)


def make_alternation(
    words: Iterable[str], *, gap: str = " ", rest: str = r"\w*", left: bool = False, right: bool = False
) -> str:
    r"""A regular expression of any of ``words``, the longest first.

    ``stem*`` is a word that starts so and goes on as ``rest``, and a blank is what ``gap`` matches. With ``left`` the
    words must begin at the edge of a word, with ``right`` end at one, but not in scripts without spaces.

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
    """``text`` without any whitespace, for comparisons that must not depend on it."""
    return "".join(text.split())


def escape_control_characters(text: str) -> str:
    r"""``text`` without power over what shows it: control and direction characters are spelled out.

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

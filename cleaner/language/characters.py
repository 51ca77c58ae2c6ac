"""Whitespace, invisible characters, Unicode normal forms, and regular expressions of word lists."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from cleaner.compiled import serve_compiled
from cleaner.language.sentences import RUNNING

# Control characters except tab and newline, zero-width characters, soft hyphens, byte order marks and directional
# overrides: invisible, and equal lines would differ by them. The joiners U+200C and U+200D stay: some scripts need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u061c\u180e\ufff9-\ufffb\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]"
)
# No spelling in Latin, Greek or Cyrillic letters needs them: there they are marks of copying.
_IDLE_JOINERS = re.compile("(?<=[A-Za-z\u00c0-\u052f ])[\u200c\u200d]+(?=[A-Za-z\u00c0-\u052f ])")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_RARE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
# The two joiners are part of the spelling of Persian, Hindi and emoji.
_HARMLESS = frozenset("\n\t\u200c\u200d")
# Scripts whose words have no spaces between them: kana, Chinese characters, Hangul.
_UNSPACED = re.compile(f"[{RUNNING}]")
_ASCII = re.compile("[\x00-\x7f]+")
_DIGIT = re.compile(r"\d")
_FEW_INITIALS = 3
"""Initials that are compared as fast one by one. Chosen by timing lines of dumps."""
_TRIM = " \t\n\u00a0.:;,!?…»«›‹<>|·•–—-→←↑↓▶►▲▼*×✕[]()：。，、；！？【】（）"


def normalize_line(text: str) -> str:
    """``text`` on one line: NFC, no invisible characters, single spaces, trimmed."""
    text = " ".join(text.split())
    if text.isprintable():
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", " ".join(_IDLE_JOINERS.sub("", _INVISIBLE.sub("", text)).split()))


def split_lines(text: str) -> list[str]:
    """The lines of ``text``, by any of Unicode's line ends."""
    for end in _RARE_ENDS:  # a search for each takes a tenth of the time of an expression
        if end in text:
            return _LINE_END.sub("\n", text).split("\n")
    return text.split("\n")


@lru_cache(maxsize=4096)
def normalize_phrase(text: str) -> str:
    """The form of a phrase for comparison: one line, case folded, straight quotes, no marks at its ends.

    >>> normalize_phrase("  Read  More »")
    'read more'
    """
    return " ".join(text.split()).casefold().replace("’", "'").strip(_TRIM)


def make_alternation(  # noqa: PLR0913  # the forms of words that callers need
    words: Iterable[str],
    *,
    gap: str = " ",
    rest: str = r"\w*",
    left: bool = False,
    right: bool = False,
    ahead: bool = True,
) -> str:
    r"""A regular expression of any of ``words``, the longest of one initial first.

    ``stem*`` matches words with that start, continued by ``rest``; a blank matches ``gap``. With ``left`` the words must
    start at a word boundary, with ``right`` end at one, except in scripts without spaces. With ``ahead`` it looks ahead at the
    initial first, which RE2 cannot.

    >>> make_alternation(["read", "minute*", "阅读", "report"], right=True)
    '(?:(?:minute\\w*|r(?:eport|ead))\\b|(?:阅读))'
    """
    spaced: defaultdict[str, list[str]] = defaultdict(list)
    unspaced: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        stem = gap.join(map(re.escape, word.removesuffix("*").split(" "))) + rest * word.endswith("*")
        (unspaced if _UNSPACED.search(word) else spaced)[_fold_initial(word)].append(stem)
    edges = [r"\b" if edge else "" for edge in (left, right)]
    bounded = [_join_groups(spaced.values(), ahead=ahead).join(edges)] if spaced else []
    unbounded = [_join_groups(unspaced.values(), ahead=ahead)] if unspaced else []
    return f"(?:{'|'.join((*bounded, *unbounded)) or '(?!)'})"


def _fold_initial(word: str) -> str:
    """The initial of ``word``, the same for all that match each other without regard to case."""
    return word[:1].casefold()[:1].replace("ı", "i")


def _join_groups(groups: Collection[list[str]], *, ahead: bool) -> str:
    """The alternation of stems by initial; of many, behind a look at the initial, as most text has no stem."""
    initials = "".join(sorted({stem[:1] for stems in groups for stem in stems}))
    look = f"(?=[{initials}])" if ahead and len(groups) > _FEW_INITIALS and initials.isalnum() else ""
    return f"{look}(?:{'|'.join(map(_join_stems, groups))})"


def _join_stems(stems: list[str]) -> str:
    """The alternation of ``stems`` of one initial, which is compared once, not once for each of them."""
    initials = {stem[:1] for stem in stems}
    if len(stems) == 1 or len(initials) > 1 or not stems[0][:1].isalnum():
        return "|".join(stems)
    return f"{initials.pop()}(?:{'|'.join(stem[1:] for stem in stems)})"


def has_ascii_letters(text: str) -> bool:
    """Whether all letters and digits of ``text`` are ASCII, as in most texts: their bytes take a fifth of the time of expressions."""
    return text.isascii() or not any(map(str.isalnum, _ASCII.sub("", text)))


@serve_compiled("word_reader")
def has_digit(text: str) -> bool:
    r"""Whether ``text`` contains a decimal digit of any script, what ``\d`` matches; asked of every line."""
    return _DIGIT.search(text) is not None


@serve_compiled("word_reader")
def count_cases(text: str) -> tuple[int, int, int]:
    """The numbers of letters, of capitals and of small letters of ``text``."""
    letters, upper, lower = (sum(map(test, text)) for test in (str.isalpha, str.isupper, str.islower))
    return letters, upper, lower


@serve_compiled("word_reader")
def contains_any(text: str, parts: Iterable[str]) -> bool:
    """Whether ``text`` contains one of ``parts``; asked of every line, so no :func:`any`, which takes several times as long."""
    for part in parts:  # noqa: SIM110
        if part in text:
            return True
    return False


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

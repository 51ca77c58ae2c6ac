"""Whether a page's title, authors and date were read rightly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from bench.score import words

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_BETWEEN_NAMES = re.compile(r"[;,，、/|]|\s(?:and|und|et|y|e|&)\s")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


def same_title(found: str | None, gold: str) -> bool:
    """Equal but for case, width of white space, and the form of quotation marks and dashes."""
    return _folded(found or "") == _folded(gold)


def same_authors(found: Iterable[str], gold: Iterable[str]) -> bool:
    """The same set of names but for case, order and punctuation; a string may hold several, ``A; B`` or ``A and B``.

    What was found and the gold are cut alike, so that a tool that hands out its names in one string is not the worse
    for it.
    """
    return people(found) == people(gold)


def people(texts: Iterable[str]) -> frozenset[str]:
    """The names in ``texts``, folded: between semicolons, commas, slashes, ``and`` and its like in other languages."""
    parts = (part for text in texts for part in _BETWEEN_NAMES.split(text))
    return frozenset(name for part in parts if (name := " ".join(words(part.casefold()))))


def same_day(found: datetime | date | None, gold: date) -> bool:
    """The same day of the calendar, as each has it written; the time of day and its zone do not count."""
    return found is not None and (found.year, found.month, found.day) == (gold.year, gold.month, gold.day)


def as_day(text: str | None) -> date | None:
    """The day with which ``text`` begins, year first; None where it begins otherwise, or names no day."""
    written = _DAY.match(text or "")
    try:
        return date(*map(int, written.groups())) if written else None
    except ValueError:
        return None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).translate(_DASHES)
    return " ".join(plain.casefold().split())

"""Comparison of a page's title, authors and date with the gold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from bench.score import split_words

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_BETWEEN_NAMES = re.compile(r"[;,，、/|]|\s(?:and|und|et|y|e|&)\s|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_DEGREE = re.compile(
    r"(?:ph\.?\s?d|m\.?\s?d|m\.?\s?s|m\.?\s?a|b\.?\s?a|b\.?\s?s|r\.?\s?n|r\.?\s?d|m\.?b\.?a|mph|lcsw|cfp®?|cfa|cpa|jr|sr|esq|e?dd)\.?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:(?:by|von|dr|prof|professor|mr|mrs|ms)\b\.?\s+)+", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


def same_title(found: str | None, gold: str) -> bool:
    """Whether both are equal, ignoring case, white space, and the form of quotation marks and dashes."""
    return _fold_text(found or "") == _fold_text(gold)


def same_authors(found: Iterable[str], gold: Iterable[str]) -> bool:
    """Whether both have the same names, ignoring case, order and punctuation; a string may contain several.

    Both are split in the same way (``A; B``, ``A and B``), so that a tool that returns all names in one string is not
    at a disadvantage. Degrees after a name and titles before it do not count: some golds have them, others do not.
    """
    return split_names(found) == split_names(gold)


def split_names(texts: Iterable[str]) -> frozenset[str]:
    """The names in ``texts``, folded, split at semicolons, commas, slashes, and ``and`` in several languages."""
    parts = (part.strip() for text in texts for part in _BETWEEN_NAMES.split(text))
    named = (_TITLE.sub("", part) for part in parts if not _DEGREE.fullmatch(part))
    return frozenset(name for part in named if (name := " ".join(split_words(part.casefold()))))


def same_day(found: datetime | date | None, gold: date) -> bool:
    """Whether both are the same calendar day as written, ignoring the time of day and the time zone."""
    return found is not None and (found.year, found.month, found.day) == (gold.year, gold.month, gold.day)


def parse_day(text: str | None) -> date | None:
    """The date at the beginning of ``text``, year first; None if there is none, or it is invalid."""
    written = _DAY.match(text if isinstance(text, str) else "")
    try:
        return date(*map(int, written.groups())) if written else None
    except ValueError:
        return None


def _fold_text(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).translate(_DASHES)
    return " ".join(plain.casefold().split())

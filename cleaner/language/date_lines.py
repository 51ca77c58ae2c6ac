"""Lines with dates about an article: nothing but dates, times and the words around them, or dates beside others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from cleaner import data
from cleaner.data.word_types import LineWords
from cleaner.language import dates
from cleaner.language.characters import contains_any, has_digit, make_alternation
from cleaner.language.months import WEEKDAYS
from cleaner.model import Moment

_WORDS = data.load_data(LineWords)
_SPANS = _WORDS.spans

# Numbers of this module were chosen by reading pages.
_MAX_RELATIVE_CHARS = 50
"""Characters of a line that is a relative time without a digit."""


_UPDATED = make_alternation(data.flatten_words(_WORDS.updated), left=True, right=True)
_PUBLISHED = make_alternation(data.flatten_words(_WORDS.published), left=True, right=True)
_UPDATE = re.compile(_UPDATED, re.IGNORECASE)
_PUBLICATION = re.compile(_PUBLISHED, re.IGNORECASE)
_DATE_LABEL = re.compile(rf"(?P<update>{_UPDATED})|{_PUBLISHED}", re.IGNORECASE)
_UPDATE_BEHIND = re.compile(rf"\W{{0,2}}{_UPDATED}", re.IGNORECASE)
"""The word for an update after its date, as in Chinese and Japanese."""
_MINUTES = rf"\d+\s*(?:-\s*)?{make_alternation(_SPANS.minutes)}\.?"
_STAMP_WORD = re.compile(
    rf"{_UPDATED}|{_PUBLISHED}|"
    rf"{make_alternation((*data.flatten_words(_WORDS.date_line), *WEEKDAYS), left=True, right=True)}|"
    rf"\b{_MINUTES}\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\W*(?:{make_alternation(_SPANS.posted)}\s+)?(?:about\s+|an?\s+|\d+\s*)?{make_alternation(_SPANS.before_ago)}s?\s+ago\W*|"
    rf"{make_alternation(_SPANS.now)}|\W*vor \d+ {make_alternation(_SPANS.behind_vor)}\W*|\W*(?:il y a|hace) \d+ \w+\W*|"
    rf"\W*{_MINUTES}\s+{make_alternation(_SPANS.read)}\W*|\W*{make_alternation(_SPANS.reading_time)}\b.{{0,20}}",
    re.IGNORECASE,
)
_RELATIVE_CLUES = ("ago", *_SPANS.now, *_SPANS.reading_time)
"""Every relative time without a digit contains one of these."""
_NUMBERED_CLUES = (*_RELATIVE_CLUES, "vor ", "il y a ", "hace ", *_SPANS.read)
"""Every relative time with a digit contains one of these."""
_AGO = re.compile(
    rf"(?:about\s+|\ban?\s+|\b\d+\s*){make_alternation(_SPANS.before_ago)}s?\s+ago\b|\bvor \d+ {make_alternation(_SPANS.behind_vor)}\b",
    re.IGNORECASE,
)
"""A relative time within a date line."""
_STEM = 3
_STAMP_STEMS = frozenset(
    word[:_STEM].casefold()
    for words in (
        *map(data.flatten_words, (_WORDS.updated, _WORDS.published, _WORDS.date_line)), WEEKDAYS, _SPANS.minutes,
        _SPANS.before_ago, _SPANS.behind_vor, ("about", "ago"),
    )
    for phrase in words
    for word in phrase.split()
)  # fmt: skip
"""How the words begin that may be in a date line."""
_MAX_ZONE = 4
"""Letters behind a time that may be its zone, even if more follow."""
_MAX_OTHER_LETTERS, _MAX_LETTERS_BESIDE_ONE = 6, 3
"""Letters and digits that a line with several dates, or with one, may have besides."""
_LONG_WORD = re.compile(r"(?<![\w@])[A-Za-z]{5,}+(?!\w)")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?", re.IGNORECASE)
_HANDLE = re.compile(r"@\w+")
_PLACE = re.compile(r"[-–—|,]\s*([A-Z][A-Z .'/-]{2,40})\s*:?\s*$")


@dataclass(frozen=True, slots=True)
class DateLine:
    """The values in a date line."""

    published: Moment | None = None
    modified: Moment | None = None
    place: str | None = None


def parse_date_line(text: str, timezone: str | None = None, order: dates.DateOrder | None = None) -> DateLine | None:
    """The values of ``text`` if it is a date line: nothing but dates, times and the words around them; else None.

    A relative time or reading time ("1 hour ago", "3 min read") is an empty :class:`DateLine`. ``timezone`` and
    ``order`` are as for :func:`cleaner.language.dates.parse_date`.
    """
    if len(text) > dates.MAX_LINE:
        return None
    if not has_digit(text):
        return DateLine() if len(text) <= _MAX_RELATIVE_CHARS and _is_relative_time(text, _RELATIVE_CLUES) else None
    return _parse_numbered_line(text, timezone, order)


@lru_cache(maxsize=dates.REMEMBERED)
def _parse_numbered_line(text: str, timezone: str | None, order: dates.DateOrder | None) -> DateLine | None:
    """The values of a line with a digit, if it is a date line."""
    if _is_relative_time(text.strip(), _NUMBERED_CLUES):
        return DateLine()
    found = dates.find_dates(text, timezone, order)
    rest = text
    for match in reversed(found):
        rest = f"{rest[: match.start]} {rest[match.end :]}"
    place = _PLACE.search(rest) if found else None
    place = None if place and _DATE_LABEL.search(place[1]) else place
    if not found or _has_other_text(rest[: place.start()] if place else rest, len(found)):
        return None
    published, modified = _sort_moments(text, found, timezone)
    return DateLine(published, modified, place[1].strip() if place else None)


def _has_other_text(rest: str, dates_found: int) -> bool:
    """Whether the ``rest`` of a line without its dates has more letters than those of a date line's words."""
    most = _MAX_OTHER_LETTERS if dates_found > 1 else _MAX_LETTERS_BESIDE_ONE
    if sum(map(str.isalnum, rest)) <= most:
        return False
    others = [len(word) for word in _LONG_WORD.findall(rest) if word[:_STEM].casefold() not in _STAMP_STEMS]
    if sum(others) - _MAX_ZONE * len(others) > _MAX_OTHER_LETTERS:
        # Before several slow expressions: a date in a sentence is more frequent than one alone.
        return True
    bare = _HANDLE.sub("", _STAMP_WORD.sub("", _TIME.sub("", _AGO.sub("", rest))))
    return sum(map(str.isalnum, bare)) > most


def _is_relative_time(text: str, clues: Sequence[str]) -> bool:
    """Whether ``text`` is a relative time, each of which contains one of ``clues``."""
    return contains_any(text.casefold(), clues) and _RELATIVE.fullmatch(text) is not None


def read_dates(text: str, timezone: str | None = None, order: dates.DateOrder | None = None) -> DateLine:
    """The dates in a line that has other words too, such as names; empty if it is too long for a line about the article."""
    found = dates.find_dates(text, timezone, order) if len(text) <= dates.MAX_LINE else ()
    return DateLine(*_sort_moments(text, found, timezone)) if found else DateLine()


def _sort_moments(
    text: str, found: Sequence[dates.DateMatch], timezone: str | None
) -> tuple[Moment | None, Moment | None]:
    """Publication and update among the dates of a line; a time without a date after "updated" is of the same day."""
    published = modified = None
    at = 0
    if len(found) == 2 and not text[found[0].end : found[1].start].strip():  # noqa: PLR2004
        # Two elements of which style sheets show one; which of them is first varies.
        moments = sorted((match.moment for match in found), key=_get_day)
        return (moments[0], moments[1]) if _get_day(moments[0]) != _get_day(moments[1]) else (found[0].moment, None)
    for number, match in enumerate(found):
        labels = list(_DATE_LABEL.finditer(text, at, match.start))
        is_update = labels[-1]["update"] is not None if labels else _is_update_behind(text, found, number)
        if is_update:
            modified = modified or match.moment
        else:
            published = published or match.moment
        at = match.end
    update = _UPDATE.search(text, at)
    if update and published and not modified:
        day = published
        modified = dates.parse_time_of_day(text[update.end() :].lstrip(" :|-"), day, timezone)
    return published, modified


def _get_day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _is_update_behind(text: str, found: Sequence[dates.DateMatch], number: int) -> bool:
    """Whether a word for an update follows a date, and belongs to no later date."""
    end = found[number].end
    behind = _UPDATE_BEHIND.match(text, end)
    return behind is not None and (number + 1 == len(found) and not text[behind.end() :].strip(" )）|."))


def mentions_publication(text: str) -> bool:
    """Whether ``text`` says that an article was published."""
    return _PUBLICATION.search(text) is not None


def mentions_update(text: str) -> bool:
    """Whether ``text`` says that an article was changed."""
    return _UPDATE.search(text) is not None

"""Parsing of dates in text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import lru_cache

from cleaner import data
from cleaner.data.language_types import DateWords
from cleaner.language import calendars, time_zones
from cleaner.language.date_patterns import (
    AFTER,
    ASCII_DIGITS,
    BEFORE,
    LETTERS,
    NUMBERED,
    NUMBERS,
    PATTERNS,
    TIME_OF_DAY,
    YEAR,
    filter_patterns,
)
from cleaner.language.months import WEEKDAYS, find_month
from cleaner.model import Moment

MAX_LINE = 160
"""Characters; a longer line is prose that mentions a date. Date lines with two dates and a place have about 65."""

_ORDER = data.load_data(DateWords).order
REMEMBERED = 512
"""Texts whose dates are remembered: the lines around the headline of a page are asked about five times."""
_MONTHS = 12
_NOON = 12
_MAX_DAY = 31
_CENTURY = 2000
"""Added to years of two digits; the web has few older pages."""
_EPOCH = re.compile(r"(?:/Date\()?(\d{10})(\d{3})?(?:\.\d+|[+-]\d{4}(?=\)))?(?:\)/)?")
_WORD = re.compile(rf"{LETTERS}+")
_MONTH_FIRST_ZONE = re.compile(rf"\d\W{{0,6}}(?:[APap]\.?[Mm]\.?)?\W{{0,6}}(?:{'|'.join(_ORDER.month_first_names)})\b")
"""A time with the abbreviation of a zone whose country writes the month first."""


class DateOrder(Enum):
    """The order of day and month in a date of numbers."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text, with its start and end in characters."""

    moment: Moment
    start: int
    end: int


def parse_date(text: str, timezone: str | None = None, order: DateOrder | None = None) -> Moment | None:
    """The date in ``text``, or None.

    A ``datetime`` if a time of day is given, with the zone in the text, else ``timezone`` (an IANA name), else none; a
    ``date`` otherwise. Relative times ("1 hour ago") are no dates. Which number of 03/04/2024 is the month follows from a
    weekday or an American zone in the text, else from ``order``, else from ``timezone``; without any of them it is
    no date.
    """
    text = " ".join(text.split())
    if (epoch := _EPOCH.fullmatch(text)) and int(epoch[1]):
        return datetime.fromtimestamp(int(epoch[1]), tz=UTC)
    moment = _parse_iso(text, timezone)
    if moment is None and len(text) <= MAX_LINE:
        found = find_dates(text, timezone, order)
        moment = found[0].moment if found else None
    return moment


def find_dates(text: str, timezone: str | None = None, order: DateOrder | None = None) -> tuple[DateMatch, ...]:
    """The dates in ``text``, in order, each as :func:`parse_date` returns it."""
    return _find_dates(text, timezone, order)


@lru_cache(maxsize=REMEMBERED)
def _find_dates(text: str, timezone: str | None, order: DateOrder | None) -> tuple[DateMatch, ...]:
    text = text if text.isascii() else text.translate(ASCII_DIGITS)
    if not (NUMBERS.search(text) and YEAR.search(text)):  # the faster search first
        return ()
    found: list[DateMatch] = []
    numbers = _Numbers(text, order or find_order_of_zone(timezone))
    for day, start, end, clock in sorted(_find_days(text, numbers), key=lambda item: (item[1], -item[2])):
        if not found or start >= found[-1].end:
            found.append(_add_time(text, day, (start, end), clock, timezone))
    return tuple(found)


def parse_time_of_day(text: str, day: date, timezone: str | None) -> datetime | None:
    """The time of day at the start of ``text``, on ``day``; None without one."""
    match = TIME_OF_DAY.match(text.translate(ASCII_DIGITS))
    return _combine_time(day, match, timezone) if match else None


def find_order_of_zone(timezone: str | None) -> DateOrder | None:
    """The order in which pages of the zone ``timezone`` write day and month; None if unknown or both occur."""
    if timezone is None or timezone in _ORDER.mixed_zones:
        return None
    return DateOrder.MONTH_FIRST if timezone in _ORDER.month_first_zones else DateOrder.DAY_FIRST


def find_order(text: str) -> DateOrder | None:
    """The order of a date in numbers in ``text`` that can be read in one order only; None without one."""
    if not NUMBERED.search(text):
        return None
    for pattern in PATTERNS[-2:]:
        for match in pattern.finditer(text):
            first, second = int(match["a"]), int(match["b"])
            if (first > _MONTHS) != (second > _MONTHS) and max(first, second) <= _MAX_DAY:
                return DateOrder.MONTH_FIRST if second > _MONTHS else DateOrder.DAY_FIRST
    return None


def may_have_open_order(text: str) -> bool:
    """Whether ``text``, or one of its lines, may be what :func:`is_order_open` asks for."""
    return NUMBERED.search(text) is not None


def is_order_open(text: str) -> bool:
    """Whether ``text`` has a date of numbers that can be read in both orders."""
    if not may_have_open_order(text):
        return False
    pairs = ((int(match["a"]), int(match["b"])) for pattern in PATTERNS[-2:] for match in pattern.finditer(text))
    return any(first != second and max(first, second) <= _MONTHS for first, second in pairs)


class _Numbers:
    """Decides which of two numbers in a text is the month."""

    def __init__(self, text: str, order: DateOrder | None) -> None:
        self._text = text
        self._order = order

    def split(self, first: int, second: int, year: int) -> tuple[int, int]:
        """Day and month; zeros if the order is unknown."""
        if first == second or first > _MONTHS:
            return first, second
        if second > _MONTHS:
            return second, first
        readings = ((first, second), (second, first))
        if (weekday := self._find_weekday()) is not None:
            fitting = [
                both for both in readings if (day := _make_day(year, both[1], both[0])) and day.weekday() == weekday
            ]
            if len(fitting) == 1:
                return fitting[0]
        order = DateOrder.MONTH_FIRST if _MONTH_FIRST_ZONE.search(self._text) else self._order
        return (0, 0) if order is None else readings[order is DateOrder.MONTH_FIRST]

    def _find_weekday(self) -> int | None:
        named = {WEEKDAYS[word] for word in map(str.casefold, _WORD.findall(self._text)) if word in WEEKDAYS}
        return min(named) if len(named) == 1 else None


def _parse_iso(text: str, timezone: str | None) -> Moment | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        moment = moment.replace(year=calendars.resolve_year(moment.year))
    except ValueError:  # year 0, or 29 February in a common year
        return None
    return moment.date() if len(text) <= len("2024-05-31") else _add_zone(moment, None, timezone)


def _find_days(text: str, numbers: _Numbers) -> Iterator[tuple[date, int, int, re.Match[str] | None]]:
    for pattern in filter_patterns(text):
        for match in pattern.finditer(text):
            if day := _read_day(match, numbers):
                yield day, _find_start(match), match.end(), match if "clock" in match.re.groupindex else None


def _find_start(match: re.Match[str]) -> int:
    """Where a date starts: behind a word that only a slash joins to its month, "Ann/May 3, 2024"."""
    word, slash, _ = (match.groupdict().get("name") or "").partition("/")
    is_first = bool(slash) and match.start("name") == match.start() and not find_month(word.strip())
    return match.start() + len(word) + 1 if is_first else match.start()


def _read_day(match: re.Match[str], numbers: _Numbers) -> date | None:
    """The day that the groups of a date's pattern give."""
    parts = match.groupdict()
    if "short" in parts:
        year = _CENTURY + int(parts["short"])
    elif "ey" in parts:
        year = calendars.resolve_era_year(parts["era"] or "", parts["ey"])
    else:
        year = int(parts["y"])
    if "name" in parts:
        name = parts["name"].casefold()
        if month := calendars.JALALI_MONTHS.get(name):
            return calendars.convert_jalali(year, month, int(parts["d"]))
        number = name.removeprefix("tháng").strip()
        return _make_day(year, int(number) if number.isdigit() else find_month(name), int(parts["d"]))
    if "a" in parts:
        day, month = numbers.split(int(parts["a"]), int(parts["b"]), calendars.resolve_year(year))
        return _make_day(year, month, day)
    return _make_day(year, int(parts["m"]), int(parts["d"])) or calendars.convert_jalali(
        year, int(parts["m"]), int(parts["d"])
    )


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(calendars.resolve_year(year), month, day)
    except ValueError:
        return None


def _add_time(
    text: str, day: date, span: tuple[int, int], clock: re.Match[str] | None, timezone: str | None
) -> DateMatch:
    start, end = span
    if clock:
        naive = _make_time(day, *map(int, clock["clock"].split(":")))
        return DateMatch(_add_zone(naive, clock["zone"], timezone) if naive else day, start, end)
    after = AFTER.match(text, end)
    if after and (moment := _combine_time(day, after, timezone)):
        return DateMatch(moment, start, after.start("zone") if _is_false_zone(after) else after.end())
    before = BEFORE.search(text, max(0, start - 40), start)
    if before and (moment := _combine_time(day, before, timezone)):
        return DateMatch(moment, before.start(), end)
    return DateMatch(day, start, end)


def _is_false_zone(match: re.Match[str]) -> bool:
    """Whether the word in place of the zone is not a zone: ``10:15 AP``."""
    zone = match["zone"]
    return bool(zone and zone.isalpha() and not time_zones.is_zone(zone))


def _combine_time(day: date, match: re.Match[str], timezone: str | None) -> datetime | None:
    hour, minute = int(match["h"]), match["min"]
    afternoon, morning = match["pm"] or match["pm2"], match["am"] or match["am2"]
    if minute is None and not (afternoon or morning):
        return None
    if (afternoon or morning) and 1 <= hour <= _NOON:
        hour = hour % _NOON + (_NOON if afternoon else 0)
    naive = _make_time(day, hour, int(minute or 0), int(match["s"] or 0))
    return _add_zone(naive, match["zone"], timezone) if naive else None


def _make_time(day: date, hour: int, minute: int, second: int = 0) -> datetime | None:
    """That time on ``day``, or None for an impossible one: ``25:61``."""
    try:
        return datetime.combine(day, time(hour, minute, second))
    except ValueError:
        return None


def _add_zone(moment: datetime, zone: str | None, timezone: str | None) -> datetime:
    if moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=time_zones.resolve_zone(zone, moment, timezone))

"""Parsing of dates in text. The only module that imports dateparser."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from cleaner.language import time_zones
from cleaner.language.months import MONTHS
from cleaner.model import Moment

MAX_LINE = 160
"""Characters; a longer line is prose that mentions a date. Date lines with two dates and a place have about 65."""

_YEARS = range(1970, 2100)
_MONTHS = 12
_NOON = 12
_WORD = r"[^\W\d_]{3,12}"
_OF = r"(?:\s*(?:de|of|del|do)\s+|[\s\-/.,]*)"
_DAY = r"(?<![\d:.,])(?P<d>\d{1,2})(?:st|nd|rd|th|er|[ºª°.])?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]?",
        rf"{_DAY}{_OF}(?P<name>{_WORD})\b\.?{_OF}(?P<y>\d{{4}})(?!\d)",
        rf"\b(?P<name>{_WORD})\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<y>\d{{4}})(?!\d)",
        (
            rf"\b(?P<name>{_WORD})\s+(?P<d>\d{{1,2}})\s+(?P<clock>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)\s++"
            rf"(?P<zone>{time_zones.ZONE})?\s*+(?P<y>\d{{4}})(?!\d)"
        ),
        r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)",
        r"(?<![\d.,:v])(?<!version )(?P<d>[0-3]?\d)\.(?P<m>[01]\d)\.(?P<short>\d{2})(?![\d.,:]\d|\d)",
        r"(?<![\d/])(?P<a>\d{1,2})(?P<sep>[/-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)",
    )
)
_CLOCK = (
    r"(?P<h>\d{1,2})(?:[:h时시點点.]\s?(?P<min>\d{2})(?![\d%])分?(?::(?P<s>\d{2})(?:[.,]\d+)?)?)?"
    r"\s?(?P<half>[ap]\.?\s?m\b\.?)?(?:\s?(?:Uhr|hrs?|h)\b)?"
    rf"\s?\(?(?P<zone>{time_zones.ZONE})?\)?"
)
_JOIN = r"(?:\s|[,|·•@–—:-]|\b(?:at|um|kl|om|à|às|a las|alle|ore|o|в|T)\b\.?|(?<=\d)T){0,6}"
_TIME_OF_DAY = re.compile(_CLOCK, re.IGNORECASE)
_AFTER = re.compile(_JOIN + _CLOCK, re.IGNORECASE)
_BEFORE = re.compile(_CLOCK + r"(?:\s|[,|·•–—-]|\bon\b){0,4}(?:[^\W\d_]{2,10}[,.]?\s*)?$", re.IGNORECASE)
_FOREIGN_YEAR = re.compile(r"\d{4}|[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]{4}")
_OTHER_SCRIPT = re.compile(r"[\u0250-\u1fff]")
"""Letters of scripts other than Latin and those of East Asia, which the patterns above match."""
_MAX_DATEPARSER_CHARS = 50
"""Characters of a text that dateparser gets: it takes up to 50 ms, so it gets no sentences."""
_YEAR = re.compile(r"\d{4}|\.\d\d\.\d\d(?!\d)")
_CENTURY = 2000
"""Added to years of two digits; the web has few older pages."""
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
_HOUR_MARK = re.compile(r"\d:\d")


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text, with its start and end in characters."""

    moment: Moment
    start: int
    end: int


def parse_date(text: str, timezone: str | None = None) -> Moment | None:
    """The date in ``text``, or None.

    A ``datetime`` if a time of day is given, with the zone in the text, else ``timezone`` (an IANA name), else none; a
    ``date`` otherwise. Relative times ("1 hour ago") are no dates. In 03/04/2024 the month is the first number for
    American zones and the second for others; without a zone it is no date.
    """
    text = " ".join(text.split())
    if (epoch := _EPOCH.fullmatch(text)) and int(epoch[1]):
        return datetime.fromtimestamp(int(epoch[1]), tz=UTC)
    moment = _parse_iso(text, timezone)
    if moment is None and len(text) <= MAX_LINE:
        found = find_dates(text, timezone)
        moment = found[0].moment if found else _parse_with_dateparser(text, timezone)
    return moment


def find_dates(text: str, timezone: str | None = None) -> list[DateMatch]:
    """The dates in ``text``, in order, each as :func:`parse_date` returns it."""
    found: list[DateMatch] = []
    if not _YEAR.search(text):
        return found
    for day, start, end, clock in sorted(_find_days(text, timezone), key=lambda item: (item[1], -item[2])):
        if not found or start >= found[-1].end:
            found.append(_add_time(text, day, (start, end), clock, timezone))
    return found


def parse_time_of_day(text: str, day: date, timezone: str | None) -> datetime | None:
    """The time of day at the start of ``text``, on ``day``; None without one."""
    match = _TIME_OF_DAY.match(text)
    return _combine_time(day, match, timezone) if match else None


def _parse_iso(text: str, timezone: str | None) -> Moment | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.year not in _YEARS:
        return None
    return moment.date() if len(text) <= len("2024-05-31") else _add_zone(moment, None, timezone)


def _find_days(text: str, timezone: str | None) -> Iterator[tuple[date, int, int, re.Match[str] | None]]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            if "name" in parts:
                month = MONTHS.get(parts["name"].casefold(), 0)
            elif "a" in parts:
                parts["d"], month = _order_day_and_month(int(parts["a"]), int(parts["b"]), timezone)
            else:
                month = int(parts["m"])
            year = _CENTURY + int(parts["short"]) if "short" in parts else int(parts["y"])
            day = _make_day(year, month, int(parts["d"]))
            if day:
                yield day, match.start(), match.end(), match if "clock" in parts else None


def _order_day_and_month(first: int, second: int, timezone: str | None) -> tuple[int, int]:
    if first == second or first > _MONTHS:
        return first, second
    if second > _MONTHS:
        return second, first
    if timezone is None:
        return 0, 0
    return (second, first) if timezone.startswith("America/") else (first, second)


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _add_time(
    text: str, day: date, span: tuple[int, int], clock: re.Match[str] | None, timezone: str | None
) -> DateMatch:
    start, end = span
    if clock:
        naive = _make_time(day, *map(int, clock["clock"].split(":")))
        return DateMatch(_add_zone(naive, clock["zone"], timezone) if naive else day, start, end)
    after = _AFTER.match(text, end)
    if after and (moment := _combine_time(day, after, timezone)):
        return DateMatch(moment, start, after.start("zone") if _is_false_zone(after) else after.end())
    before = _BEFORE.search(text, max(0, start - 40), start)
    if before and (moment := _combine_time(day, before, timezone)):
        return DateMatch(moment, before.start(), end)
    return DateMatch(day, start, end)


def _is_false_zone(match: re.Match[str]) -> bool:
    """Whether the word in place of the zone is not a zone: ``10:15 AP``."""
    zone = match["zone"]
    return bool(zone and zone.isalpha() and not time_zones.is_zone(zone))


def _combine_time(day: date, match: re.Match[str], timezone: str | None) -> datetime | None:
    hour, minute, half = int(match["h"]), match["min"], (match["half"] or "").lower()
    if minute is None and not half:
        return None
    if half and 1 <= hour <= _NOON:
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
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


def _parse_with_dateparser(text: str, timezone: str | None) -> Moment | None:
    """A date in a language that only dateparser knows; one without a year may be a relative time and is ignored."""
    if len(text) > _MAX_DATEPARSER_CHARS or not _FOREIGN_YEAR.search(text) or not _OTHER_SCRIPT.search(text):
        return None
    import dateparser

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "RETURN_AS_TIMEZONE_AWARE": False}
    with warnings.catch_warnings():
        # dateutil, used by dateparser, warns of unknown zones; this module resolves them.
        warnings.simplefilter("ignore")
        try:
            moment = dateparser.parse(text, settings=settings)
        except Exception:  # noqa: BLE001  its parsers raise errors of many types
            return None
    if moment is None or moment.year not in _YEARS:
        return None
    return _add_zone(moment, None, timezone) if _HOUR_MARK.search(text) else moment.date()

"""Years and days of other calendars: Buddhist and Iranian years, eras of Japan and Taiwan."""

from __future__ import annotations

from datetime import date

from cleaner import data
from cleaner.data.language_types import DateWords

_WORDS = data.load_data(DateWords)
ERAS: dict[str, int] = {era.name: era.start for era in _WORDS.era}
"""The year before the first of an era, by its name before a year: 令和6年 is 2024."""
JALALI_MONTHS = {name: number for number, name in enumerate(_WORDS.jalali.months, 1)}
"""Months of the Iranian calendar."""
_BUDDHIST_YEARS, _BUDDHIST_OFFSET = range(2513, 2643), 543
"""Years of pages in Thailand: 2513 is 1970."""
_JALALI_YEARS = range(1370, 1421)
"""Years in which the web has pages, 1991 to 2041; Islamic years of the same numbers are before 2000."""
_MINGUO_YEARS = range(85, 141)
"""Years with three figures, or two, that Taiwan writes without naming the era: 1996 to 2051."""
_CYCLE_START, _CYCLE, _LEAP_DAYS = 1595, 33, 8
"""Offset of the cycles of the Iranian calendar, their years and their leap days; exact for the years above."""
_JALALI_EPOCH = -356_033
"""Day number, as of :meth:`datetime.date.toordinal`, from which the days of these cycles are counted."""
_LONG_MONTHS = 6
"""Months with 31 days at the start of the year; the others have 30."""
_GREGORIAN_YEARS = range(1970, 2100)


def resolve_year(year: int) -> int:
    """``year`` in the Gregorian calendar: a Buddhist one is converted; 0 if it is in no range of pages."""
    if year in _BUDDHIST_YEARS:
        return year - _BUDDHIST_OFFSET
    return year if year in _GREGORIAN_YEARS else 0


def resolve_era_year(era: str, written: str) -> int:
    """The year ``written`` (元 is the first) of ``era``; without an era, of Taiwan's if it has two or three figures."""
    year = 1 if written == "元" else int(written)
    if era:
        return ERAS[era] + year
    return ERAS["民國"] + year if year in _MINGUO_YEARS else resolve_year(year)


def convert_jalali(year: int, month: int, day: int) -> date | None:
    """The day of the Iranian calendar; None outside the years of pages, or if there is no such day.

    >>> convert_jalali(1403, 6, 20)
    datetime.date(2024, 9, 10)
    """
    longest = 31 if month <= _LONG_MONTHS else 30
    if year not in _JALALI_YEARS or not (1 <= month <= 12 and 1 <= day <= longest):  # noqa: PLR2004  months of a year
        return None
    cycles, rest = divmod(year + _CYCLE_START, _CYCLE)
    days = 365 * (year + _CYCLE_START) + cycles * _LEAP_DAYS + (rest + 3) // 4
    return date.fromordinal(_JALALI_EPOCH + days + (month - 1) * 30 + min(month - 1, _LONG_MONTHS) + day)

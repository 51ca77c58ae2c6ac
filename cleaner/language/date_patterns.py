"""Regular expressions of dates and times of day in text, and the reading of their parts."""

from __future__ import annotations

import re
import unicodedata

from cleaner import data
from cleaner.data.language_types import DateWords
from cleaner.language import calendars, time_zones
from cleaner.language.characters import contains_any, make_alternation
from cleaner.language.months import MONTHS, WEEKDAYS

_CLOCK_WORDS = data.load_data(DateWords).clock

# The digits of a script are ten characters in a row, so every tenth character meets each script once. None is above U+1FFFF.
_ZEROS = (code - value for code in range(0x660, 0x20000, 10) if (value := unicodedata.decimal(chr(code), -1)) >= 0)
ASCII_DIGITS = {zero + value: str(value) for zero in _ZEROS for value in range(10)}
"""Digits of all scripts, for :meth:`str.translate`, which keeps the length of a text."""

LETTERS = r"[^\s\d!-/:-@\[-`{-~·–—’،（），：]"
"""Regular expression of a letter or mark of any script."""
_SHORT_NAME = 2
_SHORT_MONTHS = make_alternation(sorted(name for name in MONTHS if len(name) == _SHORT_NAME and not name.isascii()))
"""Months of two characters, as in Hindi; two letters of other scripts are too many words."""
_WORD = (
    rf"(?:{_SHORT_MONTHS}(?!\w)|tháng\s+(?:\d\d?|{LETTERS}+)|(?:كانون|تشرين)\s+{LETTERS}+|[\u0e01-\u0e4e]{{1,3}}\.[\u0e01-\u0e4e]{{1,2}}|"
    rf"{LETTERS}{{3,20}}(?:\s?/\s?{LETTERS}{{3,20}})?)"
)
_OF = r"(?:\s*(?:(?:de|of|del|do|da)\s+|d['’]\s*)|[\s\-/.,،]*)"
# A pattern that begins with a digit, behind which it looks back, is searched several times as fast as one that looks back first.
_DAY = r"(?P<d>\d(?<![\d:.,]\d)\d?)(?:st|nd|rd|th|er|[ºª°.])?"
_ERA = rf"(?P<era>{make_alternation(calendars.ERAS)})?\s?"
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<y>\d(?<![\d./-]\d)\d{3})(?P<sep>[-/.])\s?(?P<m>\d{1,2})(?P=sep)\s?(?P<d>\d{1,2})(?!\d)",
        rf"{_ERA}(?<!\d)(?P<ey>\d{{1,4}}|元)\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日일]?",
        r"(?P<era>民國|民国)\s?(?P<ey>\d{2,3})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)",
        rf"{_DAY}{_OF}(?P<name>{_WORD})\.?{_OF}(?:năm\s+|พ\.ศ\.\s*)?(?P<y>\d{{4}})(?!\d)",
        rf"(?<![^\W\d])(?P<name>{_WORD})\.?\s*(?:de\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+(?:de\s+)?)(?P<y>\d{{4}})(?!\d)",
        (
            rf"\b(?P<name>{_WORD})\s+(?P<d>\d{{1,2}})\s+(?P<clock>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)\s++"
            rf"(?P<zone>{time_zones.ZONE})?\s*+(?P<y>\d{{4}})(?!\d)"
        ),
        rf"(?P<y>\d(?<![\d:.,/]\d)\d{{3}})(?:ko|\.|,|\s?m\.)?\s+(?P<name>{_WORD})\.?\s+(?P<d>\d{{1,2}})(?![\d:])",
        rf"(?P<y>\d(?<![\d:.,/]\d)\d{{3}})(?:\.\s?(?:gada\s+)?|\s?жылғы\s+)(?P<d>\d{{1,2}})\.?\s+(?P<name>{_WORD})",
        r"(?P<d>\d(?<![\d.]\d)\d?)\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)",
        r"(?<![\d.,:v])(?<!version )(?P<d>[0-3]?\d)\.(?P<m>[01]\d)\.(?P<short>\d{2})(?![\d.,:]\d|\d)",
        r"(?P<a>\d(?<![\d/]\d)\d?)(?P<sep>[/-]|\s/\s)(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)",
        r"(?P<a>\d(?<![\d/]\d)\d?)/(?P<b>\d{1,2})/(?P<short>\d{2})(?![\d/])",
    )
)
"""Dates by their groups: year ``y``, ``ey`` of an era, or ``short`` of the century; month ``m`` or ``name``; day ``d``; or
``a`` and ``b`` for day and month in unknown order."""
_MARKS = ("-/.", "年년", "民", "", "", ":", "", "", ".", ".", "/-", "/")
"""For each of :data:`PATTERNS` characters of which its dates contain one; empty if it is written with any."""
# Their first character stands in front, as the search for one of a class is fast.
YEAR = re.compile(r"[\d./年년民](?:(?<=\d)\d{3}|(?<=\.)\d\d\.\d\d(?!\d)|(?<=/)\d{1,2}/\d\d(?!\d)|(?<=[年년民]))")
"""Every date contains a year of four digits, or of two behind a day and a month, or its sign."""
NUMBERS = re.compile(r"\d\D+\d")
"""Every date has two numbers: a day, and a month or a year."""


NUMBERED = re.compile(r"[/-]\s?\d\d?\s?[/-]\s?\d\d")
"""Every date of the last two of :data:`PATTERNS` contains this."""
_DAY_ALONE = re.compile(r"(?<!\d)\d\d?(?!\d)|tháng", re.IGNORECASE)
"""Every date that names the month contains one of these beside the year."""


def filter_patterns(text: str) -> list[re.Pattern[str]]:
    """Those of :data:`PATTERNS` of which ``text`` may contain a date, by its marks."""
    has_day = _DAY_ALONE.search(text) is not None
    return [
        pattern
        for pattern, marks in zip(PATTERNS, _MARKS, strict=True)
        if (contains_any(text, marks) if marks else has_day)
    ]


def _halves(words: tuple[str, ...]) -> str:
    return rf"(?:{make_alternation(words, gap=r' ?')}\.?)"


_BEFORE_HALF = (
    rf"(?:(?P<am>{_halves(_CLOCK_WORDS.before_am)})|(?P<pm>{_halves(_CLOCK_WORDS.before_pm)}))(?:\s|(?=\d))\s?"
)
_AFTER_HALF = rf"(?:(?P<am2>{_halves(_CLOCK_WORDS.after_am)})|(?P<pm2>{_halves(_CLOCK_WORDS.after_pm)}))(?!\w)"
_CLOCK = (
    rf"(?:{_BEFORE_HALF})?(?<!\d)(?P<h>\d{{1,2}})(?:(?:[:hH時点點시.]|시간)\s?(?P<min>\d{{2}}|\d(?=[分분]))(?![\d%])[分분]?"
    r"(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?)?"
    rf"\s?(?:{_AFTER_HALF})?(?:\s?{make_alternation(_CLOCK_WORDS.marks)}(?!\w))?"
    rf"\s?\(?(?P<zone>{time_zones.ZONE})?\)?"
)
_WEEKDAY = make_alternation(WEEKDAYS)
_JOIN = (
    rf"(?:\s|[.,|·•@()（），،–—:-]|(?<!\w){make_alternation(_CLOCK_WORDS.joins)}(?!\w)\.?|(?<=\d)T|(?<!\w){_WEEKDAY}(?!\w)|"
    rf"[(（]{LETTERS}{{1,9}}[)）])"
)
TIME_OF_DAY = re.compile(_CLOCK, re.IGNORECASE)
"""A time of day."""
AFTER = re.compile(rf"{_JOIN}{{0,6}}{_CLOCK}", re.IGNORECASE)
"""A time of day after a date."""
BEFORE = re.compile(rf"{_CLOCK}(?:\s|[,|·•–—-]|\bon\b){{0,4}}(?:{LETTERS}{{2,12}}[,.]?\s*)?$", re.IGNORECASE)
"""A time of day before a date."""

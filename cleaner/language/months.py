"""Names of months and weekdays in the languages of the world."""

from __future__ import annotations

from cleaner import data
from cleaner.data.language_types import Months

_NAMES = data.load_data(Months)
MONTHS: dict[str, int] = {name: month.number for month in _NAMES.month for name in (*month.cldr, *month.extra)}
"""Case-folded name or abbreviation without full stop to month, 1 to 12."""
WEEKDAYS = {name: day.number for day in _NAMES.weekday for name in day.cldr}
"""Case-folded name or abbreviation without full stop to day of the week, 0 for Monday."""
_HEBREW_IN = "ב"
"""Prefix of months in Hebrew dates."""


def find_month(name: str) -> int:
    """The month of ``name``, 1 to 12; 0 if it is none."""
    folded = name.casefold().rstrip(".")
    first, _, second = folded.partition("/")
    forms = (folded, folded.removeprefix(_HEBREW_IN), first.strip(), second.strip())
    return next((MONTHS[form] for form in forms if form in MONTHS), 0)

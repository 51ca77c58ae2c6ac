"""The types of the data files about dates and languages; comments in the files explain their tables and keys."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from cleaner.data.file_types import DataFile, Language, Names, Table


class Month(Table, frozen=True):
    """The names of a month."""

    number: Annotated[int, msgspec.Meta(ge=1, le=12)]
    cldr: Names
    extra: Names


class Weekday(Table, frozen=True):
    """The names of a day of the week; Monday has the number 0."""

    number: Annotated[int, msgspec.Meta(ge=0, le=6)]
    cldr: Names


class Months(DataFile, frozen=True):
    """Names of months and weekdays."""

    NAME: ClassVar[str] = "months.toml"

    month: tuple[Month, ...]
    weekday: tuple[Weekday, ...]


class ClockWords(Table, frozen=True):
    """Words around a time of day."""

    before_am: Names
    before_pm: Names
    after_am: Names
    after_pm: Names
    joins: Names
    marks: Names


class NumberOrder(Table, frozen=True):
    """Countries, zones and their abbreviations by the order of day and month in numbers."""

    month_first: Names
    mixed: Names
    month_first_zones: Names
    mixed_zones: Names
    month_first_names: Names


class JalaliMonths(Table, frozen=True):
    """Months of the Iranian calendar."""

    months: Names


class Era(Table, frozen=True):
    """An era, and the year before its first."""

    name: str
    start: int


class DateWords(DataFile, frozen=True):
    """Words of dates beside the names of months."""

    NAME: ClassVar[str] = "date_words.toml"

    clock: ClockWords
    order: NumberOrder
    jalali: JalaliMonths
    era: tuple[Era, ...]


class Script(Table, frozen=True):
    """A script, as ranges of a regular expression, and the languages that use it."""

    name: Annotated[str, msgspec.Meta(pattern="^[a-z]+$")]
    ranges: Names
    languages: Names


class Alike(Table, frozen=True):
    """Pairs of languages, of which the statistics know the first."""

    pairs: Names


class Unsure(Table, frozen=True):
    """Languages that others are often taken for."""

    languages: Names


class Languages(DataFile, frozen=True):
    """Scripts and letters of languages."""

    NAME: ClassVar[str] = "languages.toml"

    script: tuple[Script, ...]
    foreign: dict[Language, str]
    alike: Alike
    unsure: Unsure

"""What documents are filtered by: flags, sites, and the bars of charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from cleaner.analysis.report.totals import (
    PeriodScale,
    RunTotals,
    choose_periods,
    count_by_period,
    list_flags,
    list_largest,
    name_share,
    read_day,
)
from cleaner.analysis.run_reader import RunDocument
from cleaner.labels import Label

UNKNOWN = "unknown"
OTHERS = "others"
_MAX_LANGUAGES = 12
"""Bars of the chart of languages at most."""


class Facet(StrEnum):
    """What a filter is about; its value is a word before the filter's value."""

    FLAG = "flag"
    SITE = "site"
    RULE = "not followed"
    KEPT = "kept"
    PUBLISHED = "published"
    LABEL = "left out"
    LANGUAGE = "language"
    CHANGE = "text"


class ChartBar(NamedTuple):
    """One bar of a chart, which filters the documents."""

    name: str
    number: int
    share: float
    """Length relative to the longest bar, 0 to 1."""
    facet: Facet


class FacetIndex:
    """Numbers of filters, which are shorter than their names, and charts whose bars are filters."""

    def __init__(self, totals: RunTotals) -> None:
        self._numbers: dict[tuple[Facet, str], int] = {}
        self._totals = totals
        self._periods: PeriodScale | None = choose_periods(totals.dates)
        languages = {name or UNKNOWN: count for name, count in totals.languages.items()}
        self._languages = list_largest(languages, _MAX_LANGUAGES)

    def number(self, facet: Facet | str, value: str) -> int:
        """Return the number of the filter by this value of a facet."""
        return self._numbers.setdefault((Facet(facet), value), len(self._numbers))

    def list_numbers(self, document: RunDocument, *, reasons: Sequence[str], change: str | None) -> list[int]:
        """Return the filters that a document passes; ``reasons`` count as flags."""
        return sorted({self.number(facet, value) for facet, value in self._find_values(document, reasons, change)})

    def _find_values(
        self, document: RunDocument, reasons: Sequence[str], change: str | None
    ) -> Iterator[tuple[Facet, str]]:
        row = document.row
        yield Facet.SITE, row.site or ""
        yield Facet.KEPT, name_share(row.kept_share)
        yield from ((Facet.FLAG, flag) for flag in (*list_flags(row), *reasons))
        yield from ((Facet.RULE, rule) for rule in row.suspect_rules)
        yield from ((Facet.LABEL, block.label) for block in document.dropped)
        shown = {name for name, _ in self._languages}
        yield Facet.LANGUAGE, row.language or UNKNOWN if (row.language or UNKNOWN) in shown else OTHERS
        if (day := read_day(row)) and self._periods:
            yield Facet.PUBLISHED, self._periods.find_name(day)
        if change:
            yield Facet.CHANGE, change

    def draw_charts(self) -> dict[str, list[ChartBar]]:
        """Return the bars of the charts of a run."""
        width = 1 / len(self._totals.shares)
        shares = [(name_share((place + 0.5) * width), count) for place, count in enumerate(self._totals.shares)]
        return {
            "shares": make_chart_bars(Facet.KEPT, shares),
            "labels": make_chart_bars(Facet.LABEL, list_largest(self._totals.whole.characters, len(Label))),
            "languages": make_chart_bars(Facet.LANGUAGE, self._languages),
            "dates": make_chart_bars(Facet.PUBLISHED, count_by_period(self._totals.dates, self._periods)),
        }


def make_chart_bars(facet: Facet, counts: Sequence[tuple[str, int]]) -> list[ChartBar]:
    """Return the bars for ``counts``, in the same order."""
    longest = max((count for _, count in counts), default=0) or 1
    return [ChartBar(name, count, count / longest, facet) for name, count in counts]

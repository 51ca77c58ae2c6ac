"""Totals of a run's documents, as a whole and by site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cleaner.analysis.run_reader import ArticleRow, RunDocument

NO_TITLE = "no_title"
"""Counted with the flags of articles, for those without a title."""
BINS = 20
"""Columns of the distribution of kept shares, five percent each."""
_MAX_BARS = 48
"""Bars of the chart of dates at most: four years of months, about as many as fit the width of a page."""
_UNITS: tuple[tuple[Callable[[date], int], Callable[[int], str]], ...] = (
    (date.toordinal, lambda number: date.fromordinal(number).isoformat()),
    (lambda day: day.year * 12 + day.month - 1, lambda number: f"{number // 12}-{number % 12 + 1:02}"),
    (lambda day: day.year, str),
)
_SHARED_RULE_PREFIXES = ("everywhere:", "networks/")
"""Prefixes of the ids of rules that belong to no site."""


@dataclass
class LabelTally:
    """Totals over documents."""

    documents: int = 0
    kept: int = 0
    """Characters."""
    dropped: int = 0
    """Characters."""
    labels: Counter[str] = field(default_factory=Counter)
    """Dropped blocks by label."""
    characters: Counter[str] = field(default_factory=Counter)
    """Dropped characters by label."""
    flags: Counter[str] = field(default_factory=Counter)
    rules: set[str] = field(default_factory=set)
    """Names of the site rule files that dropped a block."""

    @property
    def share(self) -> float:
        """Share of the characters that were kept, 0 to 1."""
        total = self.kept + self.dropped
        return self.kept / total if total else 0.0

    def add(self, document: RunDocument) -> None:
        """Count one document more."""
        self.documents += 1
        self.kept += document.kept
        self.flags.update(list_flags(document.row))
        for block in document.dropped:
            self.dropped += len(block.text)
            self.labels[block.label] += 1
            self.characters[block.label] += len(block.text)
            if block.rule and not block.rule.startswith(_SHARED_RULE_PREFIXES):
                self.rules.add(block.rule.rpartition(":")[0])


@dataclass
class RunTotals:
    """The totals in the overview of a run."""

    whole: LabelTally = field(default_factory=LabelTally)
    sites: dict[str, LabelTally] = field(default_factory=dict)
    """Totals by host; an empty name is that of documents without one."""
    shares: list[int] = field(default_factory=lambda: [0] * BINS)
    languages: Counter[str] = field(default_factory=Counter)
    dates: Counter[date] = field(default_factory=Counter)
    """Number of documents by day of publication."""

    def add(self, document: RunDocument) -> None:
        """Count one document more."""
        row = document.row
        self.whole.add(document)
        self.sites.setdefault(row.site or "", LabelTally()).add(document)
        self.shares[min(int(row.kept_share * BINS), BINS - 1)] += 1
        self.languages[row.language or ""] += 1
        if row.published:
            self.dates[date.fromisoformat(row.published[:10])] += 1


def sum_documents(documents: Iterable[RunDocument]) -> RunTotals:
    """Return the totals over ``documents``."""
    totals = RunTotals()
    for document in documents:
        totals.add(document)
    return totals


def list_flags(row: ArticleRow) -> list[str]:
    """Return the flags of an article, and :data:`NO_TITLE` if it has no title."""
    return [*row.flags, *([] if row.title else [NO_TITLE])]


class ChartBar(NamedTuple):
    """One bar of a chart."""

    name: str
    number: int
    share: float
    """Length relative to the longest bar, 0 to 1."""


def make_chart_bars(counts: Sequence[tuple[str, int]]) -> list[ChartBar]:
    """Return the bars for ``counts``, in the same order."""
    longest = max((count for _, count in counts), default=0) or 1
    return [ChartBar(name, count, count / longest) for name, count in counts]


def list_largest(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """Return the ``most`` largest counts, largest first, equal ones by name; the others are summed as ``others``."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(count for _, count in ranked[most:])
    return [*ranked[:most], *([("others", rest)] if rest else [])]


def count_by_period(days: Counter[date]) -> list[tuple[str, int]]:
    """Count the days by day, month or year, whichever is the finest that fits a chart; gaps are filled with zeros.

    Wrong dates of a few pages do not widen the chart: the earliest and the latest 2 % may be counted at its ends.
    """
    ordered = sorted(days.elements())
    if not ordered:
        return []
    cut = len(ordered) // 50
    units = [(number, name) for number, name in _UNITS if number(ordered[-1 - cut]) - number(ordered[cut]) < _MAX_BARS]
    number, name = units[0] if units else _UNITS[-1]
    last = number(ordered[-1 - cut])
    first = max(number(ordered[cut]), last - _MAX_BARS + 1)
    counts = Counter(min(max(number(day), first), last) for day in ordered)
    names = [name(place) for place in range(first, last + 1)]
    if number(ordered[0]) < first:
        names[0] = f"to {names[0]}"
    if number(ordered[-1]) > last:
        names[-1] = f"from {names[-1]}"
    return [(shown, counts[place]) for place, shown in zip(range(first, last + 1), names, strict=True)]

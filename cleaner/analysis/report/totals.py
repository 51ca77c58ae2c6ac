"""Totals of a run's documents, as a whole and by site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
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
    entries: Counter[str] = field(default_factory=Counter)
    """Dropped characters by entry of a site's rules."""
    suspects: Counter[str] = field(default_factory=Counter)
    """Documents on which an entry was not followed, by its id."""

    @property
    def share(self) -> float:
        """Share of the characters that were kept, 0 to 1."""
        total = self.kept + self.dropped
        return self.kept / total if total else 0.0

    @property
    def rules(self) -> list[str]:
        """Names of the site rule files that dropped a block, sorted."""
        return sorted({entry.rpartition(":")[0] for entry in self.entries})

    def add(self, document: RunDocument) -> None:
        """Count one document more."""
        self.documents += 1
        self.kept += document.kept
        self.flags.update(list_flags(document.row))
        self.suspects.update(document.row.suspect_rules)
        for block in document.dropped:
            self.dropped += len(block.text)
            self.labels[block.label] += 1
            self.characters[block.label] += len(block.text)
            if block.rule and not block.rule.startswith(_SHARED_RULE_PREFIXES):
                self.entries[block.rule] += len(block.text)

    def merge(self, other: LabelTally) -> None:
        """Add the totals of ``other``."""
        self.documents += other.documents
        self.kept += other.kept
        self.dropped += other.dropped
        for name in ("labels", "characters", "flags", "entries", "suspects"):
            getattr(self, name).update(getattr(other, name))


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
        tally = LabelTally()
        tally.add(document)
        self.whole.merge(tally)
        self.sites.setdefault(row.site or "", LabelTally()).merge(tally)
        self.shares[find_bin(row.kept_share)] += 1
        self.languages[row.language or ""] += 1
        if day := read_day(row):
            self.dates[day] += 1


def list_flags(row: ArticleRow) -> list[str]:
    """Return the flags of an article, and :data:`NO_TITLE` if it has no title."""
    return [*row.flags, *([] if row.title else [NO_TITLE])]


def read_day(row: ArticleRow) -> date | None:
    """Return the day of publication of an article, or None."""
    return date.fromisoformat(row.published[:10]) if row.published else None


def name_share(share: float) -> str:
    """Return the name of the range of kept shares, five percent wide, that ``share`` is in."""
    width, place = 100 // BINS, find_bin(share)
    return f"{width * place}–{width * (place + 1)} %"


def find_bin(share: float) -> int:
    """Return the column of a kept share in their distribution, from 0."""
    return min(int(share * BINS), BINS - 1)


def list_largest(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """Return the ``most`` largest counts, largest first, equal ones by name; the others are summed as ``others``."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(count for _, count in ranked[most:])
    return [*ranked[:most], *([("others", rest)] if rest else [])]


class PeriodScale(NamedTuple):
    """Consecutive days, months or years, whichever are the finest that fit a chart."""

    number: Callable[[date], int]
    first: int
    names: tuple[str, ...]

    def find_name(self, day: date) -> str:
        """Return the name of the period of ``day``, or that at the end beyond which it is."""
        return self.names[min(max(self.number(day) - self.first, 0), len(self.names) - 1)]


def choose_periods(days: Counter[date]) -> PeriodScale | None:
    """Choose the periods that show ``days``; None if there are none.

    Wrong dates of a few pages do not widen the chart: the earliest and the latest 2 % may be counted at its ends.
    """
    ordered = sorted(days.elements())
    if not ordered:
        return None
    cut = len(ordered) // 50
    units = [(number, name) for number, name in _UNITS if number(ordered[-1 - cut]) - number(ordered[cut]) < _MAX_BARS]
    number, name = units[0] if units else _UNITS[-1]
    last = number(ordered[-1 - cut])
    first = max(number(ordered[cut]), last - _MAX_BARS + 1)
    names = [name(place) for place in range(first, last + 1)]
    if number(ordered[0]) < first:
        names[0] = f"to {names[0]}"
    if number(ordered[-1]) > last:
        names[-1] = f"from {names[-1]}"
    return PeriodScale(number, first, tuple(names))


def count_by_period(days: Counter[date], scale: PeriodScale | None) -> list[tuple[str, int]]:
    """Count the days by the periods of ``scale``; gaps are filled with zeros."""
    if scale is None:
        return []
    counts: Counter[str] = Counter()
    for day, count in days.items():
        counts[scale.find_name(day)] += count
    return [(name, counts[name]) for name in scale.names]

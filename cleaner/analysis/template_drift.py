"""Finding sites whose results changed in a newer run by more than different news explains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.analysis.rank_test import RankShift, compare_ranks, find_discovery_limit
from cleaner.analysis.run_statistics import RunStatistics, SiteStatistics

MIN_DOCUMENTS = 8
"""Least number of documents of a site in each run: with fewer, the rank test is not reliable."""
MAX_FALSE_DISCOVERY_RATE = 0.01
"""Largest expected share of chance findings; chosen, not measured."""
MIN_EFFECT = 0.3
"""Smallest effect that is reported: in a large run even irrelevant differences are beyond chance. Not measured."""
MIN_SHARE_CHANGE = 3.0
"""Smallest change of the mean kept share that is reported, in percentage points, likewise."""
_MAX_EXAMPLES = 3


class SiteDrift(NamedTuple):
    """A measure of a site that changed."""

    site: str
    measure: str
    rule: str | None
    """The entry, if the measure is the number of its matches."""
    old: float
    """Mean over the site's documents in the older run."""
    new: float
    shift: RankShift
    examples: tuple[str, ...]
    """Ids of documents of the newer run that show the change."""
    lines: tuple[str, ...]
    """Kept lines that recur only in the newer run, for the measure ``recurring lines``."""


class DriftReport(NamedTuple):
    """The changes found, strongest first, and how many sites were compared."""

    found: list[SiteDrift]
    compared: int
    """Sites with enough documents in both runs."""
    skipped: int
    """Sites with too few documents in one of them."""


def find_drift(old: RunStatistics, new: RunStatistics) -> DriftReport:
    """Find the sites whose measures changed by more than chance from ``old`` to ``new``.

    Each measure of each site is a separate test; all tests together are limited to :data:`MAX_FALSE_DISCOVERY_RATE`.
    """
    both = [name for name in old.sites if name in new.sites]
    compared = [name for name in both if min(old.sites[name].documents, new.sites[name].documents) >= MIN_DOCUMENTS]
    tested = [moved for name in compared for moved in _test_site(name, old.sites[name], new.sites[name])]
    limit = find_discovery_limit([moved.shift.p for moved in tested], MAX_FALSE_DISCOVERY_RATE)
    found = [moved for moved in tested if moved.shift.p <= limit and _is_material(moved)]
    found.sort(key=lambda moved: (-abs(moved.shift.effect), moved.shift.p, moved.site, moved.measure))
    return DriftReport(found, len(compared), len(both) - len(compared))


def _test_site(name: str, old: SiteStatistics, new: SiteStatistics) -> Iterator[SiteDrift]:
    for measure in sorted({*old.measures, *new.measures}):
        before, after = old.values(measure), new.values(measure)
        moved = compare_ranks(before, after)
        if moved is None:
            continue
        held = new.measures.get(measure) or old.measures[measure]
        rule = held.rule
        lines = (
            tuple(line for line in new.recurring if line not in old.recurring) if measure == "recurring lines" else ()
        )
        yield SiteDrift(
            name,
            measure,
            rule,
            _mean_of(before),
            _mean_of(after),
            moved,
            _example_documents(new, measure, moved.effect),
            lines,
        )


def _is_material(moved: SiteDrift) -> bool:
    if moved.measure == "kept share" and abs(moved.new - moved.old) < MIN_SHARE_CHANGE:
        return False
    return abs(moved.shift.effect) >= MIN_EFFECT


def _mean_of(values: dict[int, int]) -> float:
    return sum(value * count for value, count in values.items()) / sum(values.values())


def _example_documents(new: SiteStatistics, measure: str, effect: float) -> tuple[str, ...]:
    """Return documents at that end of the scale to which the measure moved."""
    held = new.measures[measure].examples if measure in new.measures else {}
    return tuple(sorted(new.ids, key=lambda document: held.get(document, 0), reverse=effect > 0)[:_MAX_EXAMPLES])

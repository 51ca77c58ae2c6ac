"""Which sites came out differently in a newer run, beyond what other news explain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.analysis.rank_test import RankShift, compare_ranks, find_discovery_limit
from cleaner.analysis.run_statistics import RunStatistics, SiteStatistics

MIN_DOCUMENTS = 8
"""Documents that a site needs in each run: under that the test of ranks is not to be trusted."""
MAX_FALSE_DISCOVERY_RATE = 0.01
"""Share of chance among what is named, at most."""
MIN_EFFECT = 0.3
"""Smallest effect that is named. In a large run the smallest difference is beyond chance, and nobody minds it."""
MIN_SHARE_CHANGE = 3.0
"""Percentage points by which the mean kept share has to move, likewise."""


_MAX_EXAMPLES = 3


class SiteDrift(NamedTuple):
    """A number of a site that moved."""

    site: str
    measure: str
    rule: str | None
    """The entry whose hits moved, where it is one."""
    old: float
    """Mean over the site's documents in the older run."""
    new: float
    shift: RankShift
    examples: tuple[str, ...]
    """Ids of documents of the newer run that came out in the new way."""
    lines: tuple[str, ...]
    """Kept lines that recur now and did not, for the measure that counts these."""


class DriftReport(NamedTuple):
    """What was found, the strongest first, and how much was looked at."""

    found: list[SiteDrift]
    compared: int
    """Sites with enough documents in both runs."""
    passed_over: int
    """Sites with too few in one of them."""


def find_drift(old: RunStatistics, new: RunStatistics) -> DriftReport:
    """The sites whose figures moved beyond chance from ``old`` to ``new``.

    Each figure of each site is a test of its own; together they are held to :data:`MAX_FALSE_DISCOVERY_RATE`, however many sites there are.
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
    """Documents at that end of the scale to which the site moved."""
    held = new.measures[measure].examples if measure in new.measures else {}
    return tuple(sorted(new.ids, key=lambda document: held.get(document, 0), reverse=effect > 0)[:_MAX_EXAMPLES])

"""What is suspect in a run: rules that were not followed, and sites whose figures call for a look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cleaner.analysis.report.facets import Facet
from cleaner.analysis.report.totals import NO_TITLE, LabelTally
from cleaner.flags import Flag

MIN_SHARE = 0.05
"""Least share kept of a site without a warning: a twentieth of the sites of a mixed sample of pages is below it."""
MIN_CHANGE = 0.1
"""Least change of a site's share kept since the older run that is a warning. Chosen, not measured."""
_MIN_DOCUMENTS = 3
_MIN_FLAGGED = 0.5
"""Documents, and share of them with a flag, from which a flag is a warning about their site. Chosen, not measured."""
_MAIN_ENTRY = 0.5
"""Share of a site's dropped characters from which one entry is named with the share kept; half, so that it is one only."""
_WARNING_FLAGS = (Flag.NOT_AN_ARTICLE, Flag.TRUNCATED, Flag.LOW_CONFIDENCE, Flag.FROM_SCRIPT, NO_TITLE)


class SiteWarning(NamedTuple):
    """One reason to look at a site."""

    site: str
    what: str
    """What is suspect, in a few words."""
    rule: str | None
    """The entry that it is about."""
    documents: int
    """Documents that it is about."""
    of: int
    """All documents of the site."""
    facet: Facet
    value: str
    """The filter for these documents, besides that by their site."""


def list_warnings(sites: Mapping[str, LabelTally], older: Mapping[str, LabelTally] | None) -> list[SiteWarning]:
    """Return the warnings about all sites: those about rules first.

    The order within is by documents, then by what was dropped on the site, most first.
    """
    warnings = [
        warning for name, tally in sites.items() for warning in _check_site(name, tally, (older or {}).get(name))
    ]

    def rank(one: SiteWarning) -> tuple[bool, int, int, str, str]:
        return one.facet is not Facet.RULE, -one.documents, -sites[one.site].dropped, one.site, one.what

    return sorted(warnings, key=rank)


def group_by_site(warnings: Iterable[SiteWarning]) -> dict[str, list[SiteWarning]]:
    """Return the warnings of each site."""
    grouped: dict[str, list[SiteWarning]] = {}
    for warning in warnings:
        grouped.setdefault(warning.site, []).append(warning)
    return grouped


def _check_site(name: str, tally: LabelTally, older: LabelTally | None) -> Iterator[SiteWarning]:
    whole = tally.documents
    for rule, documents in tally.suspects.most_common():
        yield SiteWarning(name, "not followed", rule, documents, whole, Facet.RULE, rule)
    if tally.share < MIN_SHARE:
        yield SiteWarning(name, f"kept {tally.share:.0%}", _find_main_entry(tally), whole, whole, Facet.SITE, name)
    if older is not None and abs(tally.share - older.share) >= MIN_CHANGE:
        what = f"kept {older.share:.0%} before, {tally.share:.0%} now"
        yield SiteWarning(name, what, _find_main_entry(tally), whole, whole, Facet.SITE, name)
    for flag in _WARNING_FLAGS:
        flagged = tally.flags[flag]
        if whole >= _MIN_DOCUMENTS and flagged >= _MIN_FLAGGED * whole:
            yield SiteWarning(name, str(flag), None, flagged, whole, Facet.FLAG, flag)


def _find_main_entry(tally: LabelTally) -> str | None:
    """Return the entry of a rule that dropped most of what was dropped on a site, if one did."""
    rule, characters = next(iter(tally.entries.most_common(1)), (None, 0))
    return rule if characters >= _MAIN_ENTRY * max(tally.dropped, 1) else None

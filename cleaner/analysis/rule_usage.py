"""How the rules did in a run: which entries fired, which never did, and which sites want a rule of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.analysis.run_statistics import RunStatistics, SiteMeasure, SiteStatistics
from cleaner.flags import Flag
from cleaner.rulebook import Drop, Rulebook, SiteRules

_ENTRY_PREFIX = "entry "


class EntryUse(NamedTuple):
    """How often an entry had the say in a run."""

    rule: str
    why: str
    documents: int
    """On which it fired."""
    of: int
    """Documents of the sites on which it fired; of its own site's, for an entry that never did."""
    blocks: int


class UnruledSite(NamedTuple):
    """A site that has no rule file."""

    site: str
    documents: int
    leftover: int
    """Characters a document that recur on the site and that a rule might take over."""
    unsure: float
    """Share of its documents that were flagged ``low_confidence``, 0 to 1."""
    line: str | None
    """The line that recurs most among the kept ones."""


class RuleUsage(NamedTuple):
    """What a run tells about rules."""

    used: list[EntryUse]
    """Entries that fired, the most frequent first."""
    never: list[EntryUse]
    """Drop entries of sites that have documents in the run, and that fired on none of them."""
    unruled: list[UnruledSite]
    """Where a rule would help most comes first: by characters that it might take over in all documents."""


def measure_rule_usage(figures: RunStatistics, book: Rulebook) -> RuleUsage:
    """What the ``figures`` of a run tell about the rules of ``book``.

    Keep entries leave no trace in a run's files, so nothing is said of them.
    """
    used = _list_used_entries(figures)
    ruled = {name: rules for name in figures.sites if (rules := book.lookup(f"https://{name}/", None)).name}
    fired = {use.rule for use in used}
    never = [use for name, rules in ruled.items() for use in _list_unused_entries(rules, figures.sites[name], fired)]
    unruled = [_describe_unruled_site(name, site) for name, site in figures.sites.items() if name not in ruled]
    return RuleUsage(
        used=sorted(used, key=lambda use: (-use.documents, use.rule)),
        never=sorted(set(never), key=lambda use: use.rule),
        unruled=sorted(unruled, key=lambda one: (-one.leftover * one.documents, -one.unsure * one.documents, one.site)),
    )


def _list_used_entries(figures: RunStatistics) -> list[EntryUse]:
    found: dict[str, list[tuple[SiteStatistics, SiteMeasure]]] = {}
    for site in figures.sites.values():
        for name, measure in site.measures.items():
            if name.startswith(_ENTRY_PREFIX):
                found.setdefault(name, []).append((site, measure))
    return [_sum_entry_use(name, measured) for name, measured in found.items()]


def _sum_entry_use(name: str, measured: list[tuple[SiteStatistics, SiteMeasure]]) -> EntryUse:
    values = [measure.values for _, measure in measured]
    return EntryUse(
        rule=measured[-1][1].rule or "",
        why=name.partition(": ")[2],
        documents=sum(sum(counts.values()) for counts in values),
        of=sum(site.documents for site, _ in measured),
        blocks=sum(blocks * count for counts in values for blocks, count in counts.items()),
    )


def _list_unused_entries(rules: SiteRules, site: SiteStatistics, fired: set[str]) -> Iterator[EntryUse]:
    for rule in rules.rules:
        if isinstance(rule.entry, Drop) and rule.id not in fired:
            yield EntryUse(rule.id, rule.entry.why, 0, site.documents, 0)


def _describe_unruled_site(name: str, site: SiteStatistics) -> UnruledSite:
    flagged = site.values(f"flag {Flag.LOW_CONFIDENCE}").get(1, 0)
    return UnruledSite(name, site.documents, site.leftover, flagged / site.documents, next(iter(site.recurring), None))

"""The use of rules in a run: entries that fired, entries that never did, and sites that would gain from rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.analysis.run_statistics import SUSPECT, RunStatistics, SiteMeasure, SiteStatistics
from cleaner.flags import Flag
from cleaner.rulebook import Drop, Rulebook, SiteRules

_ENTRY_PREFIX = "entry "
_MAX_EXAMPLES = 3


class EntryUse(NamedTuple):
    """How often an entry dropped blocks in a run."""

    rule: str
    why: str
    documents: int
    """Documents on which it fired."""
    site_documents: int
    """Documents of the sites on which it fired; of its own site for an entry that never fired."""
    blocks: int


class SuspectEntry(NamedTuple):
    """An entry or ``[body]`` selector that was not followed on some documents of a site."""

    rule: str
    documents: int
    site_documents: int
    examples: tuple[str, ...]
    """Ids of documents on which it was not followed."""


class SiteWithoutRules(NamedTuple):
    """A site that has no rule file."""

    site: str
    documents: int
    leftover: int
    """Characters per document that recur on the site and that a rule could drop."""
    low_confidence_share: float
    """Share of its documents with the flag ``low_confidence``, 0 to 1."""
    line: str | None
    """The kept line that recurs most."""


class RuleUsage(NamedTuple):
    """The use of rules in a run."""

    used: list[EntryUse]
    """Entries that fired, most documents first."""
    unused: list[EntryUse]
    """Drop entries of sites with documents in the run that fired on none of them."""
    suspects: list[SuspectEntry]
    """Entries that would have lost what is surely text, most documents first."""
    without_rules: list[SiteWithoutRules]
    """Ordered by the characters that rules could drop in all their documents, most first."""


def measure_rule_usage(figures: RunStatistics, book: Rulebook) -> RuleUsage:
    """Measure the use of the rules of ``book`` from the ``figures`` of a run.

    Keep entries leave no trace in a run's files, so they are not measured.
    """
    used = _list_used_entries(figures)
    ruled = {name: rules for name in figures.sites if (rules := book.lookup(f"https://{name}/", None)).name}
    fired = {use.rule for use in used}
    unused = [use for name, rules in ruled.items() for use in _list_unused_entries(rules, figures.sites[name], fired)]
    without_rules = [
        _measure_site_without_rules(name, site) for name, site in figures.sites.items() if name not in ruled
    ]
    return RuleUsage(
        used=sorted(used, key=lambda use: (-use.documents, use.rule)),
        unused=sorted(set(unused), key=lambda use: use.rule),
        suspects=sorted(_list_suspects(figures), key=lambda one: (-one.documents, one.rule)),
        without_rules=sorted(
            without_rules,
            key=lambda one: (-one.leftover * one.documents, -one.low_confidence_share * one.documents, one.site),
        ),
    )


def _list_used_entries(figures: RunStatistics) -> list[EntryUse]:
    found: dict[str, list[tuple[SiteStatistics, SiteMeasure]]] = {}
    for site in figures.sites.values():
        for name, measure in site.measures.items():
            if name.startswith(_ENTRY_PREFIX):
                found.setdefault(name, []).append((site, measure))
    return [_sum_entry_use(name, measured) for name, measured in found.items()]


def _list_suspects(figures: RunStatistics) -> Iterator[SuspectEntry]:
    for site in figures.sites.values():
        for name, measure in site.measures.items():
            if name.startswith(SUSPECT):
                yield SuspectEntry(
                    name.removeprefix(SUSPECT),
                    sum(measure.values.values()),
                    site.documents,
                    tuple(list(measure.examples)[:_MAX_EXAMPLES]),
                )


def _sum_entry_use(name: str, measured: list[tuple[SiteStatistics, SiteMeasure]]) -> EntryUse:
    values = [measure.values for _, measure in measured]
    return EntryUse(
        rule=measured[-1][1].rule or "",
        why=name.partition(": ")[2],
        documents=sum(sum(counts.values()) for counts in values),
        site_documents=sum(site.documents for site, _ in measured),
        blocks=sum(blocks * count for counts in values for blocks, count in counts.items()),
    )


def _list_unused_entries(rules: SiteRules, site: SiteStatistics, fired: set[str]) -> Iterator[EntryUse]:
    for rule in rules.rules:
        if isinstance(rule.entry, Drop) and rule.id not in fired:
            yield EntryUse(rule.id, rule.entry.why, 0, site.documents, 0)


def _measure_site_without_rules(name: str, site: SiteStatistics) -> SiteWithoutRules:
    flagged = site.values(f"flag {Flag.LOW_CONFIDENCE}").get(1, 0)
    return SiteWithoutRules(
        name, site.documents, site.leftover, flagged / site.documents, next(iter(site.recurring), None)
    )

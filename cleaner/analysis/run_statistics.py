"""Statistics of a run by site: the numbers by which two runs over different pages are compared.

The limits of this module were chosen by reading pages; not measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from cleaner import fields
from cleaner.fields import Use
from cleaner.labels import Label

FIELDS = fields.names(Use.FIGURES)
"""Metadata whose coverage is measured."""
_MAX_IDS = 50
"""Documents of a site that are stored by id, as examples for measures that change."""
_MAX_SAMPLED_DOCUMENTS = 200
"""Documents of a site whose lines are compared: enough to find recurring lines, and a bound on memory."""
_MIN_RECURRING = 3
"""Least number of documents with a line, and at least half of the site's, for it to be recurring."""
SUSPECT = "not followed "
"""The start of the name of a measure: an entry that was not followed on a document, with its id."""
_OUTSIDE_BODY = "not in its [body], or unlikely to be text there"
_MAX_SHOWN_CHARS = 120
"""Characters of a recurring line that are stored."""


class StatisticsDropped(NamedTuple):
    """A dropped block."""

    label: Label
    judge: str
    rule: str | None
    why: str
    size: int
    """Characters."""


class StatisticsDocument(NamedTuple):
    """The fields of a cleaned document that are measured."""

    id: str
    site: str | None
    text: str
    kept_share: float
    flags: Sequence[str]
    suspect_rules: Sequence[str]
    filled_fields: frozenset[str]
    """Those of :data:`FIELDS` that have a value."""
    dropped: Sequence[StatisticsDropped]


class SiteMeasure(msgspec.Struct):
    """One number for each document of a site. Documents with the value 0 are not included."""

    values: dict[int, int] = {}
    """Number of documents by value."""
    examples: dict[str, int] = {}
    """The values of the site's first documents, by id."""
    rule: str | None = None
    """The id of the entry, if the measure counts the blocks that an entry dropped."""

    def add(self, value: int, document: str, ids: Sequence[str]) -> None:
        """Count one more document; it is an example if it is in ``ids``."""
        self.values[value] = self.values.get(value, 0) + 1
        if document in ids:
            self.examples[document] = value


class SiteStatistics(msgspec.Struct):
    """The statistics of a site in a run."""

    documents: int = 0
    ids: list[str] = []
    """Ids of its first documents."""
    measures: dict[str, SiteMeasure] = {}
    """By name, such as ``kept share`` (in percent), ``title`` (1 if there is one), ``label related`` (blocks)."""
    recurring: dict[str, int] = {}
    """Recurring kept lines, most frequent first, with their number of documents among the first 200."""
    leftover: int = 0
    """Characters per document, on average, that a rule could drop: recurring kept lines, and lines that were dropped
    only because they recur."""

    def values(self, measure: str) -> dict[int, int]:
        """Return the number of documents by value of ``measure``, 0 included."""
        found = self.measures[measure].values if measure in self.measures else {}
        return {**found, 0: found.get(0, 0) + self.documents - sum(found.values())}


class RunStatistics(msgspec.Struct):
    """The statistics of a run."""

    sites: dict[str, SiteStatistics] = {}
    unknown: int = 0
    """Documents whose site is unknown."""


def collect_statistics(documents: Iterable[StatisticsDocument]) -> RunStatistics:
    """Collect the statistics of a run in one pass; memory grows with the number of sites, not of documents."""
    figures = RunStatistics()
    lines: dict[str, _LineSample] = {}
    for document in documents:
        if document.site is None:
            figures.unknown += 1
            continue
        site = figures.sites.setdefault(document.site, SiteStatistics())
        site.documents += 1
        if len(site.ids) < _MAX_IDS:
            site.ids.append(document.id)
        for name, value, rule in _measure_document(document):
            measure = site.measures.setdefault(name, SiteMeasure())
            measure.rule = rule or measure.rule
            measure.add(value, document.id, site.ids[-1:])
        lines.setdefault(document.site, _LineSample()).add(document)
    for name, site in figures.sites.items():
        lines[name].close(site)
    return figures


def _measure_document(document: StatisticsDocument) -> Iterator[tuple[str, int, str | None]]:
    """Yield each measure of a document that is not 0: its name, its value, and the id of its entry."""
    yield "kept share", round(document.kept_share * 100), None
    for field in document.filled_fields:
        yield field, 1, None
    for flag in document.flags:
        yield f"flag {flag}", 1, None
    for label, count in Counter(dropped.label for dropped in document.dropped).items():
        yield f"label {label.value}", count, None
    # By its reason: the number in a rule's id changes when an entry is inserted above it.
    entries: dict[tuple[str, str], list[str]] = {}
    for dropped in document.dropped:
        if dropped.rule:
            file, _, entry = dropped.rule.partition(":")
            why = _OUTSIDE_BODY if entry.startswith("body") else dropped.why
            entries.setdefault((file, why), []).append(dropped.rule)
    for (file, why), hits in entries.items():
        yield f"entry {file}: {why}", len(hits), hits[-1]
    for rule in document.suspect_rules:
        yield f"{SUSPECT}{rule}", 1, rule


class _LineSample:
    """The kept lines of a site's first documents."""

    def __init__(self) -> None:
        self._documents: list[tuple[str, frozenset[bytes]]] = []
        self._counts: Counter[bytes] = Counter()
        self._texts: dict[bytes, str] = {}
        self._by_recurring = 0  # characters

    def add(self, document: StatisticsDocument) -> None:
        if len(self._documents) >= _MAX_SAMPLED_DOCUMENTS:
            return
        found = {blake2b(line.encode(), digest_size=8).digest(): line for line in document.text.split("\n") if line}
        self._counts.update(found.keys())
        self._texts.update({key: line for key, line in found.items() if self._counts[key] == _MIN_RECURRING})
        self._documents.append((document.id, frozenset(found)))
        self._by_recurring += sum(dropped.size for dropped in document.dropped if dropped.judge == "repeats")

    def close(self, site: SiteStatistics) -> None:
        """Store the recurring lines in ``site``."""
        fewest = max(_MIN_RECURRING, len(self._documents) / 2)
        recurring = {key: count for key, count in self._counts.most_common() if count >= fewest}
        measure = site.measures.setdefault("recurring lines", SiteMeasure())
        for document, lines in self._documents:
            if held := len(lines & recurring.keys()):
                measure.add(held, document, site.ids)
        site.recurring = {self._texts[key][:_MAX_SHOWN_CHARS]: count for key, count in recurring.items()}
        kept = sum(len(self._texts[key]) * count for key, count in recurring.items())
        site.leftover = round((kept + self._by_recurring) / len(self._documents))

"""What a run amounts to, site by site: the numbers by which two runs are compared, without their pages."""

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
"""Metadata whose coverage is watched."""
_MAX_IDS = 50
"""Documents of a site that are remembered by id, to have examples of whatever moves."""
_MAX_SAMPLED_DOCUMENTS = 200
"""Documents of a site whose lines are compared with one another: enough to see what recurs, at any size of a run."""
_MIN_RECURRING = 3
"""Documents on which a line has to stand, and at least half of the site's, to be one that recurs."""
_MAX_SHOWN_CHARS = 120
"""Characters of a line that are shown."""


class StatisticsDropped(NamedTuple):
    """A block left out."""

    label: Label
    judge: str
    rule: str | None
    why: str
    size: int
    """Characters."""


class StatisticsDocument(NamedTuple):
    """What is looked at of a cleaned document."""

    id: str
    site: str | None
    text: str
    kept_share: float
    flags: Sequence[str]
    given: frozenset[str]
    """The fields of its metadata that it has, of :data:`FIELDS`."""
    dropped: Sequence[StatisticsDropped]


class SiteMeasure(msgspec.Struct):
    """One number of each document of a site. Documents where it is 0 are not listed."""

    values: dict[int, int] = {}
    """How many documents have each value."""
    examples: dict[str, int] = {}
    """The values of those among the site's first documents, by id."""
    rule: str | None = None
    """The id of the entry, where the measure counts what one dropped."""

    def add(self, value: int, document: str, ids: Sequence[str]) -> None:
        """Count one more document; it is an example if it is among ``ids``."""
        self.values[value] = self.values.get(value, 0) + 1
        if document in ids:
            self.examples[document] = value


class SiteStatistics(msgspec.Struct):
    """A site's documents in a run, in numbers."""

    documents: int = 0
    ids: list[str] = []
    """Those of its first documents."""
    measures: dict[str, SiteMeasure] = {}
    """By name, as ``kept share`` (in percent), ``title`` (1 if there is one), ``label related`` (blocks)."""
    recurring: dict[str, int] = {}
    """Kept lines that recur, the most frequent first, with the number of documents among the first 200."""
    leftover: int = 0
    """Characters a document, on average, that a rule might take over: kept lines that recur, and lines that nothing
    but their recurring gave away."""

    def values(self, measure: str) -> dict[int, int]:
        """How many documents have each value of ``measure``, 0 included."""
        found = self.measures[measure].values if measure in self.measures else {}
        return {**found, 0: found.get(0, 0) + self.documents - sum(found.values())}


class RunStatistics(msgspec.Struct):
    """A run in numbers."""

    sites: dict[str, SiteStatistics] = {}
    unknown: int = 0
    """Documents of which nobody knows the site."""


def collect_statistics(documents: Iterable[StatisticsDocument]) -> RunStatistics:
    """The figures of a run, read once; what is kept in memory grows with its sites, not with its documents."""
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
    """Each measure of a document that is not 0: its name, its value, and the entry it belongs to."""
    yield "kept share", round(document.kept_share * 100), None
    for field in document.given:
        yield field, 1, None
    for flag in document.flags:
        yield f"flag {flag}", 1, None
    for label, count in Counter(dropped.label for dropped in document.dropped).items():
        yield f"label {label.value}", count, None
    # By its reason: the number in a rule's id changes when an entry is put in above it.
    entries: dict[tuple[str, str], list[str]] = {}
    for dropped in document.dropped:
        if dropped.rule:
            entries.setdefault((dropped.rule.partition(":")[0], dropped.why), []).append(dropped.rule)
    for (file, why), hits in entries.items():
        yield f"entry {file}: {why}", len(hits), hits[-1]


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
        """Write down what recurs."""
        fewest = max(_MIN_RECURRING, len(self._documents) / 2)
        recurring = {key: count for key, count in self._counts.most_common() if count >= fewest}
        measure = site.measures.setdefault("recurring lines", SiteMeasure())
        for document, lines in self._documents:
            if held := len(lines & recurring.keys()):
                measure.add(held, document, site.ids)
        site.recurring = {self._texts[key][:_MAX_SHOWN_CHARS]: count for key, count in recurring.items()}
        kept = sum(len(self._texts[key]) * count for key, count in recurring.items())
        site.leftover = round((kept + self._by_recurring) / len(self._documents))

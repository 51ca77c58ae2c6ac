"""Comparing a run with an older one over the same pages, for the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from hashlib import blake2b
from typing import NamedTuple

from cleaner.analysis.report.totals import LabelTally, RunTotals
from cleaner.analysis.run_reader import RunDocument
from cleaner.labels import Label


class DocumentDigest(NamedTuple):
    """A digest of a document's text, to see whether it changed."""

    digest: bytes
    kept: int


class DocumentChange(NamedTuple):
    """The number of a label's blocks in both runs."""

    name: str
    old: int
    new: int


class SiteChange(NamedTuple):
    """The changes at a site that has documents in one run or in both."""

    name: str
    old: LabelTally
    new: LabelTally
    changed: int
    """Documents in both runs whose text differs."""


class RunChanges(NamedTuple):
    """The differences between two runs."""

    same: int
    changed: int
    added: int
    gone: int
    old: LabelTally
    labels: list[DocumentChange]
    """Labels with any difference, the most changed first."""
    sites: list[SiteChange]
    """Sites with any difference, the most changed first."""


class DigestStore:
    """The totals and digests of an older run."""

    def __init__(self, documents: Iterable[RunDocument]) -> None:
        self.totals = RunTotals()
        self._digests: dict[str, DocumentDigest] = {}
        for document in documents:
            self.totals.add(document)
            self._digests[document.row.id] = _digest_document(document)

    def __len__(self) -> int:
        return len(self._digests)

    def measure_growth(self, document: RunDocument) -> int | None:
        """Return by how many characters a text grew or shrank, at least 1 if it differs; None if it is new."""
        before = self._digests.get(document.row.id)
        if before is None:
            return None
        now = _digest_document(document)
        return 0 if now == before else max(abs(now.kept - before.kept), 1)


def compare_runs(
    old_digests: DigestStore, totals: RunTotals, growths: Collection[tuple[str, int | None]]
) -> RunChanges:
    """Return the changes from ``old_digests`` to ``totals``; ``growths`` has the site and growth of each document."""
    counts = Counter("added" if growth is None else "changed" if growth else "same" for _, growth in growths)
    by_site = Counter(site for site, growth in growths if growth)
    old, new = old_digests.totals, totals
    sites = [
        SiteChange(name, old.sites.get(name, LabelTally()), new.sites.get(name, LabelTally()), by_site[name])
        for name in sorted({*old.sites, *new.sites})
    ]
    differing = [
        site
        for site in sites
        if site.changed or _count_documents_and_labels(site.old) != _count_documents_and_labels(site.new)
    ]
    labels = [
        DocumentChange(label, old.whole.labels[label], new.whole.labels[label])
        for label in Label
        if old.whole.labels[label] != new.whole.labels[label]
    ]
    return RunChanges(
        same=counts["same"],
        changed=counts["changed"],
        added=counts["added"],
        gone=len(old_digests) - counts["same"] - counts["changed"],
        old=old.whole,
        labels=sorted(labels, key=lambda change: -abs(change.new - change.old)),
        sites=sorted(differing, key=lambda site: -site.changed),
    )


def _count_documents_and_labels(tally: LabelTally) -> tuple[int, Counter[str]]:
    return tally.documents, tally.labels


def _digest_document(document: RunDocument) -> DocumentDigest:
    return DocumentDigest(blake2b(document.row.text.encode(), digest_size=12).digest(), document.kept)

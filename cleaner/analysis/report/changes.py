"""Comparing a run with an older one over the same pages, for the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from cleaner.analysis.report.totals import LabelTally, RunTotals
from cleaner.analysis.run_reader import RunDocument
from cleaner.labels import Label


class TextChange(NamedTuple):
    """By how many characters of whole lines a text differs from the older run."""

    gained: int
    lost: int

    @property
    def size(self) -> int:
        """Characters gained and lost, at least 1: in a changed text lines may just have moved."""
        return max(self.gained + self.lost, 1)


class LabelChange(NamedTuple):
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
    gained: int
    """Characters, in these documents."""
    lost: int


class RunChanges(NamedTuple):
    """The differences between two runs."""

    same: int
    changed: int
    added: int
    gone: int
    gained: int
    """Characters, in the documents that changed."""
    lost: int
    old: LabelTally
    labels: list[LabelChange]
    """Labels with any difference, the most changed first."""
    sites: list[SiteChange]
    """Sites with any difference, the most characters lost or gained first."""


class OlderRun:
    """The totals of an older run, and the lines of its texts as short digests, to measure changes."""

    def __init__(self, documents: Iterable[RunDocument]) -> None:
        self.totals = RunTotals()
        self._lines: dict[str, bytes] = {}
        for document in documents:
            self.totals.add(document)
            self._lines[document.row.id] = b"".join(map(_digest_line, document.row.text.split("\n")))

    def __len__(self) -> int:
        return len(self._lines)

    def has(self, document: str) -> bool:
        """Whether the older run has the document."""
        return document in self._lines

    def measure_change(self, document: RunDocument) -> TextChange | None:
        """Return the change of a document's text; None if it is as it was, or new."""
        before = self._lines.get(document.row.id)
        if before is None:
            return None
        lines = document.row.text.split("\n")
        digests = [_digest_line(line) for line in lines]
        if b"".join(digests) == before:
            return None
        was = Counter(before[at : at + _DIGEST_BYTES] for at in range(0, len(before), _DIGEST_BYTES))
        gained = 0
        for line, digest in zip(lines, digests, strict=True):
            if was[digest] > 0:
                was[digest] -= 1
            else:
                gained += len(line)
        return TextChange(gained, sum(_read_length(digest) * count for digest, count in was.items() if count > 0))


def compare_runs(
    older: OlderRun, totals: RunTotals, sites: Sequence[str], changes: Mapping[int, TextChange | None]
) -> RunChanges:
    """Return the changes from ``older`` to ``totals``.

    ``sites`` are the hosts of the documents, and ``changes`` the change of each that is in both runs, by position.
    """
    changed = {number: change for number, change in changes.items() if change}
    rows = _compare_sites(older.totals, totals, sites, changed)
    labels = [
        LabelChange(label, older.totals.whole.labels[label], totals.whole.labels[label])
        for label in Label
        if older.totals.whole.labels[label] != totals.whole.labels[label]
    ]
    return RunChanges(
        same=len(changes) - len(changed),
        changed=len(changed),
        added=len(sites) - len(changes),
        gone=len(older) - len(changes),
        gained=sum(change.gained for change in changed.values()),
        lost=sum(change.lost for change in changed.values()),
        old=older.totals.whole,
        labels=sorted(labels, key=lambda change: -abs(change.new - change.old)),
        sites=sorted(rows, key=lambda site: (-site.gained - site.lost, -site.changed, site.name)),
    )


def _compare_sites(
    old: RunTotals, new: RunTotals, sites: Sequence[str], changed: Mapping[int, TextChange]
) -> list[SiteChange]:
    counts = Counter(sites[number] for number in changed)
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for number, change in changed.items():
        gained[sites[number]] += change.gained
        lost[sites[number]] += change.lost
    rows = [
        SiteChange(
            name,
            old.sites.get(name, LabelTally()),
            new.sites.get(name, LabelTally()),
            counts[name],
            gained[name],
            lost[name],
        )
        for name in {**old.sites, **new.sites}
    ]
    return [
        row
        for row in rows
        if row.changed or _count_documents_and_labels(row.old) != _count_documents_and_labels(row.new)
    ]


def _count_documents_and_labels(tally: LabelTally) -> tuple[int, Counter[str]]:
    return tally.documents, tally.labels


_LENGTH_BYTES = 3
_DIGEST_BYTES = 8 + _LENGTH_BYTES


def _digest_line(line: str) -> bytes:
    """Return a digest of a line that begins with its length, so that the length of a line that is gone is known."""
    length = min(len(line), (1 << 8 * _LENGTH_BYTES) - 1)
    return length.to_bytes(_LENGTH_BYTES) + blake2b(line.encode(), digest_size=8).digest()


def _read_length(digest: bytes) -> int:
    return int.from_bytes(digest[:_LENGTH_BYTES])

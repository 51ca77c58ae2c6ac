"""What one pass over a run collects for its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from cleaner.analysis.report.changes import OlderRun, RunChanges, TextChange, compare_runs
from cleaner.analysis.report.selection import DocumentOutline, outline_document
from cleaner.analysis.report.totals import RunTotals
from cleaner.analysis.run_reader import RunDocument
from cleaner.storage.run_files import Failure

_MAX_PATHS = 20
"""Documents that are named for each kind of failure at most."""


class RunSurvey(NamedTuple):
    """The totals of a run, and the figures of each document that its selection uses."""

    totals: RunTotals
    outlines: list[DocumentOutline]
    text_changes: dict[int, TextChange | None]
    """Of each document that is in the older run too, by position."""
    changes: RunChanges | None

    def find_state(self, number: int) -> str | None:
        """Return ``changed`` or ``new`` for a document that is, compared with the older run; otherwise None."""
        if self.changes is None:
            return None
        return "changed" if self.text_changes.get(number) else None if number in self.text_changes else "new"


class FailureGroup(NamedTuple):
    """Documents that failed for the same reason."""

    error: str
    message: str
    documents: int
    paths: list[str]
    """The first of them."""


def survey_run(documents: Iterable[RunDocument], older: OlderRun | None) -> RunSurvey:
    """Collect what a report shows of all documents together."""
    totals = RunTotals()
    outlines: list[DocumentOutline] = []
    changes: dict[int, TextChange | None] = {}
    sites: list[str] = []
    for number, document in enumerate(documents):
        totals.add(document)
        change = older.measure_change(document) if older is not None else None
        if older is not None and older.has(document.row.id):
            changes[number] = change
        sites.append(document.row.site or "")
        outlines.append(outline_document(number, document.row, change.size if change else 0))
    return RunSurvey(
        totals, outlines, changes, compare_runs(older, totals, sites, changes) if older is not None else None
    )


def group_failures(failures: Iterable[Failure]) -> list[FailureGroup]:
    """Group failures by error and message, most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    paths: dict[tuple[str, str], list[str]] = {}
    for failure in failures:
        kind = failure.error, failure.message
        counts[kind] += 1
        named = paths.setdefault(kind, [])
        if len(named) < _MAX_PATHS:
            named.append(failure.path)
    return [FailureGroup(*kind, count, paths[kind]) for kind, count in counts.most_common()]

"""Selecting the documents that a report shows in full: those likely to have faults, and a sample of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from heapq import nlargest, nsmallest
from math import ceil
from typing import NamedTuple, Self

from cleaner.analysis.report.totals import NO_TITLE, list_flags
from cleaner.analysis.run_reader import ArticleRow
from cleaner.flags import Flag

MAX_SHOWN_WHOLE = 100
"""Documents of the largest run that is shown completely; chosen, not measured."""
MAX_PER_REASON = 20
"""Documents selected for each reason at most; a tenth of the run if that is less. Chosen, not measured."""


class SelectionReason(StrEnum):
    """Why a document is selected, in order of importance. Some reasons are flags of its article."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Self:
        """Create a reason with its meaning in one line."""
        reason = str.__new__(cls, value)
        reason._value_ = value
        reason.meaning = meaning
        return reason

    CHANGED = "changed", "most of its text was gained or lost since the run compared with"
    SUSPECT = Flag.SUSPECT_RULE.value, "a rule of its site was not followed, as it would have lost the text"
    UNSURE = "least sure", "the classifier was least sure of it"
    DROPPED = "most dropped", "the smallest share of it was kept"
    TRUNCATED = Flag.TRUNCATED.value, "the page itself holds only part of the article"
    UNTITLED = NO_TITLE, "no headline was found"
    NOT_ARTICLE = Flag.NOT_AN_ARTICLE.value, "hardly any text was kept"
    SAMPLE = "sample", "one of a few taken evenly from the run"


class DocumentOutline(NamedTuple):
    """The figures of a document that the selection uses."""

    number: int
    """Position in the run, from 0."""
    id: str
    kept_share: float
    score: float | None
    flags: tuple[str, ...]
    change: int
    """Characters gained and lost; 0 if the text did not change or there is no older run."""


def outline_document(number: int, row: ArticleRow, change: int) -> DocumentOutline:
    """Return the outline of the document at position ``number``."""
    return DocumentOutline(number, row.id, row.kept_share, row.score, tuple(list_flags(row)), change)


_WEIGHTS: dict[SelectionReason, Callable[[DocumentOutline], float]] = {
    SelectionReason.CHANGED: lambda outline: outline.change,
    SelectionReason.SUSPECT: lambda outline: SelectionReason.SUSPECT in outline.flags,
    SelectionReason.UNSURE: lambda outline: 0 if outline.score is None else 1 - outline.score,
    SelectionReason.DROPPED: lambda outline: 1 - outline.kept_share,
    SelectionReason.TRUNCATED: lambda outline: SelectionReason.TRUNCATED in outline.flags,
    SelectionReason.UNTITLED: lambda outline: SelectionReason.UNTITLED in outline.flags,
    SelectionReason.NOT_ARTICLE: lambda outline: SelectionReason.NOT_ARTICLE in outline.flags,
}


def select_documents(outlines: Sequence[DocumentOutline]) -> dict[int, list[SelectionReason]]:
    """Return the documents to show, by position in the run, with their reasons; the most important come first.

    Of a run of up to :data:`MAX_SHOWN_WHOLE` documents all are shown, those without a reason last. The reasons take
    turns, each with its next document, so that every reason is represented if the space is short.
    """
    each = min(MAX_PER_REASON, ceil(len(outlines) / 10))
    foremost = {reason: _rank_documents(outlines, weight, each) for reason, weight in _WEIGHTS.items()}
    if len(outlines) > MAX_SHOWN_WHOLE:
        foremost[SelectionReason.SAMPLE] = [place * len(outlines) // MAX_PER_REASON for place in range(MAX_PER_REASON)]
    chosen: dict[int, list[SelectionReason]] = {}
    for turn in range(MAX_PER_REASON):
        for reason, numbers in foremost.items():
            for number in numbers[turn : turn + 1]:
                chosen.setdefault(number, []).append(reason)
    if len(outlines) <= MAX_SHOWN_WHOLE:
        for outline in outlines:
            chosen.setdefault(outline.number, [])
    return chosen


def list_further(outlines: Sequence[DocumentOutline], chosen: Mapping[int, object], most: int) -> list[int]:
    """Return the positions of the ``most`` documents that follow those ``chosen``: changed ones, then flagged ones, then the least sure."""
    others = (outline for outline in outlines if outline.number not in chosen)
    return [outline.number for outline in nsmallest(most, others, key=_rank_further)]


def _rank_further(outline: DocumentOutline) -> tuple[int, bool, float, int]:
    return -outline.change, not outline.flags, 1.0 if outline.score is None else outline.score, outline.number


def _rank_documents(
    outlines: Sequence[DocumentOutline], weight: Callable[[DocumentOutline], float], most: int
) -> list[int]:
    ranked = nlargest(most, outlines, key=lambda outline: (weight(outline), -outline.number))
    return [outline.number for outline in ranked if weight(outline) > 0]

"""The documents that a report lists, and those of them that it shows in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from cleaner.analysis.report import document_view
from cleaner.analysis.report.changes import TextChange
from cleaner.analysis.report.document_view import DocumentView
from cleaner.analysis.report.facets import FacetIndex
from cleaner.analysis.report.selection import SelectionReason
from cleaner.analysis.report.survey import RunSurvey
from cleaner.analysis.report.totals import list_flags
from cleaner.analysis.run_reader import FinishedRun, RunDocument

PageWriter = Callable[[DocumentView, str, list[SelectionReason]], str]
"""Writes the page of a document, with its anchor and the reasons why it was selected."""


class DocumentChoice(NamedTuple):
    """The documents of a report."""

    shown: Mapping[int, list[SelectionReason]]
    """Those to be shown in full, by position in the run, most important first."""
    further: Sequence[int]
    """Positions of those that are only listed, below."""


class ListedDocument(NamedTuple):
    """A document in the list."""

    anchor: str | None
    """Where its page is in the file; None if it is not shown in full."""
    id: str
    title: str | None
    site: str
    kept_share: float
    score: float | None
    state: str | None
    """``changed`` or ``new`` compared with an older run."""
    change: TextChange | None
    reasons: list[SelectionReason]
    flags: list[str]
    """Those that are not among the reasons."""
    filters: list[int]


class ReadDocuments(NamedTuple):
    """The documents of a report, read again."""

    listed: dict[int, ListedDocument]
    """By position in the run, in the order of the list."""
    whole: dict[int, RunDocument]
    """Those to be shown in full."""


class PageSpace(NamedTuple):
    """Bytes of all pages, and of one, at most."""

    whole: int
    each: int


def read_documents(run: FinishedRun, survey: RunSurvey, choice: DocumentChoice, facets: FacetIndex) -> ReadDocuments:
    """Read the documents of ``choice`` again and list them."""
    numbers = {survey.outlines[number].id: number for number in (*choice.shown, *choice.further)}
    listed: dict[int, ListedDocument] = {}
    whole: dict[int, RunDocument] = {}
    for document in run.documents(numbers.keys()):
        number = numbers[document.row.id]
        listed[number] = _list_document(document, number, survey, choice.shown.get(number, []), facets)
        if number in choice.shown:
            whole[number] = document
    return ReadDocuments({number: listed[number] for number in numbers.values()}, whole)


def write_pages(
    documents: ReadDocuments, old: FinishedRun | None, write_page: PageWriter, space: PageSpace
) -> tuple[list[ListedDocument], list[str]]:
    """Write the pages for which there is space; return the list, with their anchors, and the pages."""
    listed = dict(documents.listed)
    shown = {document.row.id for document in documents.whole.values()}
    before = {one.row.id: one.row.text.split("\n") for one in old.documents(shown)} if old else {}
    pages: list[str] = []
    room = space.whole
    for number, one in documents.listed.items():
        if number not in documents.whole:
            continue
        view = document_view.make_document_view(documents.whole[number], before.get(one.id), one.change)
        anchor = f"page-{number + 1}"
        page = write_page(view, anchor, one.reasons)
        size = len(page.encode())
        if size <= min(room, space.each):
            room -= size
            pages.append(page)
            listed[number] = one._replace(anchor=anchor)
    return list(listed.values()), pages


def _list_document(
    document: RunDocument, number: int, survey: RunSurvey, reasons: list[SelectionReason], facets: FacetIndex
) -> ListedDocument:
    row = document.row
    state = survey.find_state(number)
    return ListedDocument(
        anchor=None,
        id=row.id,
        title=row.title,
        site=row.site or "",
        kept_share=row.kept_share,
        score=row.score,
        state=state,
        change=survey.text_changes.get(number),
        reasons=reasons,
        flags=[flag for flag in list_flags(row) if flag not in reasons],
        filters=facets.list_numbers(document, reasons=reasons, change=state),
    )

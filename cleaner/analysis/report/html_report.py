"""Writing the HTML reports. Every value in a template is escaped, and its invisible characters are spelled out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cleaner import __version__
from cleaner.analysis.report import document_view, selection, totals
from cleaner.analysis.report.changes import DigestStore, RunChanges, compare_runs
from cleaner.analysis.report.totals import RunTotals
from cleaner.analysis.run_reader import FinishedRun, RunDocument, open_run
from cleaner.labels import Label
from cleaner.language.characters import escape_control_characters
from cleaner.model import Article
from cleaner.storage.atomic_files import write_atomic

NAME = "report.html"
MAX_BYTES = 3_500_000
"""Bytes of all pages shown in full at most; with it a report of any run stays below 5 MB."""
MAX_BYTES_EACH = 250_000
"""Bytes of one such page at most; about fifty printed pages, so that one document does not displace many."""
MAX_SITES = 1_000
MAX_FAILURES = 500
"""Rows of these tables at most; the others are counted below them."""
MAX_BARS = 12
"""Bars of the chart of languages at most."""


class ReportEntry(NamedTuple):
    """A document in the list of those that are shown in full."""

    anchor: str
    page: document_view.DocumentView
    reasons: list[selection.SelectionReason]
    site: str | None
    html: Markup


class RunSurvey(NamedTuple):
    """What one pass over a run collects."""

    totals: RunTotals
    chosen: dict[int, list[selection.SelectionReason]]
    changes: RunChanges | None


def explain_page(article: Article) -> str:
    """Return one page as an HTML file: every block in order, with the reason for its verdict."""
    return _template_environment().get_template("explain.html").render(page=document_view.make_article_view(article))


def write_report(folder: Path, against: Path | None = None) -> Path:
    """Write ``report.html`` into the folder of a run and return its path. The same run results in the same bytes.

    ``against`` is the folder of an older run over the same pages; the report then shows the changes.

    Raises:
        RunError: a folder does not hold a finished run in JSON lines.
        OutputError: the report cannot be written.
    """
    run = open_run(folder)
    old = open_run(against) if against else None
    survey = _survey_run(run, old)
    entries, left = _report_entries(run, old, survey.chosen)
    html = (
        _template_environment()
        .get_template("report.html")
        .render(
            name=folder.resolve().name,
            old_name=old.folder.resolve().name if old else None,
            manifest=run.manifest,
            totals=survey.totals,
            charts=_draw_charts(survey.totals),
            sites=sorted(survey.totals.sites.items(), key=lambda item: (-item[1].documents, item[0])),
            changes=survey.changes,
            entries=entries,
            left=left,
            failures=list(run.failures()),
            named=sum(bool(host) for host in survey.totals.sites),
            ruled=sum(bool(site.rules) for site in survey.totals.sites.values()),
            reasons=[
                reason for reason in selection.SelectionReason if any(reason in entry.reasons for entry in entries)
            ],
            each=selection.MAX_PER_REASON,
            most_sites=MAX_SITES,
            most_failures=MAX_FAILURES,
        )
    )
    path = folder / NAME
    write_atomic(path, html.encode())
    return path


def _survey_run(run: FinishedRun, old: FinishedRun | None) -> RunSurvey:
    old_digests = DigestStore(old.documents()) if old else None
    sums = RunTotals()
    outlines: list[selection.DocumentOutline] = []
    growths: list[tuple[str, int | None]] = []
    for number, document in enumerate(run.documents()):
        sums.add(document)
        growth = None if old_digests is None else old_digests.measure_growth(document)
        growths.append((document.row.site or "", growth))
        outlines.append(selection.outline_document(number, document.row, growth or 0))
    changes = None if old_digests is None else compare_runs(old_digests, sums, growths)
    return RunSurvey(sums, selection.select_documents(outlines), changes)


def _report_entries(
    run: FinishedRun, old: FinishedRun | None, chosen: Mapping[int, list[selection.SelectionReason]]
) -> tuple[list[ReportEntry], int]:
    """Return the documents to show, with their pages, and the number of those that did not fit."""
    documents = {number: document for number, document in enumerate(run.documents()) if number in chosen}
    ids = {document.row.id for document in documents.values()}
    before = {d.row.id: frozenset(d.row.text.split("\n")) for d in old.documents() if d.row.id in ids} if old else {}
    entries: list[ReportEntry] = []
    room = MAX_BYTES
    for number, reasons in chosen.items():
        entry = _report_entry(documents[number], f"page-{number + 1}", reasons, before.get(documents[number].row.id))
        size = len(entry.html.encode())
        if size <= min(room, MAX_BYTES_EACH):
            room -= size
            entries.append(entry)
    return entries, len(chosen) - len(entries)


def _report_entry(
    document: RunDocument, anchor: str, reasons: list[selection.SelectionReason], before: frozenset[str] | None
) -> ReportEntry:
    page = document_view.make_document_view(document, before)
    html = _template_environment().get_template("page.html").render(page=page, anchor=anchor, reasons=reasons)
    return ReportEntry(anchor, page, reasons, document.row.site, Markup(html))  # noqa: S704  made by the template


def _draw_charts(sums: RunTotals) -> dict[str, list[totals.ChartBar]]:
    width = 100 // totals.BINS
    shares = [(f"{width * place}–{width * (place + 1)} %", count) for place, count in enumerate(sums.shares)]
    languages = {name or "unknown": count for name, count in sums.languages.items()}
    return {
        "shares": totals.make_chart_bars(shares),
        "labels": totals.make_chart_bars(totals.list_largest(sums.whole.characters, len(Label))),
        "languages": totals.make_chart_bars(totals.list_largest(languages, MAX_BARS)),
        "dates": totals.make_chart_bars(totals.count_by_period(sums.dates)),
    }


@cache
def _template_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("cleaner.analysis.report"),
        autoescape=True,
        finalize=_show_number,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"count": "{:,}".format, "percent": "{:.1%}".format, "score": "{:.2f}".format}
    environment.filters["difference"] = lambda number: f"{number:+,}".replace("-", "−")
    script, style = _load_asset("report.js"), _load_asset("report.css")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    environment.globals |= {
        "version": __version__,
        "script": script,
        "style": style,
        "script_digest": digest,
        "label_group": {label.value: label.group.value for label in Label},
    }
    return environment


def _load_asset(name: str) -> Markup:
    return Markup(Path(__file__).with_name(name).read_text(encoding="utf-8"))  # noqa: S704  the package's own


def _show_number(value: Any) -> Any:
    """Return what a template prints: our markup unchanged, and text of pages with its control characters escaped."""
    return value if hasattr(value, "__html__") else escape_control_characters(str(value))

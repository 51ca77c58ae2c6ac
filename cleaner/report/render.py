"""The HTML files. Every value goes through one gate: spelled out where it is invisible, and escaped."""

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
from cleaner.batch.tables import write_whole
from cleaner.labels import Label
from cleaner.model import Article
from cleaner.report import choose, totals, view
from cleaner.report.changes import Changes, Memory, compare
from cleaner.report.read import Document, Run, open_run
from cleaner.report.totals import Totals
from cleaner.text import spelled

NAME = "report.html"
MOST_BYTES = 3_500_000
"""Of pages shown in full; a report of any run stays below 5 MB with it."""
MOST_BYTES_EACH = 250_000
"""Of one of them; about fifty printed pages, so that one document does not take the room of many."""
MOST_SITES = 1_000
MOST_FAILURES = 500
"""Rows of these tables; the others are counted below them."""
MOST_NAMES = 12
"""Bars of the charts of languages and labels."""


class Entry(NamedTuple):
    """A document in the list of those that are shown in full."""

    anchor: str
    page: view.View
    reasons: list[choose.Reason]
    site: str | None
    html: Markup


class Survey(NamedTuple):
    """A run, read once."""

    totals: Totals
    chosen: dict[int, list[choose.Reason]]
    changes: Changes | None


def explained(article: Article) -> str:
    """One page as an HTML file: every block in its place, with the reason for every decision."""
    return _environment().get_template("explain.html").render(page=view.of_article(article))


def write(folder: Path, against: Path | None = None) -> Path:
    """Write ``report.html`` into the folder of a run, and give its path. The same run gives the same bytes.

    ``against`` is the folder of an older run over the same pages; the report then says what changed.

    Raises:
        RunError: a folder does not hold a finished run in JSON lines.
        OutputError: the report cannot be written.
    """
    run = open_run(folder)
    old = open_run(against) if against else None
    survey = _survey(run, old)
    entries, left = _entries(run, old, survey.chosen)
    html = (
        _environment()
        .get_template("report.html")
        .render(
            name=folder.resolve().name,
            old_name=old.folder.resolve().name if old else None,
            manifest=run.manifest,
            totals=survey.totals,
            charts=_charts(survey.totals),
            sites=sorted(survey.totals.sites.items(), key=lambda item: (-item[1].documents, item[0])),
            changes=survey.changes,
            entries=entries,
            left=left,
            failures=list(run.failures()),
            named=sum(bool(host) for host in survey.totals.sites),
            ruled=sum(bool(site.rules) for site in survey.totals.sites.values()),
            reasons=[reason for reason in choose.Reason if any(reason in entry.reasons for entry in entries)],
            each=choose.EACH,
            most_sites=MOST_SITES,
            most_failures=MOST_FAILURES,
        )
    )
    path = folder / NAME
    write_whole(path, html.encode())
    return path


def _survey(run: Run, old: Run | None) -> Survey:
    memory = Memory(old.documents()) if old else None
    sums = Totals()
    outlines: list[choose.Outline] = []
    growths: list[tuple[str, int | None]] = []
    for number, document in enumerate(run.documents()):
        sums.add(document)
        growth = None if memory is None else memory.growth(document)
        growths.append((document.row.site or "", growth))
        outlines.append(choose.outline(number, document.row, growth or 0))
    changes = None if memory is None else compare(memory, sums, growths)
    return Survey(sums, choose.choose(outlines), changes)


def _entries(run: Run, old: Run | None, chosen: Mapping[int, list[choose.Reason]]) -> tuple[list[Entry], int]:
    """The documents to show, with their pages, and how many found no room."""
    documents = {number: document for number, document in enumerate(run.documents()) if number in chosen}
    ids = {document.row.id for document in documents.values()}
    before = {d.row.id: frozenset(d.row.text.split("\n")) for d in old.documents() if d.row.id in ids} if old else {}
    entries: list[Entry] = []
    room = MOST_BYTES
    for number, reasons in chosen.items():
        entry = _entry(documents[number], f"page-{number + 1}", reasons, before.get(documents[number].row.id))
        size = len(entry.html.encode())
        if size <= min(room, MOST_BYTES_EACH):
            room -= size
            entries.append(entry)
    return entries, len(chosen) - len(entries)


def _entry(document: Document, anchor: str, reasons: list[choose.Reason], before: frozenset[str] | None) -> Entry:
    page = view.of_document(document, before)
    html = _environment().get_template("page.html").render(page=page, anchor=anchor, reasons=reasons)
    return Entry(anchor, page, reasons, document.row.site, Markup(html))  # noqa: S704  made by the template


def _charts(sums: Totals) -> dict[str, list[totals.Bar]]:
    width = 100 // totals.BINS
    shares = [(f"{width * place}–{width * (place + 1)} %", count) for place, count in enumerate(sums.shares)]
    languages = {name or "unknown": count for name, count in sums.languages.items()}
    return {
        "shares": totals.bars(shares),
        "labels": totals.bars(totals.largest(sums.whole.characters, len(Label))),
        "languages": totals.bars(totals.largest(languages, MOST_NAMES)),
        "dates": totals.bars(totals.over_time(sums.dates)),
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("cleaner.report"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"count": "{:,}".format, "percent": "{:.1%}".format, "score": "{:.2f}".format}
    environment.filters["difference"] = lambda number: f"{number:+,}".replace("-", "−")
    script, style = _asset("report.js"), _asset("report.css")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    environment.globals |= {
        "version": __version__,
        "script": script,
        "style": style,
        "script_digest": digest,
        "label_group": {label.value: label.group.value for label in Label},
    }
    return environment


def _asset(name: str) -> Markup:
    return Markup(Path(__file__).with_name(name).read_text(encoding="utf-8"))  # noqa: S704  the package's own


def _shown(value: Any) -> Any:
    """What a template prints: markup of ours as it is, and what comes from pages without power over the reader."""
    return value if hasattr(value, "__html__") else spelled(str(value))

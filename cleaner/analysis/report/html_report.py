"""Writing the HTML reports. Every value in a template is escaped, and its invisible characters are spelled out."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cleaner import __version__
from cleaner.analysis.report import document_view, findings, selection
from cleaner.analysis.report.changes import OlderRun
from cleaner.analysis.report.facets import Facet, FacetIndex
from cleaner.analysis.report.listing import DocumentChoice, PageSpace, read_documents, write_pages
from cleaner.analysis.report.survey import RunSurvey, group_failures, survey_run
from cleaner.analysis.run_diff import list_version_changes
from cleaner.analysis.run_reader import FinishedRun, open_run
from cleaner.article import Article
from cleaner.flags import Flag
from cleaner.labels import Label
from cleaner.language.characters import escape_control_characters
from cleaner.storage.atomic_files import write_atomic

NAME = "report.html"
BASE_STYLE = Path(__file__).with_name("base.css")
"""The style sheet that reports and the studio share."""
MAX_BYTES = 3_000_000
"""Bytes of all pages shown in full at most; with it a report of any run stays below 5 MB."""
MAX_BYTES_EACH = 250_000
"""Bytes of one such page at most; about fifty printed pages, so that one document does not displace many."""
MAX_LISTED = 2_000
"""Documents in the list at most: about a megabyte, which a browser filters without delay."""
MAX_SITES = 500
MAX_FAILURES = 100
MAX_WARNINGS = 100
"""Rows of these tables at most; the others are counted below them."""


def explain_page(article: Article) -> str:
    """Return one page as an HTML file: every block in order, with the reason for its verdict."""
    return _template_environment().get_template("explain.html").render(page=document_view.make_article_view(article))


def write_report(folder: Path, against: Path | None = None) -> Path:
    """Write ``report.html`` into the folder of a run and return its path. The same run results in the same bytes.

    ``against`` is the folder of an older run over the same pages; the report then shows the changes.

    Raises:
        RunError: a folder does not hold a finished run whose articles can be read.
        ExtraError: a run is in Parquet, and pyarrow is missing.
        OutputError: the report cannot be written.
    """
    run = open_run(folder)
    old = open_run(against) if against else None
    older = OlderRun(old.documents()) if old is not None else None
    survey = survey_run(run.documents(), older)
    shown = selection.select_documents(survey.outlines)
    choice = DocumentChoice(shown, selection.list_further(survey.outlines, shown, MAX_LISTED - len(shown)))
    facets = FacetIndex(survey.totals)
    documents = read_documents(run, survey, choice, facets)
    listed, pages = write_pages(documents, old, _write_page, PageSpace(MAX_BYTES, MAX_BYTES_EACH))
    html = (
        _template_environment()
        .get_template("report.html")
        .render(
            name=folder.resolve().name,
            old_name=old.folder.resolve().name if old else None,
            facets=facets,
            listed=listed,
            pages=[Markup(page) for page in pages],  # noqa: S704  made by the template
            left=len(shown) - len(pages),
            **_describe_run(run, old),
            **_describe_survey(survey, older),
        )
    )
    path = folder / NAME
    write_atomic(path, html.encode())
    return path


def _describe_run(run: FinishedRun, old: FinishedRun | None) -> dict[str, Any]:
    """Return what the template shows of the files of a run, besides its documents."""
    failures = group_failures(run.failures())
    return {
        "manifest": run.manifest,
        "versions": list_version_changes(old.manifest, run.manifest) if old else [],
        "failures": failures,
        "failed": sum(group.documents for group in failures),
        "skipped": Counter(skipped.kind for skipped in run.skipped()),
        "most_failures": MAX_FAILURES,
    }


def _describe_survey(survey: RunSurvey, older: OlderRun | None) -> dict[str, Any]:
    """Return what the template shows of all documents together."""
    sites = survey.totals.sites
    warnings = findings.list_warnings(sites, older.totals.sites if older is not None else None)
    warned = findings.group_by_site(warnings)
    return {
        "totals": survey.totals,
        "changes": survey.changes,
        "warnings": warnings,
        "by_site": warned,
        "sites": sorted(sites.items(), key=lambda item: (item[0] not in warned, -item[1].documents, item[0])),
        "named": sum(bool(host) for host in sites),
        "ruled": sum(bool(site.rules) for site in sites.values()),
        "most_sites": MAX_SITES,
        "most_warnings": MAX_WARNINGS,
        "each": selection.MAX_PER_REASON,
        "meanings": _list_meanings(survey),
    }


def _list_meanings(survey: RunSurvey) -> dict[str, str]:
    """Return the meaning of each flag of a run, by its name, most frequent first."""
    meanings = {str(reason): reason.meaning for reason in selection.SelectionReason}
    meanings |= {str(flag): flag.meaning for flag in Flag}
    return {flag: meanings.get(flag, "") for flag, _ in survey.totals.whole.flags.most_common()}


def _write_page(page: document_view.DocumentView, anchor: str, reasons: list[selection.SelectionReason]) -> str:
    return _template_environment().get_template("page.html").render(page=page, anchor=anchor, reasons=reasons)


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
    script, style = _load_asset("report.js"), _load_asset(BASE_STYLE.name) + _load_asset("report.css")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    environment.globals |= {
        "version": __version__,
        "script": script,
        "style": style,
        "script_digest": digest,
        "label_names": frozenset(Label),
        "Facet": Facet,
    }
    return environment


def _load_asset(name: str) -> Markup:
    return Markup(Path(__file__).with_name(name).read_text(encoding="utf-8"))  # noqa: S704  the package's own


def _show_number(value: Any) -> Any:
    """Return what a template prints: our markup unchanged, and text of pages with its control characters escaped."""
    return value if hasattr(value, "__html__") else escape_control_characters(str(value))

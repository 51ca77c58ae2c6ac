"""``cleaner clean``: pages in, articles and a ledger of what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.batch.formats import Format
from cleaner.cli.terminal import ExitCode, LeanOption, Rules, existing, explained_errors, printable
from cleaner.model import Lean

if TYPE_CHECKING:
    from rich.console import Console

    from cleaner.batch.records import Outcome
    from cleaner.batch.summary import Summary

_PAGES = "Files, folders (read with all below them) or - for standard input: HTML, text dumps, JSON lines."
_OUT = "Folder for the results; made if it is not there. No page is read from it."
_FORMAT = "One articles.jsonl with all metadata, or one Markdown or text file a document."
_JOBS = "Pages cleaned at the same time, each in its own process. Results do not depend on it."


def _existing(paths: list[Path]) -> list[Path]:
    return [existing(path) for path in paths]


def clean(
    pages: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help=_PAGES, callback=_existing, show_default=False),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=_OUT, show_default=False)],
    rules: Rules = None,
    form: Annotated[Format, typer.Option("--format", help=_FORMAT)] = Format.JSONL,
    lean: LeanOption = Lean.BALANCED,
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", min=1, help=_JOBS)] = 1,
) -> None:
    """Clean pages into articles, and account for every block left out.

    Folders give their .html, .htm, .xhtml, .txt, .md and .jsonl files; whether a page is HTML or a text dump is told
    by its content. A row of JSON lines has html or text, and may have url and id.

    Written to the output folder: the articles, removed.jsonl (each block left out: its label, who dropped it, and
    why), failures.jsonl (each page that could not be cleaned) and run.json (versions, rules, counts).

    Examples:
      cleaner clean seeds --out out

      cleaner clean crawl.jsonl --out out --jobs 4

      cleaner clean page.html --rules my-rules --out out --format md

      zcat crawl.jsonl.gz | cleaner clean - --out out
    """
    from rich.console import Console

    from cleaner.batch import sources
    from cleaner.batch.run import Settings, run

    console = Console(stderr=True, highlight=False)
    settings = Settings(rules=tuple(rules or ()), form=form, lean=lean, jobs=jobs)
    with explained_errors():
        total = sources.count(pages, skip=out) if console.is_terminal else None
        with _progress(console, total) as progress:
            summary = run(pages, out, settings, progress=progress)
    _report(summary, console)
    if summary.failed:
        raise typer.Exit(ExitCode.FAILURES)


@contextmanager
def _progress(console: Console, total: int | None) -> Iterator[Callable[[Outcome], None]]:
    """A bar, where somebody watches; failures are told in any case, as they come."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from cleaner.batch.records import Failure

    columns = (TextColumn("cleaning"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)

        def advance(outcome: Outcome) -> None:
            bar.advance(task)
            if isinstance(outcome, Failure):
                line = printable(f"{outcome.path}: {outcome.message}")
                console.print(f"failed: {line}", style="red", markup=False, soft_wrap=True)

        yield advance


def _report(summary: Summary, console: Console) -> None:
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row("documents", f"{summary.documents:,}")
    table.add_row("failed", f"{summary.failed:,}", style="red" if summary.failed else None)
    table.add_row("kept share", f"{summary.kept_share:.1%}")
    for label, count in sorted(summary.removed.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(f"removed as {label}", f"{count:,}", style="dim")
    console.print(table)
    if not summary.documents:
        console.print("no pages found: folders are searched for .html .htm .xhtml .txt .md and .jsonl files")

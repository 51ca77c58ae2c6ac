"""A run, and what it shows on standard error: its progress, failures, counts, and where its results are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from cleaner.batch.records import ItemOutcome
from cleaner.batch.run import RunObserver, RunSettings, run_batch
from cleaner.batch.run_folder import ResumeMode, find_unfinished
from cleaner.batch.summary import RunSummary
from cleaner.cli.terminal import ExitCode, escape_for_terminal, exit_on_errors
from cleaner.errors import OutputError
from cleaner.page.file_kinds import describe_count
from cleaner.storage.run_files import MANIFEST, Failure
from cleaner.storage.streams import Location

_EXIT_INTERRUPTED = 130
"""Exit code after Control-C, as shells define it."""


def clean_into_folder(
    pages: Sequence[Location], out: Path, settings: RunSettings, *, resume: ResumeMode, as_json: bool
) -> None:
    """Clean ``pages`` into the folder ``out``, show how it goes, and exit with the code of the result."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    resumed = None if resume is ResumeMode.NO else out
    with exit_on_errors(), _explain_resume(out, console), show_progress(console, resumed) as observer:
        summary = run_batch(pages, out, settings, resume=resume, observer=observer)
    print_summary(summary, console)
    print_closing(summary, out, console)
    if as_json:
        typer.echo((out / MANIFEST).read_text(encoding="utf-8"), nl=False)
    if not summary.documents:
        raise typer.Exit(ExitCode.USAGE)
    if summary.failed:
        raise typer.Exit(ExitCode.FAILURES)


@contextmanager
def _explain_resume(out: Path, console: Console) -> Iterator[None]:
    """Print, if the run is stopped, how to resume it."""
    try:
        yield
    except (KeyboardInterrupt, OutputError) as error:
        with suppress(OutputError):
            if done := find_unfinished(out):
                console.print(f"stopped after {done.items:,} documents; run the same command with --resume to continue")
        if isinstance(error, KeyboardInterrupt):
            raise typer.Exit(_EXIT_INTERRUPTED) from error
        raise


@contextmanager
def show_progress(console: Console, resumed: Path | None) -> Iterator[RunObserver]:
    """Show a progress bar on a terminal; failures and warnings are printed in any case."""
    before = find_unfinished(resumed) if resumed else None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield _ProgressBar(console, bar, before.items if before else 0)


class _ProgressBar(RunObserver):
    def __init__(self, console: Console, bar: Progress, completed: int) -> None:
        self._console = console
        self._bar = bar
        self._task: TaskID = bar.add_task("reading", total=None, completed=completed)

    def set_total(self, items: int) -> None:
        self._bar.update(self._task, total=items)

    def finish_item(self, outcome: ItemOutcome) -> None:
        self._bar.update(self._task, description="cleaning")
        self._bar.advance(self._task)
        if isinstance(outcome, Failure):
            self._print("failed", f"{outcome.path}: {outcome.message}", "red")

    def warn(self, message: str) -> None:
        self._print("warning", message, "yellow")

    def _print(self, lead: str, message: str, style: str) -> None:
        self._console.print(f"{lead}: {escape_for_terminal(message)}", style=style, soft_wrap=True)


def print_summary(summary: RunSummary, console: Console) -> None:
    """Print the counts of a run."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row("documents", f"{summary.documents:,}")
    table.add_row("failed", f"{summary.failed:,}", style="red" if summary.failed else None)
    table.add_row("kept share", f"{summary.kept_share:.1%}")
    for label, count in sorted(summary.removed.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(f"removed as {label}", f"{count:,}", style="dim")
    console.print(table)


def print_closing(summary: RunSummary, out: Path, console: Console) -> None:
    """Print what was read and skipped, where the results are, and what to look at next."""
    console.print(describe_input(summary), soft_wrap=True)
    folder = escape_for_terminal(str(out))
    if not summary.documents:
        console.print(
            f"error: nothing was read; {folder}/skipped.jsonl says what was found", style="red", soft_wrap=True
        )
        return
    failures = f"; {folder}/failures.jsonl says what failed" if summary.failed else ""
    console.print(f"results are in {folder}{failures}; to look at them: cleaner report {folder}", soft_wrap=True)


def describe_input(summary: RunSummary) -> str:
    """How many pages were read, and what was skipped: "3 pages; skipped 2: 1 picture, 1 feed"."""
    pages = describe_count("page", summary.documents)
    if not summary.skipped:
        return pages if summary.documents else "no pages found"
    kinds = sorted(summary.skipped.items(), key=lambda item: (-item[1], item[0]))
    listed = ", ".join(describe_count(kind, count) for kind, count in kinds)
    return f"{pages}; skipped {sum(summary.skipped.values()):,}: {listed}"

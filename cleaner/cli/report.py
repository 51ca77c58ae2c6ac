"""``cleaner report``: a run as a page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.terminal import escape_for_terminal, explained_errors

_RUN = "Output folder of cleaner clean."
_AGAINST = "Output folder of an older run over the same pages: the report says what changed since."


def report(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=_RUN, exists=True, file_okay=False, show_default=False)],
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="OLD", help=_AGAINST, exists=True, file_okay=False, show_default=False),
    ] = None,
) -> None:
    """Write a report of a run: pictures of the whole, and pages to look into.

    RUN/report.html is one file that opens from the disk and asks nobody for anything. It shows what was kept and what
    was left out by site and label, and opens the documents that are worth a look block by block.

    Examples:
      cleaner report out

      cleaner report out --against out-last-week
    """
    from cleaner.analysis.report import write_report

    with explained_errors():
        path = write_report(run, against)
    typer.echo(escape_for_terminal(str(path)))

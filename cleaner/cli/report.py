"""``cleaner report``: writes the HTML report of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.terminal import escape_for_terminal, exit_on_errors

_RUN = "Output folder of cleaner clean."
_AGAINST = "Output folder of an older run over the same pages; the report shows what changed since."


def report(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=_RUN, exists=True, file_okay=False, show_default=False)],
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="OLD", help=_AGAINST, exists=True, file_okay=False, show_default=False),
    ] = None,
) -> None:
    """Write an HTML report of a run: what changed, failed or is suspect, and selected documents block by block.

    RUN/report.html is one file that opens from the disk and loads nothing from the network. It lists the documents
    that are most worth checking first, and shows what was left out by site and label. The run may be in JSON lines,
    Parquet or Markdown.

    Examples:
      cleaner report out

      cleaner report out --against out-last-week
    """
    from cleaner.analysis.report import write_report

    with exit_on_errors():
        path = write_report(run, against)
    typer.echo(escape_for_terminal(str(path)))

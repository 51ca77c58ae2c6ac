"""``cleaner rules drift``: which sites changed under their rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.terminal import ExitCode, escape_for_terminal, exit_on_errors

if TYPE_CHECKING:
    from cleaner.analysis.template_drift import SiteDrift

_OLD = "Output folder of an older run, or a file that cleaner rules stats --save wrote."
_NEW = "Output folder of the newer run, over newer pages of the same sites."


def drift(
    old: Annotated[Path, typer.Argument(metavar="OLD", help=_OLD, exists=True, show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help=_NEW, exists=True, show_default=False)],
) -> None:
    """List sites whose kept share, hits of an entry, metadata or recurring lines changed more than by chance.

    The two runs are over different pages of the same sites, so only changes that different articles do not explain are
    listed. A site needs eight documents in each run. The exit code is 1 if any site is listed.

    Examples:
      cleaner rules drift out-last-week out

      cleaner rules drift figures.json out
    """
    from cleaner.analysis.template_drift import MIN_DOCUMENTS
    from cleaner.analysis.template_drift import find_drift as compare
    from cleaner.cli.rules.runs import collect_figures

    with exit_on_errors():
        drifts = compare(collect_figures(old), collect_figures(new))
    for line in _drift_lines(drifts.found):
        typer.echo(escape_for_terminal(line))
    named = len({moved.site for moved in drifts.found})
    left_out = f"; {drifts.skipped} with fewer than {MIN_DOCUMENTS} documents skipped" if drifts.skipped else ""
    typer.echo(f"{named} of {drifts.compared} sites changed{left_out}", err=True)
    if named:
        raise typer.Exit(ExitCode.DIFFERS)


def _drift_lines(found: list[SiteDrift]) -> Iterator[str]:
    order = {moved.site: place for place, moved in reversed(list(enumerate(found)))}
    for site, moves in groupby(sorted(found, key=lambda moved: order[moved.site]), key=lambda moved: moved.site):
        yield site
        for moved in moves:
            rule = f" ({moved.rule})" if moved.rule else ""
            unit = "percent" if moved.measure == "kept share" else "a document"
            yield f"  {moved.measure}{rule}: {moved.old:.2f} -> {moved.new:.2f} {unit}, p = {moved.shift.p:.1g}"
            yield f"    see {', '.join(moved.examples)}"
            for line in moved.lines:
                yield f"    new: {line}"

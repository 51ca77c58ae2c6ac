"""``cleaner diff``: compares two runs over the same pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.terminal import ExitCode, escape_for_terminal, exit_on_errors

if TYPE_CHECKING:
    from cleaner.analysis.run_diff import ChangeKind, ChangeSize, SiteDiff

_OLD = "Output folder of the older run."
_NEW = "Output folder of the newer run."
_THRESHOLD = (
    "Maximum change of a site: characters lost and gained as a share of its characters, or pages with changed metadata "
    "as a share of its pages, whichever is larger."
)
_MAX_EXAMPLE_CHARS = 100


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help=_OLD, exists=True, file_okay=False, show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help=_NEW, exists=True, file_okay=False, show_default=False)],
    threshold: Annotated[float, typer.Option("--threshold", metavar="SHARE", min=0, help=_THRESHOLD)] = 0.0,
) -> None:
    """Compare two runs over the same pages: text lost and gained by site and label, largest change first.

    Run it before you upgrade a library or merge a rule: clean a sample with both, then compare the two folders. It
    exits with 1 if any site changed more than the threshold.

    Examples:
      cleaner diff out-before out-after

      cleaner diff out-before out-after --threshold 0.01
    """
    from cleaner.analysis import run_diff
    from cleaner.analysis.run_reader import open_run

    with exit_on_errors():
        before, after = open_run(old), open_run(new)
        sites = run_diff.diff_runs(before.documents(), after.documents())
    for line in (*run_diff.list_version_changes(before.manifest, after.manifest), *_print_diff(sites)):
        typer.echo(escape_for_terminal(line))
    if any(site.share > threshold for site in sites):
        raise typer.Exit(ExitCode.DIFFERS)


def _print_diff(sites: Sequence[SiteDiff]) -> Iterator[str]:
    for site in sites:
        if site.changes:
            yield from ("", *_site_line(site))
    pages, changed = (sum(getattr(site, name) for site in sites) for name in ("pages", "changed"))
    unchanged = sum(not site.changes for site in sites)
    yield f"{changed:,} of {pages:,} pages changed, {unchanged:,} of {len(sites):,} sites did not"


def _site_line(site: SiteDiff) -> Iterator[str]:
    yield f"{site.site}: {site.share:.2%} changed, on {site.changed:,} of {site.pages:,} pages"
    for kind, change in site.changes.items():
        yield f"  {_kind_line(kind)}: {_count_times(change)}"
        example = (
            change.example if len(change.example) <= _MAX_EXAMPLE_CHARS else f"{change.example[:_MAX_EXAMPLE_CHARS]}…"
        )
        yield f"      {example}  [{change.page}]"


def _kind_line(kind: ChangeKind) -> str:
    return f"{kind.what}: {kind.label}" + (f" by {kind.by}" if kind.by else "")


def _count_times(change: ChangeSize) -> str:
    return f"{change.times:,} {'time' if change.times == 1 else 'times'}, {change.characters:,} characters"

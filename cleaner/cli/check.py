"""``cleaner check``: tests rule files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.terminal import ExitCode, escape_for_terminal, exit_on_errors, require_existing
from cleaner.ruletools.check_output import CheckFormat, write_results
from cleaner.ruletools.check_results import CheckResult, CheckState

if TYPE_CHECKING:
    from cleaner.storage.run_files import Failure

_DIR = "The folder of rule files."
_PAGES = (
    "Instead of the cases, clean saved pages of the sites with their rules and without, and compare: a folder, or a file "
    "of JSON lines. The text that `flood.html` should give may be in `flood.html.gold` beside it."
)
_UPDATE = "Write the goldens that differ or are missing, and show what changed."
_FORMAT = "Plain text, annotations of a pull request, or JUnit XML."


def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_DIR, exists=True, file_okay=False)] = Path("rules"),
    update: Annotated[bool, typer.Option("--update", help=_UPDATE)] = False,  # noqa: FBT002  a flag is boolean by nature
    pages: Annotated[
        Path | None,
        typer.Option("--pages", metavar="PAGES", help=_PAGES, callback=require_existing, show_default=False),
    ] = None,
    form: Annotated[CheckFormat, typer.Option("--format", help=_FORMAT)] = CheckFormat.TEXT,
) -> None:
    """Check that rule files are valid, that their cases hold, and that every entry has an effect.

    A case holds if its texts are kept and dropped as specified, its metadata is correct, and its article equals the
    golden beside its page. An entry has an effect if it fires on some case, and the result of that case differs
    without it.

    Examples:
      cleaner check

      cleaner check my-rules --update

      cleaner check my-rules --format junit > report.xml

      cleaner check my-rules --pages saved-pages
    """
    from cleaner.ruletools import check as checking

    with exit_on_errors():
        results = _check_on_pages(folder, pages) if pages else list(checking.check_rules(folder, update=update))
    typer.echo(write_results(results, form), nl=False)
    states = {result.state for result in results}
    if CheckState.UNUSABLE in states:
        raise typer.Exit(ExitCode.USAGE)
    if CheckState.FAILS in states:
        raise typer.Exit(ExitCode.DIFFERS)


def _check_on_pages(folder: Path, pages: Path) -> list[CheckResult]:
    """The results on saved pages; what was skipped, and why, is printed."""
    from cleaner.cli.page_files import read_pages
    from cleaner.ruletools.page_check import MarkedPage, check_on_pages, list_page_results

    failed: list[Failure] = []
    marked = (MarkedPage(page, _read_gold(page.source)) for page in read_pages(pages, None, failed))
    sites, skipped = check_on_pages(folder, marked)
    for failure in failed:
        typer.echo(escape_for_terminal(f"{failure.path}: {failure.message}"), err=True)
    if skipped:
        typer.echo(
            f"{skipped} pages skipped: no rule file of {folder} is for their site, or they have no text", err=True
        )
    if not sites:
        remedy = "A page needs its address: a JSON line has `url`, and a saved page states it as its canonical link."
        typer.echo(f"no page of a site with rules was read\n{remedy}", err=True)
        raise typer.Exit(ExitCode.USAGE)
    return list(list_page_results(folder, sites))


def _read_gold(source: str) -> str | None:
    """The text in the file beside the page at ``source``, or None if there is no such file."""
    try:
        return Path(f"{source}.gold").read_text(encoding="utf-8")
    except OSError:
        return None

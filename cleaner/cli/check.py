"""``cleaner check``: tests rule files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.terminal import ExitCode, exit_on_errors
from cleaner.ruletools.check_output import CheckFormat, write_results
from cleaner.ruletools.check_results import CheckState

_DIR = "The folder of rule files."
_UPDATE = "Write the goldens that differ or are missing, and show what changed."
_FORMAT = "Plain text, annotations of a pull request, or JUnit XML."


def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_DIR, exists=True, file_okay=False)] = Path("rules"),
    update: Annotated[bool, typer.Option("--update", help=_UPDATE)] = False,  # noqa: FBT002  a flag is boolean by nature
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
    """
    from cleaner.ruletools import check as checking

    with exit_on_errors():
        results = list(checking.check_rules(folder, update=update))
    typer.echo(write_results(results, form), nl=False)
    states = {result.state for result in results}
    if CheckState.UNUSABLE in states:
        raise typer.Exit(ExitCode.USAGE)
    if CheckState.FAILS in states:
        raise typer.Exit(ExitCode.DIFFERS)

"""``cleaner check``: do the rules do what they say?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.terminal import ExitCode, explained_errors
from cleaner.ruletools.check_output import CheckFormat, write_results
from cleaner.ruletools.check_results import CheckState

_DIR = "The folder of rule files."
_UPDATE = "Write the goldens that differ or are not there, and show what changed."
_FORMAT = "For people, as annotations of a pull request, or as JUnit XML."


def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_DIR, exists=True, file_okay=False)] = Path("rules"),
    update: Annotated[bool, typer.Option("--update", help=_UPDATE)] = False,  # noqa: FBT002  a flag is boolean by nature
    form: Annotated[CheckFormat, typer.Option("--format", help=_FORMAT)] = CheckFormat.TEXT,
) -> None:
    """Check that rule files are valid, that their cases hold, and that every entry has an effect.

    A case holds if its texts are kept and dropped as it says, its metadata is right, and its article is the one in the
    golden beside its page. An entry has an effect if it fires on some case, and without it that case comes out
    differently.

    Examples:
      cleaner check

      cleaner check my-rules --update

      cleaner check my-rules --format junit > report.xml
    """
    from cleaner.ruletools import check as checking

    with explained_errors():
        results = list(checking.check_rules(folder, update=update))
    typer.echo(write_results(results, form), nl=False)
    states = {result.state for result in results}
    if CheckState.UNUSABLE in states:
        raise typer.Exit(ExitCode.USAGE)
    if CheckState.FAILS in states:
        raise typer.Exit(ExitCode.DIFFERS)

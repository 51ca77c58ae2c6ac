"""Shared by all commands: options, exit codes, error messages, and safe printing of text from pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Annotated, NoReturn, TypeAlias, TypeVar

import typer

from cleaner.language.characters import escape_control_characters
from cleaner.model import Lean

Rules: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Folder of rules added to the built-in ones; may be given several times, and later ones win.",
        exists=True,
        file_okay=False,
        show_default=False,
    ),
]

LeanOption: TypeAlias = Annotated[
    Lean,
    typer.Option(
        "--lean",
        help="Which mistake to avoid if a block is uncertain: recall loses no text, precision keeps no boilerplate.",
    ),
]

STDIN = Path("-")


class ExitCode(IntEnum):
    """The exit codes of all commands; documented in docs/cli.md."""

    FINE = 0
    DIFFERS = 1
    USAGE = 2
    FAILURES = 3


_Location = TypeVar("_Location", bound=Path | str)


def require_existing(path: _Location) -> _Location:
    """``path``, if it exists, is a url or is standard input; otherwise an error of usage."""
    if isinstance(path, Path) and path != STDIN and not path.exists():
        raise typer.BadParameter(f"{escape_for_terminal(str(path))} does not exist.")
    return path


def escape_for_terminal(text: str) -> str:
    r"""``text`` on one line, safe for a terminal: control and direction characters are escaped.

    >>> escape_for_terminal("red \x1b[31m\nalert")
    'red \\x1b[31m alert'
    """
    return escape_control_characters(text).translate({ord("\n"): " ", ord("\t"): " "})


def exit_with_error(message: str, code: ExitCode) -> NoReturn:
    """Print an error on standard error, and exit."""
    typer.secho("error: ", fg=typer.colors.RED, bold=True, err=True, nl=False)
    typer.echo(escape_for_terminal(message), err=True)
    raise typer.Exit(code)


@contextmanager
def exit_on_errors() -> Iterator[None]:
    """Convert errors of input, rules and files to a message and an exit code."""
    from cleaner.errors import CleanerError, PageError

    try:
        yield
    except PageError as error:
        exit_with_error(str(error), ExitCode.FAILURES)
    except CleanerError as error:
        exit_with_error(str(error), ExitCode.USAGE)

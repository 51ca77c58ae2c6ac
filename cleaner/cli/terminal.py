"""What all commands share: exit codes, errors for people, and text of strangers on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Annotated, NoReturn, TypeAlias

import typer

from cleaner.model import Lean

Rules: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Folder of rules laid over the built-in ones; may be given again, and later ones win.",
        exists=True,
        file_okay=False,
        show_default=False,
    ),
]

LeanOption: TypeAlias = Annotated[
    Lean,
    typer.Option(
        "--lean",
        help="Which mistake to avoid where a block could be either: recall loses no text, precision keeps no boilerplate.",
    ),
]

# Scripts such as Persian and Hindi, and emoji, are spelled with these two joiners.
_JOINERS = frozenset("\u200c\u200d")


STDIN = Path("-")


class ExitCode(IntEnum):
    """What a command tells its caller; documented in docs/cli.md."""

    FINE = 0
    DIFFERS = 1
    USAGE = 2
    FAILURES = 3


def existing(path: Path) -> Path:
    """``path``, if something stands there or it is standard input; refused as wrong usage if not."""
    if path != STDIN and not path.exists():
        raise typer.BadParameter(f"{printable(str(path))} does not exist.")
    return path


def printable(text: str) -> str:
    r"""``text`` on one line, without power over a terminal: control and direction characters are spelled out.

    >>> printable("red \x1b[31m alert")
    'red \\x1b[31m alert'
    """
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    if character.isspace():
        return " "
    return character.encode("unicode_escape").decode("ascii")


def fail(message: str, code: ExitCode) -> NoReturn:
    """Say on standard error what is wrong, and exit."""
    typer.secho("error: ", fg=typer.colors.RED, bold=True, err=True, nl=False)
    typer.echo(printable(message), err=True)
    raise typer.Exit(code)


@contextmanager
def explained_errors() -> Iterator[None]:
    """Turn what a person can put right into a message and an exit code."""
    from cleaner.errors import OutputError, PageError, RuleError

    try:
        yield
    except (RuleError, OutputError) as error:
        fail(str(error), ExitCode.USAGE)
    except PageError as error:
        fail(str(error), ExitCode.FAILURES)

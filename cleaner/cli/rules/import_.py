"""``cleaner rules import``: rules of other tools as rule files."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.terminal import escape_for_terminal, exit_on_errors

if TYPE_CHECKING:
    from cleaner.ruletools.import_ftr import ImportedFile


class RuleOrigin(StrEnum):
    """The tools whose rules can be imported."""

    FTR = "ftr"


_ORIGIN = "Origin of the rules: ftr for site files of Full-Text RSS."
_FOLDER = "Folder of site files, such as example.com.txt."
_OUT = "Folder for the rule files; created if missing. Existing files are not changed."


def import_(
    _origin: Annotated[RuleOrigin, typer.Argument(metavar="ftr", help=_ORIGIN, show_default=False)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_FOLDER, exists=True, file_okay=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=_OUT, file_okay=False, show_default=False)],
) -> None:
    """Convert the rules of another tool to rule files, and report for each file what could not be converted.

    Rules of Full-Text RSS for body, title, author, date and elements to remove are converted. Those that change or
    fetch pages have no counterpart; their test pages are written as comments, from which you can make cases.

    Examples:
      cleaner rules import ftr ftr-site-config --out my-rules
    """
    from cleaner.ruletools.import_ftr import import_ftr_folder
    from cleaner.storage.atomic_files import write_atomic

    written = 0
    with exit_on_errors():
        for imported in import_ftr_folder(folder):
            kept = bool(imported.name) and (out / imported.name).exists()
            if imported.name and not kept:
                write_atomic(out / imported.name, imported.text.encode())
                written += 1
            for line in _print_import(imported, kept=kept):
                typer.echo(escape_for_terminal(line))
    typer.echo(f"{written} rule files written", err=True)


def _print_import(imported: ImportedFile, *, kept: bool) -> Iterator[str]:
    done = f"{imported.imported_lines} lines -> {imported.name}" if imported.name else "no rule file"
    unchanged = ", which exists and was not changed" if kept else ""
    yield f"{imported.source.name}: {done}{unchanged}"
    for left in imported.skipped:
        yield f"  line {left.line}: {left.text}: {left.why}" if left.line else f"  {left.why}"

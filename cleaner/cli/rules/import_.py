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
    """Whose rules can be read."""

    FTR = "ftr"


_ORIGIN = "Whose rules they are; ftr are the site files of Full-Text RSS."
_FOLDER = "Folder of site files, as example.com.txt."
_OUT = "Folder for the rule files; made if it is not there. A file that stands there already is left as it is."


def import_(
    _origin: Annotated[RuleOrigin, typer.Argument(metavar="ftr", help=_ORIGIN, show_default=False)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_FOLDER, exists=True, file_okay=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=_OUT, file_okay=False, show_default=False)],
) -> None:
    """Write rule files from the rules of another tool, and say of each file what could not be carried over.

    Site files of Full-Text RSS give body, title, author and date, and what to strip. What they do to a page's text or
    to fetch it has no counterpart, and their test pages are left as comments: make cases of them.

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
    stands = ", which stands there already and was left" if kept else ""
    yield f"{imported.source.name}: {done}{stands}"
    for left in imported.skipped:
        yield f"  line {left.line}: {left.text}: {left.why}" if left.line else f"  {left.why}"

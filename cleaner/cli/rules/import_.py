"""``cleaner rules import``: rules of other tools as rule files."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.terminal import escape_for_terminal, exit_on_errors, require_existing

if TYPE_CHECKING:
    from cleaner.model import Page
    from cleaner.ruletools.import_ftr import ImportedFile
    from cleaner.storage.run_files import Failure


class RuleOrigin(StrEnum):
    """The tools whose rules can be imported."""

    FTR = "ftr"


_ORIGIN = "Origin of the rules: ftr for site files of Full-Text RSS."
_FOLDER = "Folder of site files, such as example.com.txt."
_PAGES = "Saved test pages, as a folder or a file of JSON lines: those of the site files become cases."
_OUT = "Folder for the rule files; created if missing. Existing files are not changed."


def import_(
    _origin: Annotated[RuleOrigin, typer.Argument(metavar="ftr", help=_ORIGIN, show_default=False)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_FOLDER, exists=True, file_okay=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=_OUT, file_okay=False, show_default=False)],
    pages: Annotated[
        Path | None,
        typer.Option("--pages", metavar="PAGES", help=_PAGES, callback=require_existing, show_default=False),
    ] = None,
) -> None:
    """Convert the rules of another tool to rule files, and report for each file what could not be converted.

    Rules of Full-Text RSS for body, title, author, date and elements to remove are converted. Those that change or
    fetch pages have no counterpart. Test pages are written as comments; those that are among --pages become cases. Entries
    that no case shows are allowed in these files: `cleaner check` counts them as unproven.

    Examples:
      cleaner rules import ftr ftr-site-config --out my-rules

      cleaner rules import ftr ftr-site-config --out my-rules --pages test-pages.jsonl
    """
    from cleaner.ruletools.ftr_cases import prove_imported_file
    from cleaner.ruletools.import_ftr import import_ftr_folder
    from cleaner.storage.atomic_files import write_atomic

    written = whole = total = cases = 0
    with exit_on_errors():
        saved = _read_saved_pages(pages) if pages else {}
        for imported in import_ftr_folder(folder):
            total += 1
            whole += imported.is_whole
            kept = bool(imported.name) and (out / imported.name).exists()
            for line in _print_import(imported, kept=kept):
                typer.echo(escape_for_terminal(line))
            if imported.name and not kept:
                proven = prove_imported_file(imported, saved)
                for path, data in {**proven.files, imported.name: proven.text.encode()}.items():
                    write_atomic(out / path, data)
                for problem in proven.failed:
                    typer.echo(escape_for_terminal(f"  {problem}"))
                written += 1
                cases += len(proven.files) // 2
    found = f", {cases} cases made of test pages" if pages else ""
    typer.echo(f"{written} rule files written{found}; {whole} of {total} site files came over whole", err=True)


def _print_import(imported: ImportedFile, *, kept: bool) -> Iterator[str]:
    done = f"{imported.imported_lines} lines -> {imported.name}" if imported.name else "no rule file"
    unchanged = ", which exists and was not changed" if kept else ""
    yield f"{imported.source.name}: {done}{unchanged}"
    for left in imported.skipped:
        yield f"  line {left.line}: {left.text}: {left.why}" if left.line else f"  {left.why}"


def _read_saved_pages(path: Path) -> dict[str, Page]:
    """The pages at ``path`` by their addresses; what cannot be read is printed."""
    from cleaner.cli.page_files import read_pages

    failed: list[Failure] = []
    found = {page.url: page for page in read_pages(path, None, failed) if page.url}
    for failure in failed:
        typer.echo(escape_for_terminal(f"{failure.path}: {failure.message}"), err=True)
    return found

"""``cleaner rules learn``: rule files proposed from a site's pages."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.terminal import ExitCode, escape_for_terminal, exit_on_errors, require_existing

if TYPE_CHECKING:
    from cleaner.ruletools.learn import LearnedSite
    from cleaner.storage.run_files import Failure

_PAGES = "A folder of pages, a file of JSON lines with url and html or text, or - for standard input."
_OUT = "Folder of rules to add to; created if missing. Without it, nothing is written."


def learn(
    pages: Annotated[Path, typer.Argument(metavar="PAGES", help=_PAGES, callback=require_existing, show_default=False)],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=_OUT, file_okay=False, show_default=False)
    ] = None,
) -> None:
    """Propose rules for each site, for boilerplate that its pages share and cleaning keeps.

    Each entry is learned from one half of a site's pages and tested on the other half; it says on how many pages it
    holds. The changes to rule files are shown as a diff; with --out they are written, with pages as cases that test
    the entries. Review both before you keep them.

    Examples:
      cleaner rules learn crawl.jsonl

      cleaner rules learn crawl.jsonl --out my-rules
    """
    from cleaner.cli.page_files import read_pages
    from cleaner.ruletools.learn import MIN_ARTICLES, learn_sites

    failed: list[Failure] = []
    count = 0
    with exit_on_errors():
        for lesson in learn_sites(read_pages(pages, out, failed), out if out and out.is_dir() else None):
            count += 1
            show_lesson(lesson)
            if out:
                write_lesson(lesson, out)
    for failure in failed:
        typer.echo(escape_for_terminal(f"{failure.path}: {failure.message}"), err=True)
    hint = "" if count else f": no site has {MIN_ARTICLES} articles or more that share boilerplate which cleaning keeps"
    typer.echo(f"{count} rule files {'written' if out else 'proposed'}{hint}", err=True)
    if failed:
        raise typer.Exit(ExitCode.FAILURES)


def show_lesson(lesson: LearnedSite) -> None:
    """Print what a lesson changes in its rule file, as a diff."""
    name = f"{lesson.name}.toml"
    old, new = (text.splitlines(keepends=True) for text in (lesson.before, lesson.after))
    for line in unified_diff(old, new, name if lesson.before else "/dev/null", name):
        typer.echo(escape_for_terminal(line.rstrip("\n")))


def write_lesson(lesson: LearnedSite, folder: Path) -> None:
    """Write a lesson to a rules folder. Raises :class:`~cleaner.errors.OutputError`."""
    from cleaner.ruletools.file_kinds import FileKind
    from cleaner.ruletools.json_schema import make_json_schema
    from cleaner.storage.atomic_files import write_atomic

    if not (folder / "site.schema.json").exists():
        write_atomic(folder / "site.schema.json", make_json_schema(FileKind.SITE).encode())
    for path, data in lesson.files.items():
        write_atomic(folder / path, data)
    write_atomic(folder / f"{lesson.name}.toml", lesson.after.encode())

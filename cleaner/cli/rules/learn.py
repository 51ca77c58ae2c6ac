"""``cleaner rules learn``: rule files proposed from a site's pages."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.terminal import ExitCode, existing, explained_errors, printable

if TYPE_CHECKING:
    from cleaner.authoring.learn import Lesson
    from cleaner.batch.records import Failure
    from cleaner.model import Page

_PAGES = "A folder of pages, a file of JSON lines with url and html or text, or - for standard input."
_OUT = "Folder of rules that is added to; made if it is not there. Without it, nothing is written."


def learn(
    pages: Annotated[Path, typer.Argument(metavar="PAGES", help=_PAGES, callback=existing, show_default=False)],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=_OUT, file_okay=False, show_default=False)
    ] = None,
) -> None:
    """Propose rules for each site: what its pages share, is not their story, and cleaning leaves in.

    Each entry is learned from one half of a site's pages and has to hold on the other half, and says on how many it
    did. The changes to rule files are shown as a diff; with --out they are written, and with them pages as cases that
    prove the entries. Look at both before you keep them.

    Examples:
      cleaner rules learn crawl.jsonl

      cleaner rules learn crawl.jsonl --out my-rules
    """
    from cleaner.authoring.learn import ENOUGH
    from cleaner.authoring.learn import learn as lessons

    failed: list[Failure] = []
    count = 0
    with explained_errors():
        for lesson in lessons(_read(pages, out, failed), out if out and out.is_dir() else None):
            count += 1
            show(lesson)
            if out:
                write(lesson, out)
    for failure in failed:
        typer.echo(printable(f"{failure.path}: {failure.message}"), err=True)
    hint = "" if count else f": no site has {ENOUGH} articles or more that share what cleaning leaves in"
    typer.echo(f"{count} rule files {'written' if out else 'proposed'}{hint}", err=True)
    if failed:
        raise typer.Exit(ExitCode.FAILURES)


def show(lesson: Lesson) -> None:
    """Print what a lesson changes in its rule file, as a diff."""
    name = f"{lesson.name}.toml"
    old, new = (text.splitlines(keepends=True) for text in (lesson.before, lesson.after))
    for line in unified_diff(old, new, name if lesson.before else "/dev/null", name):
        typer.echo(printable(line.rstrip("\n")))


def write(lesson: Lesson, folder: Path) -> None:
    """Write a lesson into a rules folder. Raises :class:`~cleaner.errors.OutputError`."""
    from cleaner.authoring.schema import json_schema
    from cleaner.authoring.shapes import Shape
    from cleaner.batch.tables import write_whole

    if not (folder / "site.schema.json").exists():
        write_whole(folder / "site.schema.json", json_schema(Shape.SITE).encode())
    for path, data in lesson.files.items():
        write_whole(folder / path, data)
    write_whole(folder / f"{lesson.name}.toml", lesson.after.encode())


def _read(path: Path, skip: Path | None, failed: list[Failure]) -> Iterator[Page]:
    """The pages at ``path``; what cannot be read is added to ``failed``."""
    from cleaner.batch.records import Failure
    from cleaner.batch.sources import Inputs
    from cleaner.batch.work import load
    from cleaner.errors import PageError

    for document, _ in Inputs([path], skip=skip).documents():
        if isinstance(document, Failure):
            failed.append(document)
            continue
        try:
            yield load(document)
        except PageError as error:
            failed.append(Failure(document.path, "PageError", error.problem))

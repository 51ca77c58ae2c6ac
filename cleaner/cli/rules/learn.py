"""``cleaner rules learn``: rule files proposed from a site's pages."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.terminal import ExitCode, escape_for_terminal, exit_on_errors, require_existing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.ruletools.labelled_rows import LabelledPage
    from cleaner.ruletools.learn import LearnedSite
    from cleaner.storage.run_files import Failure

_PAGES = "A folder of pages, a file of JSON lines with url and html or text, or - for standard input."
_MARKED = "Labelled pages, as the studio exports them: JSON lines with url, html or text, blocks and marked."
_OUT = "Folder of rules to add to; created if missing. Without it, nothing is written."


def _require_existing_or_none(path: Path | None) -> Path | None:
    return None if path is None else require_existing(path)


def learn(
    pages: Annotated[
        Path | None,
        typer.Argument(metavar="[PAGES]", help=_PAGES, callback=_require_existing_or_none, show_default=False),
    ] = None,
    marked: Annotated[
        Path | None,
        typer.Option("--marked", metavar="FILE", help=_MARKED, exists=True, dir_okay=False, show_default=False),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=_OUT, file_okay=False, show_default=False)
    ] = None,
) -> None:
    """Propose rules for each site, for boilerplate that its pages share and cleaning keeps, or that a person marked.

    Each entry is learned from one half of a site's pages and tested on the other half; it says on how many pages it
    holds. With --marked, entries are made for the marks on a page or more, and PAGES, if given, are further pages of the
    site on which each is tried. The changes to rule files are shown as a diff; with --out they are written, with pages
    as cases that test the entries. Review both before you keep them.

    Examples:
      cleaner rules learn crawl.jsonl

      cleaner rules learn crawl.jsonl --out my-rules

      cleaner rules learn --marked marked.jsonl --out my-rules
    """
    if pages is None and marked is None:
        raise typer.BadParameter("name the pages to learn from.", param_hint="'PAGES'")
    failed: list[Failure] = []
    with exit_on_errors():
        lessons = [_take_lesson(lesson, out) for lesson in _learn(pages, marked, out, failed)]
    for failure in failed:
        typer.echo(escape_for_terminal(f"{failure.path}: {failure.message}"), err=True)
    unmet = [text for lesson in lessons for text in lesson.unmet]
    for text in unmet:
        typer.echo(escape_for_terminal(f"no entry: {text}"), err=True)
    _print_count(
        sum(bool(lesson.after) for lesson in lessons), written=out is not None, marked=marked is not None, unmet=unmet
    )
    if failed:
        raise typer.Exit(ExitCode.FAILURES)


def _learn(pages: Path | None, marked: Path | None, out: Path | None, failed: list[Failure]) -> Iterator[LearnedSite]:
    """The lessons of ``pages`` and ``marked`` pages, beyond the rules that are in ``out``; what cannot be read is added to ``failed``."""
    from cleaner.cli.page_files import read_pages
    from cleaner.ruletools.learn import learn_sites
    from cleaner.ruletools.learn_from_marks import learn_from_marks

    found = read_pages(pages, out, failed) if pages else iter(())
    folder = out if out and out.is_dir() else None
    return learn_from_marks(_read_marked(marked, failed), found, folder) if marked else learn_sites(found, folder)


def _take_lesson(lesson: LearnedSite, out: Path | None) -> LearnedSite:
    """Show ``lesson``, and write it if there is a folder for it."""
    if lesson.after:
        show_lesson(lesson)
        if out:
            write_lesson(lesson, out)
    return lesson


def _print_count(count: int, *, written: bool, marked: bool, unmet: Sequence[str]) -> None:
    from cleaner.ruletools.learn import MIN_ARTICLES

    shared = f"no site has {MIN_ARTICLES} articles or more that share boilerplate which cleaning keeps"
    hint = "no mark differs from what cleaning gives" if marked else shared
    typer.echo(
        f"{count} rule files {'written' if written else 'proposed'}{'' if count or unmet else f': {hint}'}", err=True
    )


def _read_marked(path: Path, failed: list[Failure]) -> Iterator[LabelledPage]:
    """The labelled pages of a file of JSON lines; rows that cannot be read, and texts that no block has, are added to ``failed``."""
    from cleaner.errors import InputError, PageError
    from cleaner.ruletools.labelled_rows import read_labelled_row
    from cleaner.storage.run_files import Failure

    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            place = f"{path}:{number}"
            if not line.strip():
                continue
            try:
                one = read_labelled_row(line, place)
            except (InputError, PageError) as error:
                failed.append(Failure(place, type(error).__name__, error.problem))
                continue
            failed += [Failure(place, "InputError", f"no block has the text “{text}”") for text in one.unplaced]
            yield one


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

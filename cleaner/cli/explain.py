"""``cleaner explain``: one page, block by block, with the reason for every decision."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cleaner.cli.terminal import STDIN, LeanOption, Rules, existing, explained_errors, printable
from cleaner.model import Lean

if TYPE_CHECKING:
    from rich.console import Console

    from cleaner.model import Article, Block, Page

_FILE = "A page, HTML or text dump, or - for standard input."
_URL = "Where the page came from: it finds the site's rules."
_FIELDS = "title url site published modified authors agency place section tags language description flags".split()
_GUTTER = 21
"""Columns left of a block's text: wide enough for ``drop  advertisement``."""


def _one_page(file: Path) -> Path:
    if file.is_dir() or file.suffix.lower() == ".jsonl":
        raise typer.BadParameter(f"{printable(str(file))} holds many pages, and explain shows one: name its file.")
    return existing(file)


def explain(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=_FILE, callback=_one_page, show_default=False),
    ],
    rules: Rules = None,
    lean: LeanOption = Lean.BALANCED,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help=_URL, show_default=False)] = None,
) -> None:
    """Show what became of a page: every block, kept or dropped, as what, by whom and why.

    Metadata comes first, then the page in its own order. The line under a block names the judge that spoke, the rule
    if it was one, and the reason.

    Examples:
      cleaner explain seeds/004_d350547c096211a8.txt

      cleaner explain page.html --url https://example.com/a --rules my-rules

      curl -s https://example.com/a | cleaner explain - --url https://example.com/a
    """
    from rich.console import Console

    from cleaner.pipeline import Cleaner

    with explained_errors():
        article = Cleaner(rules or (), lean=lean).clean_page(_page(file, url))
    console = Console(highlight=False)
    for line in _lines(article):
        _print(console, line)


def _page(file: Path, url: str | None) -> Page:
    from cleaner import decode
    from cleaner.errors import PageError

    if file == STDIN:
        return decode.page(sys.stdin.buffer.read(), name="stdin", source="-", url=url)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PageError(str(file), f"cannot be read: {error.strerror}") from error
    return decode.page(data, name=file.name, source=str(file), url=url)


class _Line(NamedTuple):
    gutter: str = ""
    text: str = ""
    gutter_style: str = ""
    text_style: str = ""


def _lines(article: Article) -> Iterator[_Line]:
    row = article.to_dict()
    for field in _FIELDS:
        if value := row[field]:
            yield _Line(field, ", ".join(value) if isinstance(value, list) else value, "bold")
    kept = sum(block.kept for block in article.blocks)
    yield _Line("kept", f"{kept} of {len(article.blocks)} blocks, {article.kept_share:.0%} of the characters", "bold")
    for block in article.blocks:
        yield from _about(block)


def _about(block: Block) -> Iterator[_Line]:
    verdict = block.verdict
    label = verdict.label.value if verdict else "no verdict"
    yield _Line()
    if block.kept:
        yield _Line(f"keep  {label}", block.text, "green")
    else:
        yield _Line(f"drop  {label}", block.text, "red", "dim")
    if verdict:
        spoke = verdict.judge if verdict.rule is None else f"{verdict.judge}, {verdict.rule}"
        score = "" if verdict.score is None else f" ({verdict.score:.2f})"
        yield _Line("", f"{spoke}: {verdict.why}{score}", "", "dim italic")


def _print(console: Console, line: _Line) -> None:
    """One line, wrapped beside its gutter on a terminal, and left whole in a file, where it may be searched."""
    from rich.text import Text

    body = Text(printable(line.text), line.text_style)
    pieces = body.wrap(console, max(console.width - _GUTTER, _GUTTER)) if console.is_terminal else [body]
    for number, piece in enumerate(pieces):
        gutter = f"{'' if number else line.gutter:<{_GUTTER}}"
        whole = Text.assemble((gutter, line.gutter_style), piece)
        whole.rstrip()
        console.print(whole, soft_wrap=True)

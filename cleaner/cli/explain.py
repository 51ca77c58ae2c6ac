"""``cleaner explain``: shows one page block by block, with the reason for every decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cleaner import fields
from cleaner.cli.terminal import LeanOption, Rules, escape_for_terminal, exit_on_errors, require_existing
from cleaner.fields import Use
from cleaner.model import Lean
from cleaner.storage.streams import Location, parse_location

if TYPE_CHECKING:
    from rich.console import Console

    from cleaner.article import Article
    from cleaner.model import Block

_FILE = "A page, HTML or text dump: a file, an address that starts with http, or - for standard input."
_ID = "Id, url or place (FILE:LINE) of the page in a file of many: JSON lines, Parquet or WARC."
_URL = "Url of the page: it selects the site's rules."
_HTML = "Write the result to this HTML file instead of printing it."
_JSON = "Print one line of JSON: the article's row, with all blocks and their verdicts."
_GUTTER_COLUMNS = 21
"""Columns left of a block's text: wide enough for ``drop  advertisement``."""
_MIN_WIDE_COLUMNS = 60
"""Columns; on narrower terminals the text is below the gutter instead of beside it. Chosen; not measured."""
_MAX_TEXT_COLUMNS = 100
"""Columns of text; wider terminals are not filled, for legibility. Chosen; not measured."""


def _check_one_page(file: str) -> Location:
    location = parse_location(file)
    if isinstance(location, Path) and location.is_dir():
        raise typer.BadParameter(f"{escape_for_terminal(file)} contains many pages; explain shows one page file.")
    return require_existing(location)


def explain(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help=_FILE, callback=_check_one_page, show_default=False),
    ],
    rules: Rules = None,
    lean: LeanOption = Lean.BALANCED,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help=_URL, show_default=False)] = None,
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help=_ID, show_default=False)] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT", help=_HTML, dir_okay=False, show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_JSON)] = False,  # noqa: FBT002  a flag is boolean by nature
) -> None:
    """Show every block of a page: kept or dropped, its label, the judge that decided, and why.

    Metadata comes first, then the blocks in the order of the page. The line under a block has the judge, the rule if
    there was one, the reason, and the probability that the block belongs to the article's text if it was computed.

    Examples:
      cleaner explain seeds/004_d350547c096211a8.txt

      cleaner explain page.html --url https://example.com/a --rules my-rules

      cleaner explain page.html --html page-explained.html

      curl -s https://example.com/a | cleaner explain - --url https://example.com/a

      cleaner explain rows.jsonl --id 4711
    """
    from cleaner.cli.one_page import read_one_page
    from cleaner.library import Cleaner

    page_file = Path(file)
    if html and html.exists() and page_file.exists() and html.samefile(page_file):
        raise typer.BadParameter("this is the page itself; choose another file.", param_hint="'--html'")
    with exit_on_errors():
        article = Cleaner(rules or (), lean=lean).clean_page(read_one_page(parse_location(file), url=url, id_=id_))
        if html:
            _write_html(article, html)
    if as_json:
        _print_json(article)
    elif not html:
        _print_lines(article)


def _write_html(article: Article, path: Path) -> None:
    from cleaner.analysis.report import explain_page
    from cleaner.storage.atomic_files import write_atomic

    write_atomic(path, explain_page(article).encode())
    typer.echo(escape_for_terminal(str(path)), err=True)


def _print_json(article: Article) -> None:
    import msgspec

    blocks = [
        {
            "index": block.index,
            "text": block.text,
            "role": block.role,
            "path": block.path,
            "line": block.line,
            "kept": block.kept,
            "verdict": block.verdict,
        }
        for block in article.blocks
    ]
    typer.echo(msgspec.json.encode({**article.to_dict(), "blocks": blocks}))


def _print_lines(article: Article) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    for line in _explain_lines(article):
        _print_line(console, line)


class _ExplainLine(NamedTuple):
    gutter: str = ""
    text: str = ""
    gutter_style: str = ""
    text_style: str = ""


def _explain_lines(article: Article) -> Iterator[_ExplainLine]:
    from cleaner.pipeline import STAGES

    row = article.to_dict()
    for field in fields.names(Use.EXPLAIN):
        if value := row[field]:
            yield _ExplainLine(field, ", ".join(value) if isinstance(value, list) else value, "bold")
    kept = sum(block.kept for block in article.blocks)
    yield _ExplainLine(
        "kept", f"{kept} of {len(article.blocks)} blocks, {article.kept_share:.0%} of the characters", "bold"
    )
    if row["removed"]:
        counts = sorted(row["removed"].items(), key=lambda item: (-item[1], item[0]))
        yield _ExplainLine("dropped", ", ".join(f"{count} {label}" for label, count in counts), "bold")
    deciders = Counter(block.verdict.judge for block in article.blocks if block.verdict)
    names = dict.fromkeys(stage.name for stage in STAGES)  # front matter is judged twice
    decided = [f"{name} {deciders[name]}" for name in names if name in deciders]
    yield _ExplainLine("decided by", ", ".join(decided), "bold")
    for block in article.blocks:
        yield from _block_lines(block)


def _block_lines(block: Block) -> Iterator[_ExplainLine]:
    verdict = block.verdict
    label = verdict.label.value if verdict else "no verdict"
    yield _ExplainLine()
    if block.kept:
        yield _ExplainLine(f"keep  {label}", block.marked_text, "green")
    else:
        yield _ExplainLine(f"drop  {label}", block.marked_text, "red", "dim")
    if verdict:
        decider = verdict.judge if verdict.rule is None else f"{verdict.judge}, {verdict.rule}"
        score = "" if verdict.score is None else f" ({verdict.score:.2f})"
        yield _ExplainLine("", f"{decider}: {verdict.why}{score}", "", "dim italic")


def _print_line(console: Console, line: _ExplainLine) -> None:
    """Print one line: wrapped beside its gutter on a terminal, unwrapped in a file, so that it can be searched."""
    from rich.text import Text

    body = Text(escape_for_terminal(line.text), line.text_style)
    gutter = _GUTTER_COLUMNS
    if console.is_terminal and console.width < _MIN_WIDE_COLUMNS:
        gutter = 2
        if line.gutter:
            console.print(Text(line.gutter, line.gutter_style))
    width = min(max(console.width - gutter, 1), _MAX_TEXT_COLUMNS)
    for number, piece in enumerate(body.wrap(console, width) if console.is_terminal else [body]):
        heading = line.gutter if gutter == _GUTTER_COLUMNS and not number else ""
        whole = Text.assemble((f"{heading:<{gutter}}", line.gutter_style), piece)
        whole.rstrip()
        console.print(whole, soft_wrap=True)

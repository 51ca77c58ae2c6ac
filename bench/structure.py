"""Structure of composed pages: which links, emphases, items, cells, headings and pictures come out right in Markdown.

    python bench/structure.py [--write docs/benchmarks.md]

Forty pages (``bench/pages/structure.txt``), in four forms of markup with menus, teasers and a footer around them. Each system
writes Markdown, which markdown-it reads. A thing is right if it has the right text and the right address, level, marker or
column. The score of a column is 2 · right / (wanted + written), over all pages together: what is missing and what does not
belong to the article cost the same.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urljoin

from markdown_it import MarkdownIt
from markdown_it.token import Token

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.composed_structure import COLUMNS, ComposedPage, Things, flatten, read_pages
from bench.report import replace_section


def read_things(markdown: str, url: str) -> Things:  # noqa: C901  one branch for each kind of token
    """What is in Markdown."""
    things: Things = {column: Counter() for column in COLUMNS}
    markdown = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    lists: list[list[object]] = []
    item = heading = False
    column = 0
    in_cell = False
    level = ""
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append([token.type.startswith("o"), int(token.attrs.get("start", 1)) - 1])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            lists[-1][1] = int(str(lists[-1][1])) + 1
            item = True
        elif token.type == "tr_open":
            column = -1
        elif token.type in ("td_open", "th_open"):
            column, in_cell = column + 1, True
        elif token.type in ("td_close", "th_close"):
            in_cell = False
        elif token.type == "heading_open":
            heading, level = True, token.tag[1:]
        elif token.type == "inline":
            text = _read_inline(token.children or [], things, url)
            if in_cell and text:
                things["cells"][str(column), text] += 1
            elif heading and level != "1":
                things["headings"][text, level] += 1
            elif item and lists:
                ordered, number = lists[-1]
                things["items"][text, str(len(lists)), f"{number}." if ordered else "-"] += 1
            heading = item = False
    return things


def _read_inline(tokens: list[Token], things: Things, url: str) -> str:
    text, starts = "", []
    for token in tokens:
        if token.nesting == 1:
            starts.append((token, len(text)))
        elif token.nesting == -1:
            opened, start = starts.pop()
            inner = flatten(text[start:])
            if token.type == "link_close" and inner:
                things["links"][inner, urljoin(url, str(opened.attrs.get("href", "")))] += 1
            elif token.type in ("em_close", "strong_close"):
                things["emphases"][token.type.removesuffix("_close"), inner] += 1
        elif token.type == "image":
            things["pictures"][urljoin(url, str(token.attrs.get("src", ""))), token.content] += 1
        else:
            if token.type == "code_inline":
                things["code"][(token.content,)] += 1
            text += " " if token.type in ("softbreak", "hardbreak") else token.content
    return flatten(text)


Write: TypeAlias = Callable[[str, str], str]


def make_systems() -> Iterator[tuple[str, Write]]:
    """The systems that are installed, by name and version."""
    import cleaner

    yield "cleaner", lambda page, url: cleaner.clean(page, url).markdown
    try:
        import trafilatura

        yield f"trafilatura {version('trafilatura')}", lambda page, url: trafilatura.extract(
            page, url=url, output_format="markdown", include_links=True, include_images=True, include_formatting=True
        ) or ""  # fmt: skip
        import html2text

        def write_by_html2text(page: str, url: str) -> str:
            return str(html2text.HTML2Text(baseurl=url, bodywidth=0).handle(page))

        yield f"html2text {version('html2text')}", write_by_html2text
        import markdownify

        yield (
            f"markdownify {version('markdownify')}",
            lambda page, _: markdownify.markdownify(page, heading_style="ATX"),
        )
    except ImportError as error:
        print(f"left out: {error.name} is not installed", file=sys.stderr)


def measure(write: Write, pages: Iterable[ComposedPage]) -> tuple[dict[str, float], float]:
    """The score of each column, and the median milliseconds of a page."""
    right, wanted, written = Counter[str](), Counter[str](), Counter[str]()
    laps = []
    for page in pages:
        start = time.perf_counter()
        markdown = write(page.html, page.url)
        laps.append(time.perf_counter() - start)
        found = read_things(markdown, page.url)
        for column in COLUMNS:
            right[column] += (found[column] & page.wanted[column]).total()
            wanted[column] += page.wanted[column].total()
            written[column] += found[column].total()
    scores = {column: 2 * right[column] / max(wanted[column] + written[column], 1) for column in COLUMNS}
    return scores, statistics.median(laps) * 1000


def main() -> None:
    """Print the table, and write it into a page of the documentation if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", type=Path, metavar="FILE", help="page of the documentation to write the table into")
    options = parser.parse_args()
    pages = read_pages()
    lines = [f"| system | {' | '.join(COLUMNS)} | ms |", f"|---|{'---:|' * (len(COLUMNS) + 1)}"]
    for name, write in make_systems():
        measure(write, pages[:3])
        scores, milliseconds = measure(write, pages)
        lines.append(f"| {name} | {' | '.join(f'{scores[column]:.3f}' for column in COLUMNS)} | {milliseconds:.1f} |")
    print("\n".join(lines))
    if options.write:
        replace_section(options.write, "structure", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

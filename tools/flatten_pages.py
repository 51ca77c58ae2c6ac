"""Make dumps of the corpora's pages, in the ways in which crawlers flatten pages; the classifier of dumps is trained on them.

    python tools/flatten_pages.py --corpora DIR OUT.jsonl.gz

Each page is flattened in a few ways that its id chooses, every twelfth in all. Needs html2text, beautifulsoup4, markdownify,
resiliparse and inscriptis from pip, and the programs lynx, w3m and pandoc. Rows of OUT have
``id source url flattener text``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing import Pool
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

import html2text
import inscriptis
import markdownify
from bs4 import BeautifulSoup
from resiliparse.extract.html2text import extract_plain_text
from training.corpora import Row, read_rows

WAYS_A_PAGE, EVERY = 4, 12
_PROCESSES = 2
_MOST_CHARS = 1_500_000
"""Characters of a page from which flatteners take minutes."""
_UNSEEN = re.compile(r"<(script|style|noscript|template|svg)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BROWSERS = {
    "lynx": "lynx -dump -force_html -assume_charset=utf-8 -display_charset=utf-8 -width=80",
    "lynx-nolist": "lynx -dump -force_html -assume_charset=utf-8 -display_charset=utf-8 -width=80 -nolist",
    "w3m": "w3m -dump -T text/html -I utf-8 -O utf-8 -cols 80",
    "pandoc-plain": "pandoc -f html -t plain",
}


def _strip_unseen(html: str) -> str:
    return _UNSEEN.sub(" ", html)


def _make_soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(_strip_unseen(html), "lxml")


def _run_program(name: str, html: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.html").write_text(html, "utf-8", "replace")
        command = [*_BROWSERS[name].split(), "page.html"]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=30, check=False)
    return re.sub(r"file://\S*page\.html", "page.html", done.stdout.decode("utf-8", "replace"))


def _extract_lines(html: str) -> str:
    text = extract_plain_text(html, main_content=False, list_bullets=False, alt_texts=False)
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


FLATTENERS: dict[str, Callable[[str], str]] = {
    "resiliparse-main": lambda html: extract_plain_text(html, main_content=True, list_bullets=True, alt_texts=True),
    "resiliparse-all": lambda html: extract_plain_text(html, main_content=False, list_bullets=True, alt_texts=True),
    "wet": _extract_lines,
    "inscriptis": inscriptis.get_text,
    "soup-lines": lambda html: _make_soup(html).get_text("\n", strip=True),
    "soup-plain": lambda html: _make_soup(html).get_text(),
    "soup-one-line": lambda html: " ".join(_make_soup(html).get_text(" ", strip=True).split()),
    "html2text-78": lambda html: html2text.HTML2Text(bodywidth=78).handle(html),
    "html2text-0": lambda html: html2text.HTML2Text(bodywidth=0).handle(html),
    "markdownify": lambda html: markdownify.markdownify(_strip_unseen(html)),
    "lynx": lambda html: _run_program("lynx", html),
    "lynx-nolist": lambda html: _run_program("lynx-nolist", html),
    "w3m": lambda html: _run_program("w3m", html),
    "pandoc-plain": lambda html: _run_program("pandoc-plain", _strip_unseen(html)),
}


def _choose_ways(corpora: Path) -> Iterator[tuple[Row, list[str]]]:
    for number, row in enumerate(read_rows(corpora)):
        if len(row["html"]) <= _MOST_CHARS:
            yield row, [*FLATTENERS] if number % EVERY == 0 else Random(row["id"]).sample([*FLATTENERS], WAYS_A_PAGE)


def _flatten(task: tuple[Row, list[str]]) -> list[Row]:
    row, ways = task
    dumps = []
    for way in ways:
        try:
            text = FLATTENERS[way](row["html"])
        except Exception as error:  # noqa: BLE001  # a page that breaks one flattener still has the others
            print(f"{row['id']}: {way}: {error!r}", file=sys.stderr)
            continue
        if text.strip():
            dumps.append({**{key: row.get(key) for key in ("id", "source", "url")}, "flattener": way, "text": text})
    return dumps


def main() -> None:
    """Read the arguments, and write the dumps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    with gzip.open(arguments.out, "wt", encoding="utf-8") as out, Pool(_PROCESSES) as workers:
        for dumps in workers.imap(_flatten, _choose_ways(arguments.corpora), chunksize=4):
            out.writelines(json.dumps(dump, ensure_ascii=False) + "\n" for dump in dumps)


if __name__ == "__main__":
    main()

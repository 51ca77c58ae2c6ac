"""Rebuild the weights by which the dates and the authors of a dump are found: the same bytes from the same dumps.

    python tools/fit_lines.py {dates,authors} --corpora DIR --dumps FILE … [--folds 4]

``--dumps`` are files of ``tools/flatten_pages.py``. With ``--folds``, nothing is written: the lines of each fold of sites are
chosen by weights that have seen only the others, and the counts are printed. Dates are read a second time below the clock of a
page, as whole pages often have one; on every other of these no line has the date of the article.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from msgspec.structs import replace

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from fit_headlines import Choice, Vector, fit
from training.corpora import find_host, read_dumps, read_rows
from training.folds import judge_by_folds, make_parser

from bench import facts
from cleaner import Cleaner
from cleaner.article import Article
from cleaner.errors import PageError
from cleaner.front_matter import author_evidence, date_evidence
from cleaner.front_matter.date_order import find_dump_date_order
from cleaner.front_matter.findings import BELIEVED
from cleaner.front_matter.line_choice import choose_line
from cleaner.front_matter.line_places import Places, find_places
from cleaner.front_matter.publication_dates import DateStyle, first_date, get_day, read_url_dates
from cleaner.labels import Label
from cleaner.model import Block, Verdict
from cleaner.page.urls import host_of

DATA = Path(__file__).parents[1] / "cleaner" / "data"
EVIDENCE = {"dates": date_evidence.EVIDENCE, "authors": author_evidence.EVIDENCE}
_MISDATED = frozenset({"newspaper4k-dataset"})
"""Sources of which one date in eight is wrong."""
_SHARE = 6
"""Of so many dumps one is read: more give the same weights."""
_LATER = timedelta(days=30)
"""From the day of the article to that of the planted clock."""
_PROCESSES = 2
_HEADER = """\
# How much each kind of evidence says that a line of a dump {says}: the weights of a logistic choice
# between what all lines around headline and text say, and none of them; the names are explained in
# cleaner/front_matter/{evidence}.py and line_places.py.
# Learned by tools/fit_lines.py. Read by cleaner.front_matter.{reader}.
"""
_FILES = {
    "dates": ("date_line_weights.toml", "has the date of its article", "date_evidence", "dump_dates"),
    "authors": ("author_line_weights.toml", "names the author of its article", "author_evidence", "dump_authors"),
}


class Known(NamedTuple):
    """What is known about a page."""

    host: str
    day: date | None
    authors: frozenset[str]


def main() -> None:
    """Read the arguments, then fit, or print how right weights are that have not seen a site."""
    parser = make_parser(__doc__)
    parser.add_argument("field", choices=sorted(EVIDENCE))
    arguments = parser.parse_args()
    choices = read_choices(arguments.field, arguments.corpora, arguments.dumps)
    print(f"{len(choices)} choices", flush=True)
    of_address = [at for at, name in enumerate(EVIDENCE[arguments.field]) if "address" in name]
    fit_choices = partial(fit, of_address=of_address)
    if arguments.folds:
        print(dict(judge_by_folds(choices, arguments.folds, lambda choice: choice.host, fit_choices, judge)))
    else:
        write(arguments.field, fit_choices(choices))


def read_choices(field: str, corpora: Path, files: Iterable[Path]) -> list[Choice]:
    """The lines of the dumps in ``files`` whose page has a known day or author."""
    known = {row["id"]: _read_gold(row) for row in read_rows(corpora)}
    dumps = (dump for dump in read_dumps(files, _SHARE) if dump["id"] in known)
    with Pool(_PROCESSES) as workers:
        tasks = ((field, dump, known[dump["id"]]) for dump in dumps)
        return [choice for found in workers.imap(_read_dump, tasks, chunksize=16) for choice in found]


def _read_gold(row: dict[str, Any]) -> Known:
    day = None if row["source"] in _MISDATED else facts.parse_day(str(row.get("gold_date")))
    authors = row.get("gold_author") or ()
    return Known(find_host(row), day, facts.split_names([authors] if isinstance(authors, str) else authors))


def _read_dump(task: tuple[str, dict[str, Any], Known]) -> list[Choice]:
    field, dump, known = task
    if not (known.day if field == "dates" else known.authors):
        return []
    try:
        article = Cleaner().clean(dump["text"], dump.get("url"))
    except PageError:
        return []
    return list((_read_days if field == "dates" else _read_authors)(article, known, dump.get("url")))


def _read_days(article: Article, known: Known, url: str | None) -> Iterator[Choice]:
    day = known.day
    style = DateStyle(None, find_dump_date_order(article.blocks, host_of(url)))
    address = first_date(read_url_dates(url))
    clock = Verdict(Label.TIMESTAMP, "front_matter", "planted")
    for planted in (0, 1):
        blocks = article.blocks
        if planted and day:
            text = f"{day + _LATER:%A, %d %B %Y}"
            top = replace(blocks[0], index=0, text=text, verdict=clock)
            blocks = (top, *(replace(block, index=block.index + 1) for block in blocks))
        places = find_places(blocks, _list_headlines(blocks, article.title))
        lines = date_evidence.list_dated_lines(places, style)
        if planted and len(article.blocks) % 2:
            lines = [line for line in lines if line.day != day]
        if lines:
            rows = date_evidence.measure_dates(places, lines, get_day(address) if address else None)
            yield _make_choice(known, [str(line.day) for line in lines], rows, [line.day == day for line in lines])


def _read_authors(article: Article, known: Known, url: str | None) -> Iterator[Choice]:
    places: Places = find_places(article.blocks, _list_headlines(article.blocks, article.title))
    lines = author_evidence.list_author_lines(places)
    if lines:
        rows = author_evidence.measure_authors(places, lines, _list_bylines(article.blocks), host_of(url))
        right = [bool(names := facts.split_names(line.names)) and names <= known.authors for line in lines]
        yield _make_choice(known, ["|".join(line.key) for line in lines], rows, right)


def _list_headlines(blocks: Iterable[Block], title: str | None) -> list[int]:
    return [block.index for block in blocks if title and facts.same_title(block.text, title)]


def _list_bylines(blocks: Iterable[Block]) -> list[int]:
    by_form = (block for block in blocks if block.verdict is not None and block.verdict.judge == "front_matter")
    return [block.index for block in by_form if block.verdict is not None and block.verdict.label is Label.BYLINE]


def _make_choice(known: Known, keys: list[str], rows: list[tuple[float, ...]], right: list[bool]) -> Choice:
    evidence = np.array(rows, np.float64)
    return Choice(known.host, tuple(range(len(keys))), tuple(keys), evidence, np.array(right, np.bool_))


def judge(weights: Vector, choices: Iterable[Choice]) -> Iterator[str]:
    """For each dump what is chosen: a "right" line, a "wrong" one, or none: "missing", or "none there" if none is right."""
    for choice in choices:
        at, chance = choose_line(choice.keys, (choice.evidence @ weights[:-1] + weights[-1]).tolist())
        if chance < BELIEVED:
            yield "missing" if choice.right.any() else "none there"
        else:
            yield "right" if choice.right[at] else "wrong"


def write(field: str, weights: Vector) -> None:
    """Write the weights with two decimals."""
    name, says, evidence, reader = _FILES[field]
    lines = [f"{key} = {weight:.2f}" for key, weight in zip(EVIDENCE[field], weights[:-1], strict=True)]
    header = _HEADER.format(says=says, evidence=evidence, reader=reader)
    (DATA / name).write_text(f"{header}bias = {weights[-1]:.2f}\n\n[weights]\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()

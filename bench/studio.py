"""How fast the studio answers: proposals for marks, and the hits of one entry, on 50 pages of a site.

    python -m bench.studio --corpora CORPORA [--pages 50]

The site is the one with most pages in a source; if it has fewer than are asked for, its pages are taken again.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import cleaner
from cleaner.labels import Label
from cleaner.page.decode import read_page
from cleaner.page.urls import host_of
from cleaner.ruletools.proposals import (
    BlockMark,
    Change,
    RuleTable,
    SitePage,
    find_hits,
    propose_changes,
    view_site_page,
)

_DRAWS = 20


def main() -> None:
    """Read the arguments, measure, and print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--source", default="dragnet")
    parser.add_argument("--pages", type=int, default=50)
    arguments = parser.parse_args()
    pages = read_site(arguments.corpora / "html" / f"{arguments.source}.jsonl.gz", arguments.pages)
    blocks = sum(len(page.article.blocks) for page in pages)
    print(f"{len(pages)} pages, {blocks:,} blocks")
    for count in (1, 3):
        print_times(f"proposals for {count} marks", [time_proposals(pages, count, seed) for seed in range(_DRAWS)])
    entry = Change(table=RuleTable.DROP, label=Label.OTHER, matcher={"selector": "div p"}, why="measured")
    print_times("hits of one selector", [time_hits(entry, pages) for _ in range(_DRAWS)])


def read_site(file: Path, count: int) -> list[SitePage]:
    """``count`` pages of the site with most pages in ``file``, cleaned."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row.get("url")]
    ((host, _),) = Counter(host_of(row["url"]) for row in rows).most_common(1)
    own = [row for row in rows if host_of(row["url"]) == host]
    found = [read_page(row["html"], row["url"], name=row["id"]) for row in islice(cycle(own), count)]
    return [view_site_page(page, cleaner.clean(page.content, page.url)) for page in found]


def time_proposals(pages: Sequence[SitePage], count: int, seed: int) -> float:
    """Seconds for proposals for ``count`` marks at random on one page."""
    draw = Random(seed)  # noqa: S311  which blocks does not matter
    page = draw.randrange(len(pages))
    blocks = draw.sample(range(len(pages[page].article.blocks)), count)
    start = perf_counter()
    propose_changes([BlockMark(page, block, Label.PROMO) for block in blocks], pages)
    return perf_counter() - start


def time_hits(change: Change, pages: Sequence[SitePage]) -> float:
    """Seconds for the hits of ``change``."""
    start = perf_counter()
    find_hits(change, pages, ())
    return perf_counter() - start


def print_times(name: str, times: Sequence[float]) -> None:
    """Print the median and the longest of ``times``."""
    print(f"{name:24} median {median(times):.3f} s  longest {max(times):.3f} s")


if __name__ == "__main__":
    main()

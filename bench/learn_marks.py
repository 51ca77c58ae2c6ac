"""Effect of rules learned from one marked page of a site, on its other pages.

    python -m bench.learn_marks --corpora CORPORA

The page of each site with most text that is not in its gold is marked: every block that cleaning keeps and whose text the
gold has not. A person would mark the same, or less.
"""

from __future__ import annotations

import argparse
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

from bench import score
from bench.corpora import Shape, read
from bench.learn import (
    HEAD,
    QUOTE,
    RULE,
    SOURCES,
    CleanedSample,
    SiteHalf,
    Sites,
    format_totals,
    group_by_site,
    is_tuning_site,
    make_ruled_cleaning,
    total_site,
)
from cleaner.labels import Label
from cleaner.ruletools.labelled_rows import LabelledPage
from cleaner.ruletools.learn_from_marks import learn_from_marks

MIN_MARKED_CHARS = 30
"""Characters that are marked on a page for its site to be measured. Chosen."""
MIN_SITE_PAGES = 4
"""Pages of a site that is measured. Chosen."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with html/<source>.jsonl.gz")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    print("\n".join(report(group_by_site(read(given.corpora, Shape.HTML, SOURCES)))))


def report(sites: Sites) -> Iterator[str]:
    """The lines of the table."""
    halves = list(list_marked_sites(sites))
    rest = sum(len(half.rest) for half in halves)
    yield f"One marked page of each of {len(halves)} sites, measured on their {rest} other pages."
    yield ""
    yield HEAD
    yield RULE
    for group, wanted in (("set apart for thresholds", True), ("all others", False)):
        own = [half for half in halves if is_tuning_site(half.site) is wanted]
        tallies = [total_site(half, make_ruled_cleaning(learn_from_marks([mark_page(half)]))) for half in own]
        yield f"| one page and marks | {group} | {' | '.join(format_totals(tallies))} |"


def list_marked_sites(sites: Sites) -> Iterator[SiteHalf]:
    """Each site with something to mark: the page that is marked, and the others."""
    for site, samples in sites.items():
        sizes = {item.sample.id: sum(len(item.article.blocks[at].text) for at in find_marks(item)) for item in samples}
        worst = max(samples, key=lambda item: sizes[item.sample.id])
        if len(samples) >= MIN_SITE_PAGES and sizes[worst.sample.id] >= MIN_MARKED_CHARS:
            yield SiteHalf(site, (worst,), tuple(item for item in samples if item is not worst))


def find_marks(item: CleanedSample) -> list[int]:
    """The blocks that cleaning keeps and the gold has not, without quotations."""
    gold = f" {' '.join(score.split_words(item.sample.golds[0]))} "
    return [
        block.index
        for block in item.article.blocks
        if block.kept
        and QUOTE not in block.path
        and (words := " ".join(score.split_words(block.text)))
        and f" {words} " not in gold
    ]


def mark_page(half: SiteHalf) -> LabelledPage:
    """The page that is marked, with its marks."""
    return LabelledPage(half.teaching[0].page, dict.fromkeys(find_marks(half.teaching[0]), Label.OTHER))


if __name__ == "__main__":
    main()

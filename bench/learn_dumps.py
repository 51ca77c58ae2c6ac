"""Effect of rules learned from dumps of one way of flattening, on dumps of other pages flattened in another way.

    python flatten.py PAGES.jsonl.gz DUMPS.jsonl.gz
    python -m bench.learn_dumps --dumps DUMPS.jsonl.gz

A row of DUMPS has ``id url text gold flattener``; the id ends in ``#`` and the flattener.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from bench.corpora import Sample, Shape
from bench.learn import (
    HEAD,
    RULE,
    SiteHalf,
    Sites,
    format_totals,
    group_by_site,
    is_tuning_site,
    learn_cleaning,
    total_site,
)
from cleaner.ruletools.learn import MIN_ARTICLES

PAIRS = (
    ("resiliparse-all", "soup-lines"),
    ("html2text-0", "lynx-nolist"),
    ("inscriptis", "markdownify"),
    ("soup-lines", "resiliparse-all"),
    ("resiliparse-all", "resiliparse-all"),
)
"""Flatteners of the pages that teach and of those that are measured: a notation with markup against one without, and such
that break lines differently; the last pair for comparison."""

Dumps: TypeAlias = Mapping[str, Sites]
"""The sites by flattener."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dumps", type=Path, required=True, help="rows with id, url, text, gold and flattener")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    print("\n".join(report(given.dumps)))


def report(file: Path) -> Iterator[str]:
    """The lines of the table."""
    dumps = read_dumps(file)
    yield HEAD
    yield RULE
    for teaching, rest in PAIRS:
        halves = list(list_pairs(dumps.get(teaching, {}), dumps.get(rest, {})))
        for group, wanted in (("set apart for thresholds", True), ("all others", False)):
            own = [half for half in halves if is_tuning_site(half.site) is wanted]
            tallies = [total_site(half, learn_cleaning(half)) for half in own]
            yield f"| {teaching}, {rest} | {group} | {' | '.join(format_totals(tallies))} |"


def read_dumps(file: Path) -> Dumps:
    """The dumps of each flattener, cleaned."""
    found: defaultdict[str, list[Sample]] = defaultdict(list)
    wanted = {name for pair in PAIRS for name in pair}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["flattener"] in wanted:
                name = row["id"].rpartition("#")[0]
                sample = Sample(
                    id=name, source=row["source"], shape=Shape.FULL, content=row["text"], url=row.get("url"), golds=(row["gold"],)
                )  # fmt: skip
                found[row["flattener"]].append(sample)
    return {name: group_by_site(samples) for name, samples in found.items()}


def list_pairs(teaching: Sites, rest: Sites) -> Iterator[SiteHalf]:
    """Half of the pages of each site in one form, and the other half in another."""
    for site, samples in teaching.items():
        own = samples[::2]
        taught = {item.sample.id for item in own}
        others = [item for item in rest.get(site, ()) if item.sample.id not in taught]
        if len(own) >= MIN_ARTICLES and others:
            yield SiteHalf(site, tuple(own), tuple(others))


if __name__ == "__main__":
    main()

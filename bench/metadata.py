"""Title, authors and date of the pages of a corpora folder: right, missing and wrong, by source and system.

``python bench/metadata.py --corpora CORPORA [--sources A,B] [--systems cleaner,htmldate] [--jobs N]
[--show title|authors|date]``. A wrong value counts twice a missing one, because a reader cannot see that it is wrong:
the score of a fact is 1 − (missing + 2 · wrong) / (2 · pages).
"""

from __future__ import annotations

import argparse
import logging
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import corpora, facts, report
from bench.corpora import Sample, Shape
from bench.fact_readers import READERS, Facts, Read

FACTS = ("title", "authors", "date")
VERDICTS = ("right", "missing", "wrong")
UNUSABLE = {
    ("metascraper", "title"): "snapshots of a tool that keeps the site's name",
    ("newspaper4k-dataset", "date"): "one in eight is wrong",
}
"""Golds that are not scored, with the reason."""
_WRONG = 2
"""Weight of a wrong value; a missing one has 1."""
_PAGES_A_PROCESS = 200
"""Pages after which a worker is replaced: caches of some libraries grow with every page. Chosen; not measured."""


class Judged(NamedTuple):
    """The verdict on one fact of one page."""

    system: str
    source: str
    fact: str
    verdict: str
    page: str
    found: str
    gold: str


def judge_facts(sample: Sample, system: str, found: Facts) -> Iterator[Judged]:
    """A verdict on each fact of ``sample`` that has a usable gold."""
    checks: tuple[tuple[str, object, object, Callable[[], bool]], ...] = (
        ("title", found.title, sample.title, lambda: facts.same_title(found.title, sample.title or "")),
        ("authors", found.authors, sample.authors, lambda: facts.same_authors(found.authors, sample.authors)),
        ("date", found.day, sample.day, lambda: bool(sample.day and facts.same_day(found.day, sample.day))),
    )
    for fact, value, gold, is_right in checks:
        if gold and (sample.source, fact) not in UNUSABLE:
            verdict = "missing" if not value else "right" if is_right() else "wrong"
            yield Judged(system, sample.source, fact, verdict, sample.id, str(value), str(gold))


def score_counts(counts: Mapping[str, int]) -> float:
    """1 if all are right, 0.5 if all are missing, 0 if all are wrong."""
    return 1 - (counts["missing"] + _WRONG * counts["wrong"]) / (_WRONG * (sum(counts.values()) or 1))


def format_tables(judged: Iterable[Judged], systems: Sequence[str]) -> str:
    """A table for each fact: a row for each source, and for each system right / missing / wrong and the score."""
    counts: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for one in judged:
        for source in (one.source, "all"):
            counts[one.fact, source, one.system][one.verdict] += 1
    tables = []
    for fact in FACTS:
        sources = sorted({s for f, s, _ in counts if f == fact and s != "all"})
        rows = [
            [source, *(_format_cell(counts[fact, source, system]) for system in systems)]
            for source in (*sources, "all")
            if (fact, source, systems[0]) in counts
        ]
        tables.append(f"{fact}\n{report.format_table([fact, *systems], rows)}")
    return "\n".join(tables)


def _format_cell(counts: Mapping[str, int]) -> str:
    pages = sum(counts.values()) or 1
    shares = " / ".join(f"{counts[verdict] / pages:.3f}" for verdict in VERDICTS)
    return f"{shares} ({score_counts(counts):.3f})"


def read_samples(samples: Iterable[Sample], systems: Sequence[str], jobs: int) -> Iterator[Judged]:
    """The verdicts on all facts of ``samples``."""
    with get_context("spawn").Pool(jobs, _start_worker, (systems,), _PAGES_A_PROCESS) as pool:
        for judged in pool.imap(_read_sample, samples, chunksize=4):
            yield from judged


_readers: dict[str, Read] = {}
"""This process's readers, which cannot be sent from process to process."""


def _start_worker(systems: Sequence[str]) -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    _readers.update((system, READERS[system]()) for system in systems)


def _read_sample(sample: Sample) -> list[Judged]:
    return [one for system, read in _readers.items() for one in judge_facts(sample, system, _read(read, sample))]


def _read(read: Read, sample: Sample) -> Facts:
    try:
        return read(sample.content, sample.url)
    except Exception:  # noqa: BLE001  # an error is the system's result on this page: it finds nothing
        return Facts()


def find_installed() -> list[str]:
    """The systems whose libraries are installed."""
    found = []
    for name, make in READERS.items():
        try:
            make()
        except ModuleNotFoundError:
            continue
        found.append(name)
    return found


def main(arguments: Sequence[str]) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--sources", default="", type=partial(str.split, sep=","))
    parser.add_argument("--systems", default="", type=lambda text: text.split(",") if text else [])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", choices=FACTS, help="print the values of the first system that are not right")
    options = parser.parse_args(arguments)
    systems = options.systems or find_installed()
    samples = corpora.read(options.corpora, Shape.HTML, [source for source in options.sources if source])
    scored = (sample for sample in samples if sample.title or sample.authors or sample.day)
    judged = list(read_samples(scored, systems, options.jobs))
    for one in judged:
        if one.fact == options.show and one.system == systems[0] and one.verdict != "right":
            print(f"{one.verdict:<8}{one.source} {one.page}\n    found {one.found}\n    gold  {one.gold}")
    print(format_tables(judged, systems))


if __name__ == "__main__":
    main(sys.argv[1:])

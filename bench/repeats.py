"""Effect of the lines that recur on a site: marked pages of sites with several, cleaned one by one and as a batch."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

# For a script, Python searches the folder of this file; the packages are in the parent folder.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.corpora import Sample, Shape, read
from bench.score import Counts, average_pages, compare_best
from cleaner import Cleaner, PageError
from cleaner.article import Article
from cleaner.model import Page
from cleaner.page import decode
from cleaner.page.link_runs import split_into_items
from cleaner.page.urls import host_of
from cleaner.repeats import MIN_STORIES, Repeats, Tally

HALVES = ("first", "second")
"""Of the sites, by the hash of their names; thresholds were chosen on the first."""
HEADINGS = ["shape", "sites", "pages", "boilerplate left", "of it gone", "body lost", "F1", "with repeats"]
HEADINGS += ["sites up / same / down", "first pass", "cleaning", "with repeats, ms"]
_SAME = 0.0005
"""Difference in F1 that is not visible in a table with three decimals."""


@dataclass(frozen=True, slots=True)
class PageComparison:
    """A page cleaned by itself and as one of a batch."""

    site: str
    alone: Counts
    batch: Counts
    missed: Counter[str]
    """Texts of the gold that only the batch dropped, with their shingles."""


@dataclass(frozen=True, slots=True)
class PassTimes:
    """Seconds: of the first pass, of cleaning, and of cleaning with what the first pass found."""

    counting: float
    alone: float
    batch: float


def main(arguments: list[str] | None = None) -> int:
    """Print a row for each shape that ``arguments`` ask for; exit code 0, or 2 where its pages cannot be had."""
    options = _parser().parse_args(arguments)
    rows = []
    for shape in map(Shape, options.shape):
        try:
            samples = list(select_pages(read(options.corpora, shape, options.sources), options.half))
        except FileNotFoundError as error:
            print(f"repeats: {error}", file=sys.stderr)
            return 2
        outcomes, times = measure(samples)
        rows.append([shape.value, *make_row(outcomes, times)])
        missed = sum((outcome.missed for outcome in outcomes), Counter[str]())
        for text, size in missed.most_common(options.lost):
            print(f"{shape}: {size} shingles of gold lost: {text}")
    print(report.format_table(HEADINGS, rows))
    return 0


def select_pages(samples: Iterable[Sample], half: str | None = None) -> Iterator[Sample]:
    """The marked pages of sites that have enough of them; of one half of these sites, or of all."""
    sites: defaultdict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        if sample.golds and (site := host_of(sample.url)):
            sites[site].append(sample)
    for site, group in sorted(sites.items()):
        if len(group) >= MIN_STORIES and half in (None, HALVES[hashlib.sha256(site.encode()).digest()[0] % 2]):
            yield from group


def measure(samples: list[Sample]) -> tuple[list[PageComparison], PassTimes]:
    """``samples`` cleaned one by one, counted, and cleaned again with what was counted; failures are left out."""
    pages = [decode.read_page(sample.content, name=sample.id, source=sample.id, url=sample.url) for sample in samples]
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        repeats = _count_repeats(pages, Path(folder, "tally.db"))
        counted = time.perf_counter()
        alone = _clean_all(Cleaner(), pages)
        between = time.perf_counter()
        batch = _clean_all(Cleaner(repeats=repeats), pages)
        end = time.perf_counter()
    outcomes = [_compare_page(s, a, b) for s, a, b in zip(samples, alone, batch, strict=True) if a and b]
    return outcomes, PassTimes(counted - start, between - counted, end - between)


def make_row(outcomes: list[PageComparison], times: PassTimes) -> list[str]:
    """The figures under :data:`HEADINGS`: shingles, shares, F1, milliseconds a page."""
    left = sum(outcome.alone.wrong for outcome in outcomes)
    gone = left - sum(outcome.batch.wrong for outcome in outcomes)
    body = sum(outcome.alone.right for outcome in outcomes)
    lost = body - sum(outcome.batch.right for outcome in outcomes)
    sites: defaultdict[str, list[PageComparison]] = defaultdict(list)
    for outcome in outcomes:
        sites[outcome.site].append(outcome)
    changes = Counter(_classify_change(group) for group in sites.values())
    milliseconds = [f"{1000 * seconds / len(outcomes):.1f}" for seconds in (times.counting, times.alone, times.batch)]
    return [
        *(str(len(sites)), str(len(outcomes)), str(left), f"{gone / left:.1%}", f"{lost / body:.3%}"),
        *(f"{f1:.4f}" for f1 in _f1(outcomes)),
        f"{changes[1]} / {changes[0]} / {changes[-1]}",
        *milliseconds,
    ]


def _classify_change(outcomes: list[PageComparison]) -> int:
    """1 where F1 rises in the batch, -1 where it falls, 0 where nothing shows."""
    alone, batch = _f1(outcomes)
    return 0 if abs(batch - alone) < _SAME else 1 if batch > alone else -1


def _f1(outcomes: list[PageComparison]) -> tuple[float, float]:
    return average_pages(outcome.alone for outcome in outcomes).f1, average_pages(
        outcome.batch for outcome in outcomes
    ).f1


def _count_repeats(pages: list[Page], file: Path) -> Repeats:
    cleaner = Cleaner()
    with Tally(file) as tally:
        for page in pages:
            site, lines = cleaner.hash_lines(page)
            tally.add(site, page.id, lines)
        return tally.freeze()


def _clean_all(cleaner: Cleaner, pages: list[Page]) -> list[Article | None]:
    return [_clean_page(cleaner, page) for page in pages]


def _clean_page(cleaner: Cleaner, page: Page) -> Article | None:
    try:
        return cleaner.clean_page(page)
    except PageError:
        return None


def _compare_page(sample: Sample, alone: Article, batch: Article) -> PageComparison:
    missed = Counter[str]()
    for before, after in zip(split_into_items(alone.blocks), split_into_items(batch.blocks), strict=True):
        if before.kept and not after.kept:
            counts, _ = compare_best(before.text, sample.golds)
            if counts.right > counts.wrong:
                missed[f"{host_of(sample.url)}: {before.text}"] += counts.right
    return PageComparison(
        host_of(sample.url) or "",
        compare_best(alone.text, sample.golds)[0],
        compare_best(batch.text, sample.golds)[0],
        missed,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="repeats", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds html/ and dumps/")
    parser.add_argument("--shape", nargs="+", choices=list(Shape), default=list(Shape), help="default: all three")
    parser.add_argument("--sources", nargs="+", default=["dragnet", "fundus-eval"], help="default: %(default)s")
    parser.add_argument("--half", choices=HALVES, help="of the sites; default: both")
    parser.add_argument("--lost", type=int, default=0, metavar="N", help="show the N texts of which most is lost")
    return parser


if __name__ == "__main__":
    sys.exit(main())

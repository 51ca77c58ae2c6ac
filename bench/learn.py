"""Effect of learned rules on unseen pages: learned from half of each site's pages, tested on the rest.

    python bench/learn.py --corpora CORPORA --write docs/benchmarks.md

deboiler (https://pypi.org/project/deboiler) is compared if it is installed: it learns from the same pages, and cleaner
cleans its output for the others.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
import tempfile
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TypeAlias

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import cleaner
from bench import score
from bench.corpora import Sample, Shape, read
from cleaner.model import Article, Page
from cleaner.page import decode
from cleaner.ruletools.learn import learn_sites

SOURCES = ("dragnet", "fundus-eval", "fundus-tests")
MIN_SITE_PAGES = 4
"""Minimum number of marked pages of a site. Chosen; not measured."""


class CleanedSample(NamedTuple):
    """A marked page, and its article cleaned without rules for its site."""

    sample: Sample
    page: Page
    article: Article


Sites: TypeAlias = Mapping[str, Sequence[CleanedSample]]
Cleaning: TypeAlias = Callable[[CleanedSample], str]
"""Returns the text of a page."""


class SiteTotals(NamedTuple):
    """Counts of words on a site's pages, and F1 before and after."""

    boilerplate: int
    removed: int
    repeated: int
    """Boilerplate in blocks that other pages of the site have too."""
    removed_repeated: int
    body: int
    lost: int
    before: float
    after: float


def main() -> None:
    """Measure, print a table, and write it to the document if one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with html/<source>.jsonl.gz")
    parser.add_argument("--shape", choices=[Shape.HTML, Shape.FULL], default=Shape.HTML, type=Shape)
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table between its marks in FILE")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    table = "\n".join(report(given.corpora, given.shape))
    print(table)
    if given.write:
        text = given.write.read_text(encoding="utf-8")
        between = re.compile(f"(?<=<!-- learn {given.shape} -->\n).*?(?=<!-- /learn {given.shape} -->)", re.DOTALL)
        given.write.write_text(between.sub(lambda _: table + "\n", text), encoding="utf-8")


def report(corpora: Path, shape: Shape) -> Iterator[str]:
    """The lines of the table."""
    sites = group_by_site(read(corpora, shape, SOURCES))
    teaching = {site: pages[::2] for site, pages in sites.items()}
    rest = {site: pages[1::2] for site, pages in sites.items()}
    pages = sum(map(len, rest.values()))
    yield f"{len(sites)} sites, {shape} pages; learned from {sum(map(len, teaching.values()))} pages, measured on {pages} others."
    yield ""
    yield "| | hosts | boilerplate removed | of what repeats | body lost | F1 before | F1 after | rises | stays | falls |"
    yield "| - | --- | --: | --: | --: | --: | --: | --: | --: | --: |"
    systems = (("cleaner", make_learned_cleaning), ("deboiler, then cleaner", make_deboiled_cleaning))
    for name, system in systems if shape is Shape.HTML else systems[:1]:
        try:
            clean = system(teaching, rest)
        except ImportError as error:
            print(f"{name}: {error}", file=sys.stderr)
            continue
        for half, wanted in (("set apart for thresholds", True), ("all others", False)):
            tallies = [total_site(samples, clean) for site, samples in rest.items() if is_tuning_site(site) is wanted]
            yield f"| {name} | {half} | {' | '.join(_figures(tallies))} |"


def group_by_site(samples: Iterable[Sample]) -> Sites:
    """The pages of each site that has :data:`MIN_SITE_PAGES` with a gold, in an order set by their ids alone."""
    plain = cleaner.Cleaner()
    found: defaultdict[str, list[CleanedSample]] = defaultdict(list)
    for sample in samples:
        try:
            page = decode.read_page(sample.content, url=sample.url, name=sample.id)
            article = plain.clean_page(page)
        except cleaner.PageError:
            continue
        if article.site and sample.golds:
            found[article.site].append(CleanedSample(sample, page, article))
    ordered = {
        site: sorted(samples, key=lambda item: _digest(item.sample.id)) for site, samples in sorted(found.items())
    }
    return {site: samples for site, samples in ordered.items() if len(samples) >= MIN_SITE_PAGES}


def is_tuning_site(site: str) -> bool:
    """Whether a site is in the half of hosts on which thresholds were chosen."""
    return int(_digest(site), 16) % 2 == 0


def make_learned_cleaning(teaching: Sites, _rest: Sites) -> Cleaning:
    """Cleaning with the rules learned from ``teaching``."""
    with tempfile.TemporaryDirectory() as folder:
        for lesson in learn_sites(item.page for samples in teaching.values() for item in samples):
            Path(folder, f"{lesson.name}.toml").write_text(lesson.after, encoding="utf-8")
        ruled = cleaner.Cleaner(rules=[folder])
    return lambda item: ruled.clean_page(item.page).text


def make_deboiled_cleaning(teaching: Sites, rest: Sites) -> Cleaning:
    """Cleaning of deboiler's output for each page, after it was fitted to the pages of ``teaching``."""
    from deboiler import Deboiler
    from deboiler.dataset import ListDataset

    left: dict[str, str] = {}
    for site, samples in teaching.items():
        boiler = Deboiler(verbose=False)
        boiler.fit(ListDataset(_records(samples), verbose=False))
        dataset = ListDataset(_records(rest[site]), verbose=False)
        left |= {page.url: page.cleaned_html for page in boiler.transform(dataset, include_cleaned_html=True)}
    plain = cleaner.Cleaner()

    def clean(item: CleanedSample) -> str:
        try:
            return plain.clean(left.get(_address(item)) or item.page.content, item.sample.url).text
        except cleaner.PageError:
            return ""

    return clean


def _records(samples: Sequence[CleanedSample]) -> list[dict[str, object]]:
    kind = "text/html"
    return [
        {"url": _address(item), "content": item.page.content, "status": 200, "content_type": kind} for item in samples
    ]


def _address(item: CleanedSample) -> str:
    """The url of a page, generated if it has none."""
    return item.sample.url or f"https://{item.article.site}/{item.sample.id}"


def total_site(samples: Sequence[CleanedSample], clean: Cleaning) -> SiteTotals:
    """Count what ``clean`` changes on the pages of one site."""
    spread = Counter(text for item in samples for text in {block.text for block in item.article.blocks})
    counts: Counter[str] = Counter()
    before, after = [], []
    for item in samples:
        text = clean(item)
        gold = Counter(score.split_words(item.sample.golds[0]))
        old, new = Counter(score.split_words(item.article.text)), Counter(score.split_words(text))
        blocks = (block.text for block in item.article.blocks if block.kept and spread[block.text] > 1)
        repeated = Counter(word for block in blocks for word in score.split_words(block)) & (old - gold)
        counts["boilerplate"] += (old - gold).total()
        counts["removed"] += (old - gold).total() - (new - gold).total()
        counts["repeated"] += repeated.total()
        counts["removed_repeated"] += repeated.total() - (repeated & (new - gold)).total()
        counts["body"] += (old & gold).total()
        counts["lost"] += (old & gold).total() - (new & gold).total()
        before.append(score.compare_best(item.article.text, item.sample.golds)[0])
        after.append(score.compare_best(text, item.sample.golds)[0])
    figures = {name: counts[name] for name in SiteTotals._fields[:6]}
    return SiteTotals(**figures, before=score.average_pages(before).f1, after=score.average_pages(after).f1)


def _figures(tallies: Sequence[SiteTotals]) -> list[str]:
    total = {name: sum(getattr(item, name) for item in tallies) for name in SiteTotals._fields}
    changes = [round(item.after - item.before, 6) for item in tallies]
    shares = (("removed", "boilerplate", 1), ("removed_repeated", "repeated", 1), ("lost", "body", 3))
    return [
        *(f"{total[part] / max(total[whole], 1):.{digits}%}" for part, whole, digits in shares),
        *(f"{total[name] / len(tallies):.4f}" for name in ("before", "after")),
        *(str(sum(test(change) for change in changes)) for test in (_rises, _stays, _falls)),
    ]


def _rises(change: float) -> bool:
    return change > 0


def _stays(change: float) -> bool:
    return change == 0


def _falls(change: float) -> bool:
    return change < 0


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()

"""Effect of learned rules on unseen pages: learned from half of each site's pages, tested on the other half, both ways.

    python -m bench.learn --corpora CORPORA --write docs/benchmarks.md

A half that teaches has three pages or more, as learning asks for. Quotations and embedded posts are no boilerplate, though
some golds leave them out: pages labelled by reading count them as text.

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
from cleaner.article import Article
from cleaner.model import Page
from cleaner.page import decode
from cleaner.ruletools.learn import MIN_ARTICLES, LearnedSite, learn_sites
from cleaner.ruletools.learn.select import MIN_PAGES

SOURCES = ("dragnet", "fundus-eval", "fundus-tests")
QUOTE = "blockquote"
"""Part of the path of a block in a quotation or an embedded post."""
MIN_REACH = 5
"""Words within reach of learning on the tested pages, from which a site needs a rule. Chosen: a line."""
MIN_USE = 0.5
"""Share of these words that a useful rule removes."""


class CleanedSample(NamedTuple):
    """A marked page, and its article cleaned without rules for its site."""

    sample: Sample
    page: Page
    article: Article


class SiteHalf(NamedTuple):
    """Half of the pages of a site, from which rules are learned, and the others."""

    site: str
    teaching: tuple[CleanedSample, ...]
    rest: tuple[CleanedSample, ...]


Sites: TypeAlias = Mapping[str, Sequence[CleanedSample]]
Cleaning: TypeAlias = Callable[[CleanedSample], str]
"""Returns the text of a page."""


class SiteTotals(NamedTuple):
    """Counts of words on the tested pages of a site, and F1 before and after."""

    boilerplate: int
    removed: int
    reach: int
    """Boilerplate in blocks whose text two of the pages that teach have: what repetition can show."""
    removed_reach: int
    body: int
    lost: int
    before: float
    after: float

    @property
    def needs_rule(self) -> bool:
        """Whether there is something that a rule could remove, and learning could find."""
        return self.reach >= MIN_REACH

    @property
    def has_useful_rule(self) -> bool:
        """Whether the learned rules remove :data:`MIN_USE` of it, and F1 does not fall."""
        return self.needs_rule and self.removed_reach >= MIN_USE * self.reach and not _falls(self.change)

    @property
    def change(self) -> float:
        """What the rules do to F1."""
        return round(self.after - self.before, 6)


def main() -> None:
    """Measure, print a table, and write it to the document if one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with html/<source>.jsonl.gz")
    parser.add_argument("--shape", choices=[Shape.HTML, Shape.FULL], default=Shape.HTML, type=Shape)
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table between its marks in FILE")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    table = "\n".join(report(group_by_site(read(given.corpora, given.shape, SOURCES)), given.shape))
    print(table)
    if given.write:
        write_section(given.write, f"learn {given.shape}", table)


def write_section(file: Path, mark: str, table: str) -> None:
    """Put ``table`` between the comments ``mark`` and ``/mark`` of the document ``file``."""
    text = file.read_text(encoding="utf-8")
    between = re.compile(f"(?<=<!-- {mark} -->\n).*?(?=<!-- /{mark} -->)", re.DOTALL)
    file.write_text(between.sub(lambda _: table + "\n", text), encoding="utf-8")


def report(sites: Sites, shape: Shape) -> Iterator[str]:
    """The lines of the table."""
    halves = list_halves(sites)
    pages = sum(len(half.rest) for half in halves)
    hosts = len({half.site for half in halves})
    yield f"{len(halves)} halves of {hosts} sites, {shape} pages; rules of each measured on the other, {pages} pages in all."
    yield ""
    yield HEAD
    yield RULE
    systems = (("cleaner", learn_cleaning), ("deboiler, then cleaner", fit_deboiler))
    for name, system in systems if shape is Shape.HTML else systems[:1]:
        try:
            tallies = [total_site(half, system(half)) for half in halves]
        except ImportError as error:
            print(f"{name}: {error}", file=sys.stderr)
            continue
        for group, wanted in (("set apart for thresholds", True), ("all others", False)):
            pairs = zip(halves, tallies, strict=True)
            own = [tally for half, tally in pairs if is_tuning_site(half.site) is wanted]
            yield f"| {name} | {group} | {' | '.join(format_totals(own))} |"


def group_by_site(samples: Iterable[Sample]) -> Sites:
    """The pages of each site with a gold, in an order set by their ids alone."""
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
    return {site: sorted(samples, key=lambda item: _digest(item.sample.id)) for site, samples in sorted(found.items())}


def list_halves(sites: Sites) -> list[SiteHalf]:
    """Both halves of the pages of each site, those that have enough pages to learn from."""
    return [
        SiteHalf(site, tuple(samples[first::2]), tuple(samples[1 - first :: 2]))
        for site, samples in sites.items()
        for first in (0, 1)
        if len(samples[first::2]) >= MIN_ARTICLES and samples[1 - first :: 2]
    ]


def is_tuning_site(site: str) -> bool:
    """Whether a site is in the half of hosts on which thresholds were chosen."""
    return int(_digest(site), 16) % 2 == 0


def learn_cleaning(half: SiteHalf) -> Cleaning:
    """Cleaning with the rules learned from a half."""
    return make_ruled_cleaning(learn_sites(item.page for item in half.teaching))


def make_ruled_cleaning(lessons: Iterable[LearnedSite]) -> Cleaning:
    """Cleaning with the rules of ``lessons``; the text as it is if there are none."""
    with tempfile.TemporaryDirectory() as folder:
        for lesson in (one for one in lessons if one.after):
            Path(folder, f"{lesson.name}.toml").write_text(lesson.after, encoding="utf-8")
        if not any(Path(folder).iterdir()):
            return lambda item: item.article.text
        ruled = cleaner.Cleaner(rules=[folder])
    return lambda item: ruled.clean_page(item.page).text


def fit_deboiler(half: SiteHalf) -> Cleaning:
    """Cleaning of deboiler's output for each page, after it was fitted to a half."""
    from deboiler import Deboiler
    from deboiler.dataset import ListDataset

    boiler = Deboiler(verbose=False)
    boiler.fit(ListDataset(_records(half.teaching), verbose=False))
    dataset = ListDataset(_records(half.rest), verbose=False)
    left = {page.url: page.cleaned_html for page in boiler.transform(dataset, include_cleaned_html=True)}
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


def total_site(half: SiteHalf, clean: Cleaning) -> SiteTotals:
    """Count what ``clean`` changes on the pages of a half that did not teach."""
    spread = Counter(text for item in half.teaching for text in {block.text for block in item.article.blocks})
    counts: Counter[str] = Counter()
    before, after = [], []
    for item in half.rest:
        text = clean(item)
        gold = _count_text(item)
        old, new = (Counter(score.split_words(one)) for one in (item.article.text, text))
        blocks = (block.text for block in item.article.blocks if block.kept and spread[block.text] >= MIN_PAGES)
        reach = Counter(word for block in blocks for word in score.split_words(block)) & (old - gold)
        counts["boilerplate"] += (old - gold).total()
        counts["removed"] += (old - gold).total() - (new - gold).total()
        counts["reach"] += reach.total()
        counts["removed_reach"] += reach.total() - (reach & (new - gold)).total()
        counts["body"] += (old & gold).total()
        counts["lost"] += (old & gold).total() - (new & gold).total()
        before.append(score.compare_best(item.article.text, item.sample.golds)[0])
        after.append(score.compare_best(text, item.sample.golds)[0])
    figures = {name: counts[name] for name in SiteTotals._fields[:6]}
    return SiteTotals(**figures, before=score.average_pages(before).f1, after=score.average_pages(after).f1)


def _count_text(item: CleanedSample) -> Counter[str]:
    """The words that belong to the text of a page: those of its gold, and of its quotations and embedded posts."""
    quoted = (block.text for block in item.article.blocks if block.kept and QUOTE in block.path)
    return Counter(score.split_words(item.sample.golds[0])) | Counter(
        word for text in quoted for word in score.split_words(text)
    )


HEAD = (
    "| | sites | halves | boilerplate | removed | within reach | removed | body lost | F1 before | F1 after |"
    " rises | stays | falls | need a rule | have a useful one |"
)
RULE = f"| - | --- |{' --: |' * 13}"


def format_totals(tallies: Sequence[SiteTotals]) -> list[str]:
    """The cells of a row of the table."""
    total = {name: sum(getattr(item, name) for item in tallies) for name in SiteTotals._fields}
    shares = (("removed", "boilerplate", 1), ("removed_reach", "reach", 1), ("lost", "body", 3))
    removed, reached, lost = (f"{total[part] / max(total[whole], 1):.{digits}%}" for part, whole, digits in shares)
    means = [f"{total[name] / max(len(tallies), 1):.4f}" for name in ("before", "after")]
    moves = [str(sum(test(item.change) for item in tallies)) for test in (_rises, _stays, _falls)]
    need, use = sum(item.needs_rule for item in tallies), sum(item.has_useful_rule for item in tallies)
    return [
        str(len(tallies)),
        f"{total['boilerplate'] / max(total['body'], 1):.2%}",
        removed,
        f"{total['reach'] / max(total['body'], 1):.2%}",
        reached,
        lost,
        *means,
        *moves,
        str(need),
        f"{use} ({use / max(need, 1):.0%})",
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

"""What rules do to unread pages, how well they are learned, and how fast the studio answers.

Each host with its rules and without; the guard against rules that were broken on purpose; what is learned from half of a
site's pages, and from one marked page.

    python -m bench.rules --corpora CORPORA [--sample 20] [--only hosts guard learn marks studio] [--write docs/benchmarks.md]

``bench/learn_dumps.py`` measures rules learned from dumps, ``bench/rule_cost.py`` the time that rules take.
"""

from __future__ import annotations

import argparse
import logging
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple

import msgspec

import cleaner
from bench import learn, learn_marks, score, studio
from bench.corpora import Sample, Shape, read
from bench.unruled import make_unruled
from cleaner.labels import Label
from cleaner.model import Article, Page
from cleaner.page import decode, dom
from cleaner.page.blocks_html import segment_html
from cleaner.pipeline import clean_page
from cleaner.rulebook import BodySelector, Drop, Keep, Markup, Rulebook, SiteRule, SiteRules
from cleaner.rulebook.rule_types import Trust
from cleaner.ruletools.learn.selectors import list_selectors
from cleaner.ruletools.proposals import Change, RuleTable

HOST = "broken.example"
SECTIONS = {
    "hosts": "rules hosts",
    "guard": "rules guard",
    "learn": "learn html",
    "marks": "learn marks",
    "studio": "rules studio",
}
"""What is measured, and the mark of its table in the document."""
STUDIO_PAGES, STUDIO_DRAWS = 50, 20
MIN_HARM = 0.02
"""Fall of a page's F1 from which a rule counts as harmful on it."""
MIN_FIT = 0.95
"""F1 of the blocks inside a selector from which it counts as right for a page."""
LOOSE_SOURCES = frozenset({"wcxb-listing", "wcxb-collection", "wcxb-product"})
"""Sources whose golds leave out much that readers would call the page's text."""
_CANONICAL = re.compile(r"<(?:link|meta)\b[^>]*(?:canonical|og:url)[^>]*>")
_ADDRESS = re.compile(r"""\b(?:href|content)\s*=\s*["']?([^"' >]+)""")
_BODY, _DROP = f"{HOST}:body[0]", f"{HOST}:drop[0]"


class ReadPage(NamedTuple):
    """A marked page as the benchmark sees it: which selectors there are, and which blocks are in the gold."""

    sample: Sample
    page: Page
    texts: Sequence[str]
    inside: Mapping[str, frozenset[int]]
    """Blocks inside each selector of one class or id on the page."""
    wanted: frozenset[int]
    """Blocks that are in the gold."""

    def words_of(self, blocks: Iterable[int]) -> int:
        """Words of these blocks that are in the gold."""
        return sum(len(score.split_words(self.texts[index])) for index in blocks if index in self.wanted)


Break = Callable[[ReadPage], SiteRules | None]


def main() -> None:
    """Print the tables, and write them to the document if one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with html/<source>.jsonl.gz")
    parser.add_argument("--sample", type=int, default=20, help="pages of each source on which rules are broken")
    parser.add_argument(
        "--only", nargs="+", choices=SECTIONS, default=SECTIONS, help="sections to measure; by default all"
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables between their marks in FILE")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    for name in given.only:
        table = "\n".join(report_section(name, given.corpora, given.sample))
        print(table + "\n", flush=True)
        if given.write:
            learn.write_section(given.write, SECTIONS[name], table)


def report_section(name: str, corpora: Path, sample: int) -> Iterator[str]:
    """The lines of a section; ``sample`` is the number of pages of each source on which rules are broken."""
    if name == "hosts":
        return report_hosts(corpora)
    if name == "guard":
        return report_guard(corpora, sample)
    if name == "studio":
        return report_studio(corpora)
    sites = learn.group_by_site(read(corpora, Shape.HTML, learn.SOURCES))
    return learn.report(sites, Shape.HTML) if name == "learn" else learn_marks.report(sites)


def report_studio(corpora: Path) -> Iterator[str]:
    """The table of the studio's response on 50 pages of the site with most pages, in seconds."""
    pages = studio.read_site(corpora / "html" / "dragnet.jsonl.gz", STUDIO_PAGES)
    entry = Change(table=RuleTable.DROP, label=Label.OTHER, matcher={"selector": "div p"}, why="measured")
    times = {
        f"proposals for {count} marks": [studio.time_proposals(pages, count, seed) for seed in range(STUDIO_DRAWS)]
        for count in (1, 3)
    }
    times["hits of one selector"] = [studio.time_hits(entry, pages) for _ in range(STUDIO_DRAWS)]
    yield f"| on {len(pages)} pages | median | longest |"
    yield "| --- | --: | --: |"
    for name, found in times.items():
        yield f"| {name} | {median(found):.3f} s | {max(found):.3f} s |"


# --------------------------------------------------------------------------------------------- hosts with and without


def report_hosts(corpora: Path) -> Iterator[str]:
    """The table of hosts with built-in rules: mean F1 of their pages without the host's rules and with them."""
    ruled, plain, book = cleaner.Cleaner(), make_unruled(), Rulebook.load()
    pairs: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    flagged = 0
    for sample in read(corpora, Shape.HTML):
        if not (sample.golds or sample.wanted):
            continue
        name = _find_rule_file(sample, book)
        if name:
            with_rules = ruled.clean(sample.content, sample.url)
            flagged += bool(with_rules.suspect_rules)
            pairs[name].append((rate(plain.clean(sample.content, sample.url), sample), rate(with_rules, sample)))
    yield "| rule file | pages | F1 without | F1 with | better | equal | worse |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    for name, rates in (*sorted(pairs.items()), ("all", [pair for found in pairs.values() for pair in found])):
        changes = [round(after - before, 6) for before, after in rates]
        counts = (sum(x > 0 for x in changes), sum(x == 0 for x in changes), sum(x < 0 for x in changes))
        means = (fmean(column) for column in zip(*rates, strict=True))
        yield f"| {name} | {len(rates)} | {' | '.join(f'{mean:.4f}' for mean in means)} | {' | '.join(map(str, counts))} |"
    yield ""
    yield f"The guard refused a rule on {flagged} of these pages."


def _find_rule_file(sample: Sample, book: Rulebook) -> str:
    """The rule file of the page's host; its own statement of its address counts, as it does in a run."""
    if name := book.lookup(sample.url, None).name:
        return name
    for element in _CANONICAL.findall(sample.content):
        if (address := _ADDRESS.search(element)) and (name := book.lookup(address[1], None).name):
            return name
    return ""


def rate(article: Article, sample: Sample) -> float:
    """F1 of the article's text, 0 to 1, of snippets for a page without a gold."""
    if sample.golds:
        return score.compare_best(article.text, sample.golds)[0].f1
    return score.count_snippets(article.text, sample.wanted, sample.unwanted).f1


# ------------------------------------------------------------------------------------------------------- broken rules


def _make_body(selector: str, *, trusted: bool = False) -> SiteRules:
    return SiteRules(name=HOST, hosts=(HOST,), body=(BodySelector(_BODY, selector, trusted),))


def _make_drop(**matcher: str) -> SiteRules:
    entry = Drop(label=Label.RELATED, why="broken on purpose", **matcher)  # type: ignore[arg-type]
    return SiteRules(name=HOST, hosts=(HOST,), rules=(SiteRule(_DROP, entry),))


def _pick(page: ReadPage, selectors: Sequence[str]) -> str | None:
    """One of ``selectors``, by the id of the page alone."""
    ranked = sorted(selectors, key=lambda selector: sha256(f"{page.sample.id} {selector}".encode()).digest())
    return ranked[0] if ranked else None


def body_elsewhere(page: ReadPage) -> SiteRules | None:
    """A ``[body]`` that names some other element of the page."""
    total = page.words_of(page.wanted)
    return _body_or_none(_pick(page, [s for s, found in page.inside.items() if page.words_of(found) < total / 2]))


def body_of_old_layout(page: ReadPage) -> SiteRules | None:
    """A ``[body]`` whose class is now that of a standfirst or another small part of the text."""
    sizes = {selector: page.words_of(found) for selector, found in page.inside.items()}
    small = [selector for selector, size in sizes.items() if 0 < size < page.words_of(page.wanted) / 4]
    return _body_or_none(_pick(page, small))


def body_too_wide(page: ReadPage) -> SiteRules | None:
    """A ``[body]`` around all text and much else."""
    whole = page.words_of(page.wanted)
    around = [selector for selector, found in page.inside.items() if page.words_of(found) == whole]
    widest = max(around, key=lambda selector: len(page.inside[selector]), default=None)
    return _body_or_none(widest)


def drop_too_wide(page: ReadPage) -> SiteRules | None:
    """A ``[[drop]]`` of an element that holds most of the text."""
    half = page.words_of(page.wanted) / 2
    selector = _pick(page, [s for s, found in page.inside.items() if page.words_of(found) > half])
    return _make_drop(selector=selector) if selector else None


def drop_to_the_end(page: ReadPage) -> SiteRules | None:
    """A range to the end from a line in the first half of the text."""
    order = sorted(page.wanted)
    lines = [page.texts[index] for index in order[: len(order) // 2]]
    line = _pick(page, [" ".join(text.split())[:40] for text in lines])
    return _make_drop(from_=line, to="end") if line else None


def drop_common_word(page: ReadPage) -> SiteRules | None:
    """A ``contains`` with a word that most paragraphs have."""
    words = [word for index in page.wanted for word in set(score.split_words(page.texts[index]))]
    return _make_drop(contains=max(sorted(set(words)), key=words.count)) if words else None


def _body_or_none(selector: str | None) -> SiteRules | None:
    return _make_body(selector) if selector else None


def _has_gold(page: ReadPage) -> bool:
    """Whether the gold says which elements hold text: it is found in blocks, and is not one of a listing or a shop, which are loose."""
    return bool(page.words_of(page.wanted)) and page.sample.source not in LOOSE_SOURCES


def right_body(page: ReadPage) -> SiteRules | None:
    """The ``[body]`` that fits the gold best, if it fits well."""
    fits = {selector: _measure_fit(page, found) for selector, found in page.inside.items()}
    best = max(fits, key=lambda selector: fits[selector], default=None)
    return _make_body(best) if best and fits[best] >= MIN_FIT else None


def _measure_fit(page: ReadPage, found: frozenset[int]) -> float:
    right = page.words_of(found)
    total = sum(len(score.split_words(page.texts[index])) for index in found)
    return 2 * right / (total + page.words_of(page.wanted)) if right else 0.0


def largest_right_drop(page: ReadPage) -> SiteRules | None:
    """A ``[[drop]]`` of an element without any of the text."""
    outside = [s for s, found in page.inside.items() if not page.words_of(found)]
    longest = sorted(outside, key=lambda s: -sum(len(page.texts[index]) for index in page.inside[s]))
    return _make_drop(selector=longest[0]) if longest and _has_gold(page) else None


BREAKS: Mapping[str, Break] = {
    "`[body]` names another element": body_elsewhere,
    "`[body]` of an old layout": body_of_old_layout,
    "`[body]` too wide": body_too_wide,
    "`[[drop]]` too wide": drop_too_wide,
    "`[[drop]]` to the end, too early": drop_to_the_end,
    "`[[drop]]` with a common word": drop_common_word,
}


def any_right_drop(page: ReadPage) -> SiteRules | None:
    """A ``[[drop]]`` of some element without any of the text."""
    selector = _pick(page, [s for s, found in page.inside.items() if found and not page.words_of(found)])
    return _make_drop(selector=selector) if selector and _has_gold(page) else None


RIGHT: Mapping[str, Break] = {
    "`[body]` that fits the gold": right_body,
    "`[[drop]]` of an element without text": any_right_drop,
    "`[[drop]]` of the largest such element": largest_right_drop,
}


def report_guard(corpora: Path, size: int) -> Iterator[str]:
    """Tables of what broken rules do with the guard and without, and of right rules that it refuses."""
    pages = [page for sample in read(corpora, Shape.HTML, sample=size) if sample.golds and (page := read_page(sample))]
    general = make_general_book()
    before = [rate(clean_page(page.page, general), page.sample) for page in pages]
    yield f"{len(pages)} pages."
    yield ""
    yield "| broken rule | pages | harmful without guard | harmful with it | caught | F1 no rule | unguarded | guarded |"
    yield "| --- | --: | --: | --: | --: | --: | --: | --: |"
    for name, make in BREAKS.items():
        rows = [
            (old, *_try_rule(page, rules, general)[1:])
            for page, old in zip(pages, before, strict=True)
            if (rules := make(page))
        ]
        harmed = [row for row in rows if row[0] - row[1] > MIN_HARM]
        left = sum(row[0] - row[2] > MIN_HARM for row in harmed)
        means = " | ".join(f"{fmean(column):.4f}" for column in zip(*rows, strict=True))
        yield f"| {name} | {len(rows)} | {len(harmed)} | {left} | {1 - left / max(len(harmed), 1):.1%} | {means} |"
    yield ""
    yield "| right rule | pages | refused | share | F1 no rule | guarded |"
    yield "| --- | --: | --: | --: | --: | --: |"
    for name, make in RIGHT.items():
        tried = [
            (old, *_try_rule(page, rules, general))
            for page, old in zip(pages, before, strict=True)
            if (rules := make(page))
        ]
        refused = sum(row[1] for row in tried)
        means = f"{fmean(row[0] for row in tried):.4f} | {fmean(row[3] for row in tried):.4f}"
        yield f"| {name} | {len(tried)} | {refused} | {refused / max(len(tried), 1):.1%} | {means} |"


def make_general_book() -> Rulebook:
    """The common rules and those of networks."""
    return replace(Rulebook.load(), sites=(), by_host={})


def read_page(sample: Sample) -> ReadPage | None:
    """The page of ``sample`` at an address of :data:`HOST`; None if it cannot be read."""
    try:
        page = decode.read_page(sample.content, url=f"https://{HOST}/{sample.id}", name=sample.id)
        tree = dom.parse_html(page.content)
        segmented = segment_html(tree.root) if tree is not None else None
    except cleaner.PageError:
        return None
    if tree is None or segmented is None or not segmented.blocks:
        return None
    markup = Markup(tree, [box.element for box in segmented.boxes])
    names = dict.fromkeys(name for block in segmented.blocks for name in list_selectors(block.path))
    gold = f" {' '.join(score.split_words(' '.join(sample.golds)))} "
    texts = [block.text for block in segmented.blocks]
    wanted = frozenset(i for i, text in enumerate(texts) if f" {' '.join(score.split_words(text))} " in gold)
    return ReadPage(sample, page, texts, {name: markup.blocks_inside(name) for name in names}, wanted)


def _try_rule(page: ReadPage, rules: SiteRules, general: Rulebook) -> tuple[bool, float, float]:
    """Whether the guard refuses ``rules`` on the page, and F1 without the guard and with it."""
    unguarded = replace(
        rules,
        body=tuple(part._replace(is_trusted=True) for part in rules.body),
        rules=tuple(SiteRule(rule.id, _trust(rule.entry)) for rule in rules.rules),
    )
    found = [clean_page(page.page, replace(general, by_host={HOST: (each,)})) for each in (unguarded, rules)]
    return bool(found[1].suspect_rules), rate(found[0], page.sample), rate(found[1], page.sample)


def _trust(entry: Drop | Keep) -> Drop | Keep:
    return msgspec.structs.replace(entry, trust=Trust.ALWAYS) if isinstance(entry, Drop) else entry


if __name__ == "__main__":
    main()

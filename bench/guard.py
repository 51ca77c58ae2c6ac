"""The guard against rules that were broken on purpose, and right rules that it refuses, on pages with a gold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import msgspec

import cleaner
from bench import score
from bench.corpora import Sample, Shape, read
from cleaner.article import Article
from cleaner.judges.site_rules import match_site_rules
from cleaner.labels import Label
from cleaner.model import Lean, Page
from cleaner.page import decode, dom
from cleaner.page.blocks_html import segment_html
from cleaner.pipeline import clean_page, run_stages
from cleaner.rulebook import BodySelector, Drop, Keep, Markup, Rulebook, SiteRule, SiteRules
from cleaner.rulebook.rule_types import Trust
from cleaner.ruletools.learn.selectors import list_selectors
from cleaner.stages import choose_rules, look_at_page, read_head

HOST = "broken.example"
MIN_HARM = 0.02
"""Fall of a page's F1 from which a rule counts as harmful on it."""
MIN_FIT = 0.95
"""F1 of the blocks inside a selector from which it counts as right for a page."""
MIN_TAKEN = 0.05
"""Least share of the gold's words that a broken entry takes to be worth refusing."""
LOOSE_SOURCES = frozenset({"wcxb-listing", "wcxb-collection", "wcxb-product"})
"""Sources whose golds leave out much that readers would call the page's text."""
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


def rate(article: Article, sample: Sample) -> float:
    """F1 of the article's text, 0 to 1, of snippets for a page without a gold."""
    if sample.golds:
        return score.compare_best(article.text, sample.golds)[0].f1
    return score.count_snippets(article.text, sample.wanted, sample.unwanted).f1


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


def report_entries(corpora: Path, size: int) -> Iterator[str]:
    """The table of drops that the guard refuses, of broken ones that take a twentieth of the gold's text or more, and of right ones."""
    general = make_general_book()
    counts = {name: [0, 0] for name in (*BREAKS, *RIGHT)}
    pages = 0
    for sample in read(corpora, Shape.HTML, sample=size):
        page = read_page(sample) if sample.golds else None
        known = _look_at(page.page, general) if page else None
        if page is None or known is None or len(known["blocks"]) != len(page.texts):
            continue
        pages += 1
        for name, make in {**BREAKS, **RIGHT}.items():
            rules = make(page)
            if rules is None or not rules.rules:
                continue
            matched = match_site_rules(known["blocks"], known["markup"], rules)
            weighed = choose_rules(known["blocks"], known["markup"], rules, known["first_look"], matched)
            taken = page.words_of(matched[_DROP])
            if name in RIGHT or taken >= MIN_TAKEN * page.words_of(page.wanted):
                counts[name][0] += 1
                counts[name][1] += bool(weighed.suspects)
    yield f"| on {pages} pages | entries | refused | share |"
    yield "| --- | --: | --: | --: |"
    for name, (tried, refused) in counts.items():
        if tried:
            yield f"| {name} | {tried} | {refused} | {refused / tried:.1%} |"


def _look_at(page: Page, book: Rulebook) -> dict[str, Any] | None:
    """What the pipeline knows of a page once the models have looked at each link of its runs; None for one that cannot be cleaned."""
    known: dict[str, Any] = {"page": page, "book": book, "lean": Lean.BALANCED, "repeats": None, "structure": False}
    try:
        for stage in run_stages(known):
            if stage.run is read_head:
                break
    except cleaner.PageError:
        return None
    return known | {"first_look": look_at_page(known["blocks"], known["markup"], known["claims"], known["rules"])}


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

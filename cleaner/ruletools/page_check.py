"""Checking rules on pages of their sites: what each one changes there, and whether the text becomes better."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from cleaner.article import Article
from cleaner.errors import PageError, RuleError
from cleaner.language.words import split_shingles
from cleaner.model import Block, Kind, Page
from cleaner.page import dom
from cleaner.rulebook import LoadedFile, Rulebook, read_rules
from cleaner.ruletools import golden
from cleaner.ruletools.check import find_line
from cleaner.ruletools.check_results import CheckResult, CheckState
from cleaner.ruletools.item_pages import clean_by_items

MIN_F1_FALL = 0.0005
"""Fall of a site's mean F1 that counts as a loss: less is one heading in a hundred pages."""
_MAX_NAMED_PAGES = 3
_PAGES = "pages"


class MarkedPage(NamedTuple):
    """A page of a site, and the text that it should give, if somebody has marked it."""

    page: Page
    gold: str | None = None


@dataclass
class RuleEffect:
    """What an entry, or a ``[body]`` selector, changes on the pages of its site. Sizes are in characters."""

    rule: str
    dropped: int = 0
    """Text that is kept without the site's rules."""
    kept: int = 0
    """Text that is dropped without them."""
    dropped_gold: int = 0
    """That of ``dropped`` that should be kept."""
    pages: int = 0
    """Pages on which it changes something."""
    example: str = ""
    """The longest text that it dropped."""
    refused: list[str] = field(default_factory=list)
    """Pages on which it was not followed."""


@dataclass
class SiteEffect:
    """What the rules of one site change on its pages."""

    name: str
    pages: int = 0
    changed: int = 0
    effects: dict[str, RuleEffect] = field(default_factory=dict)
    scores: list[tuple[float, float]] = field(default_factory=list)
    """F1 without the rules and with them, of each page with a gold."""

    def add(self, marked: MarkedPage, alone: Article, ruled: Article) -> None:
        """Count one page: its articles without the site's rules and with them."""
        self.pages += 1
        self.changed += alone.text != ruled.text
        gold = None if marked.gold is None else f" {' '.join(marked.gold.split())} "
        changes: defaultdict[str, list[tuple[Block, bool]]] = defaultdict(list)
        for before, after in zip(alone.blocks, ruled.blocks, strict=True):
            if before.kept != after.kept and after.verdict and after.verdict.rule:
                changes[after.verdict.rule].append((after, before.kept))
        for rule, blocks in changes.items():
            self._effect(rule).pages += 1
            for block, was_kept in blocks:
                _count_block(self._effect(rule), block, gold, was_kept=was_kept)
        for rule in ruled.suspect_rules:
            self._effect(rule).refused.append(marked.page.id)
        if marked.gold is not None:
            self.scores.append((measure_f1(alone.text, marked.gold), measure_f1(ruled.text, marked.gold)))

    def _effect(self, rule: str) -> RuleEffect:
        return self.effects.setdefault(rule, RuleEffect(rule))


def _count_block(effect: RuleEffect, block: Block, gold: str | None, *, was_kept: bool) -> None:
    size = len(block.text)
    if not was_kept:
        effect.kept += size
        return
    effect.dropped += size
    effect.dropped_gold += size if gold and " ".join(block.text.split()) in gold else 0
    effect.example = max(effect.example, block.text, key=len)


def measure_f1(text: str, gold: str) -> float:
    """F1 of the 4-word shingles of ``text`` against those of ``gold``, 0 to 1; 1 if both are empty."""
    have, want = split_shingles(text), split_shingles(gold)
    if not have or not want:
        return float(not have and not want)
    left: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for shingle in want:
        left[shingle] += 1
    right = 0
    for shingle in have:
        if left[shingle]:
            left[shingle] -= 1
            right += 1
    return 2 * right / (len(have) + len(want))


def check_on_pages(folder: Path, pages: Iterable[MarkedPage]) -> tuple[list[SiteEffect], int]:
    """Clean the ``pages`` of sites with a rule file in ``folder``, with their rules and without.

    Returns the effects by site, and how many pages are of no such site or cannot be cleaned. Raises
    :class:`~cleaner.RuleError` for rules that cannot be used.
    """
    book = Rulebook.load([folder])
    names = {file.name for file in _read_files(folder)}
    without = replace(book, sites=(), by_host={})
    found: dict[str, SiteEffect] = {}
    skipped = 0
    for marked in pages:
        try:
            ruled = clean_by_items(marked.page, book)
        except PageError:
            skipped += 1
            continue
        site = _find_file(marked.page, ruled.url, book)
        if site in names:
            found.setdefault(site, SiteEffect(site)).add(marked, clean_by_items(marked.page, without), ruled)
        else:
            skipped += 1
    return [found[name] for name in sorted(found)], skipped


def _find_file(page: Page, url: str | None, book: Rulebook) -> str:
    tree = dom.parse_html(page.content) if page.kind is Kind.HTML else None
    return book.lookup(url, page.content if tree is None else None, page.fetched, tree).name


def _read_files(folder: Path) -> Iterator[LoadedFile]:
    for file in read_rules(folder):
        if isinstance(file, RuleError):
            raise file
        yield file


def list_page_results(folder: Path, sites: Iterable[SiteEffect]) -> Iterator[CheckResult]:
    """Yield a result for each site and each of its rules that changed something or was not followed."""
    files = {file.name: file for file in _read_files(folder)}
    for site in sites:
        yield _judge_site(files[site.name], site)
        for effect in sorted(site.effects.values(), key=lambda effect: effect.rule):
            file = files.get(effect.rule.partition(":")[0])
            if file is not None:
                yield _judge_rule(file, effect, has_gold=bool(site.scores))


def _judge_site(file: LoadedFile, site: SiteEffect) -> CheckResult:
    detail = f"{site.changed} of {site.pages} pages differ"
    state = CheckState.HOLDS
    if site.scores:
        before, after = (fmean(column) for column in zip(*site.scores, strict=True))
        worse = sum(new < old for old, new in site.scores)
        better = sum(new > old for old, new in site.scores)
        detail += f"; F1 {before:.4f} without the rules, {after:.4f} with them: {better} pages better, {worse} worse"
        if before - after > MIN_F1_FALL:
            state = CheckState.FAILS
            detail += "\nThe rules of this site make its text worse. See which entry below drops text."
    return CheckResult(state, file.path, 1, file.name, _PAGES, detail)


def _judge_rule(file: LoadedFile, effect: RuleEffect, *, has_gold: bool) -> CheckResult:
    key = "$." + effect.rule.partition(":")[2]
    detail = f"changes {effect.pages} pages: {effect.dropped:,} characters dropped that are kept without it, {effect.kept:,} kept"
    state = CheckState.HOLDS
    if effect.example:
        detail += f"\nlongest dropped: {golden.quote_text(effect.example)}"
    if has_gold and effect.dropped_gold:
        detail += f"\n{effect.dropped_gold:,} of the dropped characters are in the golds"
        if effect.dropped_gold > effect.dropped / 2:
            state = CheckState.FAILS
            detail += "\nMost of what it drops is the article's text: make it narrower, or remove it."
    if effect.refused:
        state = CheckState.FAILS
        names = ", ".join(effect.refused[:_MAX_NAMED_PAGES])
        more = f" and {len(effect.refused) - _MAX_NAMED_PAGES} more" if len(effect.refused) > _MAX_NAMED_PAGES else ""
        detail += (
            f"\nnot followed on {len(effect.refused)} pages, as it would lose much of what is surely text: {names}{more}"
            '\nMake it narrower, or give it `trust = "always"` and a `why` if the classifier is wrong there.'
        )
    return CheckResult(state, file.path, find_line(file.text, key), key.removeprefix("$."), _PAGES, detail)

"""Testing whether an entry of a rule file has an effect: it fires on some case, and other rules would not do the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from cleaner.article import Article
from cleaner.judges.classifier import NAME as CLASSIFIER
from cleaner.model import Page, PageType
from cleaner.rulebook import Rulebook
from cleaner.ruletools.item_pages import clean_by_items


class TriedPage(NamedTuple):
    """A case's page, and its article by all rules together."""

    name: str
    page: Page
    article: Article


def find_fired_rules(article: Article) -> frozenset[str]:
    """Return the ids of the rules that gave a verdict in ``article``."""
    return frozenset(block.verdict.rule for block in article.blocks if block.verdict and block.verdict.rule)


def group_by_rule(tried: Sequence[TriedPage]) -> Mapping[str, Sequence[TriedPage]]:
    """Return for each rule the cases on which it fired."""
    found: dict[str, list[TriedPage]] = {}
    for one in tried:
        for rule in find_fired_rules(one.article):
            found.setdefault(rule, []).append(one)
    return found


def explain_unneeded_entry(rule: str, cases: Sequence[TriedPage], book: Rulebook) -> str:
    """Return why the entry with the id ``rule`` has no effect in the ``cases`` on which it fired, or an empty text."""
    if not cases:
        return "dead entry: it fires on no case\nAdd a case whose page has such a block, or remove the entry."
    without = book.without(rule)
    replacements: Counter[str] = Counter()
    for one in cases:
        article = clean_by_items(one.page, without)
        if make_comparable(article) != make_comparable(one.article):
            return ""
        replacements.update(_find_replacements(rule, one.article, article))
    names = ", ".join(dict.fromkeys(one.name for one in cases))
    others = ", ".join(other for other, _ in replacements.most_common())
    return f"dead entry: {others} would give the same in {names}\nRemove it, or add a case where it matters."


def _find_replacements(rule: str, article: Article, without: Article) -> Iterator[str]:
    """Yield the rule or judge that gives the verdict ``without`` the rule, for each block where it gave one."""
    for block, other in zip(article.blocks, without.blocks, strict=True):
        if block.verdict and block.verdict.rule == rule and other.verdict:
            yield other.verdict.rule or other.verdict.judge


def make_comparable(article: Article) -> tuple[object, ...]:
    """Return what rules make of a page: its metadata, and the label of each block that a rule or the front matter decided.

    What is left to the classifier is the same as no label: other weights would otherwise decide which entries are dead.
    Judges and reasons are omitted: if they counted, no entry would ever be dead.
    """
    decided = tuple(
        block.verdict.label if block.verdict and block.verdict.judge != CLASSIFIER else None for block in article.blocks
    )
    return replace(article, blocks=(), flags=(), page_type=PageType.ARTICLE, language_confidence=None), decided

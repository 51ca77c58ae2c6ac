"""Whether every entry of a rule file earns its place: it fires on some case, and without it the case differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.model import Article, Page
from cleaner.pipeline import clean_page
from cleaner.rulebook import Rulebook


class TriedPage(NamedTuple):
    """A case's page, and the article that all rules together make of it."""

    name: str
    page: Page
    article: Article


def rules_that_fired(article: Article) -> frozenset[str]:
    """The ids of the rules that had the say on some block of ``article``."""
    return frozenset(block.verdict.rule for block in article.blocks if block.verdict and block.verdict.rule)


def group_by_rule(tried: Sequence[TriedPage]) -> Mapping[str, Sequence[TriedPage]]:
    """For each rule the cases it fired on."""
    found: dict[str, list[TriedPage]] = {}
    for one in tried:
        for rule in rules_that_fired(one.article):
            found.setdefault(rule, []).append(one)
    return found


def find_idle_entries(rule: str, cases: Sequence[TriedPage], book: Rulebook) -> str:
    """Why the entry with the id ``rule`` does not earn its place, given the ``cases`` it fired on; empty if it does."""
    if not cases:
        return "dead entry: it fires on no case\nAdd a case whose page has such a block, or strike the entry."
    without = book.without(rule)
    anyway: Counter[str] = Counter()
    for one in cases:
        article = clean_page(one.page, without)
        if comparable_output(article) != comparable_output(one.article):
            return ""
        anyway.update(_later_entries(rule, one.article, article))
    names = ", ".join(dict.fromkeys(one.name for one in cases))
    others = ", ".join(other for other, _ in anyway.most_common())
    return f"dead entry: {others} would say the same in {names}\nStrike it, or add a case where it matters."


def _later_entries(rule: str, article: Article, without: Article) -> Iterator[str]:
    """Who speaks ``without`` the rule of the blocks it had the say over."""
    for block, other in zip(article.blocks, without.blocks, strict=True):
        if block.verdict and block.verdict.rule == rule and other.verdict:
            yield other.verdict.rule or other.verdict.judge


def comparable_output(article: Article) -> tuple[object, ...]:
    """What a reader of the results can tell two articles by: text and metadata, and the label of each block.

    Who spoke and why is left out, or no entry would ever be dead.
    """
    row = article.to_dict()
    for name in ("score", "language_confidence"):
        del row[name]
    return row, tuple(block.verdict.label for block in article.blocks if block.verdict)

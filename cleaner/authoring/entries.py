"""Whether every entry of a rule file earns its place: it fires on some case, and without it the case differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.model import Article, Page
from cleaner.pipeline import clean_with
from cleaner.rulebook import Rulebook


class Tried(NamedTuple):
    """A case's page, and the article that all rules together make of it."""

    name: str
    page: Page
    article: Article


def fired(article: Article) -> frozenset[str]:
    """The ids of the rules that had the say on some block of ``article``."""
    return frozenset(block.verdict.rule for block in article.blocks if block.verdict and block.verdict.rule)


def by_rule(tried: Sequence[Tried]) -> Mapping[str, Sequence[Tried]]:
    """For each rule the cases it fired on."""
    found: dict[str, list[Tried]] = {}
    for one in tried:
        for rule in fired(one.article):
            found.setdefault(rule, []).append(one)
    return found


def idle(rule: str, cases: Sequence[Tried], book: Rulebook) -> str:
    """Why the entry with the id ``rule`` does not earn its place, given the ``cases`` it fired on; empty if it does."""
    if not cases:
        return "dead entry: it fires on no case\nAdd a case whose page has such a block, or strike the entry."
    without = book.without(rule)
    anyway: Counter[str] = Counter()
    for one in cases:
        article = clean_with(without, one.page)
        if output(article) != output(one.article):
            return ""
        anyway.update(_successors(rule, one.article, article))
    names = ", ".join(dict.fromkeys(one.name for one in cases))
    others = ", ".join(other for other, _ in anyway.most_common())
    return f"dead entry: {others} would say the same in {names}\nStrike it, or add a case where it matters."


def _successors(rule: str, article: Article, without: Article) -> Iterator[str]:
    """Who speaks ``without`` the rule of the blocks it had the say over."""
    for block, other in zip(article.blocks, without.blocks, strict=True):
        if block.verdict and block.verdict.rule == rule and other.verdict:
            yield other.verdict.rule or other.verdict.judge


def output(article: Article) -> tuple[object, ...]:
    """What a reader of the results can tell two articles by: text and metadata, and the label of each block.

    Who spoke and why is left out, or no entry would ever be dead.
    """
    row = article.to_dict()
    for name in ("score", "language_confidence"):
        del row[name]
    return row, tuple(block.verdict.label for block in article.blocks if block.verdict)

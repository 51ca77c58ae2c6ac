"""Verdicts on blocks that consist of a phrase which is boilerplate on every site."""

from __future__ import annotations

from itertools import takewhile

from cleaner.article import Metadata
from cleaner.language.characters import normalize_phrase
from cleaner.language.list_numbers import strip_item_number
from cleaner.model import Block, Blocks, Page, Role, Verdict, Verdicts
from cleaner.rulebook import CommonRule, Rulebook

NAME = "common_rules"


def judge_by_common_rules(page: Page, blocks: Blocks, book: Rulebook, claims: Metadata) -> Verdicts:
    """Verdicts by ``everywhere.toml`` on blocks without one, except code and the headline; none on an author's own file."""
    if page.authored:
        return {}
    headline = normalize_phrase(claims.title or "")
    return {
        block.index: Verdict(rule.entry.label, NAME, rule.entry.why, rule.id)
        for block in blocks
        if block.verdict is None
        and block.role is not Role.CODE
        and (rule := _find_rule(block, book))
        and normalize_phrase(block.text) != headline
    }


def _find_rule(block: Block, book: Rulebook) -> CommonRule | None:
    """The rule that matches ``block``; a list item is tried with its number and without it.

    Of a run of links, rules must match each; the first rule counts.
    """
    if block.items > 1:
        found_by_line = list(takewhile(bool, map(book.common.find, block.lines)))
        return found_by_line[0] if len(found_by_line) == block.items else None
    found = book.common.find(block.text)
    if found or block.role is not Role.LIST_ITEM:
        return found
    return book.common.find(strip_item_number(block.text))

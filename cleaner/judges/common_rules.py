"""Phrases that are boilerplate on every site, where they are all a short block says."""

from __future__ import annotations

from cleaner.language.characters import normalize_phrase
from cleaner.language.list_numbers import strip_item_number
from cleaner.model import Block, Blocks, Metadata, Role, Verdict, Verdicts
from cleaner.rulebook import CommonRule, Rulebook

NAME = "common_rules"


def judge_by_common_rules(blocks: Blocks, book: Rulebook, claims: Metadata) -> Verdicts:
    """What ``everywhere.toml`` says of the blocks that nobody has spoken of; code and the headline are left alone."""
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
    """The rule for ``block``, an item of a list with its number or without it."""
    found = book.common.find(block.text)
    if found or block.role is not Role.LIST_ITEM:
        return found
    return book.common.find(strip_item_number(block.text))

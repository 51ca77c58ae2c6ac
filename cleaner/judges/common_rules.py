"""Phrases that are boilerplate on every site, where they are all a short block says."""

from __future__ import annotations

from cleaner.language.characters import normalize_phrase
from cleaner.model import Blocks, Metadata, Role, Verdict, Verdicts
from cleaner.rulebook import Rulebook

NAME = "common_rules"


def judge_by_common_rules(blocks: Blocks, book: Rulebook, claims: Metadata) -> Verdicts:
    """What ``everywhere.toml`` says of the blocks that nobody has spoken of; code and the headline are left alone."""
    headline = normalize_phrase(claims.title or "")
    return {
        block.index: Verdict(rule.entry.label, NAME, rule.entry.why, rule.id)
        for block in blocks
        if block.verdict is None
        and block.role is not Role.CODE
        and (rule := book.common.find(block.text))
        and normalize_phrase(block.text) != headline
    }

"""Phrases that are boilerplate on every site, where they are all a short block says."""

from __future__ import annotations

from cleaner.judges.context import Context
from cleaner.language.characters import normalize_phrase
from cleaner.model import Blocks, Role, Verdict, Verdicts

NAME = "common_rules"


def judge_by_common_rules(blocks: Blocks, context: Context) -> Verdicts:
    """What ``everywhere.toml`` says of the blocks that nobody has spoken of; code and the headline are left alone."""
    headline = normalize_phrase(context.metadata.title or "")
    return {
        block.index: Verdict(rule.entry.label, NAME, rule.entry.why, rule.id)
        for block in blocks
        if block.verdict is None
        and block.role is not Role.CODE
        and (rule := context.common.find(block.text))
        and normalize_phrase(block.text) != headline
    }

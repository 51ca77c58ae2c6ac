"""Phrases that are boilerplate on every site, where they are all a short block says."""

from __future__ import annotations

from cleaner.judges.context import Context
from cleaner.model import Blocks, Role, Verdict, Verdicts

NAME = "common_rules"


def judge(blocks: Blocks, context: Context) -> Verdicts:
    """What ``everywhere.toml`` says of the blocks that nobody has spoken of; code is left alone."""
    return {
        block.index: Verdict(rule.entry.label, NAME, rule.entry.why, rule.id)
        for block in blocks
        if block.verdict is None and block.role is not Role.CODE and (rule := context.common.find(block.text))
    }

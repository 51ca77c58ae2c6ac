"""The rules of the page's own site and of the networks on it: the first to speak, and what they keep is kept."""

from __future__ import annotations

from collections import Counter

from cleaner.model import Block, Blocks, Verdict, Verdicts
from cleaner.page.dom import PageMarkup
from cleaner.rulebook import Drop, Markup, SiteRule, SiteRules, view_page

NAME = "site_rules"
FEW = 140
"""Characters of text under which a page is hardly an article: about two sentences."""


def judge_by_site_rules(blocks: Blocks, rules: SiteRules, markup: PageMarkup | None) -> Verdicts:
    """What the entries of the site's file and of networks say, entry by entry; the first one has a block."""
    if not rules.rules:
        return {}
    page = view_page(blocks, _markup_of(markup))
    verdicts: dict[int, Verdict] = {}
    for rule in rules.rules:
        for index in rule.find(page):
            verdicts.setdefault(blocks[index].index, _verdict_of(rule, blocks[index]))
    return verdicts


def find_body_blocks(blocks: Blocks, rules: SiteRules, markup: PageMarkup | None) -> frozenset[int] | None:
    """Indices of the blocks inside the first ``[body]`` selector that holds any; None where none does, as in a dump."""
    matcher = _markup_of(markup)
    if matcher is None:
        return None
    found = (matcher.blocks_inside(selector) for selector in rules.body_selectors)
    return next((frozenset(blocks[position].index for position in inside) for inside in found if inside), None)


def find_swallowing_rule(blocks: Blocks) -> str | None:
    """The id of the entry that swallowed the page: it dropped more than half of it, and nothing to speak of is left.

    "To speak of" is :data:`FEW` characters, "half" is of the characters of all blocks.
    """
    if sum(len(block.text) for block in blocks if block.kept) >= FEW:
        return None
    dropped: Counter[str] = Counter()
    for block in blocks:
        if block.verdict and block.verdict.judge == NAME and block.verdict.rule and not block.kept:
            dropped[block.verdict.rule] += len(block.text)
    rule, size = max(dropped.items(), key=lambda item: item[1], default=("", 0))
    return rule if size > max(FEW, sum(len(block.text) for block in blocks) / 2) else None


def _markup_of(markup: PageMarkup | None) -> Markup | None:
    return Markup(markup.dom, markup.elements) if markup is not None else None


def _verdict_of(rule: SiteRule, block: Block) -> Verdict:
    label = rule.entry.label if isinstance(rule.entry, Drop) else block.role.label
    return Verdict(label, NAME, rule.entry.why, rule.id)

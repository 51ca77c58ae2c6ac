"""Verdicts by the rules of the page's site and of the networks on it: the first judge, whose verdicts are final."""

from __future__ import annotations

from collections import Counter

from cleaner.model import Block, Blocks, Verdict, Verdicts
from cleaner.page.boxes import PageMarkup
from cleaner.rulebook import Drop, Markup, RuleMatches, SiteRule, SiteRules, view_page

NAME = "site_rules"
MIN_ARTICLE_CHARS = 140
"""Characters of text below which a page is not an article: about two sentences. Chosen by reading pages; not measured."""


def match_site_rules(blocks: Blocks, markup: PageMarkup | None, rules: SiteRules) -> RuleMatches:
    """The blocks that each entry of the site's file and of networks matches."""
    if not rules.rules:
        return {}
    page = view_page(blocks, make_matcher(markup))
    return {rule.id: tuple(rule.find(page)) for rule in rules.rules}


def judge_by_site_rules(blocks: Blocks, rules: SiteRules, matched: RuleMatches) -> Verdicts:
    """Verdicts by the entries of the site's file and of networks, which match ``matched``; the first matching entry wins."""
    verdicts: dict[int, Verdict] = {}
    for rule in rules.rules:
        for index in matched[rule.id]:
            verdicts.setdefault(blocks[index].index, _make_verdict(rule, blocks[index]))
    return verdicts


def find_body_blocks(blocks: Blocks, rules: SiteRules, markup: PageMarkup | None) -> frozenset[int] | None:
    """Indices of the blocks inside the first ``[body]`` selector that matches any; None if none does, as in a dump.

    Only one selector is left in ``rules`` when they have been weighed.
    """
    matcher = make_matcher(markup)
    if matcher is None:
        return None
    found = (matcher.blocks_inside(selector) for selector in rules.body_selectors)
    return next((frozenset(blocks[position].index for position in inside) for inside in found if inside), None)


def find_overbroad_rule(blocks: Blocks) -> str | None:
    """The id of the entry that dropped more than half of a page's characters, if too little text is left.

    Too little is less than :data:`MIN_ARTICLE_CHARS`; on pages of less than twice that, it is as much that the entry must drop.
    """
    if sum(len(block.text) for block in blocks if block.kept) >= MIN_ARTICLE_CHARS:
        return None
    dropped: Counter[str] = Counter()
    for block in blocks:
        if block.verdict and block.verdict.judge == NAME and block.verdict.rule and not block.kept:
            dropped[block.verdict.rule] += len(block.text)
    rule, size = max(dropped.items(), key=lambda item: item[1], default=("", 0))
    return rule if size > max(MIN_ARTICLE_CHARS, sum(len(block.text) for block in blocks) / 2) else None


def make_matcher(markup: PageMarkup | None) -> Markup | None:
    """The elements of a page's blocks, searchable by selector; None for a dump."""
    if markup is None:
        return None
    return Markup(markup.dom, markup.elements, ((index, box.element) for index, box in markup.items))


def _make_verdict(rule: SiteRule, block: Block) -> Verdict:
    label = rule.entry.label if isinstance(rule.entry, Drop) else block.role.label
    return Verdict(label, NAME, rule.entry.why, rule.id)

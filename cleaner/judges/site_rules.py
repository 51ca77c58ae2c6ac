"""The rules of the page's own site: the first to speak, and what they keep is kept."""

from __future__ import annotations

from cleaner.judges.context import Context
from cleaner.model import Block, Blocks, Verdict, Verdicts
from cleaner.rulebook import Drop, Markup, SiteRule, view

NAME = "site_rules"


def judge(blocks: Blocks, context: Context) -> Verdicts:
    """What the entries of the site's file and its networks say, entry by entry; the first one has a block."""
    finders = context.rules.finders
    if not finders:
        return {}
    page = view(blocks, _markup(context))
    verdicts: dict[int, Verdict] = {}
    for rule, find in finders:
        for index in find(page):
            verdicts.setdefault(blocks[index].index, _verdict(rule, blocks[index]))
    return verdicts


def body_blocks(blocks: Blocks, context: Context) -> frozenset[int] | None:
    """Indices of the blocks inside the first ``[body]`` selector that holds any; None where none does, as in a dump."""
    markup = _markup(context)
    if markup is None:
        return None
    found = (markup.inside(selector) for selector in context.rules.body_selectors)
    return next((frozenset(blocks[position].index for position in inside) for inside in found if inside), None)


def _markup(context: Context) -> Markup | None:
    return Markup(context.dom, context.elements) if context.dom is not None else None


def _verdict(rule: SiteRule, block: Block) -> Verdict:
    label = rule.entry.label if isinstance(rule.entry, Drop) else block.role.label
    return Verdict(label, NAME, rule.entry.why, rule.id)

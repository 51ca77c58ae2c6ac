"""Weighing a site's rules on one page: what they would take away against what the classifier sees on it.

A rule is a claim about the pages of a site, and sites change. An entry or a ``[body]`` that would lose much of the text the
classifier is sure of is not followed on that page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from cleaner.model import Blocks
from cleaner.rulebook.matchers import Markup
from cleaner.rulebook.merged import BodySelector, SiteRule, SiteRules
from cleaner.rulebook.rule_types import Drop

MAX_LOST_SHARE, MAX_LOST_TOGETHER = 0.45, 0.6
"""Largest share of the likely text that one entry may drop, and that all entries of a page may. Of entries broken on purpose on
1,113 labelled pages (``bench/guard.py``) that took a twentieth of the text or more, 91 % are over the first; of 927 right ones
none is, and of 927 drops of the largest element without text 11. A higher limit refuses hardly fewer of these (10 at .5) and
misses more broken ones (90 %); likely text counted by sure blocks alone changes neither. In the cases of the shipped rules,
composed of what the classifier gets wrong, one drops .42 at most, and all .55."""
MIN_LOST_CHARS = 140
"""Likely text that an entry must drop to be suspected: about two sentences. A box of that size is often prose."""
MIN_HELD_SHARE = 0.4
"""Least share of the likely text that a ``[body]`` selector must hold. On the same pages, selectors of other elements and of old
layouts hold .26 or less, but for one in a hundred; of those that fit the text, one in a hundred holds less than .5."""
MAX_UNLIKELY_INSIDE = 0.3
"""Largest share of the characters inside a ``[body]`` that are unlikely to be text: with more it is as wide as the page, and the
classifier alone is better, as it is on three quarters of such pages and on two in a hundred of those that fit."""
UNLIKELY_SCORE = 0.3
"""Score below which a block is unlikely to be text."""
_NEAR_BEST = 0.9
"""Of several selectors the first that holds this share of what the best one holds is used: their order says which is exact."""


RuleMatches: TypeAlias = Mapping[str, tuple[int, ...]]
"""The blocks that each entry matches on a page, by its id."""


class WeighedRules(NamedTuple):
    """The rules that are followed on a page, and the ids of those that are not."""

    rules: SiteRules
    """At most one ``[body]`` selector is left."""
    suspects: tuple[str, ...]


def weigh_rules(
    blocks: Blocks, rules: SiteRules, markup: Markup | None, scores: Sequence[float], matched: RuleMatches
) -> WeighedRules:
    """The rules that are followed on the page with these ``blocks``, in whose markup selectors are matched.

    ``scores`` are the classifier's probabilities that each block is the article's text, ``matched`` is what entries match.
    """
    sizes = [len(block.text) for block in blocks]
    kept, refused = _weigh_entries(
        rules.rules, matched, [size * score for size, score in zip(sizes, scores, strict=True)]
    )
    decided = {index for rule in kept for index in matched[rule.id]}
    open_sizes = [0 if index in decided else size for index, size in enumerate(sizes)]
    body, passed = _choose_body(rules.body, markup, open_sizes, scores)
    return WeighedRules(replace(rules, rules=kept, body=body), (*refused, *passed))


def _weigh_entries(
    rules: Sequence[SiteRule], matched: RuleMatches, likely: Sequence[float]
) -> tuple[tuple[SiteRule, ...], tuple[str, ...]]:
    """The entries that are followed, and the ids of the others: those that lose most, until the rest lose little."""
    total = sum(likely) or 1.0
    followed, refused = tuple(rules), []
    while lost := _measure_losses(followed, matched, likely):
        worst = max(lost, key=lambda rule: lost[rule])
        alone, together = lost[worst] / total, sum(lost.values()) / total
        if lost[worst] < MIN_LOST_CHARS or (alone <= MAX_LOST_SHARE and together <= MAX_LOST_TOGETHER):
            break
        refused.append(worst)
        followed = tuple(rule for rule in followed if rule.id != worst)
    return followed, tuple(refused)


def _measure_losses(rules: Sequence[SiteRule], matched: RuleMatches, likely: Sequence[float]) -> dict[str, float]:
    """Likely text that each entry without ``trust`` drops; the first entry that matches a block decides it."""
    decided: dict[int, SiteRule] = {}
    for rule in rules:
        for index in matched[rule.id]:
            decided.setdefault(index, rule)
    lost: defaultdict[str, float] = defaultdict(float)
    for index, rule in decided.items():
        if isinstance(rule.entry, Drop) and rule.entry.trust is None:
            lost[rule.id] += likely[index]
    return lost


def _choose_body(
    body: Sequence[BodySelector], markup: Markup | None, sizes: Sequence[int], scores: Sequence[float]
) -> tuple[tuple[BodySelector, ...], tuple[str, ...]]:
    """The selector that holds the likely text, if any does, or the ids of those that match but do not.

    A selector that holds much else too is no body, and no suspect either: it loses nothing.
    """
    found = {part: list(inside) for part in body if markup and (inside := markup.blocks_inside(part.selector))}
    if trusted := next((part for part in found if part.is_trusted), None):
        return (trusted,), ()
    likely = [size * score for size, score in zip(sizes, scores, strict=True)]
    held = {part: _divide(sum(likely[i] for i in inside), sum(likely), 1.0) for part, inside in found.items()}
    least = max(MIN_HELD_SHARE, _NEAR_BEST * max(held.values(), default=0.0))
    fits = [part for part, share in held.items() if share >= least]
    chosen = next((part for part in fits if _is_exact(found[part], sizes, scores)), None)
    return (chosen,) if chosen else (), () if fits else tuple(part.id for part in found)


def _is_exact(inside: Sequence[int], sizes: Sequence[int], scores: Sequence[float]) -> bool:
    unlikely = sum(sizes[index] for index in inside if scores[index] < UNLIKELY_SCORE)
    return _divide(unlikely, sum(sizes[index] for index in inside)) <= MAX_UNLIKELY_INSIDE


def _divide(part: float, whole: float, otherwise: float = 0.0) -> float:
    return part / whole if whole else otherwise

"""The last judge: the learned classifier, which gives a verdict on every block without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from cleaner.classifier import block_scores, labelling, smoothing
from cleaner.classifier.copies import find_copies
from cleaner.judges.site_rules import find_body_blocks
from cleaner.labels import Label
from cleaner.model import Block, Blocks, Lean, Metadata, Role, Verdict, Verdicts
from cleaner.page.dom import PageMarkup
from cleaner.rulebook import SiteRules

NAME = "classifier"


class _Decision(NamedTuple):
    """Indices of the blocks to keep, the scores, and the reasons for keeping and dropping."""

    keep: frozenset[int]
    why_kept: str
    why_dropped: str
    scores: Mapping[int, float] = {}
    controls: frozenset[int] = frozenset()
    """Blocks that are dropped because they are no text of the page."""
    copies: frozenset[int] = frozenset()
    """Blocks that are dropped because they repeat a kept one."""


def judge_by_classifier(
    blocks: Blocks, rules: SiteRules, markup: PageMarkup | None, claims: Metadata, lean: Lean
) -> Verdicts:
    """Verdicts on all blocks without one: by the site's ``[body]`` if it matches the page, else by the model's scores."""
    body = find_body_blocks(blocks, rules, markup)
    if body is None:
        decision = _decide_by_scores(blocks, markup, claims, lean)
    else:
        decision = _Decision(body, "inside the site's [body]", "outside the site's [body]")
    undecided = [block for block in blocks if block.verdict is None]
    dropped = [block.index for block in undecided if block.index not in decision.keep]
    names = labelling.name_blocks(blocks, dropped, markup, claims)
    return {block.index: _make_verdict(block, names.get(block.index), decision) for block in undecided}


def _decide_by_scores(blocks: Blocks, markup: PageMarkup | None, claims: Metadata, lean: Lean) -> _Decision:
    scores = block_scores.score_dump(blocks) if markup is None else block_scores.score_html(blocks, markup, claims)
    sizes = np.array([0 if block.dropped else len(block.text) for block in blocks])
    keep = np.flatnonzero(scores >= smoothing.choose_threshold(scores, sizes, lean)).tolist()
    # In HTML a button may have an article's text; in a dump these are headers of readers and remains of scripts.
    controls = frozenset(block.index for block in blocks if block.role is Role.CONTROL and markup is None)
    copies = find_copies(blocks, [index for index in keep if index not in controls])
    return _Decision(
        keep=frozenset(keep) - copies - controls,
        why_kept="scored as the article's text",
        why_dropped="scored as boilerplate",
        scores=dict(enumerate(np.round(scores.astype(float), 3).tolist())),
        controls=controls,
        copies=copies,
    )


def _make_verdict(block: Block, named: labelling.NamedLabel | None, decision: _Decision) -> Verdict:
    score = decision.scores.get(block.index)
    if named is None:
        return Verdict(block.role.label, NAME, decision.why_kept, score=score)
    if block.index in decision.controls:
        return Verdict(Label.OTHER, NAME, "written by a reader, script or style sheet", score=score)
    why = "repeats a kept block" if block.index in decision.copies else decision.why_dropped
    return Verdict(named.label, NAME, f"{why}; {named.label} by {named.why}", score=score)

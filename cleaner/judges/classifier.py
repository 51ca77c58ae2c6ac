"""The last judge: the learned classifier, which gives a verdict on every block without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import block_scores, html_model, labelling, smoothing
from cleaner.classifier.copies import find_copies
from cleaner.classifier.labelling import NamedLabel
from cleaner.judges.site_rules import find_body_blocks
from cleaner.labels import Label
from cleaner.model import Block, Blocks, Lean, Metadata, Verdict, Verdicts
from cleaner.page import blocks_html
from cleaner.page.dom import PageMarkup
from cleaner.rulebook import SiteRules

NAME = "classifier"


_Shares: TypeAlias = NDArray[np.float32]
"""Distributions over the model's labels: blocks by labels."""
_DESCRIPTION = html_model.LABELS.index(Label.DESCRIPTION.value)


class _Decision(NamedTuple):
    """Indices of the blocks to keep, the scores, and the reasons for keeping and dropping."""

    keep: frozenset[int]
    why_kept: str
    why_dropped: str
    scores: Mapping[int, float] = {}
    copies: frozenset[int] = frozenset()
    """Blocks that are dropped because they repeat a kept one."""
    standfirsts: frozenset[int] = frozenset()
    """Blocks to keep that are the standfirst."""


def judge_by_classifier(
    blocks: Blocks, rules: SiteRules, markup: PageMarkup | None, claims: Metadata, lean: Lean
) -> Verdicts:
    """Verdicts on all blocks without one: by the site's ``[body]`` if it matches the page, else by the model's scores."""
    undecided = [block for block in blocks if block.verdict is None]
    if not undecided:
        return {}
    body = find_body_blocks(blocks, rules, markup)
    shares: _Shares | None = None
    if markup is None:
        scores = block_scores.score_dump(blocks) if body is None else None
    elif body is None:
        scores, shares = block_scores.score_html(blocks, markup, claims)
    else:
        scores = None
        shares = html_model.classify_html(blocks, markup.boxes, claims, blocks_html.BLOCK_TAGS)
    if scores is None:
        decision = _Decision(body or frozenset(), "inside the site's [body]", "outside the site's [body]")
    else:
        decision = _decide_by_scores(blocks, scores, shares, lean)
    dropped = [block.index for block in undecided if block.index not in decision.keep]
    if shares is None:
        names = labelling.name_blocks(blocks, dropped, markup, claims)
    else:
        names = _name_by_shares(shares, dropped, decision.copies)
    return {block.index: _make_verdict(block, names.get(block.index), decision) for block in undecided}


def _decide_by_scores(blocks: Blocks, scores: NDArray[np.float32], shares: _Shares | None, lean: Lean) -> _Decision:
    sizes = np.array([0 if block.dropped else len(block.text) for block in blocks])
    keep = np.flatnonzero(scores >= smoothing.choose_threshold(scores, sizes, lean)).tolist()
    copies = find_copies(blocks, keep)
    return _Decision(
        keep=frozenset(keep) - copies,
        why_kept="scored as the article's text",
        why_dropped="scored as boilerplate",
        scores=dict(enumerate(np.round(scores.astype(float), 3).tolist())),
        copies=copies,
        standfirsts=frozenset() if shares is None else _find_standfirsts(shares, keep),
    )


def _find_standfirsts(shares: _Shares, keep: Sequence[int]) -> frozenset[int]:
    """Indices of the blocks in ``keep`` above the body that are most likely the standfirst."""
    likeliest = shares[:, : html_model.KEPT].argmax(1)
    return frozenset(takewhile(lambda index: likeliest[index] == _DESCRIPTION, keep))


def _name_by_shares(shares: _Shares, dropped: Sequence[int], copies: frozenset[int]) -> dict[int, NamedLabel]:
    """The likeliest label of each block of ``dropped`` outside the body group, with its probability."""
    likeliest = shares[:, html_model.KEPT :].argmax(1) + html_model.KEPT
    return {
        index: NamedLabel(
            Label.DUPLICATE if index in copies else Label(html_model.LABELS[likeliest[index]]),
            f"a share of {shares[index, likeliest[index]]:.2f}",
        )
        for index in dropped
    }


def _make_verdict(block: Block, named: NamedLabel | None, decision: _Decision) -> Verdict:
    score = decision.scores.get(block.index)
    if named is None:
        label = Label.DESCRIPTION if block.index in decision.standfirsts else block.role.label
        return Verdict(label, NAME, decision.why_kept, score=score)
    if block.index in decision.copies:
        return Verdict(named.label, NAME, f"repeats a kept block; {named.label}", score=score)
    return Verdict(named.label, NAME, f"{decision.why_dropped}; {named.label} by {named.why}", score=score)

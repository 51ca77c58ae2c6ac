"""The last judge: a model that has read many pages says of each block how likely it belongs to the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import boosted_trees, convolution, dump_features, html_features, labelling, trafilatura_evidence
from cleaner.classifier import window as surroundings
from cleaner.classifier.smoothing import choose_threshold, page_certainty, smooth_by_path
from cleaner.judges.context import Context
from cleaner.judges.site_rules import body_blocks
from cleaner.labels import Label
from cleaner.model import Block, Blocks, Verdict, Verdicts
from cleaner.page.dom import Dom, Element

NAME = "tagger"

Chances = NDArray[np.float32]

_LONGEST_REFRAIN = 60
"""Characters; a shorter text may well stand twice in one article."""
_SURE = 0.75
"""Certainty of a page from which on trafilatura is not asked.

On 256 marked pages of three sources that nothing was learned from, it is asked for 4 % then, and the mean F1 is .9272; at
.8, for 9 %, .9266; never asking gives .9256, always asking .9275 in half as much time again.
"""


class _Decision(NamedTuple):
    """Which blocks to keep, by index; with what score; and why kept or dropped."""

    keep: frozenset[int]
    scores: Mapping[int, float]
    why_kept: str
    why_dropped: str
    copies: frozenset[int] = frozenset()
    """Blocks that are dropped for saying again what a kept one says."""


def judge_by_classifier(blocks: Blocks, context: Context) -> Verdicts:
    """Verdicts on all blocks: by the site's ``[body]`` where its rule names one that is there, else by the model."""
    inside = body_blocks(blocks, context)
    if inside is not None:
        return _make_verdicts(
            blocks, context, _Decision(inside, {}, "inside the site's [body]", "outside the site's [body]")
        )
    sizes = np.array([len(block.text) for block in blocks])
    if context.dom is None:
        chances = _score_dump(blocks)
    else:
        chances = smooth_by_path(
            _score_html(blocks, context, context.dom, sizes), [block.path for block in blocks], sizes
        )
    least = choose_threshold(chances, np.where([_is_dropped(block) for block in blocks], 0, sizes), context.lean)
    heavy = np.flatnonzero(chances >= least).tolist()
    copies = _find_copies(blocks, heavy)
    scores = dict(enumerate(np.round(chances.astype(float), 3).tolist()))
    kept, dropped = "weighs as the article's text", "weighs as boilerplate"
    return _make_verdicts(blocks, context, _Decision(frozenset(heavy) - copies, scores, kept, dropped, copies))


def _score_dump(blocks: Blocks) -> Chances:
    features = dump_features.measure_dump(blocks)
    by_trees = boosted_trees.load_trees("dump").probabilities(
        surroundings.widen_window(features, dump_features.FEATURES)
    )
    by_network = convolution.load_network("dump-network").probabilities(features, [block.text for block in blocks])
    return np.asarray((by_trees + by_network) / 2, dtype=np.float32)


def _score_html(blocks: Blocks, context: Context, tree: Dom, sizes: NDArray[np.int_]) -> Chances:
    """Chances without trafilatura, and where they are not sure enough, with its evidence."""
    said = context.metadata
    features = html_features.measure_html(blocks, context.boxes, said.title, said.description)
    chances = boosted_trees.load_trees("html").probabilities(html_features.widen_html(features))
    if page_certainty(chances, sizes) >= _SURE:
        return chances
    rest = tree.without(_dropped_whole(blocks, context.elements))
    kept = trafilatura_evidence.extract_evidence(rest, blocks, context.page.url)
    return boosted_trees.load_trees("html-evidence").probabilities(html_features.widen_html(features, kept))


def _find_copies(blocks: Blocks, keep: Sequence[int]) -> frozenset[int]:
    """Which of ``keep`` say again what a kept block, or the headline, has said: copies for print, or for phones.

    A copy stands elsewhere in the markup. What an article says twice in one place, it means to.
    """
    said = {block.text: "" for block in blocks if block.verdict is not None and block.verdict.label is Label.TITLE}
    copies = []
    for index in keep:
        block = blocks[index]
        if block.verdict is None:
            where = said.get(block.text)
            if where is not None and (where != block.path or not where):
                copies.append(index)
            elif len(block.text) >= _LONGEST_REFRAIN:
                said.setdefault(block.text, block.path)
    return frozenset(copies)


def _make_verdicts(blocks: Blocks, context: Context, decision: _Decision) -> Verdicts:
    """Verdicts on the blocks that have none; what is not kept is named by what it is."""
    undecided = [block for block in blocks if block.verdict is None]
    names = labelling.name_blocks(
        blocks, [block.index for block in undecided if block.index not in decision.keep], context
    )
    return {block.index: _make_verdict(block, names, decision) for block in undecided}


def _make_verdict(block: Block, names: Mapping[int, Label], decision: _Decision) -> Verdict:
    score = decision.scores.get(block.index)
    if block.index in decision.keep:
        return Verdict(block.role.label, NAME, decision.why_kept, score=score)
    if block.index in decision.copies:
        return Verdict(names[block.index], NAME, "says again what is kept elsewhere", score=score)
    return Verdict(names[block.index], NAME, decision.why_dropped, score=score)


def _dropped_whole(blocks: Blocks, elements: tuple[Element, ...]) -> list[Element]:
    """Elements of which every block has been dropped already: what is gone cannot mislead trafilatura."""
    kept = {element for block, element in zip(blocks, elements, strict=True) if not _is_dropped(block)}
    dropped = dict.fromkeys(element for block, element in zip(blocks, elements, strict=True) if _is_dropped(block))
    return [element for element in dropped if not any(inner in kept for inner in element.iter())]


def _is_dropped(block: Block) -> bool:
    return block.verdict is not None and not block.verdict.keep

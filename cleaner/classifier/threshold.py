"""The score from which the blocks of a page are kept."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.model import Lean

_THRESHOLDS = {Lean.RECALL: 0.4, Lean.BALANCED: 0.6, Lean.PRECISION: 0.8}
"""On a fold of unseen sites F1 of HTML is highest at .6 and .65; more text is kept with the lower one. On 1,200 dumps of unseen
sites F1 is .880 at .5 and .886 at .6, recall .945 and .941."""
_GAP_BLOCKS, _MIN_GAP_SCORE = 2, 0.35
"""So many blocks between two kept ones are kept too if each has this score: headings, short lines of a dialogue. On a fold of
unseen sites this raised F1 by .001, and the share of the article's blocks that are kept from .93 to .94."""
_BEST_CHARS, _BEST_SHARE = 800, 0.8
"""A page's threshold is at most this share of the mean score of so many of its likeliest characters. Where the model is unsure
of all of a page, its text is still what scores highest. Of 1,200 dumps of unseen sites, 64 instead of 72 lose a fifth of
their text; recall rises from .936 to .941, F1 from .879 to .881."""

MIN_TOUCHING_SCORE = 0.3
"""Score from which a sentence that touches kept text is kept, and a heading directly above it: last paragraphs, the heading of a
short section. Of 1,200 dumps of unseen sites recall rises by .002 with .3 in place of .4, and F1 falls by .0006."""

_MAX_BODY_BY_WORDS, _MAX_DOUBTED_SCORE = 0.2, 0.75
_DOUBTED_CHARS = range(30, 221)
"""A block of so many characters is doubted if its words alone give the body no more than the first number, and it has no more than
the second as a score: "Download our app" among the paragraphs. On 340 pages of four sources that nothing was learned from,
this and the rule for gaps changed the mean F1 by +.0004."""


class Ties(NamedTuple):
    """Which blocks belong to the text next to them, if that is kept."""

    above: NDArray[np.bool_]
    below: NDArray[np.bool_]


def doubt_words(
    body_by_words: NDArray[np.float32], scores: NDArray[np.float32], sizes: NDArray[np.int_]
) -> NDArray[np.bool_]:
    """Whether each block has words of boilerplate, in a place where text is expected.

    ``body_by_words`` is the share of the body by words alone; ``sizes`` are in characters.
    """
    is_short = (sizes >= _DOUBTED_CHARS.start) & (sizes < _DOUBTED_CHARS.stop)
    return is_short & (body_by_words <= _MAX_BODY_BY_WORDS) & (scores <= _MAX_DOUBTED_SCORE)


def choose_threshold(scores: NDArray[np.float32], sizes: NDArray[np.int_], lean: Lean) -> float:
    """The score from which blocks of a page are kept, by their scores and sizes in characters.

    A block of size 0 has already been dropped and is ignored.
    """
    return min(_THRESHOLDS[lean], _BEST_SHARE * _average_best(scores, sizes))


def _average_best(scores: NDArray[np.float32], sizes: NDArray[np.int_]) -> float:
    """The mean score of the likeliest characters of a page."""
    order = np.argsort(-scores, kind="stable")
    taken = np.minimum(sizes[order], np.maximum(_BEST_CHARS - (np.cumsum(sizes[order]) - sizes[order]), 0))
    return float(scores[order] @ taken) / max(int(taken.sum()), 1)


def extend_kept(
    scores: NDArray[np.float32], keep: NDArray[np.bool_], free: NDArray[np.bool_], places: NDArray[np.intp],
    ties: Ties,
) -> NDArray[np.bool_]:  # fmt: skip
    """``keep`` with ``free`` blocks next to kept ones whose scores are not low.

    These are the blocks of small gaps between kept ones, and those whose ``ties`` are with the kept text above or below. Only
    the blocks at ``places`` are looked at: what is decided already does not come between.
    """
    chances, kept, free = scores[places], keep[places].copy(), free[places]
    for before, after in pairwise(np.flatnonzero(kept).tolist()):
        inside = slice(before + 1, after)
        if after - before <= _GAP_BLOCKS + 1 and ((chances >= _MIN_GAP_SCORE) & free)[inside].all():
            kept[inside] = True
    touching = np.append(kept[1:], False) & ties.below[places] | np.append(False, kept[:-1]) & ties.above[places]
    kept |= touching & free & (chances >= MIN_TOUCHING_SCORE)
    extended = keep.copy()
    extended[places] = kept
    return extended

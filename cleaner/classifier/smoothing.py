"""Smoothing of scores, and the choice of the threshold for a page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.model import Lean

_THRESHOLDS = {Lean.RECALL: 0.3, Lean.BALANCED: 0.5, Lean.PRECISION: 0.7}
_MIN_KEPT_CHARS = 140
"""Kept characters of a page below which its threshold is lowered: about two sentences. On a fold of unseen sites this raised
F1 by .002; with 300 it was the same."""
_NEAR, _MAX_NEAR_SHARE = 0.7, 0.5
"""If blocks with at least the first share of the threshold have more characters than the second share of what is kept, they
are kept too: in a long transcript, all paragraphs may be a little below the threshold. On 374 pages of three sources without
training pages, this changed seven and raised the mean F1 by .001."""
_PULL = 0.6
"""Weight of the mean of a block's siblings in its smoothed score."""
_SIBLINGS = 3
"""Blocks with the same element path from which scores are smoothed. Chosen by reading pages; not measured."""
_LOWERED_SHARE = 0.5
"""The lowered threshold as a share of the page's highest score; .7 gained nothing."""


def choose_threshold(scores: NDArray[np.float32], sizes: NDArray[np.int_], lean: Lean) -> float:
    """The score from which blocks of a page are kept, by their scores and sizes in characters.

    A block of size 0 has already been dropped and is ignored.
    """
    usual = _THRESHOLDS[lean]
    kept = sizes[scores >= usual].sum()
    if kept >= _MIN_KEPT_CHARS:
        near = sizes[(scores >= _NEAR * usual) & (scores < usual)].sum()
        return _NEAR * usual if near > _MAX_NEAR_SHARE * kept else usual
    return min(usual, _LOWERED_SHARE * float(scores[sizes > 0].max(initial=0.0)))


def smooth_by_path(scores: NDArray[np.float32], paths: Sequence[str], sizes: NDArray[np.int_]) -> NDArray[np.float32]:
    """Scores moved towards the mean of the blocks with the same element path, weighted by the root of their sizes.

    An article has many similar paragraphs, and an unusual one among them is still a paragraph; the same holds for the
    teasers of a list. On a fold of unseen sites this raised F1 by .001, on two sources without training pages by .002;
    a pull of .5 did as much as one of .7.
    """
    numbers: dict[str, int] = {}
    group = np.array([numbers.setdefault(path, len(numbers)) for path in paths])
    weight = np.sqrt(sizes)
    means = np.bincount(group, weights=weight * scores) / np.bincount(group, weights=weight)
    shared = np.bincount(group)[group] >= _SIBLINGS
    return np.where(shared, (1 - _PULL) * scores + _PULL * means[group], scores).astype(np.float32)


def measure_certainty(scores: NDArray[np.float32], sizes: NDArray[np.int_]) -> float:
    """Certainty of the scores of a page, 0 to 1: twice the mean of their distance from one half, by characters."""
    return float(np.average(np.abs(2 * scores - 1), weights=sizes))

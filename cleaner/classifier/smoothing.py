"""From chances to a decision: the thresholds, and the second look at a page of which too little would be left."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.model import Lean

_THRESHOLDS = {Lean.RECALL: 0.3, Lean.BALANCED: 0.5, Lean.PRECISION: 0.7}
_FEWEST_CHARACTERS = 140
"""About two sentences. On a fold of unseen sites, a second look below that raised F1 by .002; below 300 it was the same."""
_NEARLY, _MUCH = 0.7, 0.5
"""Where blocks of at least this share of the threshold hold more than this share of what would be kept, they are kept too: a
long transcript whose paragraphs all miss the threshold by a little is lost text. On 374 pages of three sources that nothing
was learned from, that changed seven and raised the mean F1 by .001."""
_PULL = 0.6
_SIBLINGS = 3
_SECOND_LOOK = 0.5
"""What has this share of the page's highest chance is kept then; at .7 nothing was gained."""


def choose_threshold(chances: NDArray[np.float32], sizes: NDArray[np.int_], lean: Lean) -> float:
    """The chance from which on blocks of a page are kept, by the blocks' chances and sizes in characters.

    A block of size 0 has been dropped already, and has no say.
    """
    usual = _THRESHOLDS[lean]
    kept = sizes[chances >= usual].sum()
    if kept >= _FEWEST_CHARACTERS:
        nearly = sizes[(chances >= _NEARLY * usual) & (chances < usual)].sum()
        return _NEARLY * usual if nearly > _MUCH * kept else usual
    return min(usual, _SECOND_LOOK * float(chances[sizes > 0].max(initial=0.0)))


def smooth_by_path(chances: NDArray[np.float32], paths: Sequence[str], sizes: NDArray[np.int_]) -> NDArray[np.float32]:
    """Chances drawn towards those of the blocks that stand at the same element path: siblings share their fate.

    The paragraphs of an article are many and alike, and one of them that looks odd by itself is a paragraph still; so
    are the teasers of a list. On a fold of unseen sites this raised F1 by .001, on two sources that nothing
    was learned from by .002; a pull of .5 did as much as one of .7.
    """
    places: dict[str, int] = {}
    group = np.array([places.setdefault(path, len(places)) for path in paths])
    weight = np.sqrt(sizes)
    means = np.bincount(group, weights=weight * chances) / np.bincount(group, weights=weight)
    shared = np.bincount(group)[group] >= _SIBLINGS
    return np.where(shared, (1 - _PULL) * chances + _PULL * means[group], chances).astype(np.float32)


def page_certainty(chances: NDArray[np.float32], sizes: NDArray[np.int_]) -> float:
    """How sure the chances are of a page, 0 to 1: the mean of their distance from one half, by characters."""
    return float(np.average(np.abs(2 * chances - 1), weights=sizes))

"""What stands around each block: the features of its neighbours, and their means over wider stretches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from cleaner.classifier.text_features import Matrix, box_mean

_STEPS = (1, 2, 3, -1, -2, -3)
_RADII = (4, 12)
_TELLING = (
    "words", "ends_sentence", "capitalised", "commas", "digits", "heading", "role_heading", "list_item", "spaced",
    "link_share", "prose_of_alike", "extracted",
)  # fmt: skip
"""Features that say most about a block's neighbours; each shape of page has those of them that it has."""


def window_names(features: Sequence[str]) -> tuple[str, ...]:
    """Names of the columns that :func:`widen_window` gives."""
    telling = [name for name in features if name in _TELLING]
    beside = [f"{name}{-step:+d}" for step in _STEPS for name in telling]
    around = [f"{name}_within_{radius}" for radius in _RADII for name in telling]
    return (*features, *beside, *around)


def widen_window(matrix: Matrix, features: Sequence[str]) -> Matrix:
    """``matrix``, and behind it the telling columns of the three blocks on either side and of the stretch around."""
    telling = matrix[:, _windowed_columns(tuple(features))]
    parts = [matrix, *(_shift_rows(telling, step) for step in _STEPS)]
    parts += [box_mean(telling, radius) for radius in _RADII]
    return np.concatenate(parts, 1)


@cache
def _windowed_columns(features: tuple[str, ...]) -> list[int]:
    """The columns of the telling ones among ``features``."""
    return [place for place, name in enumerate(features) if name in _TELLING]


def _shift_rows(matrix: Matrix, step: int) -> Matrix:
    """``matrix`` moved down by ``step`` rows, up if negative, zeros coming in."""
    shifted = np.zeros_like(matrix)
    if abs(step) >= len(matrix):
        return shifted
    if step > 0:
        shifted[step:] = matrix[:-step]
    else:
        shifted[:step] = matrix[-step:]
    return shifted

"""Features of the neighbours of each block, and means of features over windows around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from cleaner.classifier.text_features import Matrix, average_window, join_columns

_STEPS = (1, 2, 3, -1, -2, -3)
_RADII = (4, 12)
_WINDOWED = (
    "words", "ends_sentence", "capitalised", "commas", "digits", "heading", "role_heading", "list_item", "spaced",
    "link_share", "prose_of_alike",
)  # fmt: skip
"""Features whose values at neighbours are used, if the kind of page has them."""


def name_columns(features: Sequence[str]) -> tuple[str, ...]:
    """Names of the columns that :func:`widen_window` returns."""
    windowed = [name for name in features if name in _WINDOWED]
    neighbours = [f"{name}{-step:+d}" for step in _STEPS for name in windowed]
    around = [f"{name}_within_{radius}" for radius in _RADII for name in windowed]
    return (*features, *neighbours, *around)


def widen_window(matrix: Matrix, features: Sequence[str]) -> Matrix:
    """``matrix``, followed by the windowed columns of the three blocks on either side and their means around each block."""
    windowed = matrix[:, _find_windowed_columns(tuple(features))]
    parts = [matrix, *(_shift_rows(windowed, step) for step in _STEPS)]
    parts += [average_window(windowed, radius) for radius in _RADII]
    return join_columns(parts)


@cache
def _find_windowed_columns(features: tuple[str, ...]) -> list[int]:
    """Indices of the windowed columns among ``features``."""
    return [column for column, name in enumerate(features) if name in _WINDOWED]


def _shift_rows(matrix: Matrix, step: int) -> Matrix:
    """``matrix`` moved down by ``step`` rows, up if negative; missing rows are zero."""
    shifted = np.zeros_like(matrix)
    if abs(step) >= len(matrix):
        return shifted
    if step > 0:
        shifted[step:] = matrix[:-step]
    else:
        shifted[:step] = matrix[-step:]
    return shifted

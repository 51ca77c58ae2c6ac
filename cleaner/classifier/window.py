"""Features of the neighbours of each block, and means of features over windows around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from cleaner.classifier.feature_arrays import Matrix, average_window

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
    """``matrix``, followed by the windowed columns of the three blocks on either side (zero where there is none) and their means around each block."""
    rows = matrix.T
    windowed = rows[_find_windowed_columns(tuple(features))]
    joined = np.zeros((len(rows) + (len(_STEPS) + len(_RADII)) * len(windowed), len(matrix)), dtype=np.float32)
    joined[: len(rows)] = rows
    parts = joined[len(rows) :].reshape(-1, *windowed.shape)
    for step, part in zip(_STEPS, parts, strict=False):
        if step > 0:
            part[:, step:] = windowed[:, :-step]
        else:
            part[:, :step] = windowed[:, -step:]
    for radius, part in zip(_RADII, parts[len(_STEPS) :], strict=True):
        part[:] = average_window(windowed.T, radius).T
    return joined.T


@cache
def _find_windowed_columns(features: tuple[str, ...]) -> list[int]:
    """Indices of the windowed columns among ``features``."""
    return [column for column, name in enumerate(features) if name in _WINDOWED]

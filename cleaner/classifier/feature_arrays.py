"""Features of blocks as arrays: columns side by side, means and distances over the blocks around each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.compiled import serve_compiled

Matrix = NDArray[np.float32]
"""Blocks in rows, features in columns."""
Numbers = NDArray[np.floating[Any]]
"""One number a block."""


def stack_columns(columns: Sequence[NDArray[Any]]) -> Matrix:
    """``columns`` side by side, in memory column by column; ``np.stack`` takes several times as long for a page."""
    stacked = np.empty((len(columns), len(columns[0])), dtype=np.float32)
    for row, column in zip(stacked, columns, strict=True):
        row[:] = column
    return stacked.T


def join_columns(parts: Sequence[Matrix]) -> Matrix:
    """``parts`` side by side, in memory column by column, as forests read them."""
    joined = np.empty((sum(part.shape[1] for part in parts), len(parts[0])), dtype=np.float32)
    return np.concatenate(parts, 1, out=joined.T)


def measure_distances(flags: NDArray[np.bool_], limit: int = 50) -> Matrix:
    """For each block, the distances back and ahead to the nearest flagged one, in blocks (0 for itself), up to ``limit``."""
    distances = np.empty((len(flags), 2), dtype=np.float32)
    fill_distances(np.ascontiguousarray(flags).view(np.uint8), limit, distances)
    return distances


@serve_compiled("feature_arrays")
def fill_distances(flags: NDArray[np.uint8], limit: int, out: Matrix) -> None:
    """Write the distances back and ahead to the nearest of ``flags`` that is not zero into the columns of ``out``."""
    index = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, index, -limit))
    following = np.minimum.accumulate(np.where(flags, index, len(flags) + limit)[::-1])[::-1]
    out[:, 0], out[:, 1] = np.minimum(index - last, limit), np.minimum(following - index, limit)


def average_window(values: Numbers, radius: int) -> NDArray[np.float32]:
    """Mean of ``values``, or of each column of them, over the blocks at most ``radius`` away."""
    rows = np.ascontiguousarray(values, dtype=np.float64).reshape(len(values), -1)
    return average_rows(rows, radius).reshape(values.shape)


@serve_compiled("feature_arrays")
def average_rows(values: NDArray[np.float64], radius: int) -> NDArray[np.float32]:
    """Mean of each column of ``values`` over the rows at most ``radius`` away."""
    sums = np.zeros((len(values) + 1, values.shape[1]))
    np.cumsum(values, axis=0, out=sums[1:])
    index = np.arange(len(values))
    low, high = np.maximum(0, index - radius), np.minimum(len(values), index + radius + 1)
    return np.asarray((sums[high] - sums[low]) / (high - low)[:, None], dtype=np.float32)

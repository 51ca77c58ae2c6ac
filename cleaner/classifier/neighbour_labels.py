"""What the blocks around each block are called: their label distributions, as features of a forest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.feature_arrays import Matrix, Numbers, average_window
from cleaner.compiled import serve_compiled

MIN_LOG = -9.0
"""Logarithms of probabilities go no lower; what is below is equally impossible."""
_LEVELS = (0, 1, 3)
"""Boxes around a block, counted from the inside, whose blocks' mean label counts."""
_RADIUS = 8
_MAX_HEADING_DISTANCE = 60

PARTS = (
    "before", "after", "further_before", "further_after", "near", "alike",
    *(f"box_{level}" for level in _LEVELS), "heading", "share_before", "mass", "most_before",
)  # fmt: skip
"""One column a label each; ``heading_back`` is a single column."""


def name_columns(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the columns that :func:`measure_labels` gives."""
    return *(f"{label}_{part}" for part in PARTS for label in labels), "heading_back"


class NeighbourLayout:
    """What of a page decides which blocks are neighbours.

    Args:
        parent, end: the tree of boxes, or of lines, as in :class:`cleaner.classifier.box_tree.BoxTree`.
        own: the box of each block.
        paths: a number for each block; those with the same number are alike.
        headings: whether each block is a heading.
        words: words of each block.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what is known of a page, in arrays
        self, parent: NDArray[np.intp], end: NDArray[np.intp], own: NDArray[np.intp], paths: NDArray[np.intp],
        headings: NDArray[np.bool_], words: Numbers,
    ) -> None:  # fmt: skip
        count = len(own)
        index = np.arange(count)
        last = np.maximum.accumulate(np.where(headings, index, -1))
        self.heading = np.concatenate([[-1], last[:-1]])
        """The heading above each block, -1 for none."""
        self.heading_back = np.minimum(index - self.heading, _MAX_HEADING_DISTANCE).astype(np.float32)
        self.weight = np.sqrt(words, dtype=np.float32)
        self.end, self.own, self.paths = map(np.ascontiguousarray, (end, own, paths))
        up = np.append(parent, len(parent))
        at, boxes = own, []
        for level in range(max(_LEVELS) + 1):
            at = up[at]
            if level in _LEVELS:
                boxes.append(at)
        self.boxes = np.stack(boxes)
        """The box around each block, by level."""


def measure_labels(shares: Matrix, layout: NeighbourLayout) -> Matrix:
    """The features of each block by the distributions ``shares`` of all, in the order of :func:`name_columns`."""
    rows = np.empty((len(shares), len(PARTS) * shares.shape[1] + 1), dtype=np.float32)
    rows[:, -1] = layout.heading_back
    fill_neighbours(
        shares, layout.weight, layout.heading, layout.paths, layout.own, layout.end, layout.boxes, _RADIUS, rows
    )
    return rows


@serve_compiled("label_scores")
def fill_neighbours(  # noqa: PLR0913, PLR0917  # arrays, as compiled code reads them
    shares: Matrix, weight: Numbers, heading: NDArray[np.intp], paths: NDArray[np.intp], own: NDArray[np.intp],
    end: NDArray[np.intp], boxes: NDArray[np.intp], radius: int, out: Matrix,
) -> None:  # fmt: skip
    """Write all of :data:`PARTS` into ``out``, whose last column is not theirs.

    The arrays are those of a :class:`NeighbourLayout`; ``radius`` are blocks on either side that are near.
    """
    weighed = shares * weight[:, None]
    running = np.cumsum(weighed, 0)
    total = running[-1:] + np.float32(1e-6)
    highest = np.maximum.accumulate(shares, 0)
    above = np.where(heading[:, None] >= 0, shares[np.maximum(heading, 0)], 0)
    parts: list[Numbers] = [
        _shift_rows(shares, 1),
        _shift_rows(shares, -1),
        (_shift_rows(shares, 2) + _shift_rows(shares, 3)) / 2,
        (_shift_rows(shares, -2) + _shift_rows(shares, -3)) / 2,
        average_window(shares, radius),
        _average_groups(shares, paths),
        *_average_boxes(shares, own, end, boxes),
        above,
        (running - weighed) / total,
        np.broadcast_to(np.log1p(total), shares.shape),
        _shift_rows(highest, 1),
    ]
    np.concatenate(parts, 1, out=out[:, :-1])


def _shift_rows(matrix: Matrix, step: int) -> Matrix:
    """``matrix`` moved down by ``step`` rows, up if negative, zeros coming in."""
    moved = np.zeros_like(matrix)
    if step > 0:
        moved[step:] = matrix[:-step]
    else:
        moved[:step] = matrix[-step:]
    return moved


def _average_groups(shares: Matrix, group: NDArray[np.intp]) -> Matrix:
    count = int(group.max()) + 1
    sums = _sum_groups(shares, group, count)
    return (sums / np.bincount(group, minlength=count)[:, None])[group].astype(np.float32)


def _sum_groups(rows: Matrix, group: NDArray[np.intp], count: int) -> NDArray[np.float64]:
    """The sum of the rows of each of ``count`` groups."""
    sums = np.zeros((count, rows.shape[1]))
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    sums[ordered[starts]] = np.add.reduceat(rows[order], starts, axis=0, dtype=np.float64)
    return sums


def _average_boxes(
    shares: Matrix, own: NDArray[np.intp], end: NDArray[np.intp], boxes: NDArray[np.intp]
) -> list[Matrix]:
    """Means over all blocks in the boxes around: differences of running sums, for boxes inside a box follow it."""
    size = len(end)
    running = np.zeros((size + 1, shares.shape[1] + 1))
    counted = np.concatenate([shares, np.ones_like(shares[:, :1])], 1)
    np.cumsum(_sum_groups(counted, own, size), 0, out=running[1:])
    inside = running[end] - running[:-1]
    means = np.concatenate([inside[:, :-1] / np.maximum(inside[:, -1:], 1), np.zeros((1, shares.shape[1]))])
    return [means[level].astype(np.float32) for level in boxes]

"""The lines of a dump as a tree, in place of the boxes of a page: lines in groups, groups in runs, runs in sections."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.feature_arrays import Numbers
from cleaner.compiled import serve_compiled
from cleaner.model import Blocks, Role

# The weights were trained with the numbers of this module: a change of one needs new weights.
_LONG_WORDS = 14
"""Words from which a line is long: most lines of menus, lists and share bars are shorter."""
_MAX_HEADING_WORDS = 9
"""Words of the longest line that may head what is below it, if a blank line is above it."""
_MAX_FORM_INDENT = 12


class LineTree(NamedTuple):
    """Nodes in page order, parents before children, with the lines as leaves.

    ``parent`` and ``end`` are numbers of nodes, as in :class:`cleaner.classifier.box_tree.BoxTree`; ``line_of_block`` has the
    leaf of each block. ``forms`` numbers the forms of lines, for lines that look alike, and ``headings`` flags the lines that
    may be headings.
    """

    parent: NDArray[np.intp]
    end: NDArray[np.intp]
    line_of_block: NDArray[np.intp]
    forms: NDArray[np.intp]
    headings: NDArray[np.bool_]


def build_line_tree(blocks: Blocks, words: Numbers) -> LineTree:
    """The tree of ``blocks``, which have so many ``words``.

    A section starts at each heading, a run where long lines follow short ones or the other way about, and a group at each
    blank line.
    """
    long = words >= _LONG_WORDS
    spaced = np.array([block.spaced for block in blocks])
    roles = np.array([block.role is Role.HEADING for block in blocks])
    items = np.array([block.role is Role.LIST_ITEM for block in blocks])
    is_short = (words <= _MAX_HEADING_WORDS) & ~items & spaced
    headings = roles | (is_short & np.append(~is_short[1:], False))
    changes = np.append(True, long[1:] != long[:-1])
    section = headings.copy()
    section[0] = True
    run = section | changes
    group = run | spaced
    starts = np.stack([section, run, group, np.ones(len(blocks), dtype=bool)], 1)
    return LineTree(*number_nodes(starts.view(np.uint8)), _number_forms(blocks, long), headings)


@serve_compiled("line_arrays")
def number_nodes(starts: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """The tree in which a node of each level begins where ``starts`` (blocks by levels, outermost first) has 1.

    Returns the parents and the ends of its nodes, and the innermost node of each block; the first block starts all levels.
    """
    flags = starts.view(bool)
    flat = flags.ravel()
    numbers = np.cumsum(flat).reshape(starts.shape)  # the root is node 0
    last = np.maximum.accumulate(np.where(flags, numbers, 0), 0)
    count = int(flat.sum()) + 1
    parent, end = np.zeros(count, dtype=np.intp), np.full(count, count, dtype=np.intp)
    parent[0] = count
    for level in range(starts.shape[1]):
        nodes = numbers[flags[:, level], level]
        if level:
            parent[nodes] = last[flags[:, level], level - 1]
        # A node ends where the next one of its level, or of a level further out, begins.
        outer = np.sort(numbers[:, : level + 1][flags[:, : level + 1]])
        end[nodes] = np.append(outer, count)[np.searchsorted(outer, nodes, side="right")]
    return parent, end, last[:, -1]


def _number_forms(blocks: Blocks, long: NDArray[np.bool_]) -> NDArray[np.intp]:
    forms: dict[tuple[object, ...], int] = {}
    return np.array(
        [
            forms.setdefault((block.role, min(block.depth, _MAX_FORM_INDENT), is_long, block.spaced), len(forms))
            for block, is_long in zip(blocks, long.tolist(), strict=True)
        ]
    )

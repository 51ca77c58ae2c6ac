"""What can be measured of the lines of a dump."""

from __future__ import annotations

import re

import numpy as np

from cleaner.model import Blocks, Role
from cleaner.tagging import shape
from cleaner.tagging.shape import Matrix

_ROLES = (Role.HEADING, Role.LIST_ITEM)
_WORD = re.compile(r"\w+")

FEATURES = (
    *shape.FEATURES, "heading", "list_item", "spaced", "indent", "group", "gap", "repeated", "seen_before",
    "in_first_line", "of_first_line", *shape.POSITION, "items_near_3", "items_near_10", "spaced_near", "capitalised_near",
)  # fmt: skip
_CAPITALISED = shape.FEATURES.index("capitalised")


def measure(blocks: Blocks) -> Matrix:
    """The features of each line, in the order of :data:`FEATURES`."""
    shapes, words, prose = shape.measure(blocks)
    roles = np.array([[block.role is role for role in _ROLES] for block in blocks], dtype=np.float32)
    spaced = np.array([block.spaced for block in blocks], dtype=np.float32)
    indent = np.array([min(block.depth, 20) for block in blocks], dtype=np.float32)
    lines = np.array([block.line or 0 for block in blocks], dtype=np.float32)
    gap = np.minimum(np.diff(lines, prepend=0) - 1, 5)
    group = np.cumsum(spaced).astype(int)
    group_size = np.log1p(np.bincount(group)[group])
    first = _words(blocks[0].text)
    likeness = np.array([_likeness(_words(block.text), first) for block in blocks], dtype=np.float32)
    around = np.stack(
        [
            shape.box_mean(roles[:, 1], 3),
            shape.box_mean(roles[:, 1], 10),
            shape.box_mean(spaced, 5),
            shape.box_mean(shapes[:, _CAPITALISED], 4),
        ],
        1,
    )
    own = np.stack([spaced, indent, group_size, gap], 1)
    parts = [shapes, roles, own, shape.repeats(blocks), likeness, shape.position(words, prose), around]
    return np.concatenate(parts, 1).astype(np.float32)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text[:200].casefold()))


def _likeness(words: frozenset[str], first: frozenset[str]) -> tuple[float, float]:
    """Shares of ``words`` that are in the first line, and the other way round: many dumps open with the headline."""
    common = len(words & first)
    return common / len(words) if words else 0.0, common / len(first) if first else 0.0

"""Features of the lines of a dump."""

from __future__ import annotations

import numpy as np

from cleaner.classifier import keyword_features, position_features, text_features
from cleaner.classifier.feature_arrays import Matrix, average_window, join_columns, measure_distances, stack_columns
from cleaner.classifier.keyword_index import START, pad_words, pick_words
from cleaner.labels import Label
from cleaner.model import Blocks, Role

_ROLES = (Role.HEADING, Role.LIST_ITEM)
_FOUND = (Label.TITLE, Label.BYLINE, Label.TIMESTAMP, Label.CAPTION, Label.TAGS)
"""Labels of lines that earlier judges have recognised."""
_HEAD = 200
"""Characters of a line that are compared with the first line."""

FEATURES = (
    *text_features.FEATURES, "heading", "list_item", "spaced", "indent", "group", "gap", "repeated", "seen_before",
    "in_first_line", "of_first_line", *position_features.POSITION, "items_near_3", "items_near_10", "spaced_near", "capitalised_near",
    "link_share", "copied_before", "copied_elsewhere",
    "title_back", "title_ahead", "after_title", *(f"found_{label}" for label in _FOUND),
    *keyword_features.FEATURES,
)  # fmt: skip
FINDINGS = range(FEATURES.index("title_back"), FEATURES.index("title_back") + 3 + len(_FOUND))
"""The columns of :func:`measure_findings`, the only ones that depend on verdicts."""
_CAPITALISED = text_features.FEATURES.index("capitalised")


def measure_dump(blocks: Blocks, copied: Matrix) -> Matrix:
    """The features of each line; shape (blocks, :data:`FEATURES`).

    ``copied`` is what :func:`cleaner.classifier.text_tokens.measure_copies` returns.
    """
    shapes, words, prose = text_features.measure_text(blocks)
    said = [block.role for block in blocks]
    roles = stack_columns([np.fromiter((one is role for one in said), bool, len(said)) for role in _ROLES])
    spaced = np.array([block.spaced for block in blocks], dtype=np.float32)
    indent = np.array([min(block.depth, 20) for block in blocks], dtype=np.float32)
    lines = np.array([block.line or 0 for block in blocks], dtype=np.float32)
    # Cells of a table, and texts of one line, have no gap.
    gap = np.append(lines[:1], lines[1:] - lines[:-1]) - 1
    np.minimum(np.maximum(gap, 0, out=gap), 5, out=gap)
    group = np.cumsum(spaced).astype(int)
    group_size = np.log1p(np.bincount(group)[group])
    around = stack_columns(
        [
            average_window(roles[:, 1], 3),
            average_window(roles[:, 1], 10),
            average_window(spaced, 5),
            average_window(shapes[:, _CAPITALISED], 4),
        ]
    )
    layout = stack_columns([spaced, indent, group_size, gap])
    parts = [
        shapes,
        roles,
        layout,
        position_features.measure_repeats(blocks),
        _measure_overlaps(blocks),
        position_features.measure_position(words, prose),
        around,
        np.array([block.link_share for block in blocks], dtype=np.float32)[:, None],
        copied,
        measure_findings(blocks),
        keyword_features.measure_keywords(blocks),
    ]
    return join_columns(parts)


def measure_findings(blocks: Blocks) -> Matrix:
    """Distances to the headline, whether a block is below it, and which lines have a verdict of :data:`_FOUND`."""
    found = np.zeros((len(blocks), len(_FOUND)), dtype=bool)
    for row, block in enumerate(blocks):
        if block.verdict is not None and block.verdict.label in _FOUND:
            found[row, _FOUND.index(block.verdict.label)] = True
    titles = found[:, 0]
    return stack_columns([*measure_distances(titles).T, np.cumsum(titles) > 0, *found.T])


def _measure_overlaps(blocks: Blocks) -> Matrix:
    """Share of each line's words in the first line, and of the first line's in it: many dumps start with the headline."""
    heads = [block.text[:_HEAD].replace("©", " ") for block in blocks]
    first = frozenset(pad_words(heads[0]).split())
    rows = np.zeros((len(blocks), 2), dtype=np.float32)
    for row, (padded, words, _) in enumerate(pick_words(heads, frozenset([word[:START] for word in first]))):
        if not first.isdisjoint(words):
            distinct = frozenset(padded.split())
            common = len(distinct & first)
            rows[row] = common / len(distinct), common / len(first)
    return rows

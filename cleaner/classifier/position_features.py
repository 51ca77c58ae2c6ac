"""Features of a block's place on its page: its position, the prose around it, and copies of its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from cleaner.classifier.feature_arrays import Matrix, Numbers, average_window, measure_distances, stack_columns
from cleaner.model import Block

POSITION = (
    "prose", "prose_before", "prose_after", "position", "from_start", "from_end", "blocks", "page_prose",
    "prose_near_2", "prose_near_5", "prose_near_12", "prose_near_30", "words_near_3", "words_near_10",
    "prose_back", "prose_ahead", "long_prose_back", "long_prose_ahead",
)  # fmt: skip
_LONG_PROSE = 20
"""Words of prose from which a block has long prose."""
_MAX_PAGE_WORDS = 2000
"""Words of prose of a page above which its length is clipped. Training pages are hardly ever longer, and without the limit
the model takes a long interview for a collection of other texts."""


def measure_position(words: Numbers, prose: Numbers) -> Matrix:
    """The position of each block on its page, and the prose before, after and around it (:data:`POSITION`)."""
    count = len(words)
    index = np.arange(count, dtype=np.float32)
    total = max(float(prose.sum()), 1.0)
    sums = np.cumsum(prose)
    is_prose = (prose > 0).astype(np.float32)
    columns = [
        np.log1p(prose),
        (sums - prose) / total,
        (total - sums) / total,
        index / max(count - 1, 1),
        np.log1p(index),
        np.log1p(count - 1 - index),
        np.full(count, np.log1p(count)),
        np.full(count, np.log1p(min(total, _MAX_PAGE_WORDS))),
        *(average_window(is_prose, radius) for radius in (2, 5, 12, 30)),
        *(np.log1p(average_window(words, radius)) for radius in (3, 10)),
    ]
    near = [*measure_distances(prose > 0).T, *measure_distances(prose >= _LONG_PROSE).T]
    return stack_columns([*columns, *near])


def measure_repeats(blocks: Iterable[Block]) -> Matrix:
    """For each block the number of blocks with its text (up to 5), and whether one is before it."""
    texts = [block.text for block in blocks]
    counts = Counter(texts)
    rows = np.ones((len(texts), 2), dtype=np.float32)
    rows[:, 1] = 0
    if len(counts) == len(texts):
        return rows
    seen: set[str] = set()
    for index, text in enumerate(texts):
        if counts[text] > 1:
            rows[index] = min(counts[text], 5), text in seen
            seen.add(text)
    return rows

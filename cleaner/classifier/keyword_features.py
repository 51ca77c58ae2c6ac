"""What the keywords in a block say that it is: evidence that needs no training in a block's language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner import data
from cleaner.classifier.feature_arrays import Matrix
from cleaner.classifier.keyword_index import START, KeywordIndex, count_listed, pick_words
from cleaner.data.word_types import Keywords
from cleaner.model import Block

_KEYWORDS = data.load_data(Keywords)
_LABELS = tuple(_KEYWORDS.labels)
_INDEX = KeywordIndex({label: data.flatten_words(words) for label, words in _KEYWORDS.labels.items()})
_SHARING = frozenset(_KEYWORDS.share_bar.networks) | frozenset(_KEYWORDS.share_bar.around)
_STARTS = _INDEX.starts.union(word[:START] for word in _SHARING)
# The weights were trained with the numbers of this module: a change of one needs new weights.
_MAX_CHARS = 160
"""Characters of a block that are looked at: in a longer text, keywords say little."""

FEATURES = (*(f"keyword_{label}" for label in _LABELS), "sharing_words")


def measure_keywords(blocks: Sequence[Block]) -> Matrix:
    """For each block 1 for the label of its keywords, and the share of its words that a share bar consists of."""
    rows = np.zeros((len(blocks), len(FEATURES)), dtype=np.float32)
    picked = pick_words([block.text[:_MAX_CHARS] for block in blocks], _STARTS)
    ranks = np.array(_INDEX.find_ranks(picked))
    found = np.flatnonzero(ranks < len(_LABELS))
    rows[found, ranks[found]] = 1
    rows[:, -1] = np.array(count_listed(picked, _SHARING)) / np.maximum([count for _, _, count in picked], 1)
    return rows

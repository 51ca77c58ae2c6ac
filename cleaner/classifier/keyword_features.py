"""What the keywords in a block say that it is: evidence that needs no training in a block's language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner import data
from cleaner.classifier.keyword_index import START, KeywordIndex, pick_words
from cleaner.classifier.text_features import Matrix
from cleaner.data.file_types import Keywords
from cleaner.model import Block

_KEYWORDS = data.load_data(Keywords)
_LABELS = tuple(_KEYWORDS.labels)
_INDEX = KeywordIndex({label: data.flatten_words(words) for label, words in _KEYWORDS.labels.items()})
_SHARING = frozenset(_KEYWORDS.share_bar.networks) | frozenset(_KEYWORDS.share_bar.around)
_STARTS = _INDEX.starts.union(word[:START] for word in _SHARING)
_NUMBERS = {label: number for number, label in enumerate(_LABELS)}
# The weights were trained with the numbers of this module: a change of one needs new weights.
_MAX_CHARS = 160
"""Characters of a block that are looked at: in a longer text, keywords say little."""

FEATURES = (*(f"keyword_{label}" for label in _LABELS), "sharing_words")


def measure_keywords(blocks: Sequence[Block]) -> Matrix:
    """For each block 1 for the label of its keywords, and the share of its words that a share bar consists of."""
    rows = np.zeros((len(blocks), len(FEATURES)), dtype=np.float32)
    picked = pick_words([block.text[:_MAX_CHARS] for block in blocks], _STARTS)
    for index, (padded, words, count) in enumerate(picked):
        if not words and padded.isascii():
            continue
        label = _INDEX.find(padded, words)
        if label is not None:
            rows[index, _NUMBERS[label]] = 1
        if not _SHARING.isdisjoint(words):
            rows[index, -1] = sum([word in _SHARING for word in words]) / count
    return rows

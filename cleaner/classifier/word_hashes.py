"""Words of a block as hash numbers, for the network's embedding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 13
"""Rows of the embedding that words share; row 0 is for no word."""
WORDS = 20
"""Words of a block that are used: the first sixteen and the last four."""
_LAST_WORDS = 4
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_MAX_CHARS = 200
_MAX_DIGITS = 4


def hash_words(texts: Iterable[str]) -> NDArray[np.int64]:
    """A row of :data:`WORDS` bucket numbers for each text, padded with zeros; shape (texts, :data:`WORDS`)."""
    rows = [_hash_row(text) for text in texts]
    return np.array(rows, dtype=np.int64).reshape(-1, WORDS)


def _hash_row(text: str) -> list[int]:
    tokens = _TOKEN.findall(text[:_MAX_CHARS])
    if len(tokens) > WORDS:
        tokens = tokens[: WORDS - _LAST_WORDS] + tokens[-_LAST_WORDS:]
    row = [_hash_bucket(token) for token in tokens]
    return row + [0] * (WORDS - len(row))


@lru_cache(maxsize=65536)
def _hash_bucket(token: str) -> int:
    """The bucket of a word; of numbers, by their length only."""
    form = "0" * min(len(token), _MAX_DIGITS) if token.isdigit() else token.casefold()
    return crc32(form.encode("utf-8", "replace")) % (BUCKETS - 1) + 1

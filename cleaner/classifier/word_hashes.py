"""The words of a block as numbers, for the small part of the classifier's knowledge that is vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 13
"""Words share so many rows of the embedding; row 0 stands for no word."""
WORDS = 20
"""Words of a block that are looked at: the first sixteen and the last four."""
_LAST = 4
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_HEAD = 200
_LONGEST_NUMBER = 4


def hash_words(texts: Iterable[str]) -> NDArray[np.int64]:
    """A row of :data:`WORDS` bucket numbers for each text, filled up with zeros."""
    rows = [_hash_row(text) for text in texts]
    return np.array(rows, dtype=np.int64).reshape(-1, WORDS)


def _hash_row(text: str) -> list[int]:
    tokens = _TOKEN.findall(text[:_HEAD])
    if len(tokens) > WORDS:
        tokens = tokens[: WORDS - _LAST] + tokens[-_LAST:]
    row = [_hash_bucket(token) for token in tokens]
    return row + [0] * (WORDS - len(row))


@lru_cache(maxsize=65536)
def _hash_bucket(token: str) -> int:
    """The bucket of a word; numbers count by their length only."""
    form = "0" * min(len(token), _LONGEST_NUMBER) if token.isdigit() else token.casefold()
    return crc32(form.encode("utf-8", "replace")) % (BUCKETS - 1) + 1

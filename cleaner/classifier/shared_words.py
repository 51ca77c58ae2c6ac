"""Words that texts of a page share with its title, description or authors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.compiled import serve_compiled


@serve_compiled("word_reader")
def count_shared(texts: list[str], lists: tuple[frozenset[str], ...]) -> NDArray[np.int64]:
    """How many different words, case folded, each text has, and how many of them are in each of ``lists``; a row each.

    All are 0 for a text without any word of the lists.
    """
    counts = np.zeros((1 + len(lists), len(texts)), dtype=np.int64)
    listed = frozenset().union(*lists)
    for column, text in enumerate(texts):
        words = frozenset(text.casefold().split())
        if not words.isdisjoint(listed):
            counts[:, column] = [len(words), *(len(words & each) for each in lists)]
    return counts

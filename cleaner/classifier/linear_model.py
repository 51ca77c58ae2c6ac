"""LinearModel models over hashed tokens: scores of every label from the words of a text, or from the names around it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.name_tokens import NameTokens
from cleaner.classifier.text_tokens import Hashes, Index, Tokens
from cleaner.compiled import serve_compiled

Scores = NDArray[np.float32]
"""Blocks in rows, labels in columns."""

SMOOTHING = 4.0
"""The sum over a block's tokens is divided by the square root of their number and this: a long text shouts no louder,
and a text of one word does not shout at all."""


class LinearModel:
    """A trained model.

    Args:
        weights: ``table`` (int8, buckets by labels; a power of two of buckets), ``scale`` and ``bias`` (one a label).
    """

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        self._table = np.ascontiguousarray(weights["table"].astype(np.int8))
        self._scale = weights["scale"].astype(np.float32)
        self._bias = weights["bias"].astype(np.float32)

    def score_tokens(self, tokens: Tokens) -> Scores:
        """Scores of rows of tokens."""
        return self._scale_sums(self._sum_weights(tokens), np.diff(tokens.starts))

    def score_names(self, names: NameTokens) -> Scores:
        """Scores of blocks by the names of the elements around them."""
        sums, counts = self._sum_weights(names.tokens), np.diff(names.tokens.starts)
        return self._scale_sums(sums[names.rows].sum(1), counts[names.rows].sum(1))

    def _scale_sums(self, sums: Scores, counts: NDArray[np.intp]) -> Scores:
        factor = 1 / np.sqrt(counts + SMOOTHING)
        return np.asarray(sums * factor[:, None] * self._scale + self._bias, dtype=np.float32)

    def _sum_weights(self, tokens: Tokens) -> Scores:
        """The sum of the weights of each row's tokens; a row may have none."""
        sums = np.zeros((len(tokens.starts) - 1, self._table.shape[1]), dtype=np.float32)
        sum_token_weights(self._table, tokens.hashes, tokens.starts, sums)
        return sums


@serve_compiled("label_scores")
def sum_token_weights(table: NDArray[np.int8], hashes: Hashes, starts: Index, sums: Scores) -> None:
    """Write into ``sums``, which is zero, the sum of the rows of ``table`` for the ``hashes`` of each row of tokens."""
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        found = table.take(hashes & np.uint32(len(table) - 1), axis=0)
        sums[filled] = np.add.reduceat(found, starts[filled], axis=0, dtype=np.int32)

"""The logistic choice between what the lines of a dump say, and nothing of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from math import exp
from operator import mul


def score_rows(rows: Iterable[Sequence[float]], weights: Sequence[float], bias: float) -> list[float]:
    """The logarithm of the odds of each line, of which ``rows`` have the evidence."""
    return [bias + sum(map(mul, weights, row)) for row in rows]


def choose_line(keys: Sequence[Hashable], scores: Sequence[float]) -> tuple[int, float]:
    """Position of the likeliest line of the likeliest key, and the probability of that key.

    The probability is that of a choice between all keys and none of them; lines with one key, such as a day, add up.
    """
    odds = [exp(score) for score in scores]
    totals: defaultdict[Hashable, float] = defaultdict(float)
    for key, one in zip(keys, odds, strict=True):
        totals[key] += one
    best = max(totals, key=lambda key: totals[key])
    at = max((at for at, key in enumerate(keys) if key == best), key=lambda at: odds[at])
    return at, totals[best] / (1 + sum(odds))

"""Statistical tests of whether two groups of pages differ by more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import erfc, sqrt
from typing import NamedTuple, TypeAlias

Histogram: TypeAlias = Mapping[int, int]
"""Number of pages by value."""


class RankShift(NamedTuple):
    """The difference between two groups."""

    p: float
    """Probability of a difference this large, or larger, between two samples of the same pages."""
    effect: float
    """Probability that a page of the second group has the higher value, minus that of the reverse, -1 to 1.

    For values of 0 and 1 it is the difference of the two shares.
    """


def compare_ranks(old: Histogram, new: Histogram) -> RankShift | None:
    """Compare ``new`` with ``old`` by ranks alone; None if all pages have the same value, or a group is empty.

    The rank-sum test of Mann and Whitney (Annals of Mathematical Statistics 18, 1947) in its normal approximation,
    which they find good for groups of at least 8 values:

        U  = sum over values v of new[v] * (old below v + old[v] / 2)
        s² = mn/12 * (N + 1 - sum over v of (t³ - t) / (N (N - 1)))       m, n pages; N = m + n; t of them have v
        z  = (|U - mn/2| - 1/2) / s                                       p = erfc(z / sqrt 2), two-sided

    with the correction for ties of Lehmann (Nonparametrics, 1975, section 1.4) and for continuity. For values of 0 and
    1 it is the test of two proportions. The effect is Cliff's delta, 2U/mn - 1 (Psychological Bulletin 114, 1993).
    """
    m, n = sum(old.values()), sum(new.values())
    total = m + n
    above = ties = 0.0
    below = 0
    for value in sorted({*old, *new}):
        here, there = old.get(value, 0), new.get(value, 0)
        above += there * (below + here / 2)
        below += here
        ties += (here + there) ** 3 - (here + there)
    if not m or not n or ties == total**3 - total:
        return None
    spread = sqrt(m * n / 12 * (total + 1 - ties / (total * (total - 1))))
    z = max(0.0, abs(above - m * n / 2) - 0.5) / spread
    return RankShift(erfc(z / sqrt(2)), 2 * above / (m * n) - 1)


def find_discovery_limit(chances: Sequence[float], rate: float) -> float:
    """Return the largest of the p-values ``chances`` that is a discovery; -1 if none is.

    Some of many tests have small p-values by chance. Benjamini and Hochberg (Journal of the Royal Statistical Society B
    57, 1995): sorted, the k-th smallest of m is compared with ``rate`` * k / m; of those up to the last one below it,
    at most the share ``rate`` is expected to be chance.
    """
    ordered = sorted(chances)
    passed = [p for k, p in enumerate(ordered, 1) if p <= rate * k / len(ordered)]
    return max(passed, default=-1.0)

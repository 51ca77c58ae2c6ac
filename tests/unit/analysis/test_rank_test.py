"""Ranks show whether two groups of pages differ by more than chance; many tests share one rate."""

from collections import Counter
from itertools import combinations
from random import Random

import pytest

from cleaner.analysis.rank_test import compare_ranks, find_discovery_limit


def exact(old, new):
    """Return the two-sided p of the rank-sum test, by enumerating all ways to split the values into such groups."""
    together = old + new

    def distance(chosen):
        rest = [value for index, value in enumerate(together) if index not in chosen]
        wins = sum((a > b) + (a == b) / 2 for a in (together[index] for index in chosen) for b in rest)
        return abs(wins - len(new) * len(old) / 2)

    seen = distance(set(range(len(old), len(together))))
    every = [distance(set(chosen)) for chosen in combinations(range(len(together)), len(new))]
    return sum(one >= seen - 1e-9 for one in every) / len(every)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([1, 2, 2, 3, 5, 8, 8, 9], [4, 5, 8, 8, 9, 10, 11]),
        ([0, 0, 0, 0, 0, 1, 0, 0], [1, 1, 0, 1, 1, 0, 1, 1]),
        ([70, 72, 75, 80, 81, 77, 90], [70, 73, 74, 82, 80, 78, 91, 65]),
        ([0] * 7, [1] * 7),
    ],
)
def test_p_is_near_to_that_of_all_permutations(old, new):
    assert 0.4 < compare_ranks(Counter(old), Counter(new)).p / exact(old, new) < 2.5


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ({0: 10}, {1: 10}, 1.0),
        ({1: 10}, {0: 10}, -1.0),
        ({0: 6, 1: 4}, {0: 1, 1: 9}, 0.5),
        ({0: 5, 1: 5}, {0: 50, 1: 50}, 0.0),
    ],
)
def test_effect_is_the_difference_of_two_shares(old, new, effect):
    assert compare_ranks(old, new).effect == pytest.approx(effect)


@pytest.mark.parametrize(("old", "new"), [({3: 9}, {3: 2}), ({}, {1: 2}), ({1: 2}, {}), ({1: 0}, {2: 5})])
def test_where_nothing_differs_there_is_nothing_to_test(old, new):
    assert compare_ranks(old, new) is None


def test_samples_of_the_same_pages_seldom_seem_to_differ():
    dice = Random(7)  # noqa: S311
    small = [
        compare_ranks(*(Counter(dice.randrange(6) for _ in range(10)) for _ in range(2))).p < 0.05 for _ in range(2000)
    ]
    assert 0.02 < sum(small) / len(small) < 0.06


@pytest.mark.parametrize(
    ("chances", "limit"),
    [
        ([], -1),
        ([0.011], -1),
        ([0.009], 0.009),
        ([0.004, 0.5, 0.6, 0.7], -1),
        ([0.002, 0.5, 0.6, 0.7], 0.002),
        ([0.009, 0.0099, 0.008, 0.007], 0.0099),
    ],
)
def test_discoveries_are_held_to_a_rate_together(chances, limit):
    assert find_discovery_limit(chances, 0.01) == limit

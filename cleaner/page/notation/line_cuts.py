"""Where one text ends and another begins, on a line that has no other sign of it: ``… to the river Council moves its clock``.

A logistic model of the words around each gap decides; ``tools/fit_line_cuts.py`` learns it from pages whose blocks are known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from math import inf
from typing import NamedTuple, TypeAlias

from cleaner import data
from cleaner.data.weight_types import LineCuts
from cleaner.data.word_types import FunctionWords
from cleaner.language.months import find_month
from cleaner.language.sentences import STOPS, is_unspaced

_OPENING = "\"'“‘«„([¿¡"
_CLOSING = "\"'”’»)]"
_ENDS = {
    **dict.fromkeys(f"{STOPS}…", "."),
    **dict.fromkeys(",;，、；", ","),
    **dict.fromkeys(":：", ":"),
} | dict.fromkeys(_CLOSING, ")")
_BEFORE, _AFTER = "^^", "$$"
"""The shapes of what is before the first word and behind the last."""
_WINDOW = 6
"""Words on each side whose letters are counted."""
_DISTANCES = (2, 4, 7, 11, 16, 24, 40)
"""Words from the start and to the end of what was divided already, up to which distances count alike."""
_CACHED = 4096
"""Sums that are kept: the same shapes and counts recur, on a page and between pages."""
_FARTHEST = _DISTANCES[-1] + 1
_RANKS = tuple(bisect_left(_DISTANCES, distance) for distance in range(_FARTHEST + 1))
"""How each distance counts."""
_DIGIT = "d"
"""The class of words that begin with a digit."""
_LOWER = "fl"
"""The classes of words in lower case: function words, and others. None of them begins a text."""


class Gap(NamedTuple):
    """A place at which a text may begin."""

    place: int
    shapes: tuple[str, ...]
    """Of the two words before it, the one behind it, and the classes of the two behind that."""
    counts: tuple[int, int, int, int]
    """Words in lower case before and behind it, and how far it is from the start and from the end."""
    words: tuple[str, str]


_GapParts: TypeAlias = tuple[int, tuple[str, ...], tuple[int, int, int, int], tuple[str, str]]


def find_cuts(words: Sequence[str], *, doubt: float = 0.0) -> list[int]:
    """The places of the words of a sentence at which another text begins.

    ``doubt`` is what else says against it, as log-odds.
    """
    threshold, most = _load_cuts().threshold + doubt, _find_highest()
    cuts = []
    for place, shapes, counts, pair in _read_gaps(words):
        score = _weigh_shapes(shapes) + _weigh_counts(counts)
        # Most gaps are none whatever the words are.
        if score + most > threshold and score + _weigh_words(pair) > threshold:
            cuts.append(place)
    return cuts


def weigh_cut(before: str, after: str) -> float:
    """The log-odds that a text begins with ``after``, behind ``before``."""
    left, right = before.split()[-_DISTANCES[-1] :], after.split()[: _DISTANCES[-1]]
    gap = next((gap for gap in list_gaps([*left, *right]) if gap.place == len(left)), None)
    return _weigh_gap(gap) if gap else -inf


def list_gaps(words: Sequence[str]) -> Iterator[Gap]:
    """The places at which a text may begin: no text begins in lower case."""
    return map(Gap._make, _read_gaps(words))


def _read_gaps(words: Sequence[str]) -> Iterator[_GapParts]:
    """The parts of each :class:`Gap`, of which a page on one line has a thousand."""
    shapes = [_describe(word) for word in words]
    is_lower = [shape[0] in _LOWER for shape in shapes]
    if all(is_lower[1:]):
        return
    counts = list(accumulate(is_lower, initial=0))
    padded = [_BEFORE, *shapes, _AFTER, _AFTER]
    size = len(words)
    for place in range(1, size):
        if is_lower[place]:
            continue
        before_last, before, shape, after, after_next = padded[place - 1 : place + 4]
        pair = (words[place - 1], words[place])
        if _is_within_date(pair, before, shape):
            continue
        lower_before = counts[place] - counts[max(0, place - _WINDOW)]
        lower_after = counts[min(size, place + 1 + _WINDOW)] - counts[place + 1]
        since, until = _RANKS[min(place, _FARTHEST)], _RANKS[min(size - place, _FARTHEST)]
        around = (lower_before, lower_after, since, until)
        yield place, (before_last, before, shape, after[0], after_next[0]), around, pair


def _is_within_date(pair: tuple[str, str], before_shape: str, shape: str) -> bool:
    """Whether two words are a month and its day or year, or a sign and the year behind it; the shapes are theirs."""
    before, word = pair
    if shape[0] == _DIGIT:
        return before == "©" or (before[0].isalpha() and find_month(before.strip(".,")) > 0)
    if before_shape[0] == _DIGIT:
        return word[0].isalpha() and find_month(word.strip(".,")) > 0
    return before == "©"


def list_evidence(gap: Gap) -> list[str]:
    """The names of what is evidence for and against a cut."""
    return [*_name_shapes(gap.shapes), *_name_counts(gap.counts), *_name_words(gap.words)]


def _name_shapes(shapes: tuple[str, ...]) -> list[str]:
    before_last, before, shape, after, after_next = shapes
    return [
        f"{before}>{shape}",
        f"{before_last}{before}>",
        f">{shape}{after}",
        f"{before[0]}>{shape[0]}{after}{after_next}",
    ]


def _name_counts(counts: tuple[int, int, int, int]) -> list[str]:
    before, after, since, until = counts
    return [f"lower {before} {after}", f"place {since} {until}", f"until {until} {after}", f"since {since} {before}"]


def _name_words(words: tuple[str, str]) -> list[str]:
    return [f"- {words[0].casefold()}", f"+ {words[1].casefold()}"]


@cache
def _load_words() -> frozenset[str]:
    return frozenset(data.flatten_words(data.load_data(FunctionWords).words))


@cache
def _load_cuts() -> LineCuts:
    loaded: LineCuts = data.load_data(LineCuts)
    return loaded


@cache
def _find_highest() -> float:
    """The highest weight of two words."""
    weights = _load_cuts().weights
    return sum(max(0.0, *(weight for name, weight in weights.items() if name[:2] == sign)) for sign in ("- ", "+ "))


def _weigh(names: Iterable[str]) -> float:
    weights = _load_cuts().weights
    return sum(weights.get(name, 0.0) for name in names)


def _weigh_gap(gap: Gap) -> float:
    return _weigh_shapes(gap.shapes) + _weigh_counts(gap.counts) + _weigh_words(gap.words)


@lru_cache(_CACHED)
def _weigh_shapes(shapes: tuple[str, ...]) -> float:
    return _load_cuts().bias + _weigh(_name_shapes(shapes))


@lru_cache(_CACHED)
def _weigh_counts(counts: tuple[int, int, int, int]) -> float:
    return _weigh(_name_counts(counts))


@lru_cache(_CACHED)
def _weigh_words(words: tuple[str, str]) -> float:
    return _weigh(_name_words(words))


@lru_cache(_CACHED)
def _describe(word: str) -> str:
    """The class of a word and of its end, a letter or sign each."""
    first, last = word[0], word[-1]
    end = "w" if last.isalnum() else _ENDS.get(last, "s")
    if first.islower():
        return ("f" if word.rstrip(",;:") in _load_words() else "l") + end
    if first.isupper():
        if len(word) > 1 and word.isupper():
            return "A" + end
        return ("F" if word.rstrip(",;:").lower() in _load_words() else "C") + end
    if first.isdigit():
        return _DIGIT + end
    if first.isalpha():
        return ("u" if is_unspaced(first) else "a") + end
    return ("q" if first in _OPENING else "s") + end

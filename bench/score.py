"""Scores of an extraction against the text that people marked: shingles, snippets, leaks and losses.

The main score is that of the public article extraction benchmark: the 4-word shingles of a page are counted, precision
and recall are computed for each page and averaged over pages, and F1 is the harmonic mean of the two averages. Long and
short pages have equal weight.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeAlias

Shingle: TypeAlias = tuple[str, ...]

WORD = re.compile(r"\w+")
SHINGLE_WORDS = 4
"""Words in a shingle, as in the public benchmark."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of items found correctly, found wrongly and missed on one page."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Share of the found items that are correct, 0 to 1; None if nothing was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Share of the wanted items that were found, 0 to 1; None if there was nothing to find."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two on this page, 0 to 1; 1 if nothing was to be found and nothing was found."""
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Average:
    """Precision and recall averaged over pages, each 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of the two averages, 0 to 1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def split_words(text: str) -> list[str]:
    """The runs of letters, digits and underscores of ``text``, case kept."""
    return WORD.findall(text)


def count_shingles(text: str) -> Counter[Shingle]:
    """Each run of four words of ``text`` and how often it occurs; a shorter text is one shingle, an empty one none."""
    found = split_words(text)
    if len(found) < SHINGLE_WORDS:
        return Counter([tuple(found)] if found else [])
    return Counter(zip(*(found[start:] for start in range(SHINGLE_WORDS)), strict=False))


def compare_shingles(text: str, gold: str) -> Counts:
    """Compare the shingles of ``text`` with those of ``gold``."""
    have, want = count_shingles(text), count_shingles(gold)
    right = (have & want).total()
    return Counts(right, have.total() - right, want.total() - right)


def compare_best(text: str, golds: Sequence[str]) -> tuple[Counts, str]:
    """The comparison with the highest F1 among ``golds`` (at least one), and its gold."""
    return max(((compare_shingles(text, gold), gold) for gold in golds), key=lambda pair: pair[0].f1)


def count_snippets(text: str, wanted: Iterable[str], unwanted: Iterable[str]) -> Counts:
    """Count the snippets that must and must not be in ``text``, ignoring the width of white space."""
    flat = _collapse_spaces(text)
    hits = [_collapse_spaces(snippet) in flat for snippet in wanted]
    right = sum(hits)
    return Counts(right, sum(_collapse_spaces(snippet) in flat for snippet in unwanted), len(hits) - right)


def average_pages(pages: Iterable[Counts]) -> Average:
    """The mean precision of the pages where something was found, and the mean recall of those with something to find.

    So an empty extraction reduces recall, not precision.
    """
    pages = tuple(pages)
    precisions = [page.precision for page in pages if page.precision is not None]
    recalls = [page.recall for page in pages if page.recall is not None]
    return Average(fmean(precisions) if precisions else 0.0, fmean(recalls) if recalls else 0.0)


def pool_pages(pages: Iterable[Counts]) -> Average:
    """Precision and recall over all items of all pages together, as snippets are counted: a page has three or so."""
    pages = tuple(pages)
    total = Counts(sum(p.right for p in pages), sum(p.wrong for p in pages), sum(p.missed for p in pages))
    return Average(total.precision or 0.0, total.recall or 0.0)


def equals_gold(text: str, gold: str) -> bool:
    """Whether the two are equal, ignoring white space."""
    return "".join(text.split()) == "".join(gold.split())


def measure_loss(text: str, gold: str) -> float:
    """Share of the gold's words, counting repetitions, that are missing in ``text``, 0 to 1."""
    want = Counter(split_words(gold))
    return (want - Counter(split_words(text))).total() / want.total() if want else 0.0


def measure_leak(text: str, boilerplate: str, gold: str) -> float | None:
    """Share of the words of ``boilerplate`` lines that are in ``text``, 0 to 1; None if there is no such line.

    A line is leaked if its words are consecutive in ``text``. Lines that are part of the gold too, and lines of fewer
    than three words, are ignored.
    """
    have, want = _separate_words(text), _separate_words(gold)
    lines = [_separate_words(line) for line in boilerplate.splitlines() if len(split_words(line)) >= _MIN_LINE_WORDS]
    distinctive = [line for line in lines if line not in want]
    sizes = [len(line.split()) for line in distinctive]
    return _share(sum(size for size, line in zip(sizes, distinctive, strict=True) if line in have), sum(sizes))


_MIN_LINE_WORDS = 3


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _collapse_spaces(text: str) -> str:
    return " ".join(text.split())


def _separate_words(text: str) -> str:
    """The words of ``text`` separated by single spaces, with one at each end, so that only whole words match."""
    return f" {' '.join(split_words(text))} "

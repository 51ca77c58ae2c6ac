"""How near an extraction comes to the text that people marked: shingles, snippets, leaks and losses.

The main figure is that of the public article extraction benchmark: the 4-word shingles of a page are counted, precision
and recall are taken page by page and averaged over pages, and F1 is the harmonic mean of the two averages. A long page
weighs as much as a short one.
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
SIZE = 4
"""Words in a shingle, as the public benchmark has it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Items found rightly, found wrongly and missed, on one page."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right, 0 to 1; None where nothing was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Share of what should be found that was, 0 to 1; None where there was nothing to find."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two on this page alone, 0 to 1; 1 where there was nothing to find and nothing was."""
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


def words(text: str) -> list[str]:
    """The runs of letters, digits and underscores of ``text``, case kept."""
    return WORD.findall(text)


def shingles(text: str) -> Counter[Shingle]:
    """Each run of four words of ``text`` and how often it occurs; a shorter text is one shingle, an empty one none."""
    found = words(text)
    if len(found) < SIZE:
        return Counter([tuple(found)] if found else [])
    return Counter(zip(*(found[start:] for start in range(SIZE)), strict=False))


def compare(text: str, gold: str) -> Counts:
    """Shingles of ``text`` against those of ``gold``."""
    have, want = shingles(text), shingles(gold)
    right = (have & want).total()
    return Counts(right, have.total() - right, want.total() - right)


def best(text: str, golds: Sequence[str]) -> tuple[Counts, str]:
    """The comparison, and the gold, on which ``text`` does best; ``golds`` are equally good answers, at least one."""
    return max(((compare(text, gold), gold) for gold in golds), key=lambda pair: pair[0].f1)


def snippets(text: str, wanted: Iterable[str], unwanted: Iterable[str]) -> Counts:
    """Snippets that must and must not stand in ``text``, blind to the width of white space."""
    flat = _flat(text)
    hits = [_flat(snippet) in flat for snippet in wanted]
    right = sum(hits)
    return Counts(right, sum(_flat(snippet) in flat for snippet in unwanted), len(hits) - right)


def average(pages: Iterable[Counts]) -> Average:
    """The mean precision of the pages where something was found, and the mean recall of those with something to find.

    An empty extraction so costs recall, not precision.
    """
    pages = tuple(pages)
    precisions = [page.precision for page in pages if page.precision is not None]
    recalls = [page.recall for page in pages if page.recall is not None]
    return Average(fmean(precisions) if precisions else 0.0, fmean(recalls) if recalls else 0.0)


def pooled(pages: Iterable[Counts]) -> Average:
    """Precision and recall over all items of all pages together, as snippets are counted: a page has three or so."""
    pages = tuple(pages)
    total = Counts(sum(p.right for p in pages), sum(p.wrong for p in pages), sum(p.missed for p in pages))
    return Average(total.precision or 0.0, total.recall or 0.0)


def exact(text: str, gold: str) -> bool:
    """Whether the two say the same, white space apart."""
    return "".join(text.split()) == "".join(gold.split())


def lost(text: str, gold: str) -> float:
    """Share of the gold's words that ``text`` has not, counting repeats, 0 to 1: what was dropped that should stay."""
    want = Counter(words(gold))
    return (want - Counter(words(text))).total() / want.total() if want else 0.0


def leaked(text: str, boilerplate: str, gold: str) -> float | None:
    """Share of the words of ``boilerplate`` lines that stand in ``text``, 0 to 1; None where there is no line to leak.

    A line counts as leaked when its words stand in a row in ``text``. Lines that are part of the gold too, and lines of
    under three words, say nothing and are passed over.
    """
    have, want = _spaced(text), _spaced(gold)
    lines = [_spaced(line) for line in boilerplate.splitlines() if len(words(line)) >= _TELLING]
    telling = [line for line in lines if line not in want]
    sizes = [len(line.split()) for line in telling]
    return _share(sum(size for size, line in zip(sizes, telling, strict=True) if line in have), sum(sizes))


_TELLING = 3


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _flat(text: str) -> str:
    return " ".join(text.split())


def _spaced(text: str) -> str:
    """The words of ``text`` between single blanks, one at each end, so that only whole words are found in it."""
    return f" {' '.join(words(text))} "

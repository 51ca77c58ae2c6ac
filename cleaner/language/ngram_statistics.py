"""Statistics of n-grams: how frequent each run of up to three letters is in each language.

They are langdetect's profiles in the form of arrays, which ``tools/language_profiles.py`` writes: its own files are 55 of
JSON, which take a quarter of a second to read. The only module that imports langdetect, which prepares texts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.compiled import serve_compiled

FILE = "language_profiles.npz"
"""In ``cleaner/data``."""
MAX_GRAM = 3
"""Letters of the longest n-gram."""
_CODE_BITS = 21
"""Of a character in the key of an n-gram: Unicode has fewer than 2²¹."""
_UNSEEN = 0.5 / 10_000
"""Added to each frequency, as in langdetect, so that an n-gram that a language lacks does not exclude the language."""

Grams = NDArray[np.int64]
"""N-grams as keys, see :func:`pack_ngrams`."""


class NgramStatistics(NamedTuple):
    """The languages in which each n-gram of up to three letters is, and how often it is in their texts."""

    languages: tuple[str, ...]
    """Codes of languages, in the order of their columns."""
    grams: Grams
    """In ascending order."""
    starts: NDArray[np.intp]
    """The entries of n-gram ``i`` begin at ``starts[i]``, and end at ``starts[i + 1]``."""
    columns: NDArray[np.uint8]
    """The language of each entry."""
    logs: NDArray[np.float64]
    """The logarithm of the share of each entry's n-gram among those of its length in the language, and :data:`_UNSEEN`."""


@cache
def load_statistics() -> NgramStatistics:
    """The statistics that come with the package, read once."""
    with files("cleaner.data").joinpath(FILE).open("rb") as file:
        stored = dict(np.load(file))
    starts = np.concatenate([[0], np.cumsum(stored["entries"], dtype=np.intp)])
    lengths = np.repeat(_measure_lengths(stored["grams"]), stored["entries"])
    totals = stored["totals"][stored["columns"], lengths - 1]
    languages = tuple(stored["languages"].tolist())
    return NgramStatistics(
        languages, stored["grams"], starts, stored["columns"], np.log(stored["counts"] / totals + _UNSEEN)
    )


def pack_ngrams(text: str, starts: Iterable[int]) -> Grams:
    """The n-grams of one to three letters at each of ``starts``, as one number each; at the end of ``text`` they are shorter."""
    codes = np.frombuffer(f"{text}{chr(0) * (MAX_GRAM - 1)}".encode("utf-32-le", "surrogatepass"), np.uint32)
    at = np.fromiter(starts, np.intp)
    letters = codes.astype(np.int64)[at[:, None] + np.arange(MAX_GRAM)]
    return np.cumsum(letters << (_CODE_BITS * np.arange(MAX_GRAM)), axis=1).ravel()


def sum_logs(grams: Grams) -> NDArray[np.float64] | None:
    """The sum of the logarithms of the frequencies of those of ``grams`` that are known, by language; None if none is."""
    known = load_statistics()
    places = np.minimum(np.searchsorted(known.grams, grams), len(known.grams) - 1)
    rows = places[(known.grams[places] == grams) & (grams != ord(" "))]
    if not len(rows):
        return None
    return add_logs(rows, known.starts, known.columns, known.logs, len(known.languages), math.log(_UNSEEN))


@serve_compiled("line_arrays")
def add_logs(  # noqa: PLR0913, PLR0917  # arrays, as compiled code reads them
    rows: NDArray[np.intp], starts: NDArray[np.intp], columns: NDArray[np.uint8], logs: NDArray[np.float64],
    languages: int, unseen: float,
) -> NDArray[np.float64]:  # fmt: skip
    """The sum over the n-grams ``rows`` of the ``logs`` of their entries, by language; ``unseen`` where a language has none.

    The entries of n-gram ``i`` begin at ``starts[i]`` in ``columns`` and ``logs``.
    """
    first, sizes = starts[rows], starts[rows + 1] - starts[rows]
    entries = np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    table = np.full((len(rows), languages), unseen)
    table[np.repeat(np.arange(len(rows)), sizes), columns[entries]] = logs[entries]
    return np.asarray(table.sum(0))


def prepare_text(text: str) -> str:
    """``text`` for n-grams: other characters than letters become spaces, rare Chinese characters a representative."""
    letters, vietnamese = _load_normalizers()
    return vietnamese(text).translate(letters)


class _Letters(dict[int, str]):
    """What each character becomes, by its code: a table for :meth:`str.translate`, which is filled as characters are met."""

    def __init__(self, normalize: Callable[[str], str]) -> None:
        super().__init__()
        self._normalize = normalize

    def __missing__(self, code: int) -> str:
        self[code] = found = self._normalize(chr(code))
        return found


@cache
def _load_normalizers() -> tuple[_Letters, Callable[[str], str]]:
    from langdetect.utils.ngram import NGram

    return _Letters(NGram.normalize), NGram.normalize_vi


def _measure_lengths(grams: Grams) -> NDArray[np.intp]:
    return np.asarray(1 + sum((grams >> (_CODE_BITS * place)) > 0 for place in range(1, MAX_GRAM)), dtype=np.intp)

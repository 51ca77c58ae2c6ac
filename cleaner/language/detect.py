"""The language of a text, by the letter statistics of langdetect. The only module that imports it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.language.sentences import RUNNING

SAMPLE = 600
"""Characters looked at, in three pieces from the start, middle and end."""
MIN_LETTERS = 40
"""A text with fewer letters is no longer than a headline, too short to be told; a choice, not a measurement."""

_NOISE = re.compile(r"https?://\S+|\S+@\S+|[\d_]+")
_LATIN = re.compile("[A-Za-z]+")
_DENSE = re.compile(f"[{RUNNING}]")
_PLACES = 100
"""Places, evenly spread over the sample, whose n-grams are weighed. langdetect itself draws some fifty n-grams by chance,
seven times over; these gave the same language on all of 1,147 pages, most of them English, German, Chinese and Spanish,
in a fifth of the time."""
_LONGEST_GRAM = 3
_UNSEEN = 0.5 / 10_000
"""What langdetect adds to each frequency, so that an n-gram that a language lacks does not rule it out."""


class _NgramStatistics(NamedTuple):
    """What langdetect has counted."""

    languages: Sequence[str]
    frequencies: Mapping[str, Sequence[float]]
    """For each n-gram of up to three letters its frequency in each language."""
    normalise: Callable[[str], str]
    """Text as n-grams are counted in it: what is no letter is a space, rare Chinese letters stand for their like."""


def detect_language(text: str) -> tuple[str, float] | None:
    """The ISO 639-1 code of the language of ``text`` and a confidence up to 1, or None where it has too few letters.

    The same text always gives the same answer. Chinese is ``zh`` in either script.
    """
    sample = _NOISE.sub(" ", _sample_text(text))
    if sum(map(str.isalpha, sample)) < MIN_LETTERS and len(_DENSE.findall(sample)) < MIN_LETTERS // 2:
        return None
    known = _load_statistics()
    grams = list(_extract_ngrams(known.normalise(sample), known.frequencies))
    if not grams:
        return None
    weights = np.array([_ngram_weights(gram) for gram in grams]).sum(0)
    chances = np.exp(weights - weights.max())
    best = int(chances.argmax())
    return known.languages[best].partition("-")[0], round(float(chances[best] / chances.sum()), 4)


def _sample_text(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    piece = SAMPLE // 3
    middle = (len(text) - piece) // 2
    return " ".join((text[:piece], text[middle : middle + piece], text[-piece:]))


def _extract_ngrams(text: str, known: Mapping[str, object]) -> Iterator[str]:
    """N-grams of the words of ``text`` that are ``known``, spread over the text; names in capitals have none.

    Where the letters are mostly of another script, Latin words are left out.
    """
    letters = len(text) - text.count(" ")
    latin = sum(map(len, _LATIN.findall(text)))
    text = _LATIN.sub(" ", text) if latin * 3 < letters else text
    words = [word for word in text.split() if len(word) == 1 or not word.isupper()]
    padded = f" {' '.join(words)} "
    for start in range(0, len(padded), max(1, len(padded) // _PLACES)):
        for end in range(start + 1, start + 1 + _LONGEST_GRAM):
            if (gram := padded[start:end]) in known and gram != " ":
                yield gram


@lru_cache(maxsize=1 << 14)
def _ngram_weights(gram: str) -> NDArray[np.float64]:
    """What the n-gram says of each language: the logarithms of its frequencies."""
    return np.log(np.array(_load_statistics().frequencies[gram]) + _UNSEEN)


@cache
def _load_statistics() -> _NgramStatistics:
    """The profiles of langdetect, read once (a third of a second)."""
    from langdetect import detector_factory
    from langdetect.utils.ngram import NGram

    detector_factory.init_factory()
    factory = detector_factory._factory  # noqa: SLF001 - the shared factory has no public name
    letter = cache(NGram.normalize)
    return _NgramStatistics(
        languages=factory.langlist,
        frequencies=factory.word_lang_prob_map,
        normalise=lambda text: "".join(map(letter, NGram.normalize_vi(text))),
    )

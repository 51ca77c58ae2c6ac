"""Detection of a text's language by the n-gram statistics of langdetect. The only module that imports it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.language.sentences import RUNNING

SAMPLE_CHARS = 600
"""Characters of the sample: three pieces from the start, middle and end."""
MIN_LETTERS = 40
"""A text with fewer letters is as short as a headline and has no detected language. A choice; not measured."""

_NOISE = re.compile(r"https?://\S+|\S+@\S+|[\d_]+")
_LATIN = re.compile("[A-Za-z]+")
_DENSE = re.compile(f"[{RUNNING}]")
_SAMPLE_POINTS = 100
"""Positions, evenly spread over the sample, whose n-grams are used. langdetect itself draws some fifty n-grams at random,
seven times over; these gave the same language on all of 1,147 pages, most of them English, German, Chinese and Spanish,
in a fifth of the time."""
_MAX_GRAM = 3
_UNSEEN = 0.5 / 10_000
"""Added to each frequency, as in langdetect, so that an n-gram that a language lacks does not exclude the language."""


class _NgramStatistics(NamedTuple):
    """langdetect's profiles of languages."""

    languages: Sequence[str]
    frequencies: Mapping[str, Sequence[float]]
    """Frequency of each n-gram of up to three letters in each language."""
    normalize: Callable[[str], str]
    """Prepares a text for n-grams: other characters than letters become spaces, rare Chinese characters a representative."""


def detect_language(text: str) -> tuple[str, float] | None:
    """The ISO 639-1 code of the language of ``text`` and a confidence up to 1; None if it has too few letters.

    The result is deterministic. Chinese is ``zh`` in either script.
    """
    sample = _NOISE.sub(" ", _sample_text(text))
    if sum(map(str.isalpha, sample)) < MIN_LETTERS and len(_DENSE.findall(sample)) < MIN_LETTERS // 2:
        return None
    known = _load_statistics()
    grams = list(_extract_ngrams(known.normalize(sample), known.frequencies))
    if not grams:
        return None
    weights = np.array([_ngram_weights(gram) for gram in grams]).sum(0)
    likelihoods = np.exp(weights - weights.max())
    best = int(likelihoods.argmax())
    return known.languages[best].partition("-")[0], round(float(likelihoods[best] / likelihoods.sum()), 4)


def _sample_text(text: str) -> str:
    if len(text) <= SAMPLE_CHARS:
        return text
    piece = SAMPLE_CHARS // 3
    middle = (len(text) - piece) // 2
    return " ".join((text[:piece], text[middle : middle + piece], text[-piece:]))


def _extract_ngrams(text: str, known: Mapping[str, object]) -> Iterator[str]:
    """N-grams of ``text`` that are ``known``, spread over the text, without words in capitals, which are names.

    If most letters are of another script, Latin words are ignored.
    """
    letters = len(text) - text.count(" ")
    latin = sum(map(len, _LATIN.findall(text)))
    text = _LATIN.sub(" ", text) if latin * 3 < letters else text
    words = [word for word in text.split() if len(word) == 1 or not word.isupper()]
    padded = f" {' '.join(words)} "
    for start in range(0, len(padded), max(1, len(padded) // _SAMPLE_POINTS)):
        for end in range(start + 1, start + 1 + _MAX_GRAM):
            if (gram := padded[start:end]) in known and gram != " ":
                yield gram


@lru_cache(maxsize=1 << 14)
def _ngram_weights(gram: str) -> NDArray[np.float64]:
    """Logarithms of the n-gram's frequencies, by language."""
    return np.log(np.array(_load_statistics().frequencies[gram]) + _UNSEEN)


@cache
def _load_statistics() -> _NgramStatistics:
    """The profiles of langdetect, loaded once (a third of a second)."""
    from langdetect import detector_factory
    from langdetect.utils.ngram import NGram

    detector_factory.init_factory()
    factory = detector_factory._factory  # noqa: SLF001 - the shared factory has no public name
    letter = cache(NGram.normalize)
    return _NgramStatistics(
        languages=factory.langlist,
        frequencies=factory.word_lang_prob_map,
        normalize=lambda text: "".join(map(letter, NGram.normalize_vi(text))),
    )

"""The language of a text. The only module that imports langdetect."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

SAMPLE = 600
"""Characters looked at, in three pieces from the start, middle and end. 600 were right on 258 of 259 pages in the
development corpora, as were 900 and 1,500, in half the time of the last (3 ms)."""
MIN_LETTERS = 40
"""A text with fewer letters is no longer than a headline, too short to be told; a choice, not a measurement."""

_NOISE = re.compile(r"https?://\S+|\S+@\S+|[\d_]+")


def detect(text: str) -> tuple[str, float] | None:
    """The ISO 639-1 code of the language of ``text`` and a confidence up to 1, or None where it has too few letters.

    The same text always gives the same answer. Chinese is ``zh`` in either script.
    """
    sample = _NOISE.sub(" ", _sample(text))
    if sum(map(str.isalpha, sample)) < MIN_LETTERS and not _is_dense(sample):
        return None
    factory, error = _factory()
    detector = factory.create()
    detector.seed = 0
    detector.append(sample)
    try:
        best = detector.get_probabilities()[0]
    except (error, IndexError):
        return None
    return str(best.lang).partition("-")[0], round(float(best.prob), 4)


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    piece = SAMPLE // 3
    middle = (len(text) - piece) // 2
    return " ".join((text[:piece], text[middle : middle + piece], text[-piece:]))


def _is_dense(sample: str) -> bool:
    """Whether the letters are of a script in which few of them say much."""
    return sum("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in sample) >= MIN_LETTERS // 2


@cache
def _factory() -> tuple[Any, type[Exception]]:
    """The profiles of langdetect, read once (a third of a second)."""
    from langdetect import detector_factory
    from langdetect.lang_detect_exception import LangDetectException

    detector_factory.init_factory()
    return detector_factory._factory, LangDetectException  # noqa: SLF001 - the shared factory has no public name

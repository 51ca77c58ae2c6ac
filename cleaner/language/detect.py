"""Detection of a text's language: by its script, by n-gram statistics of langdetect, and by what the page says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from cleaner import data
from cleaner.data.language_types import Languages
from cleaner.language import ngram_statistics
from cleaner.language.characters import count_cases
from cleaner.language.sentences import RUNNING

SAMPLE_CHARS = 600
"""Characters of the sample: three pieces from the start, middle and end."""
MIN_LETTERS = 40
"""A text with fewer letters is as short as a headline and has no detected language. A choice; not measured."""

_NOISE = re.compile(r"https?://\S+|\S+@\S+|[\d_]+")
_NOISE_WITHOUT_MAIL = re.compile(r"https?://\S+|[\d_]+")
"""The same for a text without ``@``, in which looking for addresses of mail takes most of the time."""
_LATIN = re.compile("[A-Za-z]+")
_DENSE = re.compile(f"[{RUNNING}]")
_DENSE_WEIGHT = 4
"""Letters of an alphabet that say as much as one character of Chinese, Japanese or Korean."""
_DENSE_SCRIPTS = ("hangul", "kana", "han")
_GIVEN_WEIGHT = 1.5
"""Factor of the letters of the script of the language that the page gives: a Chinese text may be full of Latin names."""
_SAMPLE_POINTS = 100
"""Positions, evenly spread over the sample, whose n-grams are used. langdetect itself draws some fifty n-grams at random,
seven times over; these gave the same language on all of 1,147 pages, most of them English, German, Chinese and Spanish,
in a fifth of the time."""
_WORDS = data.load_data(Languages)
_SCRIPTS = tuple((script, re.compile(f"[{''.join(script.ranges)}]+")) for script in _WORDS.script)
_ASCII = re.compile("[\x00-\x7f]+")
_FOREIGN = {language: re.compile(f"[{letters}]") for language, letters in _WORDS.foreign.items()}
_MIN_KANA = 0.05
"""Share of kana among characters of Chinese and Japanese from which a text is Japanese."""
_CODES = {
    "nb": "no",
    "nn": "no",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "zho": "zh",
    "fil": "tl",
    "cmn": "zh",
    "yue": "zh",
}
"""Codes of languages by those that pages give; the statistics have one Norwegian."""
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)")
# Calibrated on pieces of 60 to 600 characters of the shared corpora's pages, see bench/language.py.
_TEMPERATURE = 12.0
"""Divides the logarithms of likelihoods: n-grams of one text depend on each other, so their product is far too sure."""
_CLAIM = 1.5
"""Added to the logarithm of the language that the page gives."""
_BY_SCRIPT = 0.99
"""Confidence of the one language of a script."""
_BY_CLAIM = 0.8
"""Confidence of a language that the statistics lack and the page gives."""
_UNSURE = 0.85
"""Highest confidence of a language that others are often taken for, if the page does not give it."""
_SURE = 0.97
"""Probability from which a language wins over a claimed one that the statistics lack and that is not like it."""
_MAX_FOREIGN = 0.01
"""Share of letters that a language does not use; a text with more is in another one."""


def detect_language(text: str, claimed: str | None = None) -> tuple[str, float] | None:
    """The ISO 639-1 code of the language of ``text`` and a confidence up to 1; None if it is unknown.

    ``claimed`` is the language that the page gives, such as ``en-US``: evidence, which the text may contradict. A text
    with too few letters has no detected language. The result is deterministic. Chinese is ``zh`` in either script.
    """
    sample = _sample_text(text)
    sample = (_NOISE if "@" in sample else _NOISE_WITHOUT_MAIL).sub(" ", sample)
    letters, _, _ = count_cases(sample)
    if letters < MIN_LETTERS and len(_DENSE.findall(sample)) < MIN_LETTERS // 2:
        return None
    given = read_code(claimed)
    candidates, pure = _find_script_languages(sample, given)
    if not candidates:
        return None
    language, share = _choose_language(sample, candidates, given)
    return (language, round(share * pure, 4)) if language else None


def _choose_language(sample: str, candidates: Sequence[str], given: str | None) -> tuple[str | None, float]:
    """The language among the ``candidates`` of a script, with its probability; None if it is none of those known."""
    if len(candidates) == 1:
        return candidates[0], _BY_SCRIPT
    likely = _measure_languages(sample, candidates, given)
    language, share = max(likely.items(), key=lambda item: item[1], default=(None, 0.0))
    if given in candidates and given not in _number_languages():
        is_sure = share >= _SURE and f"{language}-{given}" not in _WORDS.alike.pairs
        return (language if is_sure else given), _BY_CLAIM
    is_unsure = language in _WORDS.unsure.languages and given != language
    return language, min(share, _UNSURE) if is_unsure else share


def read_code(claimed: str | None) -> str | None:
    """The code of a language in the form of ISO 639-1 where there is one; None if ``claimed`` gives none."""
    match = _LANGUAGE.match(claimed or "")
    return _CODES.get(match[1].lower(), match[1].lower()) if match else None


def _find_script_languages(sample: str, given: str | None) -> tuple[tuple[str, ...], float]:
    """The languages of the script of most letters of ``sample``, and its share of the letters; none without letters.

    Letters of the script of the language that is ``given`` count more.
    """
    beyond = _ASCII.sub("", sample)  # mostly short; only Latin has letters of ASCII
    texts = ((script, pattern, sample if script.name == "latin" else beyond) for script, pattern in _SCRIPTS)
    counts = {
        script: sum(map(len, pattern.findall(text))) * (_DENSE_WEIGHT if script.name in _DENSE_SCRIPTS else 1)
        for script, pattern, text in texts
        if text
    }
    best = max(counts, key=lambda script: counts[script] * (_GIVEN_WEIGHT if given in script.languages else 1))
    if not counts[best]:
        return (), 0.0
    together = _DENSE_SCRIPTS if best.name in _DENSE_SCRIPTS else (best.name,)
    pure = sum(count for script, count in counts.items() if script.name in together) / sum(counts.values())
    if best.name not in ("kana", "han"):
        return best.languages, pure
    named = {script.name: count for script, count in counts.items()}
    return (("ja",) if named["kana"] >= _MIN_KANA * (named["kana"] + named["han"]) else ("zh",)), pure


def _measure_languages(sample: str, candidates: Sequence[str], given: str | None) -> dict[str, float]:
    """The probabilities of those ``candidates`` that the statistics know and whose letters ``sample`` has."""
    columns = _number_languages()
    letters, _, _ = count_cases(sample)
    fitting = [
        language
        for language in candidates
        if language in columns
        and not (language in _FOREIGN and len(_FOREIGN[language].findall(sample.lower())) > _MAX_FOREIGN * letters)
    ]
    if not fitting:
        return {}
    sums = ngram_statistics.sum_logs(_extract_ngrams(ngram_statistics.prepare_text(_lower_capitals(sample))))
    if sums is None:
        return {}
    logs = sums[[columns[language] for language in fitting]]
    logs = logs / _TEMPERATURE + np.array([_CLAIM if language == given else 0.0 for language in fitting])
    shares = np.exp(logs - logs.max())
    return dict(zip(fitting, map(float, shares / shares.sum()), strict=True))


@cache
def _number_languages() -> dict[str, int]:
    """The column of each language that the statistics know, by the code without a region."""
    languages = ngram_statistics.load_statistics().languages
    return {language.partition("-")[0]: column for column, language in enumerate(languages)}


def _sample_text(text: str) -> str:
    if len(text) <= SAMPLE_CHARS:
        return text
    piece = SAMPLE_CHARS // 3
    middle = (len(text) - piece) // 2
    return " ".join((text[:piece], text[middle : middle + piece], text[-piece:]))


def _lower_capitals(text: str) -> str:
    """``text`` in small letters if most of it is in capitals, which the statistics do not know."""
    _, upper, lower = count_cases(text)
    return text.lower() if upper > lower else text


def _extract_ngrams(text: str) -> ngram_statistics.Grams:
    """N-grams of ``text``, spread over the text, without words in capitals, which are names.

    If most letters are of another script, Latin words are ignored.
    """
    letters = len(text) - text.count(" ")
    latin = sum(map(len, _LATIN.findall(text)))
    text = _LATIN.sub(" ", text) if latin * 3 < letters else text
    words = [word for word in text.split() if len(word) == 1 or not word.isupper()]
    padded = f" {' '.join(words)} "
    return ngram_statistics.pack_ngrams(padded, range(0, len(padded), max(1, len(padded) // _SAMPLE_POINTS)))

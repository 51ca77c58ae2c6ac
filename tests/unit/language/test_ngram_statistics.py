"""Frequencies of n-grams are those of langdetect's profiles, added up as logarithms."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from langdetect import detector_factory

from cleaner.language import ngram_statistics

PROFILES = [json.loads(path.read_text("utf-8")) for path in sorted(Path(detector_factory.PROFILES_DIRECTORY).iterdir())]
UNSEEN = 0.5 / 10_000


def log_of(gram, profile):
    return math.log(profile["freq"].get(gram, 0) / profile["n_words"][len(gram) - 1] + UNSEEN)


@pytest.mark.parametrize(
    ("text", "grams"), [("the", ["t", "th", "the"]), (" ö", [" ö", " ö"]), ("港", ["港", "港", "港"])]
)
def test_logarithms_of_known_ngrams_are_added(text, grams):
    sums = ngram_statistics.sum_logs(ngram_statistics.pack_ngrams(text, [0]))
    expected = [sum(log_of(gram, profile) for gram in grams) for profile in PROFILES]
    np.testing.assert_allclose(sums, expected)


@pytest.mark.parametrize("text", [" ", "\U0001f600", "\x00"])
def test_a_blank_and_unknown_ngrams_say_nothing(text):
    assert ngram_statistics.sum_logs(ngram_statistics.pack_ngrams(text, [0])) is None


def test_a_text_without_ngrams_says_nothing():
    assert ngram_statistics.sum_logs(ngram_statistics.pack_ngrams("", [])) is None

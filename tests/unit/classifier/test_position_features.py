import numpy as np
import pytest

from cleaner.classifier.position_features import POSITION, measure_position, measure_repeats
from cleaner.model import Block


def test_repeats():
    assert measure_repeats([Block(index=index, text=text) for index, text in enumerate("abaa")]).tolist() == [
        [3, 0],
        [1, 0],
        [3, 1],
        [3, 1],
    ]


def test_every_column_has_a_name():
    numbers = np.array([1.0, 8.0])
    assert measure_position(numbers, numbers).shape == (2, len(POSITION))


def test_prose_beyond_two_thousand_words_makes_a_page_no_longer():
    def page_prose(*words):
        return measure_position(np.array(words, dtype=float), np.array(words, dtype=float))[0, 7]

    assert POSITION[7] == "page_prose"
    assert page_prose(1500, 499) < page_prose(1500, 500) == page_prose(1500, 1500) == pytest.approx(np.log1p(2000))

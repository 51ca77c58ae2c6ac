import numpy as np
import pytest

from cleaner.classifier import threshold
from cleaner.model import Lean

FREE = np.ones(5, dtype=bool)


def extend(scores, keep, *, undecided=FREE, above=~FREE, below=~FREE, allowed=FREE):
    keep, ties = np.array(keep, dtype=bool), threshold.Ties(np.array(above, dtype=bool), np.array(below, dtype=bool))
    places = np.flatnonzero(undecided)
    return threshold.extend_kept(np.array(scores, dtype=np.float32), keep, allowed, places, ties).tolist()


def test_small_gaps_of_blocks_that_are_not_low_are_filled():
    assert extend([0.9, 0.4, 0.5, 0.9, 0.1], [1, 0, 0, 1, 0]) == [True, True, True, True, False]
    assert extend([0.9, 0.4, 0.2, 0.9, 0.1], [1, 0, 0, 1, 0]) == [True, False, False, True, False]
    assert extend([0.9, 0.4, 0.5, 0.4, 0.9], [1, 0, 0, 0, 1]) == [True, False, False, False, True]


def test_what_is_tied_to_kept_text_is_kept():
    assert extend([0.9, 0.45, 0.45, 0.45, 0.45], [1, 0, 0, 0, 0], above=[0, 1, 1, 0, 1])[1:] == [
        True,
        False,
        False,
        False,
    ]
    assert extend([0.45, 0.45, 0.45, 0.45, 0.9], [0, 0, 0, 0, 1], below=[1, 0, 0, 1, 1])[:4] == [
        False,
        False,
        False,
        True,
    ]
    assert (
        extend([0.45, 0.2, 0.9, 0.45, 0.1], [0, 0, 1, 0, 0], above=[1, 1, 1, 0, 0], below=[1, 1, 1, 1, 1])[1::2]
        == [False] * 2
    )


def test_what_is_decided_does_not_come_between():
    undecided = np.array([True, False, True, True, True])
    assert extend([0.9, 0.0, 0.45, 0.1, 0.1], [1, 0, 0, 0, 0], undecided=undecided, above=[0, 0, 1, 0, 0])[2]


def test_what_is_not_allowed_is_not_kept_for_its_neighbours():
    allowed = np.array([True, False, True, True, True])
    assert extend([0.9, 0.5, 0.9, 0.1, 0.1], [1, 0, 1, 0, 0], allowed=allowed)[1] is False


@pytest.mark.parametrize(
    ("by_words", "score", "size", "doubted"),
    [(0.1, 0.7, 60, True), (0.5, 0.7, 60, False), (0.1, 0.9, 60, False), (0.1, 0.7, 10, False), (0.1, 0.7, 400, False)],
)
def test_words_of_boilerplate_are_doubted_in_short_texts_that_are_not_sure(by_words, score, size, doubted):
    arrays = (np.array([value], dtype=np.float32) for value in (by_words, score))
    assert threshold.doubt_words(*arrays, np.array([size])).tolist() == [doubted]


def test_a_page_with_sure_text_has_the_usual_threshold():
    scores, sizes = np.array([1.0, 0.1], dtype=np.float32), np.array([900, 200])
    assert [threshold.choose_threshold(scores, sizes, lean) for lean in Lean] == pytest.approx([0.4, 0.6, 0.8])

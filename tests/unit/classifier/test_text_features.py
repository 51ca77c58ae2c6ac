import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.classifier import text_features
from cleaner.model import Block


def blocks(*texts: str) -> list[Block]:
    return [Block(index=index, text=text) for index, text in enumerate(texts)]


def feature(name: str, text: str) -> float:
    matrix, _, _ = text_features.measure_text(blocks(text))
    return float(matrix[0, text_features.FEATURES.index(name)])


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("ends_sentence", "The bridge was closed.", 1),
        ("ends_sentence", "She said: “It was closed.”", 1),
        ("ends_sentence", "橋は閉鎖された。", 1),
        ("ends_sentence", "Bridge closed", 0),
        ("ends_ellipsis", "The bridge was…", 1),
        ("ends_colon", "Follow us:", 1),
        ("digits", "2024", 1),
        ("capitals", "ABc1", 0.5),
        ("capitals", "ÄÖü1", 0.5),
        ("capitalised", "Bridge over Water", 2 / 3),
        ("short_words", "a bridge of wood", 0.5),
        ("time", "Monday, 12:30", 1),
        ("time", "Monday", 0),
        ("ago", "3 hours ago", 1),
        ("ago", "vor 2 Stunden", 1),
        ("bar", "One | Two", 1),
        ("copyright", "© 2024", 1),
        ("address", "me@example.com", 1),
        ("lines", "one\ntwo", 1),
        ("starts_quote", "“Yes,” she said.", 1),
    ],
)
def test_a_feature(name, text, expected):
    assert feature(name, text) == pytest.approx(expected)


def test_words_of_a_script_without_spaces_are_counted_by_characters():
    _, words, _ = text_features.measure_text(blocks("橋は閉鎖された", "closed"))
    assert words.tolist() == [1 + 7 / 2, 1]


def test_prose_ends_a_sentence_or_is_long():
    short = "The old bridge was closed last Monday."
    _, _, prose = text_features.measure_text(blocks(short, short[:-1], "word " * 30, "Closed."))
    assert prose.tolist() == [7, 0, 30, 0]


def test_repeats():
    assert text_features.measure_repeats(blocks("a", "b", "a", "a")).tolist() == [[3, 0], [1, 0], [3, 1], [3, 1]]


@given(st.lists(st.booleans(), min_size=1, max_size=80))
def test_distances_are_those_a_person_would_count(flags):
    found = text_features.measure_distances(np.array(flags), limit=50)
    for index in range(len(flags)):
        back = next((step for step in range(index + 1) if flags[index - step]), 50)
        ahead = next((step for step in range(len(flags) - index) if flags[index + step]), 50)
        assert found[index].tolist() == [min(back, 50), min(ahead, 50)]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(0, 5))
def test_box_mean_is_the_mean_of_the_box(values, radius):
    found = text_features.average_window(np.array(values, dtype=np.float32), radius)
    for index in range(len(values)):
        box = values[max(0, index - radius) : index + radius + 1]
        assert found[index] == pytest.approx(sum(box) / len(box), abs=1e-4)


def test_every_column_has_a_name():
    matrix, words, prose = text_features.measure_text(blocks("One.", "Two."))
    assert matrix.shape == (2, len(text_features.FEATURES))
    assert text_features.measure_position(words, prose).shape == (2, len(text_features.POSITION))


def test_prose_beyond_two_thousand_words_makes_a_page_no_longer():
    def page_prose(*words):
        return text_features.measure_position(np.array(words, dtype=float), np.array(words, dtype=float))[0, 7]

    assert text_features.POSITION[7] == "page_prose"
    assert page_prose(1500, 499) < page_prose(1500, 500) == page_prose(1500, 1500) == pytest.approx(np.log1p(2000))

import pytest

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


def test_every_column_has_a_name():
    matrix, _, _ = text_features.measure_text(blocks("One.", "Two."))
    assert matrix.shape == (2, len(text_features.FEATURES))

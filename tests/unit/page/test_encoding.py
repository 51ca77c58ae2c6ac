"""Bytes are decoded by what they are: claims have to fit them, and without one letters and words decide."""

from pathlib import Path

import pytest

from cleaner import data
from cleaner.data import input_types
from cleaner.page import encoding
from cleaner.page.decode import decode_page, read_page

TABLE = Path(__file__).parents[2] / "cases" / "intake" / "encodings.txt"
TEXTS = [
    (language, name, text)
    for language, names, text in (
        map(str.strip, line.split("|")) for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")
    )
    for name in names.split()
]
GERMAN = "Die alte Fähre fährt für die Dörfer am östlichen Ufer. "


@pytest.mark.parametrize(("language", "name", "text"), TEXTS, ids=lambda value: value[:12])
def test_letters_and_words_tell_the_encoding(language, name, text):  # noqa: ARG001
    assert decode_page(text.encode(name), source="page") == text


@pytest.mark.parametrize(
    ("language", "name", "text"), [given for given in TEXTS if given[1] != "cp866"], ids=lambda value: value[:12]
)
def test_lang_tells_the_encoding_of_a_few_words(language, name, text):
    short = next(word for word in text.split() if len(word) > 1 and not word.isascii())
    page = f'<html lang="{language}"><body><p>{short}</p></body></html>'
    assert short in decode_page(page.encode(name), source="page")


def test_the_table_has_most_languages_of_the_data():
    known = {language.code for language in data.load_data(input_types.Encodings).language}
    assert known - {language for language, *_ in TEXTS} <= {"ca", "no", "is", "sq", "vi", "be", "mk", "fa"}


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "shift_jis", "us-ascii", "nonsense", None])
def test_valid_utf8_is_utf8_whatever_a_server_says(charset):
    assert decode_page(GERMAN.encode(), source="page", charset=charset) == GERMAN


def test_the_page_s_own_word_beats_the_default_of_a_server():
    page = '<html><meta charset="iso-8859-2"><p>Devatenáct měsíců čekání na přívoz'
    assert decode_page(page.encode("iso-8859-2"), source="page", charset="iso-8859-1") == page


def test_a_western_claim_does_not_beat_the_language():
    page = '<html lang="tr"><meta charset="iso-8859-1"><p>Köylüler yıllardır söz verilen köprü için bekliyor'
    assert decode_page(page.encode("cp1254"), source="page") == page


def test_a_part_in_another_encoding_is_read_in_that():
    page = read_page((GERMAN * 2).encode() + b"<aside>Gr\xfc\xdfe</aside> " + GERMAN.encode(), source="page")
    assert page.content == f"{GERMAN * 2}<aside>Grüße</aside> {GERMAN}".replace("Grüße", "Gr\ufffd\ufffde")
    page = read_page((GERMAN * 2).encode() + b"<aside>Gr\xfcner Markt</aside> " + GERMAN.encode(), source="page")
    assert "<aside>Grüner Markt</aside>" in page.content
    assert page.mended


def test_a_text_that_was_cut_inside_a_letter_ends_with_a_mark():
    assert decode_page(GERMAN.encode() + "ü".encode()[:1], source="page") == f"{GERMAN}\ufffd"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("古い渡し船はもう川を渡らない。", "iso2022_jp"),
        ("낡은 나룻배는 강을 건너지 않는다", "iso2022_kr"),
        ("旧渡船不再过河", "hz"),
    ],
)
def test_encodings_of_seven_bits_are_known_by_their_escapes(text, name):
    page = f"<html><body><p>{text}</p></body></html>"
    data = page.encode(name)
    assert data.isascii()
    assert decode_page(data, source="page") == page


@pytest.mark.parametrize(
    "text",
    [
        "Paths such as ~{user}~} or ~{a} in a shell.",
        "The colour of the words that follow is set by \x1b[31m in red, and back to what it was.",
    ],
)
def test_ascii_that_looks_like_an_escape_stays(text):
    assert decode_page(text.encode(), source="page") == text


@pytest.mark.parametrize("head", ["plain".encode("utf-16"), "plain text".encode("utf-16-le"), b"\xef\xbb\xbfplain"])
def test_the_encoding_of_a_stream_is_told_by_its_beginning(head):
    assert head.decode(encoding.find_stream_encoding(head)).lstrip("\ufeff").startswith("plain")

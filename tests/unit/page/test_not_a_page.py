"""What is passed in place of a page gets a message that says what to pass."""

from pathlib import Path

import pytest

import cleaner

PAGE = "<html><body><p>Tea is picked by hand in the hills above the town, as it always was.</p></body></html>"


@pytest.mark.parametrize("given", [Path("page.html"), None, 7, ["page"], object()])
def test_another_type_says_what_to_pass(given):
    with pytest.raises(TypeError, match=r"a page is text or bytes, not .*pass its content.*read_bytes"):
        cleaner.clean(given)


@pytest.mark.parametrize(
    "given",
    [
        "page.html",
        "/data/pages/a",
        "./a.txt",
        "~/pages/a.html",
        "https://tea.example/a",
        "C:\\pages\\a.htm",
        b"a.html.gz",
        "s3://b/c",
    ],
)
def test_a_path_or_address_says_what_to_pass(given):
    with pytest.raises(cleaner.PageError, match=r"is a path or an address, not a page: pass its content"):
        cleaner.clean(given)


@pytest.mark.parametrize(
    "given",
    [
        "Tea.",
        "See the file page.html",
        "Read more at https://tea.example/a",
        "and/or",
        "Tea, picked by hand in page.txt",
    ],
)
def test_a_short_text_is_a_page(given):
    assert cleaner.clean(given).text is not None


@pytest.mark.parametrize("make", [bytearray, memoryview])
def test_other_forms_of_bytes_are_read(make):
    assert "picked by hand" in cleaner.clean(make(PAGE.encode())).text


def test_lone_surrogates_are_replaced_and_pairs_joined():
    article = cleaner.clean(PAGE.replace("Tea", "Tea \ud83c\udf75 \ud83d"))
    assert "Tea 🍵 \ufffd is picked" in article.text

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.file_names import file_name, fold_file_name


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("a.html", "a"),
        ("news/2023/a b.TXT", "news/2023/a b"),
        ("v1.2", "v1.2"),
        ("../../etc/passwd", "_/_/etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        (".bashrc", "bashrc"),
        ("a\\b\0c:d", "a_b_c_d"),
        ("https://example.com/a?b=c", "https_/example.com/a_b_c"),
        ("..", "_"),
        ("", "_"),
        (".html", "html"),
        ("日本語.html", "日本語"),
        ("a.html.gz", "a"),
        ("con.html", "_con"),
        ("a/NUL.txt/b", "a/_NUL.txt_/b"),
        ("https://example.com/a.md/b", "https_/example.com/a.md_/b"),
    ],
)
def test_file_name(document, expected):
    assert file_name(document) == expected


def test_long_names_are_cut_and_stay_apart():
    one, other = file_name("x" * 400 + "1"), file_name("x" * 400 + "2")
    assert one != other
    assert len(one) < 200


@given(st.text())
def test_no_id_leads_out_of_the_folder(document):
    path = Path(file_name(document))
    assert not path.is_absolute()
    assert all(part.strip(".") for part in path.parts)
    assert all(0 < len(part.encode()) < 200 for part in path.parts)


def test_deep_paths_are_cut_and_stay_apart():
    one, other = (file_name("https://a.example/" + "deeper/" * 500 + end) for end in "12")
    assert one != other
    assert len(one) < 100


@pytest.mark.parametrize(("one", "other"), [("A", "a"), ("Stra\u00dfe", "STRASSE"), ("caf\u00e9", "cafe\u0301")])
def test_names_that_some_file_systems_take_for_one(one, other):
    assert fold_file_name(one) == fold_file_name(other)

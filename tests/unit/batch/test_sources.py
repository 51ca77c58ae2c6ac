import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from cleaner.batch import sources
from cleaner.batch.records import Document, Failure

STDIN = Path("-")


def fill(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def feed(monkeypatch, data):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def ids(documents):
    return [document.id for document in documents]


def test_folder_gives_its_pages_in_the_order_of_their_names(tmp_path):
    fill(tmp_path, b_txt="b", a_HTML="a", c_htm="c", sub__d_xhtml="d", sub__e_md="e", f_png="f", g_css="g")
    assert ids(sources.find([tmp_path])) == ["a.HTML", "b.txt", "c.htm", "sub/d.xhtml", "sub/e.md"]


def test_folder_is_searched_neither_in_hidden_places_nor_in_the_output(tmp_path):
    fill(tmp_path, a_txt="a", _hidden__b_txt="b", _c_txt="c", out__d_txt="d", sub__out__e_txt="e")
    assert ids(sources.find([tmp_path], skip=tmp_path / "out")) == ["a.txt", "sub/out/e.txt"]


def test_file_named_itself_is_read_whatever_it_is_called(tmp_path):
    fill(tmp_path, page_php="content")
    (document,) = sources.find([tmp_path / "page.php"])
    assert (document.id, document.path, document.read()) == ("page.php", "page.php", b"content")


def test_file_has_the_same_id_alone_as_in_its_folder(tmp_path):
    fill(tmp_path, a_txt="a")
    assert ids(sources.find([tmp_path])) == ids(sources.find([tmp_path / "a.txt"]))


def test_files_are_read_only_when_their_turn_comes(tmp_path):
    fill(tmp_path, a_txt="early")
    (document,) = sources.find([tmp_path])
    fill(tmp_path, a_txt="late")
    assert document.read() == b"late"


def test_equal_ids_are_told_apart_in_order(tmp_path):
    fill(
        tmp_path, x__a_txt="1", y__a_txt="2", rows_jsonl='{"text": "3", "id": "a.txt~2"}\n{"text": "4", "id": "a.txt"}'
    )
    found = sources.find([tmp_path / "x", tmp_path / "y", tmp_path / "rows.jsonl"])
    assert ids(found) == ["a.txt", "a.txt~2", "a.txt~2~2", "a.txt~3"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('{"html": "<p>x", "id": "7"}', Document(id="7", path="r.jsonl:1", content="<p>x")),
        ('{"text": "x", "id": 7}', Document(id="7", path="r.jsonl:1", content="x")),
        ('{"text": "x", "url": "u"}', Document(id="u", path="r.jsonl:1", content="x", url="u")),
        ('{"text": "x", "url": "u", "id": "7"}', Document(id="7", path="r.jsonl:1", content="x", url="u")),
        ('{"text": "x"}', Document(id="r.jsonl:1", path="r.jsonl:1", content="x")),
        ('{"text": "x", "id": ""}', Document(id="r.jsonl:1", path="r.jsonl:1", content="x")),
        ('{"html": "<p>x", "text": "y"}', Document(id="r.jsonl:1", path="r.jsonl:1", content="<p>x")),
        ('{"text": "x", "score": [1]}', Document(id="r.jsonl:1", path="r.jsonl:1", content="x")),
    ],
)
def test_row(tmp_path, row, expected):
    fill(tmp_path, r_jsonl=row)
    assert list(sources.find([tmp_path])) == [expected]


@pytest.mark.parametrize("row", ['{"text": ', "[1]", '{"text": 1}', '{"url": "u"}', '"\\ud800"', "nonsense"])
def test_broken_row_fails_alone_and_says_where(tmp_path, row):
    fill(tmp_path, r_jsonl=f'{{"text": "a"}}\n\n{row}\n{{"text": "b"}}\n')
    first, broken, last = sources.find([tmp_path])
    assert isinstance(broken, Failure)
    assert broken.path == "r.jsonl:3"
    assert (first.content, last.content) == ("a", "b")


def test_row_that_is_not_utf8_fails_alone(tmp_path):
    (tmp_path / "r.jsonl").write_bytes(b'{"text": "a\xff"}\n{"text": "b"}\n')
    broken, good = sources.find([tmp_path])
    assert isinstance(broken, Failure)
    assert good.content == "b"


def test_missing_rows_file_is_a_failure(tmp_path):
    (failed,) = sources.find([tmp_path / "gone.jsonl"])
    assert failed == Failure("gone.jsonl", "FileNotFoundError", "No such file or directory")


def test_standard_input_is_one_page(monkeypatch):
    feed(monkeypatch, b"First line\n\nSecond line\n")
    (document,) = sources.find([STDIN])
    assert (document.id, document.path) == ("stdin", "-")
    assert document.read() == b"First line\n\nSecond line\n"


def test_standard_input_may_be_rows(monkeypatch):
    feed(monkeypatch, b'{"text": "a", "id": "1"}\n{"text": "b", "id": "2"}\n')
    assert ids(sources.find([STDIN])) == ["1", "2"]


def test_page_that_starts_like_json_is_still_a_page(monkeypatch):
    feed(monkeypatch, b'{"title": "x"}\nA page about JSON.\n')
    (document,) = sources.find([STDIN])
    assert document.read().endswith(b"about JSON.\n")


def test_count_is_what_find_gives(tmp_path):
    fill(tmp_path, in__a_txt="a", in__sub__b_html="b", in__c_png="c", in__out__d_txt="d", e_php="e")
    paths = [tmp_path / "in", tmp_path / "e.php"]
    found = list(sources.find(paths, skip=tmp_path / "in" / "out"))
    assert sources.count(paths, skip=tmp_path / "in" / "out") == len(found) == 3


def test_count_does_not_read_rows(tmp_path):
    fill(tmp_path, a_txt="a", r_jsonl="{}")
    assert sources.count([tmp_path]) is None
    assert sources.count([STDIN]) is None

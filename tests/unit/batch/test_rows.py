"""The good page of a row comes out, however odd its other fields are; what cannot is one failure with a word on the field."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaner.batch import rows
from cleaner.batch.records import InputDocument
from cleaner.batch.sources import Inputs
from cleaner.storage.run_files import Failure

PAGE = "<p>The old ferry carried its last lorry on Tuesday."


def read(path, **fields):
    names = rows.parse_field_names(f"{ours}={theirs}" for ours, theirs in fields.items())
    return [item.document for item in Inputs([path], fields=names).documents()]


def write(tmp_path, *lines):
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return path


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"html": PAGE, "url": 17}, {"id": "in.jsonl:1", "url": None}),
        ({"html": PAGE, "url": ""}, {"id": "in.jsonl:1", "url": None}),
        ({"html": PAGE, "id": 5.0}, {"id": "5"}),
        ({"html": PAGE, "id": True, "url": "u"}, {"id": "u"}),
        ({"html": PAGE, "id": ["x"]}, {"id": "in.jsonl:1"}),
        ({"html": "  ", "text": PAGE}, {"content": PAGE}),
        ({"html": None, "text": PAGE}, {"content": PAGE}),
        ({"text": ["Ferry", "The end"]}, {"content": "Ferry\n\nThe end"}),
        ({"raw_html": PAGE, "link": "u"}, {"content": PAGE, "url": "u"}),
        ({"body": "", "content": PAGE}, {"content": PAGE}),
        ({"content": {"rendered": PAGE}}, {"content": PAGE}),
        (b'\xef\xbb\xbf{"html": "<p>a"}', {"content": "<p>a"}),
        (b'{"html": "<p>a", "url": NaN, "score": Infinity}', {"content": "<p>a", "url": None}),
        (b'{"html": "<p>a\\ud83d b"}', {"content": "<p>a\ufffd b"}),
        (b'{"html": "<p>\\ud83c\\udf75\\ud83d"}', {"content": "<p>\U0001f375\ufffd"}),
        (b'{"html": "<p>a\tb"}', {"content": "<p>a\tb"}),
    ],
)
def test_a_row_with_a_page(tmp_path, monkeypatch, row, expected):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, row)
    (document,) = read("in.jsonl")
    assert {name: getattr(document, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([1, 2], "the row is not an object"),
        (b"oops", "not JSON"),
        (b'{"html": "<p>a', "not JSON"),
        ({"html": 5}, "html is a number, not a text"),
        ({"html": True}, "html is true or false, not a text"),
        ({"html": {"code": 3}}, "html is an object; its fields are html.code"),
        ({"html": "", "text": " "}, "the page in the row is empty"),
        ({"id": "x", "story": PAGE}, "neither html nor text; its fields are id, story (--field html=NAME"),
    ],
)
def test_a_row_without_one_fails_alone(tmp_path, row, message):
    broken, good = read(write(tmp_path, row, {"html": PAGE}))
    assert isinstance(broken, Failure)
    assert message in broken.message
    assert good.content == PAGE


def test_a_field_that_the_user_names_must_be_there(tmp_path):
    failed, empty, good = read(
        write(tmp_path, {"text": "x", "html": PAGE}, {"story": "", "text": PAGE}, {"story": PAGE}), html="story"
    )
    assert "no field is named story; its fields are text, html" in failed.message
    assert (empty.content, good.content) == (PAGE, PAGE)


def test_a_field_may_be_nested(tmp_path):
    (document,) = read(
        write(tmp_path, {"page": {"body": PAGE, "at": {"url": "u"}}}), html="page.body", url="page.at.url"
    )
    assert (document.content, document.url) == (PAGE, "u")


def table(tmp_path, columns):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize(
    ("columns", "urls"),
    [
        ({"url": pa.array([b"u", None])}, ["u", None]),
        ({"url": pa.array([1, 2])}, [None, None]),
        ({"url": pa.array(["u", "v"]).dictionary_encode()}, ["u", "v"]),
        ({"link": pa.array(["u", "v"], pa.large_string())}, ["u", "v"]),
        ({"id": pa.array([1.0, 2.5])}, [None, None]),
        ({"fetched": pa.array([1, 2**62], pa.timestamp("ns"))}, [None, None]),
        ({"id": pa.array([[1], [2]])}, [None, None]),
    ],
)
def test_columns_of_any_type_cost_no_page(tmp_path, columns, urls):
    documents = read(table(tmp_path, {"html": [PAGE, PAGE], **columns}))
    assert all(isinstance(document, InputDocument) for document in documents)
    assert [document.url for document in documents] == urls


@pytest.mark.parametrize(
    "pages",
    [
        pa.array([PAGE.encode()]),
        pa.array([PAGE.encode()], pa.large_binary()),
        pa.array([PAGE]).dictionary_encode(),
        pa.array([[PAGE]]),
        pa.array([{"html": PAGE, "code": 200}]),
    ],
)
def test_pages_in_columns_of_any_type(tmp_path, pages):
    (document,) = read(table(tmp_path, {"html": pages}))
    assert document.content in (PAGE, PAGE.encode())


def test_a_column_in_a_struct_is_named_with_a_dot(tmp_path):
    pages = pa.array([{"body": PAGE, "code": 200}])
    (document,) = read(table(tmp_path, {"page": pages}), html="page.body")
    assert document.content == PAGE


@pytest.mark.parametrize("name", ["a.parquet", "a.csv"])
def test_a_column_that_the_user_names_must_be_there(tmp_path, name):
    path = tmp_path / name
    if name == "a.csv":
        path.write_text("id,text\n1,Ferry\n")
    else:
        table(tmp_path, {"id": ["1"], "text": ["Ferry"]})
    (failed,) = read(path, html="body")
    assert "no column is named body; its fields are id, text" in failed.message

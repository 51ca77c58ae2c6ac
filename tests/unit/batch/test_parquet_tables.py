import io
import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cleaner
from cleaner.batch import parquet_tables
from cleaner.batch.jsonl import FieldNames
from cleaner.batch.records import InputDocument
from cleaner.fields import Column
from cleaner.storage.run_files import Failure

DUMP = "Tea\n\nTea is picked by hand in spring, before the first rains come.\n\nShare this story\n"


def read(table, fields=FieldNames(), start=(0, 0), **options):  # noqa: B008  a frozen value
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return [found for found, _ in parquet_tables.read_parquet(file, "a.parquet", start, fields)]


def test_rows_are_read_with_what_is_known_of_them():
    fetched = [datetime(2023, 5, 1, 23, tzinfo=UTC), None]
    found = read(pa.table({"html": ["<p>a", None], "text": [None, "b"], "id": [7, 8], "fetched": fetched, "n": [1, 2]}))
    assert found == [
        InputDocument(id="7", path="a.parquet:1", content="<p>a", fetched=date(2023, 5, 1)),
        InputDocument(id="8", path="a.parquet:2", content="b"),
    ]


def test_fields_may_be_called_otherwise_and_hold_bytes():
    (found,) = read(pa.table({"body": [b"<p>a"], "uri": ["u"]}), FieldNames(html="body", url="uri"))
    assert found == InputDocument(id="u", path="a.parquet:1", content=b"<p>a", url="u")


def test_row_without_a_page_fails_alone():
    first, second = read(pa.table({"text": [None, "b"]}))
    assert isinstance(first, Failure)
    assert second.content == "b"


def test_table_without_pages_says_how_to_name_their_column():
    (skipped,) = read(pa.table({"story": ["a"], "id": ["b"]}))
    assert skipped.kind == "table"
    assert "its fields are story, id (--field html=NAME" in skipped.why


@pytest.mark.parametrize("start", range(11))
def test_reading_goes_on_at_any_row(start):
    table = pa.table({"text": [str(number) for number in range(10)]})
    found = read(table, start=(start, start), row_group_size=3)
    assert [document.content for document in found] == [str(number) for number in range(start, 10)]


def test_columns_are_those_of_a_row_of_articles():
    assert list(parquet_tables.article_schema().names) == list(cleaner.clean(DUMP).to_dict())


def test_articles_come_back_as_they_were(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_tables, "_MAX_GROUP_ROWS", 2)
    rows = [cleaner.clean(DUMP, url=f"https://tea.example/{number}").to_dict() for number in range(5)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    parquet_tables.pack_parquet(tmp_path / "a.jsonl", tmp_path / "a.parquet")
    file = pq.ParquetFile(tmp_path / "a.parquet")
    assert file.num_row_groups == 3
    assert file.read().to_pylist() == [parquet_tables.make_table_row(row) for row in rows]
    assert parquet_tables.make_table_row(rows[0])["removed"][0].keys() == {"label", "count"}


def test_optional_columns_come_back_as_they_were(tmp_path):
    page = (
        "<html><body><article><h1>Tea</h1><figure><img src='/hill.jpg'></figure>"
        "<p>The leaves are picked by hand in spring, before the first rains come to the hills.</p></article></body></html>"
    )
    row = cleaner.clean(page).to_dict(tuple(Column))
    assert row["images"] == [{"url": "/hill.jpg", "alt": "", "caption": None, "credit": None, "after": 0}]
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    parquet_tables.pack_parquet(tmp_path / "a.jsonl", tmp_path / "a.parquet", tuple(Column))
    (read_back,) = pq.read_table(tmp_path / "a.parquet").to_pylist()
    assert read_back == parquet_tables.make_table_row(row)

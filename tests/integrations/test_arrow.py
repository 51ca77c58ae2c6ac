import json
import multiprocessing

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install -e '.[parquet]'")
import pyarrow as pa

from cleaner.batch.jsonl import FieldNames
from cleaner.errors import RuleError
from cleaner.fields import FIELDS
from cleaner.integrations import arrow, isolated
from cleaner.worker_pool import WorkLimits

from .conftest import PAGES, expected

COLUMNS = [field.name for field in FIELDS]
TEXT = "Tea\n\nTea is picked by hand in spring, before the first rains come.\n"


@pytest.fixture(autouse=True, scope="module")
def no_process_stays():
    yield
    isolated.end_workers()
    assert not multiprocessing.active_children()


def counts(removed):
    return {each["label"]: each["count"] for each in removed or ()}


def batch(*rows):
    return pa.RecordBatch.from_pylist(list(rows))


@pytest.mark.parametrize("kind", [pa.RecordBatch, pa.Table])
def test_rows_are_those_of_a_run(kind, jsonl, tmp_path):
    given = kind.from_pylist([{"html": None, "text": None} | row for row in PAGES])
    made = arrow.clean(given)
    assert type(made) is kind
    assert made.schema == arrow.schema()
    rows = [row | {"removed": counts(row["removed"])} for row in made.to_pylist()]
    articles, failures = expected(jsonl, tmp_path / "out")
    good = [row for row in rows if row["error"] is None]
    assert [{key: row[key] for key in COLUMNS if key != "path"} for row in good] == [
        {key: row[key] for key in COLUMNS if key != "path"} for row in articles
    ]
    bad = [(row["id"], row["error"], row["message"], row["text"]) for row in rows if row["error"]]
    assert bad == [
        (name, row["error"], row["message"], None) for name, row in zip(["empty", "image"], failures, strict=True)
    ]
    assert [row["id"] for row in rows] == [row["id"] for row in PAGES]


def test_no_rows_make_no_rows():
    made = arrow.clean(batch({"text": TEXT}).slice(1))
    assert made.num_rows == 0
    assert made.schema == arrow.schema()


@pytest.mark.parametrize(
    ("row", "name", "path"),
    [
        ({"text": TEXT, "id": 7, "url": "https://tea.example/a"}, "7", "7"),
        ({"text": TEXT, "url": "https://tea.example/a"}, "https://tea.example/a", "https://tea.example/a"),
        ({"text": TEXT, "id": "a", "path": "crawl/1.html"}, "a", "crawl/1.html"),
        ({"text": None, "html": b" ", "id": None, "url": "https://tea.example/a"}, "https://tea.example/a", None),
        ({"text": None, "id": "a"}, "a", "a"),
    ],
)
def test_names(row, name, path):
    made = arrow.clean(batch(row)).to_pylist()[0]
    assert (made["id"], made["path"]) == (name, path or name)
    assert made["url"] == row.get("url")


def test_a_page_without_a_name_is_named_by_its_content():
    named = [row["id"] for row in arrow.clean(batch({"text": TEXT}, {"text": TEXT + "More."})).to_pylist()]
    assert named[0] == arrow.clean(batch({"text": TEXT.encode()})).to_pylist()[0]["id"]
    assert len(set(named)) == 2


def test_columns_may_have_other_names():
    given = batch({"body": TEXT, "key": "a", "html": None, "other": 1})
    assert arrow.clean(given, fields=FieldNames(text="body", id="key")).to_pylist()[0]["id"] == "a"
    with pytest.raises(ValueError, match=r"no column is named page or text; fields=FieldNames\(html=NAME\)"):
        arrow.clean(given, fields=FieldNames(html="page"))


def test_rules_and_lean_count(tmp_path):
    (tmp_path / "tea.example.toml").write_text(
        'hosts = ["tea.example"]\n[[drop]]\nlabel = "promo"\nstarts = "Buy"\nwhy = "sells tea"\n', encoding="utf-8"
    )
    given = batch(
        {"text": TEXT + "\nBuy the tea of spring in our shop by the harbour.\n", "url": "https://tea.example/"}
    )
    made = arrow.clean(given, rules=[tmp_path]).to_pylist()[0]
    assert counts(made["removed"])["promo"] == 1
    with pytest.raises(ValueError, match="loud"):
        arrow.clean(given, lean="loud")


def test_a_page_over_its_limits_costs_itself_only():
    made = arrow.clean(batch({"text": TEXT, "id": "a"}, {"text": TEXT, "id": "b"}), limits=WorkLimits(seconds=1e-9))
    assert [(row["id"], row["error"]) for row in made.to_pylist()] == [("a", "TimeLimitError"), ("b", "TimeLimitError")]
    assert arrow.clean(batch({"text": TEXT})).to_pylist()[0]["error"] is None


def test_invalid_rules_are_reported_every_time(tmp_path):
    (tmp_path / "tea.example.toml").write_text("hosts = 1", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RuleError, match=r"tea\.example\.toml"):
            arrow.clean(batch({"text": TEXT}), rules=[tmp_path])
    (tmp_path / "tea.example.toml").write_text('hosts = ["tea.example"]', encoding="utf-8")
    assert arrow.clean(batch({"text": TEXT}), rules=[tmp_path]).num_rows == 1


FORKS = """
import json
import os
import sys

import pyarrow
from cleaner.integrations import arrow

if __name__ == "__main__":
    pages = [pyarrow.Table.from_pylist([{"text": text}]) for text in json.loads(sys.argv[1])]
    rows = [arrow.clean(page) for page in pages]
    child = os.fork()
    side = 1 if child else 0
    for _ in range(20):
        assert arrow.clean(pages[side]) == rows[side]
    if not child:
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
"""


def test_processes_that_fork_clean_on_both_sides(script):
    path = script.folder / "forks.py"
    path.write_text(FORKS, encoding="utf-8")
    script.run(path, json.dumps([TEXT, TEXT + "More."]))

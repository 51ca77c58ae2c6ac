import pytest

from cleaner.analysis.run_reader import open_run
from cleaner.errors import RunError


def test_each_article_comes_with_its_removed_blocks(run, rows):
    article, dropped = rows
    articles = [article(1), article(2), article(3)]
    removed = [dropped(articles[0], 0, "Share"), dropped(articles[2], 0, "Menu"), dropped(articles[2], 2, "Home")]
    documents = list(open_run(run("new", articles, removed)).documents())
    assert [[block.text for block in document.dropped] for document in documents] == [["Share"], [], ["Menu", "Home"]]


def test_shards_are_read_in_their_order(run, rows):
    article, dropped = rows
    folder = run("new", [article(1)], [dropped(article(1), 0, "Share")])
    other = run("other", [article(2)], [dropped(article(2), 0, "Menu")])
    for table in ("articles", "removed"):
        (folder / f"{table}.jsonl").rename(folder / f"{table}-00000.jsonl")
        (other / f"{table}.jsonl").rename(folder / f"{table}-00001.jsonl")
    documents = list(open_run(folder).documents())
    assert [(document.row.id, document.dropped[0].text) for document in documents] == [
        ("page-1", "Share"),
        ("page-2", "Menu"),
    ]


def test_tables_of_different_runs_are_refused(run, rows):
    article, dropped = rows
    folder = run("new", [article(1)], [dropped(article(2), 0, "Share")])
    with pytest.raises(RunError, match="page-2"):
        list(open_run(folder).documents())


@pytest.mark.parametrize("name", ["run.json", "articles.jsonl", "removed.jsonl", "failures.jsonl"])
def test_what_is_missing_is_named(run, rows, name):
    folder = run("new", [rows[0](1)])
    (folder / name).unlink()
    with pytest.raises(RunError, match=name):
        open_run(folder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("articles.jsonl", b"{}\n"),
        ("articles.jsonl", b"\xff\n"),
        ("removed.jsonl", b'{"id": "page-1"}\n'),
        ("removed.jsonl", b"not JSON\n"),
    ],
)
def test_a_row_that_is_none_is_refused_with_its_place(run, rows, name, content):
    folder = run("new", [rows[0](1)])
    (folder / name).write_bytes(content)
    with pytest.raises(RunError, match=f"{name}:1"):
        list(open_run(folder).documents())


def test_a_manifest_that_is_none_is_refused(run, rows):
    folder = run("new", [rows[0](1)])
    (folder / "run.json").write_text("[", encoding="utf-8")
    with pytest.raises(RunError, match=r"run\.json"):
        open_run(folder)

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.batch import run_folder
from cleaner.batch.records import CleanedDocument, InputPosition, RemovedBlock
from cleaner.batch.run_folder import ResumeMode, RunFolder, RunPlan, find_unfinished
from cleaner.batch.spool import TableLayout
from cleaner.batch.summary import RunSummary
from cleaner.errors import OutputError, ResumeError
from cleaner.render.output_formats import OutputFormat
from cleaner.storage import atomic_files
from cleaner.storage.run_files import Failure
from cleaner.storage.streams import zstd

TABLES = {"articles.jsonl", "removed.jsonl", "failures.jsonl", "skipped.jsonl", "run.json"}
FAILURE = Failure("b.txt", "PageError", "empty")


def plan(form=OutputFormat.JSONL, shard_size=None, **others):
    return RunPlan(layout=TableLayout(form=form, shard_size=shard_size), **others)


def cleaned(name="a", article=None, *, removed=1):
    row = RemovedBlock(
        id=name,
        index=3,
        label="share",
        judge="common_rules",
        rule=None,
        why="share bar",
        score=None,
        at=0,
        text="Share",
    )
    article = b'{"id": "%s"}\n' % name.encode() if article is None else article
    return CleanedDocument(id=name, article=article, removed=(row,) * removed, characters=10, kept=5)


def at(number):
    return InputPosition(0, "rows.jsonl", (number, number), "")


def write(out, outcomes, *, of=None, resume=ResumeMode.NO):
    with RunFolder(out, of or plan(), resume) as folder:
        for outcome in outcomes:
            folder.write_outcome(outcome)
        folder.commit({})


def stop(out, outcomes, *, of=None):
    """A run that is stopped after ``outcomes``."""
    with pytest.raises(KeyboardInterrupt), RunFolder(out, of or plan()) as folder:  # noqa: PT012  all of it may
        for number, outcome in enumerate(outcomes):
            folder.write_outcome(outcome, at(number))
        raise KeyboardInterrupt


def names(folder):
    """Of finished files: what is hidden is not one of them."""
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name for name in files if not name.startswith(".")}


def contents(folder):
    return {name: (folder / name).read_bytes() for name in names(folder)}


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def ids(path):
    return [row["id"] for row in rows(path)]


def test_tables_of_a_run(tmp_path):
    with RunFolder(tmp_path / "new" / "out", plan()) as folder:
        folder.write_outcome(cleaned())
        folder.write_outcome(FAILURE)
        folder.commit({"documents": 2})
    out = tmp_path / "new" / "out"
    assert {path.name for path in out.iterdir()} == TABLES
    assert rows(out / "articles.jsonl") == [{"id": "a"}]
    assert rows(out / "failures.jsonl") == [{"path": "b.txt", "error": "PageError", "message": "empty"}]
    (removed,) = rows(out / "removed.jsonl")
    assert list(removed) == ["id", "index", "label", "judge", "rule", "why", "score", "at", "text"]
    assert json.loads((out / "run.json").read_text()) == {"documents": 2, "tables": sorted(TABLES - {"run.json"})} | {
        "tables": ["articles.jsonl", "removed.jsonl", "failures.jsonl", "skipped.jsonl"]
    }


def test_no_table_has_its_final_name_before_the_commit(tmp_path):
    with RunFolder(tmp_path, plan()) as folder:
        folder.write_outcome(cleaned())
        assert not names(tmp_path)


def test_crash_leaves_the_tables_of_the_run_before(tmp_path):
    for name in TABLES:
        (tmp_path / name).write_text("before")
    stop(tmp_path, [cleaned()])
    assert contents(tmp_path) == dict.fromkeys(TABLES, b"before")


def test_run_json_is_gone_while_tables_of_two_runs_stand_together(tmp_path, monkeypatch):
    (tmp_path / "run.json").write_text("before")
    replace = Path.replace

    def fail_at_second(self, target):
        if target.name == "removed.jsonl":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_at_second)
    with pytest.raises(OutputError, match=r"removed\.jsonl: cannot write: No space left"):
        write(tmp_path, [cleaned()])
    assert names(tmp_path) == {"articles.jsonl"}
    monkeypatch.undo()
    write(tmp_path, [], resume=ResumeMode.SAME)
    assert names(tmp_path) == TABLES
    assert ids(tmp_path / "articles.jsonl") == ["a"]


def test_shards_hold_so_many_articles_and_what_was_removed_from_them(tmp_path):
    write(tmp_path, [cleaned("a"), FAILURE, cleaned("b"), cleaned("c", removed=3)], of=plan(shard_size=2))
    assert ids(tmp_path / "articles-00000.jsonl") == ids(tmp_path / "removed-00000.jsonl") == ["a", "b"]
    assert ids(tmp_path / "articles-00001.jsonl") == ["c"]
    assert ids(tmp_path / "removed-00001.jsonl") == ["c"] * 3
    assert len(rows(tmp_path / "failures.jsonl")) == 1


@pytest.mark.parametrize(("articles", "shards"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2)])
def test_no_shard_is_empty_but_for_an_only_one(tmp_path, articles, shards):
    write(tmp_path, [cleaned(str(number)) for number in range(articles)], of=plan(shard_size=2))
    assert len(list(tmp_path.glob("articles-*"))) == shards


def test_tables_in_other_formats(tmp_path):
    write(tmp_path / "zst", [cleaned("a"), cleaned("b")], of=plan(OutputFormat.JSONL_ZST))
    assert names(tmp_path / "zst") == {
        "articles.jsonl.zst",
        "removed.jsonl.zst",
        "failures.jsonl",
        "skipped.jsonl",
        "run.json",
    }
    assert zstd.decompress((tmp_path / "zst" / "articles.jsonl.zst").read_bytes()) == b'{"id": "a"}\n{"id": "b"}\n'
    articles = [cleaned(name, b'{"id": "%s", "removed": {"share": 1}}\n' % name.encode()) for name in ("a", "b")]
    write(tmp_path / "parquet", articles, of=plan(OutputFormat.PARQUET, shard_size=1))
    table = pq.read_table(tmp_path / "parquet" / "articles-00001.parquet")
    assert table.column("id").to_pylist() == ["b"]
    assert table.column("removed").to_pylist() == [[{"label": "share", "count": 1}]]
    assert {"removed-00001.jsonl", "failures.jsonl"} < names(tmp_path / "parquet")


def test_tables_of_the_run_before_go_and_nothing_else(tmp_path):
    write(tmp_path, [cleaned(str(number)) for number in range(3)], of=plan(shard_size=1))
    (tmp_path / "articles-mine.jsonl").touch()
    write(tmp_path, [cleaned()], of=plan(OutputFormat.JSONL_ZST))
    kept = {"articles-mine.jsonl", "failures.jsonl", "skipped.jsonl", "run.json"}
    assert names(tmp_path) == {"articles.jsonl.zst", "removed.jsonl.zst", *kept}


def test_no_file_goes_because_a_stranger_s_run_json_names_it(tmp_path):
    (tmp_path / "mine").touch()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text('{"tables": ["../mine", "sub/mine"]}')
    write(tmp_path / "out", [cleaned()])
    assert (tmp_path / "mine").exists()


def test_documents_of_their_own(tmp_path):
    write(tmp_path, [cleaned("sub/a.html", b"one\n"), cleaned("sub/A.txt", b"two\n")], of=plan(OutputFormat.MD))
    written = names(tmp_path) - TABLES
    assert {(tmp_path / name).read_text() for name in written} == {"one\n", "two\n"}
    assert len({name.casefold() for name in written}) == 2
    assert "sub/a.md" in written
    assert "articles.jsonl" not in names(tmp_path)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet="aA/._md", min_size=1, max_size=6), unique=True, max_size=8))
def test_no_two_documents_share_a_file(documents):
    with TemporaryDirectory() as folder:
        out = Path(folder)
        write(out, [cleaned(document, document.encode()) for document in documents], of=plan(OutputFormat.MD))
        written = {path for path in out.rglob("*.md") if path.is_file()}
        assert len({str(path).casefold() for path in written}) == len(documents)
        assert {path.read_text() for path in written} == {*documents}


def test_equal_ids_are_numbered_in_order(tmp_path):
    with RunFolder(tmp_path, plan()) as folder:
        given = [folder.assign_id(name, number) for number, name in enumerate(["a", "a", "a~2", "a", "b"])]
    assert given == ["a", "a~2", "a~2~2", "a~3", "b"]


STEPS = [cleaned("a"), FAILURE, cleaned("b", removed=2), cleaned("c"), FAILURE, cleaned("d")]


@pytest.mark.parametrize(
    "of", [plan(), plan(OutputFormat.MD), plan(shard_size=1), plan(OutputFormat.JSONL_ZST, 2)], ids=str
)
@pytest.mark.parametrize("done", range(1, 7))
def test_stopped_run_goes_on_to_the_same_bytes(tmp_path, of, done):
    write(tmp_path / "whole", STEPS, of=of)
    stop(tmp_path / "out", STEPS[:done], of=of)
    assert find_unfinished(tmp_path / "out").documents == done
    with RunFolder(tmp_path / "out", of, ResumeMode.SAME) as folder:
        assert folder.position == at(done - 1)
        for outcome in STEPS[done:]:
            folder.write_outcome(outcome)
        folder.commit({})
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert find_unfinished(tmp_path / "out") is None


def test_what_came_after_the_checkpoint_is_cut_off(tmp_path, monkeypatch):
    monkeypatch.setattr(run_folder, "_MIN_CHECKPOINT_SECONDS", 10**6)
    with pytest.raises(ZeroDivisionError), RunFolder(tmp_path, plan()) as folder:  # noqa: PT012  all of it may
        folder.write_outcome(cleaned("a"))
        folder.assign_id("b", 2)
        folder.save_checkpoint()
        folder.write_outcome(cleaned("b"))
        raise ZeroDivisionError
    assert b'"b"' in (tmp_path / run_folder.WORK_FOLDER / "articles.jsonl").read_bytes()
    with RunFolder(tmp_path, plan(), ResumeMode.SAME) as folder:
        assert folder.summary.documents == 1
        assert folder.assign_id("b", 2) == "b"
        folder.commit({})
    assert ids(tmp_path / "articles.jsonl") == ["a"]


def test_unfinished_run_is_not_thrown_away_unasked(tmp_path):
    stop(tmp_path, [cleaned("a"), FAILURE])
    with pytest.raises(ResumeError, match=r"unfinished run of 2 documents.*--resume.*remove .*\.unfinished"):
        write(tmp_path, [cleaned()])
    assert find_unfinished(tmp_path).documents == 2


def test_run_that_did_nothing_yet_is_no_unfinished_one(tmp_path):
    stop(tmp_path, [])
    write(tmp_path, [cleaned()])
    assert names(tmp_path) == TABLES


def test_nothing_to_go_on_with_is_a_new_run(tmp_path):
    write(tmp_path, [cleaned()], resume=ResumeMode.SAME)
    assert names(tmp_path) == TABLES


@pytest.mark.parametrize(
    ("now", "resume", "problem"),
    [
        (plan(made_with={"rules": "2"}), ResumeMode.SAME, "changed since.*: rules. .*--despite-changes"),
        (
            plan(made_with={"rules": "1"}, inputs={"paths": ["b"]}),
            ResumeMode.SAME,
            "changed since.*: paths. to start again",
        ),
        (
            plan(made_with={"rules": "2"}, inputs={"paths": ["b"]}),
            ResumeMode.ANYWAY,
            "changed since.*: paths. to start",
        ),
        (plan(OutputFormat.MD, made_with={"rules": "1"}), ResumeMode.ANYWAY, "changed since.*: format. to start"),
    ],
)
def test_changed_plan_is_refused(tmp_path, now, resume, problem):
    stop(tmp_path, [cleaned()], of=plan(made_with={"rules": "1"}))
    with pytest.raises(ResumeError, match=problem):
        write(tmp_path, [], of=now, resume=resume)


def test_changed_rules_are_accepted_on_request_and_recorded(tmp_path):
    stop(tmp_path, [cleaned()], of=plan(made_with={"rules": "1"}))
    write(tmp_path, [], of=plan(made_with={"rules": "2"}), resume=ResumeMode.ANYWAY)
    assert json.loads((tmp_path / "run.json").read_text())["changed_midway"] == ["rules"]


def test_two_runs_do_not_write_to_one_folder(tmp_path):
    with RunFolder(tmp_path, plan()), pytest.raises(OutputError, match="another run is writing there"):
        write(tmp_path, [cleaned()])


def test_table_that_lost_what_it_had_is_not_gone_on_with(tmp_path):
    stop(tmp_path, [cleaned()])
    (tmp_path / run_folder.WORK_FOLDER / "articles.jsonl").write_bytes(b"")
    with pytest.raises(OutputError, match="are lost"):
        write(tmp_path, [], resume=ResumeMode.SAME)


def test_invalid_ledger_is_reported(tmp_path):
    (tmp_path / run_folder.WORK_FOLDER).mkdir()
    (tmp_path / run_folder.WORK_FOLDER / "ledger.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(OutputError, match="not a database"):
        write(tmp_path, [cleaned()])


def test_ledger_holds_sixteen_bytes_of_an_id_however_long(tmp_path):
    with RunFolder(tmp_path, plan()) as folder:
        folder.assign_id("x" * 10_000, 1)
        folder.save_checkpoint()
    with closing(sqlite3.connect(tmp_path / run_folder.WORK_FOLDER / "ledger.sqlite")) as ledger:
        assert ledger.execute("SELECT length(name) FROM names").fetchall() == [(16,)]


def test_checkpoints_become_rarer_where_they_take_long(tmp_path, monkeypatch):
    clock = iter(range(0, 10**6, 10))
    monkeypatch.setattr(run_folder, "monotonic", lambda: next(clock))
    with RunFolder(tmp_path, plan()) as folder:
        folder.save_checkpoint()
        assert folder._next_checkpoint == 10 + 10 / run_folder._MAX_CHECKPOINT_SHARE


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir])
def test_folder_that_cannot_be_written(tmp_path, make):
    out = tmp_path / "out"
    if make is Path.touch:
        out.touch()
    else:
        (out / run_folder.WORK_FOLDER / "removed.jsonl").mkdir(parents=True)
    with pytest.raises(OutputError, match="cannot write"):
        write(out, [cleaned()])


def test_interrupted_write_leaves_no_file(tmp_path, monkeypatch):
    def crash(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic_files.os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        atomic_files.write_atomic(tmp_path / "a.json", b"{}")
    assert not list(tmp_path.iterdir())


def test_summary_survives(tmp_path):
    stop(tmp_path, [cleaned("a", removed=2), FAILURE])
    assert find_unfinished(tmp_path) == RunSummary(documents=2, failed=1, characters=10, kept=5, removed={"share": 2})

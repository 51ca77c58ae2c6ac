import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch import sinks
from cleaner.batch.formats import Format
from cleaner.batch.records import Cleaned, Failure, Removed
from cleaner.batch.sinks import RunFolder, file_name
from cleaner.errors import OutputError

TABLES = {"articles.jsonl", "removed.jsonl", "failures.jsonl", "run.json"}


def cleaned(name="a", article=b'{"id": "a"}\n', *, removed=1):
    row = Removed(id=name, index=3, label="share", judge="common_rules", rule=None, why="share bar", text="Share")
    return Cleaned(id=name, article=article, removed=(row,) * removed, characters=10, kept=5)


def names(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_tables_of_a_run(tmp_path):
    with RunFolder(tmp_path / "new" / "out", Format.JSONL) as folder:
        folder.write(cleaned())
        folder.write(Failure("b.txt", "PageError", "empty"))
        folder.commit({"documents": 2})
    out = tmp_path / "new" / "out"
    assert names(out) == TABLES
    assert rows(out / "articles.jsonl") == [{"id": "a"}]
    assert rows(out / "failures.jsonl") == [{"path": "b.txt", "error": "PageError", "message": "empty"}]
    (removed,) = rows(out / "removed.jsonl")
    assert list(removed) == ["id", "index", "label", "judge", "rule", "why", "text"]
    assert json.loads((out / "run.json").read_text()) == {"documents": 2}


def test_nothing_stands_under_its_name_before_the_commit(tmp_path):
    with RunFolder(tmp_path, Format.JSONL) as folder:
        folder.write(cleaned())
        assert not names(tmp_path) & TABLES


def test_crash_leaves_the_tables_of_the_run_before(tmp_path):
    for name in TABLES:
        (tmp_path / name).write_text("before")
    documents = iter([cleaned()])
    with pytest.raises(StopIteration), RunFolder(tmp_path, Format.JSONL) as folder:  # noqa: PT012  all of it may
        while True:
            folder.write(next(documents))
    assert names(tmp_path) == TABLES
    assert {(tmp_path / name).read_text() for name in TABLES} == {"before"}


def test_run_json_is_gone_while_tables_of_two_runs_stand_together(tmp_path, monkeypatch):
    (tmp_path / "run.json").write_text("before")
    replace = Path.replace

    def fail_at_second(self, target):
        if target.name == "removed.jsonl":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_at_second)
    with pytest.raises(OutputError, match=r"removed\.jsonl: cannot write: No space left"):  # noqa: SIM117
        with RunFolder(tmp_path, Format.JSONL) as folder:
            folder.commit({})
    assert names(tmp_path) == {"articles.jsonl"}


def test_crash_while_a_document_is_written_leaves_no_trace(tmp_path, monkeypatch):
    def crash(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(sinks.os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt), RunFolder(tmp_path, Format.MD) as folder:
        folder.write(cleaned())
    assert names(tmp_path) == set()


def test_documents_of_their_own(tmp_path):
    with RunFolder(tmp_path, Format.MD) as folder:
        folder.write(cleaned("sub/a.html", b"one\n"))
        folder.write(cleaned("sub/A.txt", b"two\n"))
        folder.commit({})
    written = names(tmp_path) - TABLES
    assert {(tmp_path / name).read_text() for name in written} == {"one\n", "two\n"}
    assert len({name.casefold() for name in written}) == 2
    assert "sub/a.md" in written
    assert "articles.jsonl" not in names(tmp_path)


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir])
def test_folder_that_cannot_be_written(tmp_path, make):
    blocked = tmp_path / "blocked"
    make(blocked)
    out = blocked / "out" if blocked.is_file() else tmp_path
    if blocked.is_dir():
        (tmp_path / ".removed.jsonl.part").mkdir()
    with pytest.raises(OutputError, match="cannot write"):
        RunFolder(out, Format.JSONL).__enter__()
    assert not [name for name in names(tmp_path) if name.endswith(".part")]


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


@given(st.lists(st.text(alphabet="aA/._", min_size=1, max_size=4), unique=True, max_size=8))
def test_no_two_documents_share_a_name(documents):
    given_names = sinks._Names()
    paths = [str(given_names.give(document, Format.TXT)).casefold() for document in documents]
    assert len(set(paths)) == len(paths)

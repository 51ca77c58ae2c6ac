import gzip
import json
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

STORY = (
    "Harbour wall to be rebuilt before winter\n\n"
    "The town council voted on Tuesday to rebuild the old harbour wall before the winter storms arrive.\n\n"
    "Work on the northern end will begin next month, the mayor said, and should be finished by November.\n\n"
    "Fishing boats will be able to use the southern quay while the masons are at work on the breakwater.\n"
)
PAGE = (
    "<!doctype html><html><head><title>Harbour wall to be rebuilt before winter</title></head><body><article>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n")[1:])
    + "</article></body></html>"
)
SEEDS = ["000_18903539ac76e762", "001_e2bb9adf49b91870", "002_0b1264241c366305", "003_72870eb686529909"]
SEEDS += ["004_d350547c096211a8"]


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def pages(tmp_path):
    """Good pages between bad ones."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    (folder / "b_empty.html").touch()
    (folder / "c_binary.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (folder / "d_script.html").write_text("<html><body><script>let a = 1</script></body></html>", encoding="utf-8")
    (folder / "e.jsonl").write_text(f'{json.dumps({"html": PAGE, "id": "e"})}\n{{"oops\n', encoding="utf-8")
    (folder / "f_utf16.txt").write_bytes(STORY.encode("utf-16"))
    return folder


def test_seeds_come_out_as_five_articles_with_all_they_lost(cli, seeds, tmp_path):
    result = cli("clean", seeds, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    articles = rows(tmp_path / "articles.jsonl")
    assert [article["id"] for article in articles] == [f"{name}.txt" for name in SEEDS]
    assert all(article["title"] and article["text"] for article in articles)
    removed = rows(tmp_path / "removed.jsonl")
    for article in articles:
        of_article = [row for row in removed if row["id"] == article["id"]]
        assert sum(article["removed"].values()) == len(of_article) > 0
    assert all(row["label"] and row["judge"] and row["why"] and row["text"] for row in removed)
    assert rows(tmp_path / "failures.jsonl") == []


def test_run_json_counts_what_the_tables_hold(cli, seeds, tmp_path):
    cli("clean", seeds, "--out", tmp_path)
    run = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert (run["documents"], run["failed"]) == (5, 0)
    assert sum(run["removed"].values()) == len(rows(tmp_path / "removed.jsonl"))
    assert set(run["versions"]) == {"cleaner", "trafilatura", "lxml", "python"}
    assert run["rules_digest"]


def test_summary_is_on_standard_error_and_standard_output_is_left_for_data(cli, seeds, tmp_path):
    result = cli("clean", seeds, "--out", tmp_path)
    assert result.stdout == ""
    for word in ("documents", "failed", "kept share", "removed as"):
        assert word in result.stderr
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("form", ["jsonl", "md", "txt"])
def test_same_bytes_for_any_number_of_jobs(cli, pages, tmp_path, form):
    for jobs in (1, 2):
        result = cli("clean", pages, "--out", tmp_path / f"out{jobs}", "--jobs", jobs, "--format", form)
        assert result.exit_code == 3
    assert contents(tmp_path / "out1") == contents(tmp_path / "out2")


def test_bad_pages_fail_alone_by_name(cli, pages, tmp_path):
    result = cli("clean", pages, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert [article["id"] for article in rows(tmp_path / "out" / "articles.jsonl")] == ["a.txt", "e", "f_utf16.txt"]
    failures = rows(tmp_path / "out" / "failures.jsonl")
    names = ["d_script.html", "e.jsonl:2"]
    assert [row["path"] for row in failures] == [f"{pages}/{name}" for name in names]
    assert {row["error"] for row in failures} == {"PageError"}
    for row in failures:
        assert f"{row['path']}: {row['message']}" in result.stderr
    skipped = rows(tmp_path / "out" / "skipped.jsonl")
    assert [(row["path"], row["kind"]) for row in skipped] == [
        (f"{pages}/b_empty.html", "empty file"),
        (f"{pages}/c_binary.html", "picture"),
    ]
    assert "5 pages; skipped 2: 1 empty file, 1 picture" in result.stderr


@pytest.mark.parametrize(("form", "expected"), [("md", "# Harbour wall"), ("txt", "The town council")])
def test_one_file_a_document(cli, pages, tmp_path, form, expected):
    (pages / "a.html").write_text(PAGE, encoding="utf-8")
    cli("clean", pages / "a.html", "--out", tmp_path / "out", "--format", form)
    assert set(contents(tmp_path / "out")) == {
        f"a.{form}",
        "removed.jsonl",
        "failures.jsonl",
        "skipped.jsonl",
        "run.json",
    }
    assert expected in (tmp_path / "out" / f"a.{form}").read_text(encoding="utf-8")


@pytest.mark.parametrize("data", [STORY.encode(), json.dumps({"text": STORY, "id": "stdin"}).encode()])
def test_standard_input(cli, tmp_path, data):
    result = cli("clean", "-", "--out", tmp_path, input=data)
    assert result.exit_code == 0, result.output
    (article,) = rows(tmp_path / "articles.jsonl")
    assert article["id"] == "stdin"
    assert "southern quay" in article["text"]


def test_rules_are_laid_over_the_built_in_ones(cli, tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "harbour.example.toml").write_text(
        'hosts = ["harbour.example"]\n[[drop]]\nlabel = "promo"\nstarts = "Fishing boats"\nwhy = "sponsored"\n',
        encoding="utf-8",
    )
    row = json.dumps({"text": STORY, "url": "https://www.harbour.example/wall"})
    result = cli("clean", "-", "--out", tmp_path / "out", "--rules", tmp_path / "rules", input=row.encode())
    assert result.exit_code == 0, result.output
    (dropped,) = [row for row in rows(tmp_path / "out" / "removed.jsonl") if row["label"] == "promo"]
    assert dropped["why"] == "sponsored"


def test_broken_rule_file_stops_the_run_before_the_first_page(cli, pages, tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "bad.example.toml").write_text('hosts = ["bad.example"]\nnonsense = 1\n', encoding="utf-8")
    result = cli("clean", pages, "--out", tmp_path / "out", "--rules", tmp_path / "rules")
    assert result.exit_code == 2
    assert "bad.example.toml" in result.stderr
    assert "nonsense" in result.stderr
    assert not (tmp_path / "out").exists()


def test_output_folder_that_cannot_be_made(cli, pages):
    result = cli("clean", pages, "--out", pages / "a.txt" / "out")
    assert result.exit_code == 2
    assert "a.txt/out: cannot write: Not a directory" in result.stderr.replace("\\", "/")


@pytest.mark.parametrize("read", ["", "a.txt"])
def test_output_folder_is_never_one_that_is_read(cli, pages, read):
    before = contents(pages)
    result = cli("clean", pages / read, "--out", pages, "--format", "txt")
    assert result.exit_code == 2
    assert "choose another folder" in result.stderr
    assert contents(pages) == before


def test_output_below_the_input_is_not_read_in_the_next_run(cli, pages):
    for _ in range(2):
        cli("clean", pages, "--out", pages / "out", "--format", "txt")
        assert json.loads((pages / "out" / "run.json").read_text(encoding="utf-8"))["documents"] == 5


def test_folder_without_pages_is_pointed_out(cli, tmp_path):
    (tmp_path / "in").mkdir()
    result = cli("clean", tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "no pages found" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["clean", "missing", "--out", "out"], "missing"),
        (["clean", "."], "--out"),
        (["clean", ".", "--out", "out", "--format", "pdf"], "pdf"),
        (["clean", ".", "--out", "out", "--jobs", "0"], "--jobs"),
        (["clean", ".", "--out", "out", "--shard-size", "0"], "--shard-size"),
        (["clean", ".", "--out", "out", "--field", "body=x"], "write NAME=FIELD"),
        (["clean", "nowhere://pages", "--out", "out"], "Protocol not known"),
        (["clean", ".", "--out", "out", "--rules", "missing"], "missing"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_usage(cli, tmp_path, monkeypatch, arguments, hint):
    monkeypatch.chdir(tmp_path)
    result = cli(*arguments)
    assert result.exit_code == 2
    assert hint in result.stderr
    assert contents(tmp_path) == {}


def test_crash_in_the_middle_leaves_no_half_written_file(pages, tmp_path):
    """The process dies, as by a power cut, once the first article is on its way to the disk."""
    script = (
        "import os, sys\n"
        "from cleaner.batch import run_folder\n"
        "run_folder.RunFolder.commit = lambda *_: os._exit(9)\n"
        "from cleaner.cli import app\n"
        "app(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", script, "clean", pages, "--out", tmp_path / "out"]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 9
    assert all(name.startswith(".unfinished/") for name in contents(tmp_path / "out"))


def test_stopped_run_goes_on_to_the_same_bytes(cli, pages, tmp_path, monkeypatch):
    cli("clean", pages, "--out", tmp_path / "whole")
    seen = []

    def press_control_c(outcome):
        seen.append(outcome)
        if len(seen) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("rich.progress.Progress.advance", lambda *_: press_control_c(None))
    result = cli("clean", pages, "--out", tmp_path / "out")
    assert result.exit_code == 130
    assert "stopped after 3 documents; run the same command with --resume to continue" in result.stderr
    monkeypatch.undo()
    result = cli("clean", pages, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "unfinished run of 3 documents" in result.stderr
    result = cli("clean", pages, "--out", tmp_path / "out", "--resume")
    assert result.exit_code == 3
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_changed_rules_are_noticed_on_resume(cli, pages, tmp_path, monkeypatch):
    def press_control_c(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("rich.progress.Progress.advance", press_control_c)
    cli("clean", pages, "--out", tmp_path / "out")
    monkeypatch.undo()
    again = ["clean", pages, "--out", tmp_path / "out", "--lean", "recall", "--resume"]
    result = cli(*again)
    assert result.exit_code == 2
    assert "changed since the unfinished run began: lean" in result.stderr
    assert cli(*again, "--despite-changes").exit_code == 3
    assert json.loads((tmp_path / "out" / "run.json").read_text())["changed_midway"] == ["lean"]


def test_shards_and_fields(cli, tmp_path):
    lines = [json.dumps({"body": STORY, "key": number}) for number in range(3)]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    options = ["--field", "text=body", "--field", "id=key", "--shard-size", "2"]
    result = cli("clean", tmp_path / "rows.jsonl", "--out", tmp_path / "out", *options)
    assert result.exit_code == 0, result.output
    assert [row["id"] for row in rows(tmp_path / "out" / "articles-00001.jsonl")] == ["2"]


def test_web_archive_to_parquet(cli, tmp_path):
    body = PAGE.encode()
    payload = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.harbour.example/wall\r\n"
    head += "WARC-Date: 2023-05-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:7>\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
    (tmp_path / "crawl.warc.gz").write_bytes(gzip.compress(head.encode() + payload + b"\r\n\r\n"))
    result = cli("clean", tmp_path / "crawl.warc.gz", "--out", tmp_path / "out", "--format", "parquet")
    assert result.exit_code == 0, result.output
    (article,) = pq.read_table(tmp_path / "out" / "articles.parquet").to_pylist()
    path = f"{tmp_path}/crawl.warc.gz:1"
    assert (article["id"], article["path"], article["site"]) == ("7", path, "harbour.example")
    assert "southern quay" in article["text"]


def test_names_that_look_like_markup_are_printed_as_they_are(cli, tmp_path):
    name = "[b]it is :100:.html"
    (tmp_path / name).write_text("<html><body></body></html>")
    result = cli("clean", tmp_path, "--out", tmp_path / "out")
    assert f"{name}: " in result.stderr

"""What a run says of its input and output: what was skipped, what it refuses to overwrite, and where settings come from."""

import json

import pytest

STORY = (
    "Harbour wall to be rebuilt before winter\n\n"
    "The town council voted on Tuesday to rebuild the old harbour wall before the winter storms arrive.\n\n"
    "Work on the northern end will begin next month, the mayor said, and should be finished by November.\n"
)


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder in the current one, with a page, a page in drafts, and a picture."""
    monkeypatch.chdir(tmp_path)
    for name, data in (("a.txt", STORY), ("drafts/b.txt", STORY), ("c.png", "\x89PNG\0")):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode("latin-1"))
    return tmp_path / "site"


def test_every_file_is_accounted_for(cli, site, tmp_path):
    result = cli("clean", site, "--out", tmp_path / "out", "--exclude", "drafts")
    assert result.exit_code == 0, result.output
    assert "1 page; skipped 2: 1 excluded folder, 1 picture" in result.stderr
    assert rows(tmp_path / "out" / "skipped.jsonl") == [
        {"path": f"{site}/c.png", "kind": "picture", "why": ""},
        {"path": f"{site}/drafts", "kind": "excluded folder", "why": ""},
    ]
    run = json.loads((tmp_path / "out" / "run.json").read_text())
    assert run["skipped"] == {"excluded folder": 1, "picture": 1}
    assert run["settings"]["exclude"] == ["drafts"]


def test_closing_line_says_where_results_are_and_what_to_look_at_next(cli, site):
    result = cli("clean", site, "--out", "out")
    assert result.stderr.splitlines()[-1] == "results are in out; to look at them: cleaner report out"
    (site / "broken.html").write_text("<html></html>")
    result = cli("clean", site, "--out", "out")
    assert "out/failures.jsonl says what failed; to look at them: cleaner report out" in result.stderr


@pytest.mark.parametrize("arguments", [["--include", "*.html"], ["--exclude", "*"]])
def test_nothing_read_is_an_error(cli, site, tmp_path, arguments):
    result = cli("clean", site, "--out", tmp_path / "out", *arguments)
    assert result.exit_code == 2
    assert "nothing was read" in result.stderr
    assert rows(tmp_path / "out" / "articles.jsonl") == []


@pytest.mark.parametrize(
    ("prepare", "options", "problem"),
    [
        (["articles.jsonl"], [], "files that no run of cleaner wrote (articles.jsonl)"),
        (["run.json"], [], "files that no run of cleaner wrote (run.json)"),
        (["articles-00000.parquet", "failures.jsonl"], [], "articles-00000.parquet, failures.jsonl"),
        (["notes/mine.md"], ["--format", "md"], "files that no run of cleaner wrote (notes/mine.md)"),
    ],
)
def test_files_of_something_else_are_not_overwritten(cli, site, tmp_path, prepare, options, problem):
    for name in prepare:
        path = tmp_path / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
    result = cli("clean", site, "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert problem in result.stderr
    assert "--overwrite" in result.stderr
    assert all((tmp_path / "out" / name).read_text() == "mine" for name in prepare)
    assert cli("clean", site, "--out", tmp_path / "out", *options, "--overwrite").exit_code == 0


def test_files_that_are_not_in_the_way_stay(cli, site, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    assert cli("clean", site, "--out", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


def test_a_run_in_another_format_is_not_overwritten(cli, site, tmp_path):
    for form, other in (("md", "jsonl"), ("jsonl", "parquet")):
        out = tmp_path / form
        assert cli("clean", site, "--out", out, "--format", form).exit_code == 0
        assert cli("clean", site, "--out", out, "--format", form).exit_code == 0, "the same run again"
        result = cli("clean", site, "--out", out, "--format", other)
        assert result.exit_code == 2
        assert f"a run with --format {form} is there; choose another folder, or add --overwrite" in result.stderr
        assert cli("clean", site, "--out", out, "--format", other, "--overwrite").exit_code == 0


CONFIG = """
rules = ["my-rules"]
lean = "recall"
format = "txt"
jobs = 2
exclude = ["drafts"]

[fields]
html = "story"

[limits]
timeout = 30
memory = 900
"""


@pytest.mark.parametrize("name", ["cleaner.toml", "pyproject.toml"])
def test_defaults_come_from_a_file_and_the_command_line_wins(cli, site, tmp_path, monkeypatch, name):
    config = CONFIG
    if name == "pyproject.toml":
        config = CONFIG.replace("\n[", "\n[tool.cleaner.")
        config = f"[project]\nname = 'x'\n\n[tool.cleaner]\n{config}"
    (tmp_path / name).write_text(config)
    (tmp_path / "my-rules").mkdir()
    monkeypatch.chdir(site)
    result = cli("clean", ".", "--out", tmp_path / "out", "--lean", "precision")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "a.txt").exists()
    settings = json.loads((tmp_path / "out" / "run.json").read_text())["settings"]
    assert settings["config"] == name
    assert (settings["lean"], settings["format"], settings["exclude"]) == ("precision", "txt", ["drafts"])
    assert settings["limits"] == {"timeout": 30.0, "memory": 900}
    assert settings["fields"]["html"] == "story"


def test_without_a_file_run_json_says_so(cli, site, tmp_path):
    cli("clean", site, "--out", tmp_path / "out")
    assert json.loads((tmp_path / "out" / "run.json").read_text())["settings"]["config"] is None


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        ("leen = 'recall'", "unknown field `leen`"),
        ("lean = 'left'", "Invalid enum value 'left'"),
        ("jobs = 0", "$.jobs"),
        ("[limits]\nseconds = 3", "unknown field `seconds` - at `$.limits`"),
        ("rules = ['gone']", "rules: no folder"),
        ("rules = [", "cleaner.toml: "),
    ],
)
def test_a_broken_file_stops_the_command(cli, site, tmp_path, config, problem):
    (tmp_path / "cleaner.toml").write_text(config)
    result = cli("clean", site, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "cleaner.toml" in result.stderr
    assert problem in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_project_without_a_table_for_cleaner_is_passed_over(cli, site, tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert cli("clean", site, "--out", tmp_path / "out").exit_code == 0


def test_shells_are_told_how_to_complete(cli):
    assert "--show-completion" in cli("--help").stdout

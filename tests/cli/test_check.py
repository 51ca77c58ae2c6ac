"""``cleaner check``, ``cleaner diff`` and ``cleaner rules schema`` from outside, and the hook that calls the first."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEAD = 'hosts = ["a.example"]\n\n[[drop]]\nlabel = "share"\nline = "x"\nwhy = "test"\n'


@pytest.fixture
def rules(tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "a.example.toml").write_text('hosts = ["a.example"]\n', encoding="utf-8")
    return folder


def test_exit_codes_tell_fine_differs_and_unusable(cli, rules):
    assert cli("check", rules).exit_code == 0
    (rules / "a.example.toml").write_text(DEAD, encoding="utf-8")
    result = cli("check", rules)
    assert (result.exit_code, "dead entry" in result.stdout) == (1, True)
    (rules / "a.example.toml").write_text("x = 1", encoding="utf-8")
    result = cli("check", rules)
    assert (result.exit_code, "unknown key `x`" in result.stdout) == (2, True)


def test_the_folder_is_rules_where_none_is_named(cli, rules, monkeypatch):
    monkeypatch.chdir(rules.parent)
    assert cli("check").stdout == "0 hold\n"
    monkeypatch.chdir(rules)
    assert cli("check").exit_code == 2


def test_formats(cli, rules):
    (rules / "a.example.toml").write_text(DEAD, encoding="utf-8")
    assert cli("check", rules, "--format", "github").stdout.startswith("::error file=")
    assert cli("check", rules, "--format", "junit").stdout.startswith("<?xml")


def test_hook_runs_what_the_command_line_has(rules):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["pass_filenames"] is False
    command = hook["entry"].split()
    assert command[0] == "cleaner"

    def run():
        call = [sys.executable, "-m", *command]
        return subprocess.run(call, check=False, cwd=rules.parent, env={"PYTHONPATH": str(ROOT)}, capture_output=True)

    assert run().returncode == 0
    (rules / "a.example.toml").write_text(DEAD, encoding="utf-8")
    assert run().returncode == 1


def test_hook_is_one_that_pre_commit_takes():
    clientlib = pytest.importorskip("pre_commit.clientlib")
    (hook,) = clientlib.load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert hook["id"] == "cleaner-check"


def test_schema_is_printed(cli):
    assert json.loads(cli("rules", "schema").stdout)["$ref"].endswith("SiteFile")
    assert json.loads(cli("rules", "schema", "network").stdout)["$ref"].endswith("NetworkFile")


@pytest.fixture
def runs(cli, seeds, tmp_path):
    for name, lean in (("old", "recall"), ("new", "precision")):
        assert cli("clean", seeds, "--out", tmp_path / name, "--lean", lean).exit_code == 0
    return tmp_path / "old", tmp_path / "new"


def test_diff_of_a_run_with_itself_is_nothing(cli, runs):
    result = cli("diff", runs[0], runs[0])
    assert (result.exit_code, result.stdout) == (0, "0 of 5 pages changed, 4 of 4 sites did not\n")


def test_diff_reports_what_changed_and_fails_over_the_threshold(cli, tmp_path):
    pages = sorted((ROOT / "tests" / "gate" / "pages").glob("*.txt"))
    runs = tmp_path / "old", tmp_path / "new"
    for out, lean in zip(runs, ("recall", "precision"), strict=True):
        assert cli("clean", *pages, "--out", out, "--lean", lean).exit_code == 0
    result = cli("diff", *runs)
    assert result.exit_code == 1
    assert re.search(r"  lost: \w+ by classifier: \d+ times?, \d+ characters\n", result.stdout)
    assert cli("diff", *runs, "--threshold", "1").exit_code == 0
    assert cli("diff", *runs, "--threshold", "0.01").exit_code == 1

"""The plugin as somebody's repository uses it: rules as tests, and goldens for pages of one's own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "004_d350547c096211a8.txt"


@pytest.fixture
def repository(tmp_path):
    """A repository with the rules of one site and the pages of its cases."""
    (tmp_path / "rules" / "cases").mkdir(parents=True)
    shutil.copytree(ROOT / "rules" / "cases" / "asianlite.com", tmp_path / "rules" / "cases" / "asianlite.com")
    shutil.copy(ROOT / "rules" / "asianlite.com.toml", tmp_path / "rules")
    (tmp_path / "test_own.py").write_text("def test_own():\n    pass\n", encoding="utf-8")
    return tmp_path


def run(repository, *arguments):
    call = [sys.executable, "-m", "pytest", "-p", "cleaner.pytest_plugin", "-p", "no:cacheprovider", *arguments]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        call, check=False, cwd=repository, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


def test_one_test_for_each_field_and_entry_beside_the_own_ones(repository):
    result = run(repository, "--cleaner-rules", "rules", "-v")
    assert result.returncode == 0, result.stdout
    names = [line.split(" PASSED")[0] for line in result.stdout.splitlines() if " PASSED" in line]
    assert "test_own.py::test_own" in names
    assert "rules::asianlite.com.toml::kites.txt::title" in names
    assert "rules::asianlite.com.toml::drop[0]::earns its place" in names
    assert len(names) == len(set(names))


def test_failure_is_told_without_a_traceback(repository):
    path = repository / "rules" / "asianlite.com.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('title = "Kite', 'title = "Some kite'), encoding="utf-8")
    result = run(repository, "--cleaner-rules", "rules", "rules")
    assert result.returncode == 1
    assert "expected Some kite Makers Return" in result.stdout
    assert "pytest_plugin.py" not in result.stdout


def test_broken_file_and_missing_folder(repository):
    (repository / "rules" / "b.toml").write_text("x = 1", encoding="utf-8")
    result = run(repository, "--cleaner-rules", "rules", "rules")
    assert "unknown key `x`" in result.stdout
    assert result.returncode == 1
    result = run(repository, "--cleaner-rules", "none")
    assert (result.returncode, "there is no folder" in result.stderr) == (4, True)


def test_without_the_option_nothing_is_collected(repository):
    assert "1 passed" in run(repository).stdout


def test_fixture_fails_without_a_golden_then_holds_then_tells_what_changed(repository):
    shutil.copy(SEED, repository / "page.txt")
    test = "def test_own(article_regression):\n    assert article_regression('page.txt').title\n"
    (repository / "test_own.py").write_text(test, encoding="utf-8")
    assert "1 failed" in run(repository).stdout
    assert "1 passed" in run(repository).stdout
    page = SEED.read_text(encoding="utf-8").replace("Putin gladly accepted", "Putin accepted")
    (repository / "page.txt").write_text(page, encoding="utf-8")
    result = run(repository).stdout
    assert "new block: “Putin accepted the invitation" in result
    assert "no longer a block of the page: “Putin gladly" in result

"""The plugin as somebody's repository uses it: rules as tests, and goldens for pages of one's own."""

import shutil
from functools import partial
from pathlib import Path

import pytest

# Imported before pytest runs inside a test: when that run is over, modules that it was the first to import are forgotten.
import cleaner.library
import cleaner.ruletools.check
import cleaner.ruletools.golden  # noqa: F401

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "004_d350547c096211a8.txt"


@pytest.fixture
def repository(pytester, monkeypatch):
    """A repository with the rules of one site and the pages of its cases."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    root = pytester.path
    (root / "rules" / "cases").mkdir(parents=True)
    shutil.copytree(ROOT / "rules" / "cases" / "asianlite.com", root / "rules" / "cases" / "asianlite.com")
    shutil.copy(ROOT / "rules" / "asianlite.com.toml", root / "rules")
    (root / "test_own.py").write_text("def test_own():\n    pass\n", encoding="utf-8")
    return root


@pytest.fixture
def run(pytester):
    """Call pytest in the repository, in this process, with the plugin named a second time beside its entry point."""
    return partial(pytester.runpytest_inprocess, "-p", "cleaner.pytest_plugin", "-p", "no:cacheprovider")


@pytest.mark.usefixtures("repository")
def test_one_test_for_each_field_and_entry_beside_the_own_ones(run):
    result = run("--cleaner-rules", "rules", "-v")
    assert result.ret == 0
    names = [line.split(" PASSED")[0] for line in result.outlines if " PASSED" in line]
    assert "test_own.py::test_own" in names
    assert "rules::asianlite.com.toml::kites.txt::title" in names
    assert "rules::asianlite.com.toml::drop[0]::has an effect" in names
    assert len(names) == len(set(names))


def test_failure_is_reported_without_a_traceback(repository, run):
    path = repository / "rules" / "asianlite.com.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('title = "Kite', 'title = "Some kite'), encoding="utf-8")
    result = run("--cleaner-rules", "rules", "rules")
    assert result.ret == 1
    assert "expected Some kite Makers Return" in result.stdout.str()
    assert "pytest_plugin.py" not in result.stdout.str()


def test_broken_file_and_missing_folder(repository, run):
    (repository / "rules" / "b.toml").write_text("x = 1", encoding="utf-8")
    result = run("--cleaner-rules", "rules", "rules")
    assert "unknown key `x`" in result.stdout.str()
    assert result.ret == 1
    result = run("--cleaner-rules", "none")
    assert (result.ret, "there is no folder" in result.stderr.str()) == (4, True)


@pytest.mark.usefixtures("repository")
def test_without_the_option_nothing_is_collected(run):
    assert "1 passed" in run().stdout.str()


def test_fixture_fails_without_a_golden_then_passes_then_reports_changes(repository, run):
    shutil.copy(SEED, repository / "page.txt")
    test = "def test_own(article_regression):\n    assert article_regression('page.txt').title\n"
    (repository / "test_own.py").write_text(test, encoding="utf-8")
    assert "1 failed" in run().stdout.str()
    assert "1 passed" in run().stdout.str()
    page = SEED.read_text(encoding="utf-8").replace("Putin gladly accepted", "Putin accepted")
    (repository / "page.txt").write_text(page, encoding="utf-8")
    result = run().stdout.str()
    assert "new block: “Putin accepted the invitation" in result
    assert "no longer a block of the page: “Putin gladly" in result

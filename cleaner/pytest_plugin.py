"""pytest plugin: rule files as tests, one for each field of each case, and goldens for pages of a project.

    pytest --cleaner-rules rules/

The rest of the package is imported when it is needed, so that installing it does not slow down pytest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cleaner.article import Article
    from cleaner.ruletools.check_results import CheckResult

_OPTION = "--cleaner-rules"
_FOLDERS = pytest.StashKey[list[Path]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--cleaner-rules DIR``."""
    text = "Folder of cleaner's rule files to test: a test for each field of each case. May be given several times."
    parser.getgroup("cleaner").addoption(_OPTION, action="append", default=[], metavar="DIR", help=text)


def pytest_configure(config: pytest.Config) -> None:
    """Add the folders of ``--cleaner-rules`` to those that are collected."""
    folders = [Path(config.invocation_params.dir, folder).resolve() for folder in config.getoption(_OPTION)]
    for folder in folders:
        if not folder.is_dir():
            raise pytest.UsageError(f"{_OPTION}: there is no folder {folder}")
    config.stash[_FOLDERS] = folders
    config.args += [str(folder) for folder in folders]


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a rules folder as :class:`RulesFolder`."""
    return RulesFolder.from_parent(parent, path=path) if path in parent.config.stash[_FOLDERS] else None


class RulesFolder(pytest.Directory):
    """A folder of rules. Its files are tested together, as an entry may be tested by a case of another file."""

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each check of ``cleaner check``; the page is cleaned when the test runs."""
        from cleaner.ruletools.check import RuleChecker

        for check in RuleChecker(self.path).plan_checks():
            name = f"{check.path.relative_to(self.path)}::{check.subject}::{check.field}"
            yield RuleTest.from_parent(self, name=name, run_check=check.run)


class RuleTest(pytest.Item):
    """One field of a case, its golden, or one entry."""

    def __init__(self, *, run_check: Callable[[], CheckResult], **options: Any) -> None:
        super().__init__(**options)
        self._run_check = run_check

    def runtest(self) -> None:
        """Fail if the check does not pass."""
        result = self._run_check()
        if not result.passes:
            raise RuleTestError(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The place in the rule file and the problem, without a Python traceback."""
        if isinstance(excinfo.value, RuleTestError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The headline of a failure. It differs from the name, in which pytest would read dots as those of a class."""
        return self.path, None, self.name.replace("::", ": ")


class RuleTestError(Exception):
    """A check of a rule file that does not pass."""

    def __init__(self, result: CheckResult) -> None:
        super().__init__(f"{result.path}:{result.line}: {result.subject}: {result.field}\n{result.detail}")


@pytest.fixture
def article_regression(request: pytest.FixtureRequest) -> Callable[..., Article]:
    """Compares the article of a page with a golden, by pytest-regressions.

    ``article_regression(page, url=None, rules=())`` takes the path of a page, relative to the test, or its
    bytes, and returns the article. A missing golden fails; ``pytest --force-regen`` writes it.
    """
    if not request.config.pluginmanager.hasplugin("regressions"):
        raise pytest.UsageError("article_regression needs pytest-regressions: pip install 'cleaner[pytest]'")
    files = request.getfixturevalue("file_regression")

    def check(page: str | Path | bytes, url: str | None = None, rules: Sequence[str | Path] = ()) -> Article:
        from cleaner.library import Cleaner
        from cleaner.ruletools import golden

        data = page if isinstance(page, bytes) else (request.path.parent / page).read_bytes()
        article = Cleaner(rules).clean(data, url)

        def compare(fresh: Path, expected: Path) -> None:
            changed = "\n".join(golden.find_differences(expected.read_text(encoding="utf-8"), article))
            if changed:
                raise AssertionError(f"{fresh.name} differs from {expected}\n{changed}")

        files.check(golden.render_golden(article), extension=golden.SUFFIX, check_fn=compare, encoding="utf-8")
        return article

    return check

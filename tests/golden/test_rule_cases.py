"""Each check of the built-in rules, as `cleaner check rules` runs it."""

import pytest

from cleaner.rulebook import builtin_folder
from cleaner.ruletools.check import RuleChecker

CHECKS = list(RuleChecker(builtin_folder()).plan_checks())


@pytest.mark.parametrize(
    "run", [pytest.param(check.run, id=f"{check.path.stem}-{check.subject}-{check.field}") for check in CHECKS]
)
def test_built_in_rules_pass(run):
    result = run()
    assert result.passes, f"{result.path}:{result.line}\n{result.detail}"


def test_there_are_cases_and_entries():
    assert {"golden", "must_keep", "has an effect"} <= {check.field for check in CHECKS}

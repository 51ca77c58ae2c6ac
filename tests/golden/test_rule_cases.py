"""The built-in rules prove themselves, point by point, as `cleaner check rules` looks at them."""

import pytest

from cleaner.rulebook import builtin_folder
from cleaner.ruletools.check import RuleProof

POINTS = list(RuleProof(builtin_folder()).points())


@pytest.mark.parametrize(
    "look", [pytest.param(point.look, id=f"{point.path.stem}-{point.subject}-{point.field}") for point in POINTS]
)
def test_rules_hold_what_they_promise(look):
    result = look()
    assert result.passes, f"{result.path}:{result.line}\n{result.detail}"


def test_there_are_cases_and_entries():
    assert {"golden", "must_keep", "earns its place"} <= {point.field for point in POINTS}

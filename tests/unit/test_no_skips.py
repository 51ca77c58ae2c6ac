"""``--no-skips``, the option of these tests: what is missing fails."""

from pathlib import Path

import pytest

SKIPS = {
    "marked": "@pytest.mark.skipif(True, reason='no engine')\ndef test(): ...",
    "called": "def test():\n    pytest.skip('no engine')",
    "module": "pytest.importorskip('no_such_engine', reason='no engine')\ndef test(): ...",
}


@pytest.fixture
def folder(pytester):
    pytester.makeconftest((Path(__file__).parents[1] / "conftest.py").read_text(encoding="utf-8"))
    return pytester


@pytest.mark.parametrize("code", SKIPS.values(), ids=SKIPS)
def test_a_test_that_is_skipped_fails_where_none_may_be(folder, code):
    folder.makepyfile(f"import pytest\n\n{code}\n")
    assert folder.runpytest_inprocess().parseoutcomes() == {"skipped": 1}
    result = folder.runpytest_inprocess("--no-skips")
    assert result.ret != 0
    assert "no engine (--no-skips)" in result.stdout.str()


def test_a_test_that_is_expected_to_fail_is_not_skipped(folder):
    folder.makepyfile("import pytest\n\n@pytest.mark.xfail\ndef test():\n    assert False\n")
    assert folder.runpytest_inprocess("--no-skips").parseoutcomes() == {"xfailed": 1}

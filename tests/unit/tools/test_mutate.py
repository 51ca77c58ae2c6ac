"""The list of breaks fits the code, and the tool that tries them sees what tests notice and what they miss."""

from collections import Counter
from pathlib import Path

import pytest

from tools import mutate
from tools.mutate import Break

BREAKS = mutate.read_breaks()
HALF_TESTED = Break("fits.py", "limit = 10", "limit = 11", "the limit is off by one", ("test_fits.py",))


@pytest.mark.parametrize("one", BREAKS, ids=lambda one: one.means)
def test_a_break_fits_the_code(one):
    content = (mutate.ROOT / one.file).read_text(encoding="utf-8")
    assert content.count(one.find) == 1, f"{one.file} has changed: breaks.toml needs the text as it is now"
    assert content != content.replace(one.find, one.replace)
    if one.file.endswith(".py"):
        compile(content.replace(one.find, one.replace), one.file, "exec")
    assert one.tests
    assert all((mutate.ROOT / test.partition("::")[0]).exists() for test in one.tests)


def test_a_break_is_listed_once():
    assert Counter((one.file, one.find, one.replace) for one in BREAKS).most_common(1)[0][1] == 1


@pytest.mark.parametrize(("value", "noticed"), [(10, False), (11, True)])
def test_a_break_is_noticed_where_a_test_fails(tmp_path: Path, value, noticed):
    module, tests = tmp_path / "fits.py", tmp_path / "test_fits.py"
    module.write_text("limit = 10\n\n\ndef fits(number):\n    return number <= limit\n", encoding="utf-8")
    tests.write_text(
        f"import fits\n\n\ndef test():\n    assert fits.fits({value}) is {value <= 10}\n", encoding="utf-8"
    )
    assert mutate.is_noticed(HALF_TESTED, tmp_path, named_only=True) is noticed
    assert "limit = 10\n" in module.read_text(encoding="utf-8")


def test_a_break_that_no_longer_fits_says_so(tmp_path: Path):
    (tmp_path / "fits.py").write_text("limit = 12\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"fits\.py: 'limit = 10' occurs 0 times, not once"):
        HALF_TESTED.apply(tmp_path)

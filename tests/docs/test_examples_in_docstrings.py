"""Examples in docstrings are true."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [
    path.relative_to(ROOT) for path in sorted((ROOT / "cleaner").rglob("*.py")) if ">>> " in path.read_text("utf-8")
]


@pytest.mark.parametrize("file", FILES, ids=str)
def test_an_example_gives_what_it_shows(file):
    results = doctest.testmod(import_module(".".join(file.with_suffix("").parts)))
    assert results.attempted
    assert not results.failed

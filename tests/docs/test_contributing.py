"""CONTRIBUTING.md: what it names exists, and the pages keep to its wording."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CODE = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "cleaner").rglob("*.py"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
AVOIDED = re.compile(
    r"\bstands? (?:in|on|at|for|there|where|above|below|beside)\b|\bstands?\.|\bis told (?:by|with|apart)|\bspeaks?\b|\bspoken?\b"
    r"|\bbears?\b|\bearns? its place|\blaid over\b|\bpassed over\b|\bgo(?:es)? on (?:with|by|where)\b|\bhas the say\b"
    r"|\bhangs? on\b|\bnobody\b|\bweighs? as\b|\btaken for\b|\bthere is not\b",
    re.IGNORECASE,
)


def section(title):
    return TEXT.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(title):
    return [line.strip("| ").split(" | ") for line in section(title).splitlines() if line.startswith("| ")][2:]


def test_twenty_pairs_set_the_tone():
    assert len(rows("Words")) == 20
    assert all(before != after for before, after in rows("Words"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_keep_to_the_wording(path):
    prose = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert [found[0] for found in AVOIDED.finditer(prose)] == []


def test_test_folders_are_all_listed():
    listed = set(re.findall(r"`tests/(\w+)/", section("Where tests go")))
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert listed == folders


@pytest.mark.parametrize("name", re.findall(r"`([a-z]+_\w+[a-z])`", section("Names")))
def test_functions_that_are_examples_exist(name):
    assert re.search(rf"^def {name}\(", CODE, re.MULTILINE)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:cleaner|tools|tests)/[\w/.]+)`", TEXT))))
def test_path_exists(path):
    assert (ROOT / path).exists()

"""docs/architecture.md is a map of the code as it is."""

import re
import tomllib
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from cleaner import data
from cleaner.data.file_types import DataFile
from cleaner.pipeline import STAGES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PICTURE = (ROOT / "docs" / "images" / "stages.svg").read_text(encoding="utf-8")
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|toml))`")
NAMES = re.compile(r"`([\w/]+)\.py`\s\(([^)]*)\)")
NOT_IN_THE_TREE = {"everywhere.toml", "removed.jsonl"}
"""Files that are named without their folder, or that a run writes."""


def section(title):
    return TEXT.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(title):
    lines = [line for line in section(title).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def codes(cell):
    return tuple(re.findall(r"`(\w+)`", cell))


def test_stages_are_those_of_the_pipeline():
    shown = [
        (name, codes(function)[-1], codes(reads), codes(writes), kinds.split(", "))
        for name, function, reads, writes, kinds in rows("A page's way through the stages")
    ]
    assert shown == [
        (stage.name, stage.run.__name__, stage.reads, stage.writes, sorted(stage.kinds)) for stage in STAGES
    ]


def test_picture_has_every_stage():
    for stage in STAGES:
        assert re.search(rf">{stage.name}\b", PICTURE), stage.name


def test_picture_asks_nobody_else():
    assert not re.search(r"(?:href|src)=", PICTURE)


def test_floors_are_those_that_imports_are_checked_against():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = [one for one in project["tool"]["importlinter"]["contracts"] if one["id"] == "floors"]
    layers = [tuple(re.findall(r"\w+", layer)) for layer in contract["layers"]]
    shown = rows("Floors")
    assert [codes(packages) for _, packages, _ in shown] == layers
    assert [int(floor) for floor, _, _ in shown] == [*reversed(range(len(layers)))]


@pytest.mark.parametrize("path", sorted(set(PATH.findall(TEXT)) - NOT_IN_THE_TREE))
def test_path_exists(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize(("path", "names"), sorted(set(NAMES.findall(TEXT))))
def test_module_has_the_names(path, names):
    if path.startswith("cleaner/"):
        module = import_module(path.replace("/", "."))
        for name in codes(names):
            assert hasattr(module, name), name


def test_words_are_explained_in_order_and_once():
    words = [word for word, _ in rows("Glossary")]
    assert words == sorted(set(words))


def test_every_judge_is_in_the_glossary():
    (meaning,) = [meaning for word, meaning in rows("Glossary") if word == "judge"]
    judges = dict.fromkeys(import_module(stage.run.__module__).NAME for stage in STAGES if stage.is_judge)
    assert list(codes(meaning)) == list(judges)


@pytest.mark.parametrize("path", sorted((ROOT / "cleaner" / "data").glob("*.toml")), ids=lambda path: path.name)
def test_data_file_says_which_modules_read_it(path):
    head = " ".join(line.removeprefix("# ") for line in path.read_text(encoding="utf-8").splitlines()[:8])
    said = set(re.findall(r"cleaner(?:\.\w+)+", head.split("Read by ", 1)[1].split(". ", 1)[0]))
    for module in iter_modules(data.__path__, f"{data.__name__}."):
        import_module(module.name)  # defines data files
    (form,) = [form for form in DataFile.__subclasses__() if path.name == form.NAME]
    modules = (ROOT / "cleaner").rglob("*.py")
    reads = re.compile(rf"load_data\((?:\w+\.)?{form.__name__}\)")
    readers = {module for module in modules if reads.search(module.read_text(encoding="utf-8"))}
    assert said == {".".join(module.relative_to(ROOT).with_suffix("").parts) for module in readers}

"""The schemas that editors read: current, where they look for them, and true of the rules that are shipped."""

import json
import tomllib
from pathlib import Path

import pytest

from cleaner.labels import Group, Label
from cleaner.rulebook import builtin_folder
from cleaner.ruletools.file_kinds import FileKind
from cleaner.ruletools.json_schema import make_json_schema

FILES = sorted(builtin_folder().rglob("*.toml"))


@pytest.mark.parametrize("shape", FileKind)
def test_shipped_schema_is_current(shape):
    shipped = builtin_folder() / f"{shape.value}.schema.json"
    remedy = f"run: cleaner rules schema {shape.value} > rules/{shipped.name}"
    assert shipped.read_text(encoding="utf-8") == make_json_schema(shape), remedy


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_file_leads_its_editor_to_the_schema_of_its_kind(path):
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    shape = "network" if path.parent.name == "networks" else "everywhere" if path.stem == "everywhere" else "site"
    assert first.startswith(("#:schema ./", "#:schema ../"))
    assert (path.parent / first.removeprefix("#:schema ")).resolve() == builtin_folder() / f"{shape}.schema.json"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_keys_of_every_rule_file_are_in_its_schema(path):
    shape = Path(path.read_text(encoding="utf-8").partition("\n")[0]).name.partition(".")[0]
    schema = json.loads(make_json_schema(FileKind(shape)))
    known = schema["$defs"][schema["$ref"].rpartition("/")[2]]["properties"]
    assert set(tomllib.loads(path.read_text(encoding="utf-8"))) <= set(known)


def test_labels_come_with_their_meaning_and_without_those_of_the_body():
    labels = json.loads(make_json_schema(FileKind.SITE))["$defs"]["Label"]["oneOf"]
    assert {entry["const"]: entry["description"] for entry in labels} == {
        label.value: label.meaning for label in Label if label.group is not Group.BODY
    }

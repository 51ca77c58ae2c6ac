"""The reference of the format says what the code does."""

import re
from pathlib import Path

import pytest

from cleaner.labels import Group, Label
from cleaner.rulebook.rule_decoder import decode_rules
from cleaner.rulebook.rule_types import COMMON_MATCHERS, MATCHERS, SELECTOR_FIELDS, Case, NetworkFile, SiteFile
from cleaner.rulebook.validate import MAX_COMMON_CHARS

REFERENCE = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+)\n([\s\S]*?)(?=^## |\Z)", REFERENCE, re.MULTILINE))


def test_the_example_is_a_valid_file():
    example = re.search(r"```toml\n(.*?)```", SECTIONS["A site's file"], re.DOTALL)[1]
    file = decode_rules("example.com.toml", example.encode(), SiteFile)
    assert [entry.label for entry in file.drop] == ["related", "donation", "comments"]


def test_labels_are_listed_with_their_meanings():
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", SECTIONS["Labels"], re.MULTILINE)
    assert rows == [(label.value, label.meaning) for label in Label if label.group is not Group.BODY]


def test_matchers_are_listed():
    assert re.findall(r"^\| `(\w+)`", SECTIONS["Matchers"], re.MULTILINE) == list(MATCHERS)


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("A site's file", [*SiteFile.__struct_encode_fields__, *SELECTOR_FIELDS, "timezone"]),
        ("Cases", Case.__struct_encode_fields__),
        ("Common rules", [*COMMON_MATCHERS, str(MAX_COMMON_CHARS)]),
    ],
)
def test_every_key_is_explained(section, names):
    assert [name for name in names if not re.search(rf"\W{name}\W", SECTIONS[section])] == []


def test_what_a_network_lacks_and_has_besides_is_said():
    site, network = set(SiteFile.__struct_encode_fields__), set(NetworkFile.__struct_encode_fields__)
    assert site - network == {"hosts", "valid_from", "valid_until"}
    assert network - site == set()
    said = "no `hosts`, `valid_from` and `valid_until`"
    assert said in SECTIONS["Networks"]

"""Checking a rules folder: its files, its cases, its goldens, its entries."""

import xml.etree.ElementTree as ET

import pytest
from msgspec.structs import replace

import cleaner
from cleaner.errors import RuleError
from cleaner.ruletools.ablation import make_comparable
from cleaner.ruletools.check import check_rules
from cleaner.ruletools.check_output import CheckFormat, write_results
from cleaner.ruletools.check_results import CheckState
from cleaner.ruletools.golden import golden_path

PAGE = """The lamp of Arnhold is lit again

2 May 2024

The lamp of the lighthouse at Arnhold was lit on Thursday for the first time since the storm of last October.

Why the lamp is green: a keeper of the old light remembers the night when the glass from the mainland was late.

“It was dark for so long that the gulls had stopped minding us,” said Tove Lind, who keeps the light with her brother.

Lantern club members read on

The lens had been sent to the mainland in forty crates, each of them as heavy as a calf and packed in sheep's wool.
"""
SITE = """hosts = ["arnhold.example"]

[[drop]]
label = "related"
starts = "Why the lamp is green"
why = "pointer to another story"

[[case]]
input = "cases/lamp.txt"
url = "https://arnhold.example/lamp"
title = "The lamp of Arnhold is lit again"
must_keep = ["The lens had been sent to the mainland"]
must_drop = ["Why the lamp is green"]
"""


@pytest.fixture
def rules(tmp_path):
    """A folder in which every check passes."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "lamp.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "arnhold.example.toml").write_text(SITE, encoding="utf-8")
    assert any(result.state is CheckState.UPDATED for result in check_rules(tmp_path, update=True))
    return tmp_path


def change(rules, old, new):
    path = rules / "arnhold.example.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def wrong(rules):
    """Return subject, field and detail of each check that fails."""
    return [(result.subject, result.field, result.detail) for result in check_rules(rules) if not result.passes]


def test_what_is_in_order_passes(rules):
    assert wrong(rules) == []


@pytest.mark.parametrize(
    ("old", "new", "field", "detail"),
    [
        (
            '"The lens had',
            '"Why the lamp is green", "The lens had',
            "must_keep",
            "is related by arnhold.example:drop[0]",
        ),
        ('"The lens had', '"The lens of brass had', "must_keep", "is not on the page"),
        ('["Why the lamp', '["The lens had been", "Why the lamp', "must_drop", "is paragraph by classifier"),
        ('["Why the lamp', '["Why the moon", "Why the lamp', "must_drop", "tests nothing"),
        ('["Why the lamp is green"]', '[{ text = "Why the lamp", label = "share" }]', "must_drop", "expected share"),
        ('title = "The lamp', 'title = "A lamp', "title", "got The lamp of Arnhold is lit again"),
        ("lamp.txt", "lamps.txt", "golden", "cannot be read: No such file"),
    ],
)
def test_a_failing_case_is_reported_with_the_judge(rules, old, new, field, detail):
    change(rules, old, new)
    told = {field: text for _, field, text in wrong(rules)}
    assert detail in told[field]


def test_labelled_text_that_is_dropped_as_that_holds(rules):
    change(rules, '["Why the lamp is green"]', '[{ text = "Why the lamp is green", label = "related" }]')
    assert wrong(rules) == []


def test_missing_golden_fails_and_is_not_written(rules):
    golden = golden_path(rules / "cases" / "lamp.txt")
    golden.unlink()
    assert [(subject, field) for subject, field, _ in wrong(rules)] == [("cases/lamp.txt", "golden")]
    assert not golden.exists()


def test_changed_golden_tells_what_changed_and_update_writes_it(rules):
    golden = golden_path(rules / "cases" / "lamp.txt")
    before = golden.read_text(encoding="utf-8")
    change(rules, "[[case]]", '[[drop]]\nlabel = "promo"\nstarts = "“It was"\nwhy = "test"\n\n[[case]]')
    ((_, field, detail),) = wrong(rules)
    assert field == "golden"
    assert detail.startswith("went missing: ““It was dark")
    assert detail.endswith("was paragraph; is promo by arnhold.example:drop[1]: test")
    updated = [result for result in check_rules(rules, update=True) if result.state is CheckState.UPDATED]
    assert [result.detail for result in updated] == [detail]
    assert golden.read_text(encoding="utf-8") != before
    assert wrong(rules) == []


def test_text_that_comes_back_or_gets_another_label_is_reported(rules):
    change(rules, 'label = "related"', 'label = "promo"')
    assert "other label: “Why the lamp" in wrong(rules)[0][2]
    change(rules, 'starts = "Why the lamp is green"', 'starts = "Why the moon"')
    told = {field: detail for _, field, detail in wrong(rules)}
    assert "came back: “Why the lamp" in told["golden"]
    assert "was related; is" in told["golden"]


@pytest.mark.parametrize(
    ("entry", "detail"),
    [
        ('label = "related"\nstarts = "Why the moon"', "it fires on no case"),
        ('label = "timestamp"\nline = "2 May 2024"', "front_matter would give the same in cases/lamp.txt"),
    ],
)
def test_dead_entry_is_named(rules, entry, detail):
    change(rules, "[[case]]", f'[[drop]]\n{entry}\nwhy = "test"\n\n[[case]]')
    ((subject, field, text),) = wrong(rules)
    assert (subject, field) == ("drop[1]", "has an effect")
    assert text.startswith("dead entry:")
    assert detail in text


def test_two_labels_that_change_places_are_a_difference():
    article = cleaner.clean(PAGE)
    first, *others, last = article.blocks
    swapped = (replace(first, verdict=last.verdict), *others, replace(last, verdict=first.verdict))
    kept = [block.verdict.label for block in article.blocks]
    assert kept[0] is not kept[-1]
    assert make_comparable(article) == make_comparable(cleaner.clean(PAGE))
    assert make_comparable(article) != make_comparable(replace(article, blocks=swapped))


def test_of_two_entries_that_say_the_same_each_names_the_other(rules):
    change(rules, "[[case]]", '[[drop]]\nlabel = "related"\ncontains = "lamp is green"\nwhy = "test"\n\n[[case]]')
    first, second = (text for _, _, text in wrong(rules))
    assert "arnhold.example:drop[1] would give the same" in first
    assert "fires on no case" in second


def test_entry_that_changes_only_a_label_earns_its_place(rules):
    change(rules, "[[case]]", '[[drop]]\nlabel = "legal"\nline = "2 May 2024"\nwhy = "test"\n\n[[case]]')
    list(check_rules(rules, update=True))
    assert wrong(rules) == []


def test_rule_that_drops_the_whole_body_is_refused(rules):
    change(rules, "[[case]]", '[[drop]]\nlabel = "promo"\nregex = ".{20,}"\nwhy = "test"\n\n[[case]]')
    list(check_rules(rules, update=True))
    told = {field: detail for _, field, detail in wrong(rules)}
    assert told["body"].startswith("arnhold.example:drop[1] is not followed on this page")
    change(rules, 'regex = ".{20,}"', 'regex = ".{20,}"\ntrust = "always"')
    list(check_rules(rules, update=True))
    told = {field: detail for _, field, detail in wrong(rules)}
    assert told["body"].startswith("arnhold.example:drop[1] drops the whole body")


def test_only_unusable_files_are_reported(rules):
    (rules / "a.toml").write_text('hosts = ["a.example"]\n\n[[drop]]\nlabl = "x"\n', encoding="utf-8")
    (rules / "b.toml").write_text('hosts = ["b.example"]\nx = [\n', encoding="utf-8")
    found = list(check_rules(rules))
    assert [(result.path.name, result.line, result.state) for result in found] == [
        ("a.toml", 3, CheckState.UNUSABLE),
        ("b.toml", 2, CheckState.UNUSABLE),
    ]


def test_fault_between_files_is_reported(rules):
    (rules / "z.toml").write_text('signatures = ["z"]\nhosts = ["arnhold.example"]\n', encoding="utf-8")
    (found,) = check_rules(rules)
    assert (found.path.name, found.line, found.state) == ("z.toml", 2, CheckState.UNUSABLE)
    assert "is also in arnhold.example.toml" in found.detail


def test_no_folder(tmp_path):
    with pytest.raises(RuleError, match="no such folder"):
        list(check_rules(tmp_path / "none"))


@pytest.fixture
def results(rules):
    change(rules, '"The lens had', '"Why the lamp is green: 100%", "The lens had')
    return list(check_rules(rules))


def test_text_shows_what_fails_with_file_and_line(results, rules):
    shown = write_results(results, CheckFormat.TEXT)
    assert shown.startswith(f"{rules / 'arnhold.example.toml'}:8: cases/lamp.txt: must_keep\n    ")
    assert shown.endswith(f"{len(results) - 1} hold, 1 fail\n")


def test_github_escapes_what_it_annotates(results, rules):
    annotation, _ = write_results(results, CheckFormat.GITHUB).splitlines()
    path = (rules / "arnhold.example.toml").as_posix()
    assert annotation.startswith(f"::error file={path},line=8,title=cases/lamp.txt%3A must_keep::")
    assert "100%25”%0A" in annotation


def test_junit_counts_and_carries_the_detail(results):
    bad = results[0]._replace(state=CheckState.FAILS, detail="<&\x1b")
    root = ET.fromstring(write_results([*results, bad], CheckFormat.JUNIT))  # noqa: S314  our own
    assert (root.get("tests"), root.get("failures")) == (str(len(results) + 1), "2")
    assert [case.get("name") for case in root.iter("testcase")][:2] == ["must_keep", "must_drop"]
    assert [failure.text for failure in root.iter("failure")][1] == "<& "

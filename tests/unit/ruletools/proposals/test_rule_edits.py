"""Entries of a rule file are replaced and removed where they are; what a person wrote around them stays."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cleaner.errors import RuleError
from cleaner.labels import Label
from cleaner.rulebook.rule_types import Trust
from cleaner.ruletools.proposals import Change, RuleTable, apply_changes, list_entries

FILE = """\
#:schema ./site.schema.json
# The Harbour Post, since 2024
hosts = ["harbourpost.example"]

[metadata]
section = ["p.desk", "p.topic"]

[body]
selectors = ["main.story"] # the only one

# The letter of Fridays.
[[drop]]
label = "newsletter" # not promo
starts = "The Harbour Post writes"  # on every page
why = "the letter"
trust = "always"

# Two lines
# of comment.
[[drop]]
label = "promo"
line = [
  "One [[drop]]",
  "Two",
]
why = "the desk"

# far above

[[keep]]
selector = "p.lead"
why = "the lead"

# the cases
[[case]]
input = "cases/harbourpost.example/a.html"
must_drop = ["The Harbour Post writes"]
"""
ENTRIES = list_entries(FILE)
KEEP, LETTER, DESK, BODY = ENTRIES[:4]
CASE = ENTRIES[-1]


def drop_lines(text, *starts):
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(starts))


def test_the_entries_of_a_file_are_listed_table_by_table():
    assert [(one.table, one.kind) for one in ENTRIES] == [
        (RuleTable.KEEP, "selector"),
        (RuleTable.DROP, "starts"),
        (RuleTable.DROP, "line"),
        (RuleTable.BODY, "body"),
        (RuleTable.METADATA, "metadata"),
        (RuleTable.METADATA, "metadata"),
        (RuleTable.CASE, "case"),
    ]
    assert DESK.matcher == {"line": ["One [[drop]]", "Two"]}
    assert LETTER.trust is Trust.ALWAYS
    assert CASE.case == {"input": "cases/harbourpost.example/a.html", "must_drop": ["The Harbour Post writes"]}


def test_a_removed_entry_takes_its_comment_along_and_no_other():
    text = apply_changes(FILE, [replace(LETTER, removes=True)])
    assert text == FILE.replace(FILE[FILE.index("# The letter") : FILE.index("# Two lines")], "")


def test_an_edited_entry_keeps_its_comments_order_and_other_keys():
    edited = replace(LETTER, label=Label.PROMO, matcher={"regex": r"The Harbour Post \w+"}, replaces=LETTER)
    wanted = FILE.replace('label = "newsletter" # not', 'label = "promo"  # not')
    wanted = wanted.replace('starts = "The Harbour Post writes"  #', r"regex = 'The Harbour Post \w+'  #")
    assert apply_changes(FILE, [edited]) == wanted


def test_selectors_are_replaced_and_removed_in_their_lists():
    body, section, topic = ENTRIES[3:6]
    text = apply_changes(FILE, [replace(body, selector="div.words", replaces=body), replace(section, removes=True)])
    assert 'selectors = ["div.words"] # the only one' in text
    assert 'section = ["p.topic"]' in text
    text = apply_changes(text, [replace(topic, removes=True), replace(body, selector="div.words", removes=True)])
    assert "[metadata]" not in text
    assert "[body]" not in text
    assert list_entries(text) == [KEEP, LETTER, DESK, CASE]


def test_trust_is_taken_from_an_entry_and_given_to_the_body():
    asked = replace(LETTER, trust=None, replaces=LETTER)
    trusted = replace(BODY, trust=Trust.ALWAYS, why="pages of pictures", selector="div.words", replaces=BODY)
    text = apply_changes(FILE, [asked, trusted])
    assert drop_lines(text, "trust", "why") == drop_lines(FILE, "trust", "why").replace("main.story", "div.words")
    assert list_entries(text)[1] == replace(LETTER, trust=None)
    assert list_entries(text)[3] == replace(trusted, replaces=None)
    back = replace(BODY, replaces=list_entries(text)[3])
    assert list_entries(apply_changes(text, [back])) == list_entries(apply_changes(FILE, [asked]))


def test_trust_needs_a_reason():
    with pytest.raises(RuleError, match="`trust` is given without `why`"):
        apply_changes(FILE, [replace(BODY, trust=Trust.ALWAYS, replaces=BODY)])


def test_a_case_is_edited_in_its_place_and_removed():
    values = {
        **CASE.case,
        "must_drop": [{"text": "The letter", "label": "newsletter"}],
        "fetched": "2026-02-01",
        "title": "Bells",
    }
    text = apply_changes(FILE, [replace(CASE, case=values, replaces=CASE)])
    assert text.startswith(FILE[: FILE.index("must_drop")])
    assert "fetched = 2026-02-01\n" in text
    (edited,) = [one for one in list_entries(text) if one.table is RuleTable.CASE]
    assert edited.case == values
    assert apply_changes(text, [replace(edited, removes=True)]) == FILE[: FILE.index("# the cases")].rstrip() + "\n"


def test_a_case_with_an_unknown_label_is_refused():
    with pytest.raises(RuleError, match="nonsense"):
        apply_changes(
            FILE, [replace(CASE, case={**CASE.case, "must_drop": [{"text": "a", "label": "nonsense"}]}, replaces=CASE)]
        )


def test_an_entry_moves_to_another_table():
    kept = Change(table=RuleTable.KEEP, matcher=LETTER.matcher, why="text after all", replaces=LETTER)
    assert list_entries(apply_changes(FILE, [kept]))[:3] == [KEEP, replace(kept, replaces=None), DESK]


def test_an_entry_that_was_changed_meanwhile_is_left_alone():
    other = replace(LETTER, why="something else", removes=True)
    with pytest.raises(RuleError, match="does not have this entry any more"):
        apply_changes(FILE, [other])


def test_an_entry_that_is_no_table_of_its_own_is_left_to_an_editor():
    inline = 'hosts = ["a.example"]\ndrop = [{ label = "promo", line = "Read on", why = "x" }]\n'
    (entry,) = list_entries(inline)
    with pytest.raises(RuleError, match="not written as a table of its own"):
        apply_changes(inline, [replace(entry, removes=True)])


def test_a_text_that_looks_like_a_table_is_not_cut():
    tricky = FILE.replace('why = "the desk"', 'why = """the desk\n[[drop]]\nof the post"""')
    before = list_entries(tricky)
    with pytest.raises(RuleError, match="cannot be cut out of the file"):
        apply_changes(tricky, [replace(before[2], removes=True)])
    assert list_entries(apply_changes(tricky, [replace(before[1], removes=True)])) == [before[0], *before[2:]]


@given(st.permutations(range(3)), st.integers(1, 3))
def test_what_is_removed_is_gone_and_all_else_is_there(order, count):
    """Whatever the order in which entries go."""
    gone = [ENTRIES[place] for place in order[:count]]
    text = apply_changes(FILE, [replace(one, removes=True) for one in gone])
    assert list_entries(text) == [one for one in ENTRIES if one not in gone]
    assert "# The Harbour Post, since 2024" in text
    assert "# far above" in text
    assert "# the cases" in text


def test_all_shipped_files_survive_the_removal_of_each_entry():
    for path in sorted((Path(__file__).parents[4] / "rules").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        if path.stem == "everywhere":
            continue
        entries = list_entries(text)
        for entry in entries[:4]:
            left = entries.copy()
            left.remove(entry)
            assert list_entries(apply_changes(text, [replace(entry, removes=True)])) == left, path.name

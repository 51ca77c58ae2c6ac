"""Proposals for marks on composed pages of one site."""

from pathlib import Path

import pytest

import cleaner
from cleaner.errors import RuleError
from cleaner.labels import Group, Label
from cleaner.page.decode import read_page
from cleaner.rulebook.rule_decoder import decode_rules
from cleaner.rulebook.rule_types import SiteFile
from cleaner.ruletools.proposals import (
    BlockMark,
    Change,
    Effect,
    RuleTable,
    add_changes,
    find_hits,
    propose_changes,
    view_site_page,
)
from cleaner.ruletools.proposals.marked_page import make_labelled_page, make_marked_case
from cleaner.ruletools.proposals.markup_entries import list_widening_selectors

HARBOUR = Path(__file__).parents[3] / "studio" / "pages" / "harbour"
NAMES = ("ferry", "gull", "kelp", "lanterns")
DUMP = """\
Ferry timetable changes in spring

The ferry to the outer islands will leave forty minutes earlier from the first of April, the harbour office said.

Tides of the week
Monday 04:10
Tuesday 05:02

Islanders had asked for the change for six years. Until now those who worked in town waited almost an hour on a windy
platform, or drove round by the bridge.

On Saturdays nothing changes. The last boat home stays at ten past eleven, and dogs still travel free if they stay off
the benches, the harbour office said on Friday.
"""


def view(content, name):
    page = read_page(content, f"https://harbourpost.example/2025/{name}", name=name)
    return view_site_page(page, cleaner.clean(content, page.url))


@pytest.fixture(scope="module")
def pages():
    return [view((HARBOUR / f"{name}.html").read_bytes(), name) for name in NAMES]


def find(page, start):
    return next(block.index for block in page.article.blocks if block.text.startswith(start))


def mark(pages, start, label, page=0):
    return BlockMark(page, find(pages[page], start), label)


def by_kind(proposals, kind):
    return [one for one in proposals if one.change.kind == kind]


def test_one_mark_gives_entries_for_all_pages(pages):
    proposals = propose_changes([mark(pages, "The Harbour Post writes", Label.NEWSLETTER)], pages)
    best = proposals[0]
    assert best.change.label is Label.NEWSLETTER
    assert [hit.page for hit in best.hits] == [0, 1, 2, 3]
    assert best.counts == {Effect.CHANGED: 4}
    selectors = [one.change.matcher["selector"] for one in by_kind(proposals, "selector")]
    assert "div.words p.letter" in selectors
    assert "main.story" not in selectors  # it would take the story with it


def test_a_shared_opening_is_preferred_to_the_line_of_one_page(pages):
    proposals = propose_changes([mark(pages, "Onward:", Label.RELATED)], pages)
    assert proposals[0].change.matcher == {"starts": "Onward:"}
    assert {hit.page for hit in proposals[0].hits} == {0, 1, 2, 3}


def test_a_mark_of_the_text_excludes_what_would_take_it(pages):
    wrong = [mark(pages, "Onward:", Label.RELATED), mark(pages, "Onward:", Label.PARAGRAPH, page=1)]
    proposals = propose_changes(wrong, pages)
    assert proposals
    assert all(one.counts[Effect.WRONG] < one.covered for one in proposals)
    assert all(one.change.matcher != {"starts": "Onward:"} for one in proposals)


def test_false_hits_come_first(pages):
    change = Change(table=RuleTable.DROP, label=Label.PROMO, matcher={"selector": "div.words p"}, why="too wide")
    marks = [mark(pages, "The Harbour Post writes", Label.PROMO), mark(pages, "On Saturdays", Label.PARAGRAPH)]
    effects = [hit.effect for hit in find_hits(change, pages, marks)]
    assert effects[0] is Effect.WRONG
    assert effects == sorted(effects, key=list(Effect).index)
    assert effects.count(Effect.DOUBTFUL) > 10


def test_text_that_is_dropped_gets_a_keep_entry(pages):
    proposals = propose_changes([mark(pages, "More from the front", Label.HEADING)], pages)
    keeps = [one for one in proposals if one.change.table is RuleTable.KEEP]
    assert keeps
    assert keeps[0].change.label is None
    assert keeps[0].counts[Effect.CHANGED] == 4


def test_text_that_is_kept_needs_no_entry_but_may_show_the_body(pages):
    marks = [mark(pages, "On Saturdays", Label.PARAGRAPH), mark(pages, "The office will print", Label.PARAGRAPH)]
    proposals = propose_changes(marks, pages)
    assert {one.change.table for one in proposals} <= {RuleTable.BODY}
    marks.append(mark(pages, "More from the front", Label.HEADING))
    assert any(one.change.table is RuleTable.KEEP for one in propose_changes(marks, pages))


def test_a_byline_is_metadata_too(pages):
    proposals = propose_changes([mark(pages, "By Olof", Label.BYLINE)], pages)
    found = [one.change for one in proposals if one.change.table is RuleTable.METADATA]
    assert Change(table=RuleTable.METADATA, field="authors", selector="main.story p.byline") in found


def test_marks_that_follow_each_other_give_a_range():
    dump = view(DUMP, "tides")
    marks = [mark([dump], start, Label.OTHER) for start in ("Tides of the week", "Monday", "Tuesday")]
    matchers = [one.change.matcher for one in propose_changes(marks, [dump])]
    assert {"from": "Tides of the week", "to": "Tuesday 05:02"} in matchers
    assert {"starts": "Tides of the week", "through": 2} in matchers
    assert not [one for one in matchers if one.get("to") == "end"]  # text follows


def test_no_marks_no_proposals(pages):
    assert propose_changes([], pages) == []


@pytest.mark.parametrize("label", [label for label in Label if label.group is not Group.BODY])
def test_every_proposal_makes_a_valid_file(pages, label):
    base = '# kept\nhosts = ["harbourpost.example"]\n\n[body]\nselectors = ["main"] # kept too\n'
    for one in propose_changes([mark(pages, "Seen something", label)], pages):
        text = add_changes(base, [one.change])
        assert "# kept\n" in text
        assert "# kept too" in text
        decode_rules("harbourpost.example.toml", text.encode(), SiteFile)


def test_selectors_are_added_to_those_of_the_file():
    base = 'hosts = ["a.example"]\n\n[body]\nselectors = ["main"] # the story\n'
    change = Change(table=RuleTable.BODY, field="selectors", selector="div.words")
    text = add_changes(base, [change, change])
    assert decode_rules("a", text.encode(), SiteFile).body.selectors == ("main", "div.words")
    text = add_changes(text, [Change(table=RuleTable.METADATA, field="authors", selector="p.by")])
    assert decode_rules("a", text.encode(), SiteFile).metadata.authors == ("p.by",)
    assert "# the story" in text


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (Change(table=RuleTable.DROP, label=Label.PROMO, matcher={}, why="x"), "exactly one matcher"),
        (
            Change(table=RuleTable.DROP, label=Label.PROMO, matcher={"starts": "a", "ends": "b"}, why="x"),
            "exactly one matcher",
        ),
        (
            Change(table=RuleTable.DROP, label=Label.PARAGRAPH, matcher={"starts": "a"}, why="x"),
            "label of the article's own text",
        ),
        (Change(table=RuleTable.DROP, label=Label.PROMO, matcher={"starts": "a"}), "`why` is empty"),
        (Change(table=RuleTable.DROP, label=Label.PROMO, matcher={"begins": "a"}, why="x"), "unknown field"),
        (Change(table=RuleTable.DROP, label=Label.PROMO, matcher={"regex": "("}, why="x"), "cannot be used"),
        (Change(table=RuleTable.DROP, label=Label.PROMO, matcher={"selector": "*"}, why="x"), "every block"),
        (Change(table=RuleTable.DROP, matcher={"starts": "a"}, why="x"), "Expected"),
        (Change(table=RuleTable.METADATA, field="colour", selector="p"), "colour"),
        (Change(table=RuleTable.BODY, selector="p["), "not a CSS selector"),
    ],
)
def test_a_wrong_change_says_what_is_wrong(change, problem):
    with pytest.raises(RuleError, match=problem):
        add_changes('hosts = ["a.example"]\n', [change])


def test_selectors_widen_from_the_innermost_element():
    paths = ["html/body/div#main/aside.teaser.wide/p", "html/body/div#main/aside.teaser/p"]
    assert list_widening_selectors(paths) == ["aside.teaser p", "div#main p", "aside.teaser", "div#main"]
    assert list_widening_selectors(["html/body/p"]) == []
    assert list_widening_selectors(["html/body/div#post-123/p.x1"]) == []  # names of one page, or of a build tool
    assert list_widening_selectors(["html/body/div.a-box/p", ""]) == []


def test_a_case_holds_what_was_marked(pages):
    page = pages[0]
    marks = {find(page, "On Saturdays"): Label.PARAGRAPH, find(page, "More from the front"): Label.RELATED}
    case = make_marked_case("cases/x/a.html", page.page, page.article, marks).case
    assert case.must_keep == ("On Saturdays nothing changes. The last boat home stays at ten past eleven, and",)
    assert case.must_drop == ("More from the front",)
    case = make_marked_case("cases/x/a.html", page.page, page.article, {find(page, "More from"): Label.RELATED}).case
    assert len(case.must_keep) == 2


def test_a_labelled_page_has_all_blocks_in_order(pages):
    page = pages[0]
    row = make_labelled_page(page.page, page.article, {find(page, "Onward:"): Label.RELATED})
    assert [text for _, text in row["blocks"]] == [block.text for block in page.article.blocks]
    labels = {text: label for label, text in row["blocks"]}
    assert labels["Seen something on the water? The desk is open until nine and glad of a call."] == "body"
    assert next(label for text, label in labels.items() if text.startswith("Onward:")) == "related"
    assert "Onward:" not in row["gold"]
    assert row["html"].startswith("<!doctype html>")

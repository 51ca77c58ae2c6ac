import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.analysis.report.changes import OlderRun, TextChange
from cleaner.analysis.report.survey import survey_run
from cleaner.analysis.run_reader import ArticleRow, RunDocument

LINES = st.lists(st.sampled_from(["", "Tea", "Tea is grown.", "It rains.", "茶"]), max_size=6)


def document(number, *lines, site="tea.example"):
    row = ArticleRow(id=f"page-{number}", text="\n".join(lines), kept_share=0.5, site=site)
    return RunDocument(row, ())


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (["Tea is grown."], ["Tea is grown."], None),
        (["Tea is grown."], ["Tea is grown.", "", "It rains."], TextChange(9, 0)),
        (["Tea is grown.", "It rains."], ["It rains."], TextChange(0, 13)),
        (["It rains.", "Tea"], ["Tea", "It rains."], TextChange(0, 0)),
        (["Tea", "Tea"], ["Tea"], TextChange(0, 3)),
        (["Tea"], ["茶"], TextChange(1, 3)),
    ],
)
def test_characters_of_lines_that_were_gained_and_lost(old, new, change):
    assert OlderRun([document(1, *old)]).measure_change(document(1, *new)) == change


def test_a_document_that_only_moved_its_lines_has_changed():
    assert TextChange(0, 0).size == 1


def test_a_document_that_the_older_run_lacks_has_no_change():
    older = OlderRun([document(1, "Tea")])
    assert older.measure_change(document(2, "Tea")) is None
    assert not older.has("page-2")


@given(LINES, LINES)
def test_gains_and_losses_add_up_to_the_difference(old, new):
    change = OlderRun([document(1, *old)]).measure_change(document(1, *new))
    difference = sum(map(len, new)) - sum(map(len, old))
    assert (change.gained - change.lost if change else 0) == difference
    assert (change is None) == ("\n".join(old) == "\n".join(new))


def test_runs_are_compared_as_a_whole_and_by_site():
    older = OlderRun([document(1, "Tea"), document(2, "It rains."), document(3, "Gone", site="old.example")])
    survey = survey_run([document(1, "Tea"), document(2, "It rains."[:2], site="b.example"), document(4, "New")], older)
    changes = survey.changes
    assert (changes.same, changes.changed, changes.added, changes.gone) == (1, 1, 1, 1)
    assert (changes.gained, changes.lost) == (2, 9)
    assert [(site.name, site.changed, site.gained, site.lost) for site in changes.sites] == [
        ("b.example", 1, 2, 9),
        ("old.example", 0, 0, 0),
    ]
    assert [survey.find_state(number) for number in range(3)] == [None, "changed", "new"]

from datetime import date

import pytest

from bench import report
from bench.corpora import Sample, Shape
from bench.measure import measure, run_system
from bench.peers import Peer, Reading, load_readers, select_peers
from bench.score import Counts

PAGE = Sample(
    id="a",
    source="one",
    shape=Shape.MAIN,
    content="Menu\nThe tide came in at noon today.\nThe pier stood under water.",
    golds=("The tide came in at noon today.\nThe pier stood under water.",),
    title="High tide",
    authors=("Ida Quill",),
    day=date(2024, 3, 1),
    boilerplate={"related": "Read about the last flood"},
)
READER = Peer("reader", None, lambda: None, facts=True)


def test_a_page_is_scored_on_all_that_its_source_marks():
    text = "The tide came in at noon today.\nRead about the last flood"
    outcome = run_system(
        PAGE, READER, lambda _content, _url: Reading(text, "High tide", ("Tom Marsh",), date(2024, 3, 1))
    )
    assert outcome.facts == {"title": True, "authors": False, "date": True}
    # gold: 12 words, 9 shingles; text: 7 of its words in 4 shingles, then 5 shingles that are wrong
    assert outcome.marks.counts == Counts(4, 5, 5)
    # of The, pier, stood, under, water; none is in the rest
    assert outcome.marks.lost == pytest.approx(5 / 12)
    assert outcome.marks.leaked == {"related": 1.0}
    assert (outcome.marks.exact, outcome.empty, outcome.failed) == (False, False, None)


def test_a_system_that_raises_is_scored_as_empty_and_counted():
    def read(_content, _url):
        raise ZeroDivisionError

    outcome = run_system(PAGE, READER, read)
    assert (outcome.failed, outcome.empty, outcome.marks.lost) == ("ZeroDivisionError", True, 1.0)


def test_a_system_that_reads_no_metadata_is_not_judged_on_it():
    silent = Peer("silent", None, lambda: None)
    assert run_system(PAGE, silent, lambda content, _url: Reading(content)).facts == {}


def test_systems_read_the_same_pages_in_turn():
    outcomes = list(measure([PAGE, PAGE], Shape.MAIN, ["c4-lines", "untouched"], jobs=1))
    assert [outcome.system for outcome in outcomes] == ["untouched", "c4-lines"] * 2
    assert [outcome.marks.exact for outcome in outcomes] == [False, True] * 2


def test_two_processes_find_what_one_finds():
    one, two = (list(measure([PAGE] * 9, Shape.MAIN, ["untouched", "c4-lines"], jobs=jobs)) for jobs in (1, 2))
    assert [(o.system, o.marks) for o in one] == [(o.system, o.marks) for o in two]


def test_a_peer_that_is_not_installed_is_left_out():
    def absent():
        raise ModuleNotFoundError

    here = Peer("here", None, lambda: lambda content, _url: Reading(content))
    assert list(load_readers([Peer("gone", "gone", absent), here])) == ["here"]


def test_an_unknown_peer_is_named_with_those_there_are():
    with pytest.raises(ValueError, match=r"no peer named readble; there are: cleaner, .*untouched"):
        select_peers(Shape.HTML, ["readble"])


def test_c4_keeps_lines_that_end_like_sentences_and_have_five_words():
    (peer,) = select_peers(Shape.FULL, ["c4-lines"])
    text = 'Read more\nToo short this one.\nThis line is just right.\nNo stop at the end here\nShe said "that is all"'
    assert peer.make()(text, None).text == 'This line is just right.\nShe said "that is all"'


def test_the_tables_hold_systems_by_source():
    outcomes = list(measure([PAGE], Shape.MAIN, ["untouched", "c4-lines"], jobs=1))
    lines = report.format_quality(outcomes).splitlines()
    assert lines[0].split() == ["|", "system", "|", "one", "|"]
    # untouched: 10 shingles, 9 of them right
    assert lines[2].split() == ["|", "untouched", "|", ".947", "|"]
    assert lines[3].split() == ["|", "c4-lines", "|", "1.000", "|"]
    assert lines[7].split() == ["|", "untouched", "|", ".900", "/", "1.000", "|"]
    assert report.format_facts(outcomes) == ""

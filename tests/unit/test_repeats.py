"""What recurs on a site is found, whatever the order of its pages; a story that is told twice does not recur."""

import pickle
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import repeats as tally
from cleaner.repeats import MAX_PAGES, MIN_STORIES, Recurring, Repeats, Tally

FOOTER = ["Subscribe to our weekly letter from the harbour", "All rights reserved", "Write to the editors"]


def story(name, paragraphs=6):
    return [f"Paragraph {number} of the story about {name} says what no other does" for number in range(paragraphs)]


STORIES = [story(f"ship number {number}") for number in range(6)]


def found(pages):
    return tally.find_recurring([[tally.hash_line(text) for text in page] for page in pages])


def pairs(*texts):
    return {tally.hash_pair(first, second) for first, second in pairwise(map(tally.hash_line, texts))}


def test_what_stands_below_different_stories_recurs():
    assert found([page + FOOTER for page in STORIES]) == Recurring(6, dict.fromkeys(pairs(*FOOTER), 6))


def test_case_spaces_and_marks_make_no_difference():
    pages = [*(page + FOOTER for page in STORIES[:3]), [*STORIES[3], *(f"»  {line.upper()} |" for line in FOOTER)]]
    assert found(pages).pairs == dict.fromkeys(pairs(*FOOTER), 4)


def test_lines_of_nothing_but_marks_are_passed_over():
    pages = [
        [*page, *(text for line in FOOTER for text in (line, "*" * number))] for number, page in enumerate(STORIES)
    ]
    assert found(pages) == found([page + FOOTER for page in STORIES])


def test_a_line_that_recurs_alone_does_not_count():
    assert not found([[*page[:3], "What we know", *page[3:]] for page in STORIES]).pairs


def test_lines_of_one_story_do_not_recur():
    poem = [*story("a poem", 3), "Refrain of the sea that returns", "And of the wind that blows"] * 4
    assert not pairs(*poem) & found([poem, *STORIES]).pairs.keys()


@pytest.mark.parametrize("copies", [2, 5])
def test_pages_stored_more_than_once_count_once(copies):
    pages = [page + FOOTER for page in STORIES]
    assert found(pages * copies) == found(pages)


def test_versions_of_one_story_stay_whole():
    first = story("a trial", 8)
    versions = [first, [*first[:3], "The court has corrected what it said before", *first[4:]], first[2:], first[:6]]
    assert not pairs(*first) & found([*versions, *STORIES]).pairs.keys()


@pytest.mark.parametrize("backwards", [False, True])
def test_a_live_blog_stays_whole(backwards):
    entries = story("an election night", 64)
    snapshots = [entries[:size] for size in (2, 4, 8, 16, 32, 64)]
    assert found(snapshots[::-1] if backwards else snapshots) == Recurring(1, {})


def test_background_that_a_third_of_the_stories_do_not_share_stays():
    background = story("how the dispute began", 2)
    pages = [page + background for page in STORIES[:3]] + [story(f"harbour {number}") for number in range(9)]
    assert not found(pages).pairs


def test_two_long_pages_tell_short_ones_apart():
    notices = story("terms of use", 4)
    short = [story(f"note {number}", 2) + notices for number in range(5)]
    assert found(short).stories == 1
    assert found([*short, story("a journey", 30) + notices, story("a trial", 30) + notices]).stories == 7


def test_copies_of_short_pages_count_once():
    notices = story("terms of use", 8)
    pages = [story(f"ship {number}", size) + notices for number, size in enumerate((30, 30, 30, 3, 3))]
    assert found(pages * 2).stories == 5


def test_pages_that_tell_nothing_do_not_count():
    assert found([["Home", "Sport", "Weather"]] * 9) == Recurring(0, {})


def test_few_stories_are_not_told_apart():
    assert not found([page + FOOTER for page in STORIES[: MIN_STORIES - 1]]).pairs
    assert found([page + FOOTER for page in STORIES[:MIN_STORIES]]).pairs


def counted(path: Path, pages) -> Repeats:
    with Tally(path) as counting:
        for site, name, page in pages:
            counting.add(site, name, tuple(map(tally.hash_line, page)))
        return counting.freeze()


PAGES = [("a.example", f"page {number}", page + FOOTER) for number, page in enumerate(STORIES)]


def test_sites_are_kept_apart(tmp_path):
    other = [("b.example", name, page) for _, name, page in PAGES[:5]]
    few = [("c.example", name, page) for _, name, page in PAGES[: MIN_STORIES - 1]]
    repeats = pickle.loads(pickle.dumps(counted(tmp_path / "tally", [*PAGES, *other, *few])))  # noqa: S301
    assert [found.stories if (found := repeats.look_up(f"{name}.example")) else None for name in "abcd"] == [
        6,
        5,
        None,
        None,
    ]
    assert repeats.look_up("a.example").pairs == dict.fromkeys(pairs(*FOOTER), 6)


@settings(max_examples=10, deadline=None)
@given(st.permutations([*PAGES, *(("a.example", f"copy of {name}", page[:5] + page[6:]) for _, name, page in PAGES)]))
def test_the_order_of_pages_makes_no_difference(tmp_path_factory, pages):
    folder = tmp_path_factory.mktemp("tally")
    assert counted(folder / "one", pages).look_up("a.example") == counted(folder / "two", sorted(pages)).look_up(
        "a.example"
    )


def test_no_more_than_a_sample_is_compared(tmp_path):
    pages = [("a.example", str(number), story(f"ship {number}") + FOOTER) for number in range(MAX_PAGES + 20)]
    assert counted(tmp_path / "tally", pages).look_up("a.example").stories == MAX_PAGES
    with Tally(tmp_path / "again") as counting:
        assert all(counting.accepts("a.example", name) for _, name, _ in pages)
        for site, name, page in pages:
            counting.add(site, name, tuple(map(tally.hash_line, page)))
        wanted = sum(counting.accepts("a.example", f"later {number}") for number in range(200))
        assert 100 < wanted < 200
        assert counting.accepts("b.example", "page 1")


@pytest.mark.parametrize(("bearers", "recurs"), [(2, False), (3, True)])
def test_what_only_two_stories_bear_does_not_recur(bearers, recurs):
    pages = [page + FOOTER if at < bearers else page for at, page in enumerate(STORIES)]
    assert found(pages).pairs.keys() == (pairs(*FOOTER) if recurs else set())

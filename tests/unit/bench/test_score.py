from collections import Counter

import pytest

from bench.score import (
    Average,
    Counts,
    average_pages,
    compare_best,
    compare_shingles,
    count_shingles,
    count_snippets,
    equals_gold,
    measure_leak,
    measure_loss,
    pool_pages,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("... --- !", {}),
        ("The ferry, late", {("The", "ferry", "late"): 1}),
        ("The ferry sails late", {("The", "ferry", "sails", "late"): 1}),
        ("a b c d e", {("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1}),
        ("x x x x x x", {("x", "x", "x", "x"): 3}),
        ("Züge für 3_5 Städte", {("Züge", "für", "3_5", "Städte"): 1}),
    ],
)
def test_shingles_are_counted_runs_of_four_words(text, expected):
    assert count_shingles(text) == Counter(expected)


@pytest.mark.parametrize(
    ("text", "gold", "expected"),
    [
        # gold: abcd bcde cdef; one word too many at the end adds one shingle
        ("a b c d e f g", "a b c d e f", Counts(3, 1, 0)),
        # the first word is missing, and with it one shingle
        ("b c d e f", "a b c d e f", Counts(2, 0, 1)),
        # a changed word in the middle breaks all shingles that contain it
        ("a b c X e f", "a b c d e f", Counts(0, 3, 3)),
        # twice in the text, wanted once
        ("a b c d a b c d", "a b c d", Counts(1, 4, 0)),
        ("", "a b c d e", Counts(0, 0, 2)),
        ("a b", "", Counts(0, 1, 0)),
        ("A b c d", "a b c d", Counts(0, 1, 1)),
    ],
)
def test_compare_counts_shingles(text, gold, expected):
    assert compare_shingles(text, gold) == expected


def test_precision_and_recall_of_a_page():
    counts = Counts(right=6, wrong=2, missed=4)
    assert counts.precision == 0.75
    assert counts.recall == 0.6
    assert counts.f1 == pytest.approx(12 / 18)


def test_f1_is_that_of_the_averages_and_each_page_weighs_alike():
    pages = [Counts(100, 0, 0), Counts(1, 3, 1)]
    # the second page has a precision of 1/4 and a recall of 1/2
    assert average_pages(pages) == Average(0.625, 0.75)
    assert average_pages(pages).f1 == pytest.approx(2 * 0.625 * 0.75 / 1.375)


def test_an_empty_extraction_costs_recall_and_not_precision():
    assert average_pages([Counts(4, 0, 0), Counts(0, 0, 9)]) == Average(1.0, 0.5)


def test_no_page_at_all_scores_zero():
    assert average_pages([]).f1 == 0.0
    assert pool_pages([]).f1 == 0.0


def test_pooled_weighs_each_snippet_alike():
    assert pool_pages([Counts(3, 0, 0), Counts(0, 1, 1)]) == Average(0.75, 0.75)


def test_the_better_of_two_golds_counts():
    assert compare_best("a b c d e", ["a b c d e f g h", "a b c d e"]) == (Counts(2, 0, 0), "a b c d e")


def test_snippets_are_found_blind_to_white_space():
    text = "The bridge\n opened on  Monday.\nSubscribe now"
    assert count_snippets(text, ["bridge opened", "closed again"], ["Subscribe now", "Share this"]) == Counts(1, 1, 1)


@pytest.mark.parametrize(
    ("text", "gold", "same"),
    [("One.\n\nTwo.", "One.\nTwo. ", True), ("One. Two.", "One Two.", False), ("one", "One", False)],
)
def test_exact_is_blind_to_white_space_only(text, gold, same):
    assert equals_gold(text, gold) is same


@pytest.mark.parametrize(
    ("text", "gold", "share"),
    [
        ("the cat and the dog", "the cat and the dog", 0.0),
        ("the cat", "the cat sat down", 0.5),
        ("the", "the the the the", 0.75),
        ("all of it and more", "", 0.0),
        ("", "gone", 1.0),
    ],
)
def test_lost_is_the_share_of_gold_words_that_are_gone(text, gold, share):
    assert measure_loss(text, gold) == share


@pytest.mark.parametrize(
    ("text", "boilerplate", "gold", "share"),
    [
        (
            "Body text. Read more stories here today",
            "Read more stories here today\nSign up for free",
            "Body text",
            5 / 9,
        ),
        ("Body text.", "Read more stories", "Body text", 0.0),
        ("Sign up now, please", "Sign up now", "Sign up now", None),
        ("Share this", "Share this", "Body text", None),
        ("unread more stories", "read more stories", "Body", 0.0),
        ("anything", "", "Body", None),
    ],
)
def test_leaked_is_the_share_of_telling_boilerplate_that_stands_in_the_text(text, boilerplate, gold, share):
    assert measure_leak(text, boilerplate, gold) == share

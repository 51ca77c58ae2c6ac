from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bench.facts import parse_day, same_authors, same_day, same_title, split_names


@pytest.mark.parametrize(
    ("found", "gold", "same"),
    [
        ("Harbour  “reopens”", 'HARBOUR "reopens"', True),
        ("Tide – and time", "Tide - and time", True),
        ("It’s late", "It's late", True),
        ("Harbour reopens | The Daily Buoy", "Harbour reopens", False),
        (None, "Harbour reopens", False),
    ],
)
def test_titles(found, gold, same):
    assert same_title(found, gold) is same


@pytest.mark.parametrize(
    ("found", "gold", "same"),
    [
        (("Ida Quill", "Tom O. Marsh"), ("Tom O Marsh and Ida Quill",), True),
        (("Ida Quill; Tom Marsh",), ("IDA QUILL, Tom Marsh",), True),
        (("Ida Quill",), ("Ida Quill", "Tom Marsh"), False),
        (("Ida Quill", "The Daily Buoy"), ("Ida Quill",), False),
        ((), ("Ida Quill",), False),
        (("Ida Quill",), ("By Dr. Ida Quill, PhD, RD",), True),
        (("宋怡", "杨志华"), ("宋怡 杨志华",), True),
    ],
)
def test_authors(found, gold, same):
    assert same_authors(found, gold) is same


def test_names_are_not_cut_inside_a_word():
    assert split_names(["Sandy Anderson und Yve Et"]) == {"sandy anderson", "yve et"}


@pytest.mark.parametrize(
    ("found", "same"),
    [
        (date(2023, 9, 5), True),
        (datetime(2023, 9, 5, 23, 59, tzinfo=UTC), True),
        (datetime(2023, 9, 5, 0, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))), True),
        (date(2023, 9, 6), False),
        (None, False),
    ],
)
def test_days(found, same):
    assert same_day(found, date(2023, 9, 5)) is same


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-09-05", date(2023, 9, 5)),
        ("2023-09-05T22:43:00+05:30", date(2023, 9, 5)),
        ("2005-5-7 21:23:57", date(2005, 5, 7)),
        ("2015-11", None),
        ("2023-02-31", None),
        ("unknown", None),
        (None, None),
    ],
)
def test_a_day_is_read_only_where_one_is_named(text, day):
    assert parse_day(text) == day

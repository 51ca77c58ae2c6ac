"""A short line gives a date only if it says nothing else."""

import pytest

from cleaner.language import date_lines

STAMPS = [
    "September 13, 2023",
    "1 min read",
    "3 hours ago",
    "| @harbourpost | Sep 05, 2023, at 10:43 pm",
    "February 20, 2026 12:22 pm (IST)",
    "September 05, 2023 06:49 am | Updated 06:50 am IST - WASHINGTON",
    "Veröffentlicht am 5. September 2023 um 12:10 Uhr",
    "Last updated: 4 May 2024",
    "Posted: Thursday, October 17, 2013, 8:09 PM",
]
NOT_STAMPS = [
    "The bridge opened on 4 May 2024 after two years of work.",
    "4 May 2024: the bridge opens",
    "Best bridges of 2024",
    "10:43",
    "An hour ago she was still at sea",
]


@pytest.mark.parametrize("text", STAMPS)
def test_a_date_line_is_one(text):
    assert date_lines.parse_date_line(text) is not None


@pytest.mark.parametrize("text", NOT_STAMPS)
def test_a_line_that_says_more_is_no_date_line(text):
    assert date_lines.parse_date_line(text) is None


def test_a_double_stamp_gives_publication_update_and_place():
    stamp = date_lines.parse_date_line(
        "September 05, 2023 06:49 am | Updated 06:50 am IST - WASHINGTON", "Asia/Kolkata"
    )
    assert stamp is not None
    assert [str(stamp.published), str(stamp.modified)] == ["2023-09-05 06:49:00+05:30", "2023-09-05 06:50:00+05:30"]
    assert stamp.place == "WASHINGTON"


@pytest.mark.parametrize("text", ["May 21, 2025April 24, 2025 by Mara", "April 24, 2025May 21, 2025"])
def test_of_two_glued_dates_the_later_is_the_update(text):
    found = date_lines.read_dates(text)
    assert [str(found.published), str(found.modified)] == ["2025-04-24", "2025-05-21"]


def test_a_date_given_twice_is_no_update():
    assert date_lines.read_dates("May 21, 2025May 21, 2025").modified is None


def test_a_relative_time_bears_no_date():
    assert date_lines.parse_date_line("1 hour ago") == date_lines.DateLine()

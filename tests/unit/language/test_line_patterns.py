"""A short line tells when, by whom, or what a picture shows, only if it says nothing else."""

import pytest

from cleaner.language import line_patterns

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
    assert line_patterns.parse_date_line(text) is not None


@pytest.mark.parametrize("text", NOT_STAMPS)
def test_a_line_that_says_more_is_no_date_line(text):
    assert line_patterns.parse_date_line(text) is None


def test_a_double_stamp_gives_publication_update_and_place():
    stamp = line_patterns.parse_date_line(
        "September 05, 2023 06:49 am | Updated 06:50 am IST - WASHINGTON", "Asia/Kolkata"
    )
    assert stamp is not None
    assert [str(stamp.published), str(stamp.modified)] == ["2023-09-05 06:49:00+05:30", "2023-09-05 06:50:00+05:30"]
    assert stamp.place == "WASHINGTON"


@pytest.mark.parametrize("text", ["May 21, 2025April 24, 2025 by Mara", "April 24, 2025May 21, 2025"])
def test_of_two_glued_dates_the_later_is_the_update(text):
    found = line_patterns.read_dates(text)
    assert [str(found.published), str(found.modified)] == ["2025-04-24", "2025-05-21"]


def test_a_date_given_twice_is_no_update():
    assert line_patterns.read_dates("May 21, 2025May 21, 2025").modified is None


def test_a_relative_time_bears_no_date():
    assert line_patterns.parse_date_line("1 hour ago") == line_patterns.DateLine()


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("Written by: Ann Lee and Tom Fox", ("Ann Lee", "Tom Fox")),
        ("By the end of the week", ()),
        ("By Ann Lee stood the old harbour wall.", ()),
    ],
)
def test_a_byline_names_people_and_nothing_else(text, authors):
    assert line_patterns.parse_byline(text) == authors


@pytest.mark.parametrize(
    "text",
    [
        "The harbour at dawn. Photo Courtesy: Harbour Board",
        "Ships in line | Photo Credit: Reuters",
        "File picture of the old bridge",
        "A ship leaves port. (AP Photo/Ann Lee)",
        "A ship leaves port, Getty Images",
    ],
)
def test_a_credit_makes_a_caption(text):
    assert line_patterns.has_picture_credit(text)


def test_prose_about_photographs_is_no_caption():
    assert not line_patterns.has_picture_credit("She sold the photo to an agency, and the money paid for the boat.")


@pytest.mark.parametrize(("text", "agency"), [("AP", "AP"), ("By Reuters", "Reuters"), ("APPLES", None)])
def test_an_agency_is_known_by_its_name_alone(text, agency):
    assert line_patterns.match_agency(text) == agency


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Ports / North Sea / bridges", ("Ports", "North Sea", "bridges")),
        ("Tags: Ports, North Sea", ("Ports", "North Sea")),
        ("#ports #bridges", ("ports", "bridges")),
        ("Ports", ("Ports",)),
    ],
)
def test_tags_come_apart_at_whatever_stands_between(text, tags):
    assert line_patterns.split_tags(text) == tags

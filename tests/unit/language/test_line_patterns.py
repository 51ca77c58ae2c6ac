"""A short line says by whom, or what a picture shows, only if it says nothing else."""

import pytest

from cleaner.language import line_patterns


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

"""Bylines yield people."""

import pytest

from cleaner.language import person_names

BYLINES = [
    ("By Ann Lee", ("Ann Lee",)),
    ("BY ANN LEE AND TOM FOX", ("ANN LEE", "TOM FOX")),
    ("Dana A. Ford, Tom Fox, and Bo Ek, CNN", ("Dana A. Ford", "Tom Fox", "Bo Ek")),
    ("Ann Lee; Tom Fox", ("Ann Lee", "Tom Fox")),
    ("Ann Lee, MD, RD", ("Ann Lee",)),
    ("Dr. Ann Lee", ("Dr. Ann Lee",)),
    ("Ms. Ann Lee", ("Ann Lee",)),
    ("Ann Lee, Senior Editor", ("Ann Lee",)),
    ("Ann Lee (ann@example.org)", ("Ann Lee",)),
    ("Written by Ann Lee | Updated May 3, 2024", ("Ann Lee",)),
    ("May 3, 2024 · Ann Lee", ("Ann Lee",)),
    ("Von Anna Müller", ("Anna Müller",)),
    ("Di Maria", ("Di Maria",)),
    ("David Parker", ("David Parker",)),
    ("作者：王小明", ("王小明",)),
    ("Erstellt von Anna Müller", ("Anna Müller",)),
    ("Text und Interview: Anna Müller", ("Anna Müller",)),
    ("Ann LeePublished: May 3, 2024", ("Ann Lee",)),
    ("Ann Lee@annlee", ("Ann Lee",)),
    ("By Ann Lee on Tuesday", ("Ann Lee",)),
    ("Harbour Desk", ("Harbour Desk",)),
    ("https://example.org/ann", ()),
    ("admin", ()),
]


@pytest.mark.parametrize(("byline", "people"), BYLINES)
def test_a_byline_is_split_into_people(byline, people):
    assert person_names.split_names(byline) == people


def test_the_site_is_no_author():
    assert person_names.split_names("The Harbour Post", {"harbourpost"}) == ()
    assert person_names.split_names("The Harbour Post") == ("The Harbour Post",)


@pytest.mark.parametrize("text", ["Ann Lee", "Ludwig van der Berg", "Bo O'Neil", "王小明"])
def test_a_full_name_reads_as_a_person(text):
    assert person_names.is_person_name(text)


@pytest.mark.parametrize(
    "text", ["Ann", "Table of Contents", "Sports Editor", "the old harbour", "Top 10 Bridges", "Why We Sail"]
)
def test_other_short_lines_do_not(text):
    assert not person_names.is_person_name(text)


LONE = [
    ("Ann Lee", True), ("ANN LEE", True), ("王小明", True), ("김민수", True), ("HR Strategy", False),
    ("Wedding ChecklistsJust EngagedWedding", False), ("网友评论", False), ("Key Takeaways", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LONE)
def test_a_name_that_stands_alone_must_look_like_nothing_else(text, expected):
    assert person_names.is_person_name_alone(text) is expected


SIGNATURES = [("annlee", True), ("the Harbour Team", True), ("following the tips below", False), ("Sign up", False)]


@pytest.mark.parametrize(("text", "expected"), [*SIGNATURES, ("Nobody knows.", False), ("", False)])
def test_users_and_desks_may_sign(text, expected):
    assert person_names.is_signature(text) is expected

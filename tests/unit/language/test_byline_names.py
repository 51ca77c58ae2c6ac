"""Bylines yield people."""

import pytest

from cleaner.language import byline_names

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
    ("Enviado por Ann Lee em Qui, 16/05/2024 - 11:20", ("Ann Lee",)),
    ("By Amartya Sen, 5 May 2024", ("Amartya Sen",)),
    ("Ann Lee Julkaistu 26.8.2024 klo 17.12", ("Ann Lee",)),
    ("Par notre correspondante Ann Lee", ("Ann Lee",)),
    ("Ann Lee, Per Lindqvist", ("Ann Lee", "Per Lindqvist")),
    ("Per Joan Puig", ("Joan Puig",)),
    ("Της Ελπίδας Μαρκέτου", ("Ελπίδας Μαρκέτου",)),
    ("Ann Lee ann.lee at pier.example", ("Ann Lee",)),
    ("Harbour Desk", ("Harbour Desk",)),
    ("https://example.org/ann", ()),
    ("admin", ()),
]


@pytest.mark.parametrize(("byline", "people"), BYLINES)
def test_a_byline_is_split_into_people(byline, people):
    assert byline_names.split_names(byline) == people


def test_the_site_is_no_author():
    assert byline_names.split_names("The Harbour Post", {"harbourpost"}) == ()
    assert byline_names.split_names("The Harbour Post") == ("The Harbour Post",)


SIGNATURES = [("annlee", True), ("the Harbour Team", True), ("following the tips below", False), ("Sign up", False)]


@pytest.mark.parametrize(("text", "expected"), [*SIGNATURES, ("Nobody knows.", False), ("", False)])
def test_users_and_desks_may_sign(text, expected):
    assert byline_names.is_signature(text) is expected

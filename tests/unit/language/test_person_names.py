"""A name of a person looks like nothing else."""

import pytest

from cleaner.language import person_names


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

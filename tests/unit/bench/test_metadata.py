"""The table of facts tells right, missing and wrong apart, and a wrong value costs twice a missing one."""

from datetime import date

from bench.corpora import Sample, Shape
from bench.fact_readers import Facts
from bench.metadata import format_tables, judge_facts, score_counts


def make_sample(source="harbour"):
    return Sample(
        id="a",
        source=source,
        shape=Shape.HTML,
        content="",
        title="Bridge opens",
        authors=("Ann Lee",),
        day=date(2024, 5, 3),
    )


def judge(sample, found):
    return {one.fact: one.verdict for one in judge_facts(sample, "tool", found)}


def test_each_fact_is_right_missing_or_wrong():
    found = Facts("Bridge opens", (), date(2024, 5, 4))
    assert judge(make_sample(), found) == {"title": "right", "authors": "missing", "date": "wrong"}


def test_golds_that_are_not_usable_are_not_scored():
    assert set(judge(make_sample("metascraper"), Facts())) == {"authors", "date"}


def test_a_wrong_value_costs_twice_a_missing_one():
    assert score_counts({"right": 3, "missing": 0, "wrong": 1}) == 0.75
    assert score_counts({"right": 3, "missing": 1, "wrong": 0}) == 0.875


def test_the_table_has_a_row_for_each_source_and_for_all():
    judged = [
        one for source in ("harbour", "mill") for one in judge_facts(make_sample(source), "tool", Facts("Bridge opens"))
    ]
    table = format_tables(judged, ["tool"])
    assert table.count("1.000 / 0.000 / 0.000") == 3
    assert [row.split("|")[1].strip() for row in table.splitlines() if "| 1.000 / 0.000" in row] == [
        "harbour",
        "mill",
        "all",
    ]

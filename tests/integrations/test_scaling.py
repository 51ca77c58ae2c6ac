"""The sums of docs/scaling.md are right."""

import re

from .conftest import ROOT

TEXT = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \|$", TEXT, re.MULTILINE)


def test_costs_follow_from_the_time_of_a_page():
    assert len(ROWS) == 4
    for _, ms, pages, hours in ROWS:
        assert int(pages) == round(1000 / int(ms))
        assert int(hours) == round(int(ms) * 10_000_000 / 1000 / 3600)


def test_the_cost_of_a_crawl_is_that_of_the_table():
    figures = re.search(
        r"costs about (\d+) core hours on a cluster: ([\d.]+) hours on 64 cores, (\d+)\s+on eight", TEXT
    )
    hours = int(ROWS[-1][-1])
    assert (int(figures[1]), float(figures[2]), int(figures[3])) == (hours, round(hours / 64, 1), round(hours / 8))


def test_shares_make_a_whole():
    section = TEXT.split("## Where the time goes", 1)[1].split("## ", 1)[0]
    assert sum(map(int, re.findall(r"\| (\d+) % \|", section))) == 100

from collections import Counter
from datetime import date, timedelta

import pytest

from cleaner.analysis.report.facets import Facet, make_chart_bars
from cleaner.analysis.report.totals import RunTotals, choose_periods, count_by_period, list_largest
from cleaner.analysis.run_reader import open_run


def summed(folder):
    totals = RunTotals()
    for document in open_run(folder).documents():
        totals.add(document)
    return totals


def test_documents_add_up_as_a_whole_and_by_site(run, rows):
    article, dropped = rows
    first = article(1, text="Twelve chars", kept_share=0.75, flags=["truncated"])
    second = article(2, text="Twelve chars", kept_share=1.0, site=None, title=None, language=None)
    removed = [dropped(first, 0, "Four"), dropped(first, 2, "", label="promo", rule="tea.example:drop[1]")]
    totals = summed(run("new", [first, second], removed))
    assert (totals.whole.documents, totals.whole.kept, totals.whole.dropped) == (2, 24, 4)
    assert totals.whole.share == pytest.approx(24 / 28)
    assert totals.whole.labels == {"share": 1, "promo": 1}
    assert totals.whole.characters == {"share": 4, "promo": 0}
    assert totals.whole.flags == {"truncated": 1, "no_title": 1}
    assert totals.sites.keys() == {"tea.example", ""}
    assert totals.sites["tea.example"].rules == ["tea.example"]
    assert totals.sites["tea.example"].entries == {"tea.example:drop[1]": 0}
    assert totals.sites[""].labels == {}
    assert totals.languages == {"en": 1, "": 1}
    assert [place for place, count in enumerate(totals.shares) if count] == [15, 19]


def test_rules_of_everywhere_and_of_networks_are_no_site_rules(run, rows):
    article, dropped = rows
    document = article(1)
    removed = [dropped(document, 0, "Share"), dropped(document, 1, "Vote", rule="networks/vuukle:drop[0]")]
    assert summed(run("new", [document], removed)).whole.rules == []


def test_bars_are_measured_by_the_longest():
    assert [bar.share for bar in make_chart_bars(Facet.LABEL, [("a", 4), ("b", 1)])] == [1, 0.25]
    assert make_chart_bars(Facet.LABEL, []) == []
    assert make_chart_bars(Facet.LABEL, [("a", 0)])[0].share == 0


def test_small_counts_are_added_up():
    assert list_largest({"a": 1, "b": 3, "c": 1, "d": 2}, 2) == [("b", 3), ("d", 2), ("others", 2)]
    assert list_largest({"a": 1}, 2) == [("a", 1)]


@pytest.mark.parametrize(
    ("days", "first", "last", "length"),
    [
        ([date(2026, 1, 30), date(2026, 2, 2)], "2026-01-30", "2026-02-02", 4),
        ([date(2025, 11, 30), date(2026, 2, 2)], "2025-11", "2026-02", 4),
        ([date(2016, 5, 1), date(2026, 2, 2)], "2016", "2026", 11),
        ([date(1900, 5, 1), date(2026, 2, 2)], "to 1979", "2026", 48),
        ([], None, None, 0),
    ],
)
def test_dates_are_counted_in_steps_that_fit(days, first, last, length):
    counted = count_by_period(Counter(days), choose_periods(Counter(days)))
    assert len(counted) == length
    assert sum(count for _, count in counted) == len(days)
    if days:
        assert (counted[0][0], counted[-1][0]) == (first, last)


def test_a_few_wrong_dates_do_not_stretch_the_chart():
    days = Counter({date(2026, 3, 1) + timedelta(day): 10 for day in range(20)})
    days[date(2078, 1, 1)] = days[date(1970, 1, 1)] = 2
    counted = count_by_period(days, choose_periods(days))
    assert counted[0] == ("to 2026-03-01", 12)
    assert counted[-1] == ("from 2026-03-20", 12)
    assert len(counted) == 20

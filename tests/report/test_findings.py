from collections import Counter

import pytest

from cleaner.analysis.report.facets import Facet
from cleaner.analysis.report.findings import MIN_CHANGE, MIN_SHARE, group_by_site, list_warnings
from cleaner.analysis.report.survey import group_failures
from cleaner.analysis.report.totals import LabelTally
from cleaner.storage.run_files import Failure


def tally(documents=4, kept=500, dropped=500, **more):
    return LabelTally(documents=documents, kept=kept, dropped=dropped, **{k: Counter(v) for k, v in more.items()})


@pytest.mark.parametrize(
    ("site", "older", "found"),
    [
        (tally(), None, []),
        (tally(suspects={"a:body[0]": 3}), None, [("not followed", "a:body[0]", 3, Facet.RULE)]),
        (tally(kept=10, dropped=990), None, [("kept 1%", None, 4, Facet.SITE)]),
        (tally(kept=10, dropped=990, entries={"a:drop[1]": 500}), None, [("kept 1%", "a:drop[1]", 4, Facet.SITE)]),
        (tally(kept=10, dropped=990, entries={"a:drop[1]": 400}), None, [("kept 1%", None, 4, Facet.SITE)]),
        (tally(kept=500, dropped=9_500), None, []),
        (tally(flags={"no_title": 2, "mended": 4}), None, [("no_title", None, 2, Facet.FLAG)]),
        (tally(flags={"no_title": 1}), None, []),
        (tally(documents=2, flags={"no_title": 2}), None, []),
        (tally(), tally(kept=900, dropped=100), [("kept 90% before, 50% now", None, 4, Facet.SITE)]),
        (tally(), tally(kept=550, dropped=450), []),
    ],
)
def test_warnings_of_a_site(site, older, found):
    warnings = list_warnings({"a": site}, {"a": older} if older else None)
    assert [(one.what, one.rule, one.documents, one.facet) for one in warnings] == found


def test_the_limits_are_shares():
    assert 0 < MIN_SHARE < 1
    assert 0 < MIN_CHANGE < 1


def test_rules_come_first_then_the_most_documents():
    sites = {
        "a": tally(documents=1, kept=1, dropped=99),
        "b": tally(documents=9, kept=1, dropped=99),
        "c": tally(documents=9, kept=1, dropped=999),
        "d": tally(suspects={"d:drop[0]": 1}),
    }
    warnings = list_warnings(sites, None)
    assert [one.site for one in warnings] == ["d", "c", "b", "a"]
    assert {site: len(found) for site, found in group_by_site(warnings).items()} == {"d": 1, "c": 1, "b": 1, "a": 1}


def test_failures_are_grouped_by_their_reason():
    failures = [Failure(f"page-{number}", "PageError", "empty" if number % 3 else "no text") for number in range(90)]
    first, second = group_failures(failures)
    assert (first.message, first.documents, len(first.paths), first.paths[0]) == ("empty", 60, 20, "page-1")
    assert (second.message, second.documents) == ("no text", 30)

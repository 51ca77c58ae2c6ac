"""Of many sites only those that changed are reported; with too few pages or too small a change, none is."""

from random import Random

import pytest

from cleaner.analysis.run_statistics import RunStatistics, SiteMeasure, SiteStatistics
from cleaner.analysis.template_drift import find_drift

MANY = 150


def site(**measures):
    """A site whose measures have these values on its documents."""
    documents = max(len(values) for values in measures.values())
    found = SiteStatistics(documents=documents, ids=[f"d{n}" for n in range(documents)])
    for name, values in measures.items():
        measure = found.measures.setdefault(name.replace("_", " "), SiteMeasure())
        for number, value in enumerate(values):
            if value:
                measure.add(value, f"d{number}", found.ids)
    return found


def named(old, new):
    return [
        (moved.site, moved.measure) for moved in find_drift(RunStatistics(sites=old), RunStatistics(sites=new)).found
    ]


def usual(dice):
    """A site with eight numbers that differ from page to page."""
    ordinary = {f"label_{n}": [dice.randrange(4) for _ in range(14)] for n in range(7)}
    return site(kept_share=[dice.randrange(60, 90) for _ in range(14)], **ordinary)


def test_one_changed_site_among_many_is_named_alone():
    dice = Random(3)  # noqa: S311
    old, new = ({f"site{n}": usual(dice) for n in range(MANY)} for _ in range(2))
    assert named(old, new) == []
    old["changed"], new["changed"] = site(title=[1] * 14), site(title=[0] * 14)
    assert named(old, new) == [("changed", "title")]


def test_too_few_documents_are_skipped():
    old, new = {"a": site(title=[1] * 7)}, {"a": site(title=[0] * 99)}
    found = find_drift(RunStatistics(sites=old), RunStatistics(sites=new))
    assert (found.found, found.compared, found.skipped) == ([], 0, 1)


@pytest.mark.parametrize(("after", "is_named"), [(82, False), (84, True)])
def test_kept_share_has_to_move_by_three_points(after, is_named):
    old, new = {"a": site(kept_share=[80] * 50)}, {"a": site(kept_share=[after] * 50)}
    assert bool(named(old, new)) is is_named


def test_small_effects_are_not_named_however_sure():
    old, new = {"a": site(title=[1] * 800 + [0] * 200)}, {"a": site(title=[1] * 600 + [0] * 400)}
    assert named(old, new) == []


def test_sites_of_one_run_only_are_no_drift():
    assert named({"a": site(title=[1] * 20)}, {"b": site(title=[0] * 20)}) == []


def test_examples_are_documents_that_came_out_in_the_new_way():
    old = {"a": site(title=[1] * 20)}
    new = {"a": site(title=[1, 0] * 5 + [0] * 10)}
    moved = find_drift(RunStatistics(sites=old), RunStatistics(sites=new)).found[0]
    assert moved.examples == ("d1", "d3", "d5")
    assert (moved.old, moved.new) == (1.0, 0.25)

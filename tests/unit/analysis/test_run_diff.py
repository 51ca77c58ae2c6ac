"""Two runs over the same pages: what was lost and came back, by site and label."""

from types import SimpleNamespace

from cleaner.analysis.run_diff import ChangeKind, diff_runs, list_version_changes
from cleaner.labels import Label

FIELDS = {"title": "T", "authors": (), "published": None, "modified": None, "language": "en"}
FIELDS |= {"description": None, "section": None, "tags": ()}


def page(name, text, dropped=(), site="a.example", **fields):
    row = SimpleNamespace(id=name, site=site, text=text, **FIELDS | fields)
    blocks = [SimpleNamespace(label=Label(label), judge="classifier", rule=rule, text=t) for label, rule, t in dropped]
    return SimpleNamespace(row=row, dropped=blocks)


def test_equal_runs_differ_in_nothing():
    pages = [page("1", "one\n\ntwo"), page("2", "three", site=None)]
    assert [(site.site, site.share, dict(site.changes)) for site in diff_runs(pages, pages)] == [
        ("(no site)", 0, {}),
        ("a.example", 0, {}),
    ]


def test_lost_text_names_the_rule_that_drops_it_now():
    (site,) = diff_runs([page("1", "one\n\ntwo")], [page("1", "one", [("related", "a:drop[0]", "two")])])
    assert list(site.changes) == [ChangeKind("lost", "related", "a:drop[0]")]
    assert (site.changed, site.share) == (1, 0.5)


def test_text_that_comes_back_names_what_it_was_dropped_as():
    (site,) = diff_runs([page("1", "one", [("share", None, "two")])], [page("1", "one\n\ntwo")])
    assert list(site.changes) == [ChangeKind("came back", "share", "classifier")]
    assert site.changes[ChangeKind("came back", "share", "classifier")].example == "two"


def test_a_repeated_line_is_lost_once():
    (site,) = diff_runs([page("1", "one\none")], [page("1", "one")])
    assert site.changes[ChangeKind("lost", "not on the page", "")].times == 1


def test_other_label_and_other_metadata_are_reported():
    old = page("1", "one", [("share", None, "two")])
    new = page("1", "one", [("promo", None, "two")], title="U", authors=("A", "B"))
    (site,) = diff_runs([old], [new])
    told = {kind: change.example for kind, change in site.changes.items()}
    assert told == {
        ChangeKind("renamed", "share -> promo", "classifier"): "two",
        ChangeKind("metadata", "title", ""): "T -> U",
        ChangeKind("metadata", "authors", ""): "none -> A, B",
    }
    assert site.share == 1


def test_worst_site_comes_first_and_totals_are_kept():
    old = [page(str(n), "x" * 100, site="small.example") for n in range(4)]
    old += [page("b", "one\n\ntwo", site="bad.example")]
    new = [page("0", "x" * 99, site="small.example"), *old[1:4], page("b", "one", site="bad.example")]
    worst, other = diff_runs(old, new)
    assert (worst.site, other.site) == ("bad.example", "small.example")
    assert (other.pages, other.changed, other.characters, other.share) == (4, 1, 400, 199 / 400)


def test_pages_in_another_order_or_in_one_run_only_find_their_place():
    old = [page(name, f"text {name}") for name in "abcd"]
    new = [page(name, f"text {name}") for name in "dcea"]
    (site,) = diff_runs(old, new)
    assert {kind: change.page for kind, change in site.changes.items()} == {
        ChangeKind("lost", "not on the page", ""): "b",
        ChangeKind("came back", "not on the page", ""): "e",
    }
    assert site.pages == 5


def test_a_page_is_held_only_until_its_fellow_comes():
    alive = []

    def pages(run):
        for number in range(50):
            document = page(str(number), f"text {number}")
            alive.append(run)
            yield document

    diff_runs(pages(0), pages(1))
    assert alive == [0, 1] * 50


def test_versions_and_rules_that_differ():
    old = {"versions": {"lxml": "6.1", "cleaner": "0.1"}, "rules_digest": "a" * 64}
    new = {"versions": {"lxml": "6.2", "cleaner": "0.1", "new": "1"}, "rules_digest": "b" * 64}
    assert list_version_changes(old, new) == ["lxml 6.1 -> 6.2", f"rules {'a' * 12} -> {'b' * 12}", "new none -> 1"]
    assert list_version_changes(old, old) == []

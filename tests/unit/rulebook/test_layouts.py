"""Several files for one host: each is valid on certain days, and the day of a page's download selects one."""

from datetime import date

import pytest

from cleaner.errors import RuleError
from cleaner.page import dom
from cleaner.rulebook import Rulebook

OLD = 'hosts = ["a.com"]\nsignatures = ["A Daily"]\nvalid_until = 2019-12-31\n'
MIDDLE = 'hosts = ["a.com"]\nsignatures = ["A Daily"]\nvalid_from = 2020-01-01\nvalid_until = 2022-06-30\n'
NEW = 'hosts = ["a.com"]\nsignatures = ["A Daily"]\nvalid_from = 2022-07-01\n'


def book(tmp_path, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return Rulebook.load([tmp_path], builtin=False)


@pytest.mark.parametrize(
    ("fetched", "name"),
    [
        (date(2005, 1, 1), "old"),
        (date(2019, 12, 31), "old"),
        (date(2020, 1, 1), "middle"),
        (date(2022, 6, 30), "middle"),
        (date(2022, 7, 1), "new"),
        (None, "new"),
    ],
)
def test_day_of_the_download_picks_the_layout(tmp_path, fetched, name):
    layouts = book(tmp_path, old=OLD, middle=MIDDLE, new=NEW)
    assert layouts.lookup("https://www.a.com/x", None, fetched).name == name
    assert layouts.lookup(None, "A Daily, the news", fetched).name == name


def test_day_without_a_layout_goes_on_to_the_domain_above(tmp_path):
    above = 'hosts = ["com"]'
    layouts = book(tmp_path, old=OLD, above=above)
    assert layouts.lookup("https://a.com/x", None, date(2021, 1, 1)).name == "above"
    assert layouts.lookup(None, "A Daily", date(2021, 1, 1)).name == ""


def test_page_without_a_day_has_the_newest_layout_even_where_that_has_ended(tmp_path):
    assert book(tmp_path, old=OLD, middle=MIDDLE).lookup("https://a.com/", None).name == "middle"


@pytest.mark.parametrize(
    "other",
    [
        'hosts = ["a.com"]\n',
        'hosts = ["a.com"]\nvalid_from = 2019-12-31\n',
        'hosts = ["a.com"]\nvalid_until = 1999-01-01\n',
    ],
)
def test_overlapping_days_are_refused(tmp_path, other):
    with pytest.raises(RuleError, match=r"\$\.hosts\[0\]: `a.com` is also in old.toml.*valid_from"):
        book(tmp_path, old=OLD, other=other)


def test_later_folder_takes_a_host_over_with_all_its_layouts(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    book(first, old=OLD, new=NEW)
    book(second, all='hosts = ["a.com"]')
    both = Rulebook.load([first, second], builtin=False)
    assert both.lookup("https://a.com/", None, date(2005, 1, 1)).name == "all"


def test_layout_that_ends_before_it_begins_is_refused(tmp_path):
    with pytest.raises(RuleError, match=r"\$\.valid_until: it is before `valid_from`, 2020-01-01"):
        book(tmp_path, a='hosts = ["a.com"]\nvalid_from = 2020-01-01\nvalid_until = 2019-01-01')


NEWER = 'hosts = ["a.com"]\nfingerprints = [".story-2024", "main[data-layout=new]"]\n'
OLDER = 'hosts = ["a.com"]\nfingerprints = [".story-2019"]\n'


def test_fingerprint_picks_the_layout(tmp_path):
    layouts = book(tmp_path, newer=NEWER, older=OLDER, rest='hosts = ["a.com"]\n')
    pages = {
        "newer": "<main data-layout=new><p>x</p></main>",
        "older": "<p class=story-2019>x</p>",
        "rest": "<p>x</p>",
    }
    assert {layouts.lookup("https://a.com/x", None, None, dom.parse_html(page)).name for page in pages.values()} == set(
        pages
    )
    assert layouts.lookup("https://a.com/x", None).name == "rest"


def test_page_without_any_fingerprint_has_no_layout_if_all_have_one(tmp_path):
    layouts = book(tmp_path, newer=NEWER, older=OLDER)
    assert layouts.lookup("https://a.com/x", None, None, dom.parse_html("<p>x</p>")).name == ""


def test_two_files_with_the_same_fingerprints_are_refused(tmp_path):
    with pytest.raises(RuleError, match="fingerprints"):
        book(tmp_path, newer=NEWER, older=NEWER)

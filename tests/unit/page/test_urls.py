"""The host of a page is that of the site that published it, whichever host served the copy."""

from datetime import date

import pytest

from cleaner.page.urls import find_capture_day, host_of
from cleaner.rulebook import Rulebook


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/a", "example.org"),
        ("https://m.example.org/a", "example.org"),
        ("https://amp.example.co.uk/a", "example.co.uk"),
        ("https://print.example.org", "example.org"),
        ("https://en.m.example.org/a", "en.example.org"),
        ("https://news.example.org/a", "news.example.org"),
        ("https://m.me/a", "m.me"),
        ("https://web.archive.org/web/20190412083000/https://www.example.org/a?b", "example.org"),
        ("http://web.archive.org/web/20190412083000id_/http:/example.org/a", "example.org"),
        ("https://web.archive.org/web/2019/example.org/a", "example.org"),
        ("https://archive.ph/2020.01.02-123456/https://m.example.org/a", "example.org"),
        ("https://archive.org/details/example", "archive.org"),
        ("https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a", "example.org"),
        ("https://www.google.com/amp/s/amp.example.org/a", "example.org"),
        ("https://www.google.com/search?q=a", "google.com"),
        ("https://a--b-example-org.translate.goog/x", "a-b.example.org"),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_copies_belong_to_their_site(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://web.archive.org/web/20190412083000/https://example.org/a", date(2019, 4, 12)),
        ("https://archive.ph/2020.01.02-123456/https://example.org/a", date(2020, 1, 2)),
        ("https://web.archive.org/web/2019/example.org/a", None),
        ("https://web.archive.org/web/20191399000000/https://example.org/a", None),
        ("https://example.org/web/20190412083000/https://other.org", None),
        (None, None),
    ],
)
def test_day_of_an_archived_copy(url, day):
    assert find_capture_day(url) == day


def test_rules_of_a_site_apply_to_its_copies(tmp_path):
    (tmp_path / "a.toml").write_text('hosts = ["example.org"]\nvalid_until = 2020-01-01', encoding="utf-8")
    (tmp_path / "b.toml").write_text('hosts = ["example.org"]\nvalid_from = 2020-01-02', encoding="utf-8")
    (tmp_path / "m.toml").write_text('hosts = ["m.other.org"]', encoding="utf-8")
    book = Rulebook.load([tmp_path], builtin=False)
    assert book.lookup("https://amp.example.org/x", None).name == "b"
    assert book.lookup("https://web.archive.org/web/20190412083000/https://m.example.org/a", None).name == "a"
    assert book.lookup("https://m.other.org/x", None).name == "m"
    assert book.lookup("https://other.org/x", None).name == ""

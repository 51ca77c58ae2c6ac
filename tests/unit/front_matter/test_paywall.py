"""A page that holds a teaser says so; one that merely could be sold does not."""

import pytest

from cleaner.front_matter import page_head, paywall
from cleaner.page import dom

SOLD = """{"@type": "NewsArticle", "isAccessibleForFree": "False",
  "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".part"}}"""
PLAIN = '{"@type": "NewsArticle", "isAccessibleForFree": false}'
FREE = '{"@type": "NewsArticle", "isAccessibleForFree": true}'
WALL = "<div class=paywall>Subscribe to read on.</div>"
LONG = "<p>" + "Workers looked at the bridge. " * 60 + "</p>"
PAGES = [
    (SOLD, "<div class=part><p>Workers looked at the bri…</p></div>", True),
    (SOLD, f"<div class=part>{LONG}</div>{WALL}", False),
    (SOLD, LONG, False),
    (SOLD.replace(".part", ".part["), f"<p>Workers looked.</p>{WALL}", True),
    (PLAIN, f"<p>Workers looked.</p>{WALL}", True),
    (PLAIN, f"{LONG}{WALL}", False),
    (PLAIN, "<p>Workers looked.</p>", False),
    (PLAIN, f"<p>Workers looked.</p>{WALL.replace('<div', '<div hidden')}", False),
    (FREE, f"<p>Workers looked.</p>{WALL}", False),
    ("{}", f"<p>Workers looked.</p>{WALL}", False),
]


@pytest.mark.parametrize(("data", "body", "expected"), PAGES)
def test_truncated_is_a_page_that_lacks_what_it_sells(data, body, expected):
    page = dom.parse_html(
        f'<html><head><script type="application/ld+json">{data}</script></head><body>{body}</body></html>'
    )
    assert page is not None
    assert paywall.is_truncated(page_head.read_page_head(page), page) is expected

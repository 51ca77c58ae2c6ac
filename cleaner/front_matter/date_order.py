"""Whether a page writes the month before the day in dates of numbers, such as 05/09/2024."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner import data
from cleaner.data.language_types import DateWords
from cleaner.front_matter.page_head import PageHead
from cleaner.language import dates
from cleaner.language.dates import DateOrder
from cleaner.language.detect import detect_language
from cleaner.language.sentences import is_prose
from cleaner.model import Blocks

_ORDER = data.load_data(DateWords).order
_LOCALE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}))?\b")
_COUNTRY_DOMAIN = re.compile(r"\.([a-z]{2})$")
_GENERIC_DOMAINS = frozenset(("ai", "co", "fm", "io", "is", "it", "ly", "me", "tv", "to", "us", "eu"))
"""Domains of countries that sites of all countries use, and those whose order follows from the language as well."""


def find_date_order(head: PageHead, blocks: Blocks, site: str | None, timezone: str | None) -> DateOrder | None:
    """The order of day and month on a page; None if unknown.

    By a date on the page that can be read in one order only, else by ``timezone``, the zone of the site's rule, else by
    the country of the site's domain, else by the page's locale and language. English without a country is of unknown order.
    """
    if shown := _find_shown_order(_list_short_lines(blocks)):
        return shown
    if timezone is not None:
        return dates.find_order_of_zone(timezone)
    claims = (_order_of_site(site), *map(_order_of_locale, (head.get_meta("og:locale"), head.language)))
    return next((order for order in claims if order is not None), None)


def find_dump_date_order(blocks: Blocks, site: str | None, timezone: str | None = None) -> DateOrder | None:
    """The order of day and month in a dump, as :func:`find_date_order` finds it; the language is that of its paragraphs.

    None, too, where no date leaves the order open.
    """
    lines = _list_short_lines(blocks)
    # One search over all lines says of most dumps that they have no such date.
    if not (dates.may_have_open_order("\n".join(lines)) and any(map(dates.is_order_open, lines))):
        return None
    if shown := _find_shown_order(lines):
        return shown
    if timezone is not None:
        return dates.find_order_of_zone(timezone)
    if by_site := _order_of_site(site):
        return by_site
    detected = detect_language("\n".join(block.text for block in blocks if is_prose(block.text)))
    return _order_of_locale(detected[0]) if detected else None


def _list_short_lines(blocks: Blocks) -> list[str]:
    """The lines that may have a date of numbers with a slash or a hyphen."""
    texts = [block.text for block in blocks if "/" in block.text or "-" in block.text]
    return [line for text in texts for line in text.split("\n") if len(line) <= dates.MAX_LINE]


def _find_shown_order(lines: Iterable[str]) -> DateOrder | None:
    shown = {order for line in lines if (order := dates.find_order(line))}
    return shown.pop() if len(shown) == 1 else None


def _order_of_site(site: str | None) -> DateOrder | None:
    domain = _COUNTRY_DOMAIN.search(site or "")
    if domain is None or domain[1] in _GENERIC_DOMAINS:
        return None
    return _order_of_country("gb" if domain[1] == "uk" else domain[1])


def _order_of_locale(locale: str | None) -> DateOrder | None:
    match = _LOCALE.match(locale or "")
    if match is None:
        return None
    language, country = match[1].lower(), (match[2] or "").lower()
    return _order_of_country(country) if country else None if language == "en" else DateOrder.DAY_FIRST


def _order_of_country(country: str) -> DateOrder | None:
    if country in _ORDER.mixed:
        return None
    return DateOrder.MONTH_FIRST if country in _ORDER.month_first else DateOrder.DAY_FIRST

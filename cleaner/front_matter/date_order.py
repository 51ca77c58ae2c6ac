"""Whether a page writes the month before the day in dates of numbers, such as 05/09/2024."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner import data
from cleaner.data.language_types import DateWords
from cleaner.front_matter.page_head import PageHead
from cleaner.language import dates
from cleaner.language.dates import DateOrder
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
    lines = (line for block in blocks for line in block.text.split("\n") if len(line) <= dates.MAX_LINE)
    shown = {order for line in lines if (order := dates.find_order(line))}
    if len(shown) == 1:
        return shown.pop()
    if timezone is not None:
        return dates.find_order_of_zone(timezone)
    return next((order for order in _read_claims(head, site) if order is not None), None)


def _read_claims(head: PageHead, site: str | None) -> Iterator[DateOrder | None]:
    domain = _COUNTRY_DOMAIN.search(site or "")
    if domain and domain[1] not in _GENERIC_DOMAINS:
        yield _order_of_country("gb" if domain[1] == "uk" else domain[1])
    for locale in (head.get_meta("og:locale"), head.language):
        if match := _LOCALE.match(locale or ""):
            language, country = match[1].lower(), (match[2] or "").lower()
            yield _order_of_country(country) if country else None if language == "en" else DateOrder.DAY_FIRST


def _order_of_country(country: str) -> DateOrder | None:
    if country in _ORDER.mixed:
        return None
    return DateOrder.MONTH_FIRST if country in _ORDER.month_first else DateOrder.DAY_FIRST

"""Metadata of an HTML page: the site's rule first, then structured data, then the page as shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from cleaner import data
from cleaner.data.file_types import HeadTags
from cleaner.front_matter import authors, headline_area, jsonld, page_head, titles
from cleaner.front_matter.findings import BY_HEAD, Byline, Finding, Topics, collect_metadata
from cleaner.front_matter.jsonld import plain_text
from cleaner.front_matter.page_head import PageHead
from cleaner.front_matter.publication_dates import find_modified, find_published, first_date
from cleaner.labels import Label
from cleaner.language import person_names, site_names
from cleaner.language.characters import normalize_phrase
from cleaner.language.line_patterns import DateLine
from cleaner.model import Blocks, Metadata, Role
from cleaner.page import urls
from cleaner.page.dom import Dom
from cleaner.rulebook import SiteMetadata

_FIELDS = ("title", "authors", "published", "modified", "section", "tags", "description")
_META = data.load_data(HeadTags).meta
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_LINKED = 0.5
"""Share of a line's characters inside links from which on it points elsewhere."""
_HEADLINE = range(4, 301)
"""Characters of a line that may be a headline."""
_LONG_WORD = 12
"""Characters of a line without spaces that is no entry of a menu; headlines in Chinese and Japanese have them."""
_LINES = 6
"""Lines of a block among which the headline is looked for; pages of old set it off by a mere line break."""


def read_addresses(head: PageHead, url: str | None) -> Metadata:
    """The addresses of a page and of its lead picture. ``url`` is where it was fetched, where the caller knows it."""
    canonical = canonical_url(head)
    address = url or canonical
    return Metadata(url=address, site=urls.host_of(address), canonical=canonical, image=_find_image(head, address))


def read_html_metadata(dom: Dom, url: str | None, rules: SiteMetadata | None = None, blocks: Blocks = ()) -> Metadata:
    """What the head of a page says about its article; see :func:`find_in_head`."""
    head = page_head.read_page_head(dom)
    addresses = read_addresses(head, url)
    return collect_metadata(addresses, find_in_head(dom, head, blocks, addresses, rules))


def find_in_head(
    dom: Dom, head: PageHead, blocks: Blocks, known: Metadata, rules: SiteMetadata | None = None
) -> Iterator[Finding]:
    """What a page says about its article: the site's rule first, then structured data, then the page as shown.

    ``known`` are the addresses that :func:`read_addresses` gives, ``blocks`` what the page shows: the title is checked against
    them, and bylines and dates are looked for around the headline.
    """
    ruled = _texts_by_rule(dom, rules)
    timezone = rules.timezone if rules else None
    own = _site_names(head, known.site)
    title = next(iter(ruled["title"]), None) or _find_title(head, own, blocks)
    area = headline_area.read_headline_area(blocks, title)
    people = person_names.unique_names(name for line in ruled["authors"] for name in person_names.split_names(line))
    byline = Byline(people or authors.find_authors(head, dom, own, area))
    published = first_date(ruled["published"], timezone) or find_published(head, dom, known.url, timezone, area)
    modified = first_date(ruled["modified"], timezone) or find_modified(head, timezone, area)
    section = next(iter(ruled["section"]), None) or _find_section(head)
    tags = person_names.unique_names(ruled["tags"]) or _find_tags(head)
    description = next(iter(ruled["description"]), None) or _find_description(head)
    values = (
        (Label.TITLE, title),
        (Label.BYLINE, byline),
        (Label.TIMESTAMP, DateLine(published, modified)),
        (Label.DESCRIPTION, description),
        (Label.TAGS, Topics(section, tags)),
    )
    for role, value in values:
        yield Finding(role, None, value, BY_HEAD, "the head of the page")


def _texts_by_rule(dom: Dom, rules: SiteMetadata | None) -> dict[str, list[str]]:
    """Texts that the rule's selectors match, by field; an element with a machine-readable date gives that."""
    found: dict[str, list[str]] = {}
    for field in _FIELDS:
        elements = dom.select(getattr(rules, field)) if rules else []
        texts = (e.get("datetime") or e.get("content") or page_head.text_content(e) for e in elements)
        found[field] = [text for text in texts if text]
    return found


def canonical_url(said: PageHead) -> str | None:
    """The address that the page gives itself."""
    address = said.canonical or said.first("og:url")
    if address and not address.startswith(("http://", "https://")):
        address = _absolute_url(said.first("og:url"), address)
    return address if urls.host_of(address) else None


def _site_names(said: PageHead, site: str | None) -> frozenset[str]:
    """Everything the site goes by, as :func:`titles.key` writes it."""
    written = [value for name in _META.site for value in said.meta.get(name, ())]
    written += [str(org.get("name") or "") for org in said.values("publisher") if isinstance(org, dict)]
    written += [
        str(node.get("name") or "") for node in said.nodes if jsonld.node_types(node) & {"website", "organization"}
    ]
    if site:
        labels = site.split(".")
        written += [site, *labels[:-1], ".".join(labels[-2:])]
    return frozenset(key for key in map(site_names.site_name_key, written) if len(key) > 1)


def _find_title(said: PageHead, own: frozenset[str], blocks: Blocks) -> str | None:
    heads = [plain_text(value) for value in said.values("headline")]
    heads += [value for name in _META.title for value in said.meta.get(name, ())[:1]]
    return titles.choose_title(
        said.headings, [head for head in heads if head], said.page_title, own, _headline_candidates(blocks)
    )


def _headline_candidates(blocks: Blocks) -> frozenset[str]:
    """The short lines that may be a headline: no buttons, links or single words, which menus hold."""
    return frozenset(
        normalize_phrase(line)
        for block in blocks
        if not (block.hidden or block.role is Role.CONTROL or block.link_share >= _LINKED)
        for line in (block.text.split("\n", _LINES)[:_LINES] if "\n" in block.text else (block.text,))
        if len(line) in _HEADLINE and (block.role is Role.HEADING or " " in line or len(line) >= _LONG_WORD)
    )


def _find_image(said: PageHead, address: str | None) -> str | None:
    """Address of the lead picture, of the structured data or the card for social networks."""
    pictures = [said.first(*_META.image), *said.values("image")]
    addresses = (picture.get("url") if isinstance(picture, dict) else picture for picture in pictures)
    written = next((text.strip() for text in addresses if isinstance(text, str) and text.strip()), None)
    absolute = _absolute_url(address, written) if written else None
    return absolute if urls.host_of(absolute) else None


def _absolute_url(base: str | None, address: str) -> str | None:
    """``address`` as seen from ``base``; None where one of the two is no address at all."""
    try:
        return urljoin(base or "", address)
    except ValueError:
        return None


def _find_description(said: PageHead) -> str | None:
    return said.first(*_META.description) or next((d for d in map(plain_text, said.values("description")) if d), None)


def _find_section(said: PageHead) -> str | None:
    sections = [plain_text(value) for value in said.values("articleSection")]
    return said.first(*_META.section) or next(filter(None, sections), None)


def _find_tags(said: PageHead) -> tuple[str, ...]:
    for values in (*(said.meta.get(name, ()) for name in _META.tags), said.values("keywords")):
        words = [
            plain_text(word) for value in values if isinstance(value, str) for word in _split_tags(value, len(values))
        ]
        if tags := person_names.unique_names(filter(None, words)):
            return tags
    return ()


def _split_tags(value: str, count: int) -> list[str]:
    """One value that lists several tags, or one tag of several values, which may hold a comma itself."""
    return [value] if count > 1 else re.split(r"\s*[,;]\s*", value)

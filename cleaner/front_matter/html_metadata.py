"""Metadata of an HTML page: from the site's rule, then structured data, then the visible text."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner import data
from cleaner.article import Metadata
from cleaner.data.markup_types import HeadTags
from cleaner.front_matter import (
    authors,
    dateline,
    headline_area,
    jsonld,
    page_addresses,
    page_head,
    shown_headings,
    titles,
    topics,
)
from cleaner.front_matter.date_order import find_date_order
from cleaner.front_matter.findings import BY_HEAD, Byline, Finding, Topics, collect_metadata
from cleaner.front_matter.jsonld import plain_text
from cleaner.front_matter.marked_elements import MarkedElements
from cleaner.front_matter.page_head import PageHead
from cleaner.front_matter.publication_dates import (
    DateSources,
    DateStyle,
    find_modified,
    find_place,
    find_published,
    first_date,
)
from cleaner.labels import Label
from cleaner.language import byline_names, dates, person_names, site_names
from cleaner.language.characters import normalize_phrase
from cleaner.language.date_lines import DateLine
from cleaner.model import Blocks, Role
from cleaner.page.dom import Dom
from cleaner.rulebook import SiteMetadata

_FIELDS = ("title", "authors", "published", "modified", "section", "tags", "description")
_META = data.load_data(HeadTags).meta
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_LINK_SHARE = 0.5
"""Share of a line's characters inside links, from which it is a link to another page and no headline."""
_HEADLINE_CHARS = range(4, 301)
"""Characters of a line that may be a headline."""
_MIN_UNSPACED_CHARS = 12
"""Characters of a line without spaces that may be a headline, as in Chinese and Japanese; shorter ones are menu entries."""
_MAX_LINES = 6
"""Lines of a block that are searched for the headline; old pages separate it by a line break only."""


def read_html_metadata(dom: Dom, url: str | None, rules: SiteMetadata | None = None, blocks: Blocks = ()) -> Metadata:
    """The metadata of an HTML page; see :func:`find_in_head`."""
    head = page_head.read_page_head(dom, url)
    addresses = page_addresses.read_addresses(head, dom, url)
    return collect_metadata(addresses, find_in_head(dom, head, blocks, addresses, rules))


def find_in_head(
    dom: Dom, head: PageHead, blocks: Blocks, known: Metadata, rules: SiteMetadata | None = None
) -> Iterator[Finding]:
    """Findings on an HTML page as a whole: from the site's rule, then structured data, then the visible text.

    ``known`` are the addresses from :func:`cleaner.front_matter.page_addresses.read_addresses`. ``blocks`` are those of the page: the title is checked against
    them, and bylines and dates are searched for around the headline.
    """
    by_rule = _select_texts(dom, rules)
    timezone = rules.timezone if rules else None
    site_keys = _collect_site_keys(head, known.site)
    title = next(iter(by_rule["title"]), None) or _find_title(head, site_keys, blocks)
    area = headline_area.read_headline_area(blocks, title)
    marked = MarkedElements(dom, title)
    style = DateStyle(timezone, find_date_order(head, blocks, known.site, timezone))
    sources = DateSources(head, dom, marked, area, known.url, title, style)
    people = person_names.unique_names(name for line in by_rule["authors"] for name in byline_names.split_names(line))
    byline = authors.find_byline(head, marked, site_keys, area)
    byline = Byline(people or byline.authors, byline.agency)
    published = first_date(by_rule["published"], *style) or find_published(sources)
    modified = first_date(by_rule["modified"], *style) or find_modified(sources)
    section = next(iter(by_rule["section"]), None) or topics.find_section(head)
    tags = person_names.unique_names(by_rule["tags"]) or topics.find_tags(head, dom)
    description = next(iter(by_rule["description"]), None) or _find_description(head)
    place = find_place(area, style) or dateline.find_dateline(blocks).place
    values = (
        (Label.TITLE, title),
        (Label.BYLINE, byline),
        (Label.TIMESTAMP, DateLine(published, modified, place)),
        (Label.DESCRIPTION, description),
        (Label.TAGS, Topics(section, tags)),
    )
    for role, value in values:
        yield Finding(role, None, value, BY_HEAD, "the head of the page")


def _select_texts(dom: Dom, rules: SiteMetadata | None) -> dict[str, list[str]]:
    """Texts that the rule's selectors match, by field; the machine-readable value where an element has one."""
    found: dict[str, list[str]] = {}
    for field in _FIELDS:
        elements = dom.select(getattr(rules, field)) if rules else []
        texts = (e.get("datetime") or e.get("content") or shown_headings.text_content(e) for e in elements)
        found[field] = [text for text in texts if text]
    return found


def _collect_site_keys(head: PageHead, site: str | None) -> frozenset[str]:
    """All names of the site, as :func:`cleaner.language.site_names.site_name_key` writes them."""
    written = [value for name in _META.site for value in head.meta.get(name, ())]
    written += [str(org.get("name") or "") for org in head.get_values("publisher") if isinstance(org, dict)]
    written += [
        str(node.get("name") or "") for node in head.nodes if jsonld.node_types(node) & {"website", "organization"}
    ]
    if site:
        labels = site.split(".")
        written += [site, *labels[:-1], ".".join(labels[-2:])]
    return frozenset(key for key in map(site_names.site_name_key, written) if len(key) > 1)


def _find_title(head: PageHead, site_keys: frozenset[str], blocks: Blocks) -> str | None:
    heads = [plain_text(value) for value in head.get_values("headline")]
    heads += [value for name in _META.title for value in head.meta.get(name, ())[:1]]
    return titles.choose_title(
        head.headings,
        [head for head in heads if head],
        head.page_title,
        site_keys,
        titles.ShownLines(_collect_headline_candidates(blocks), _collect_headings_above_text(blocks)),
    )


def _collect_headings_above_text(blocks: Blocks) -> frozenset[str]:
    """The visible headings above the first paragraph, normalised; none without a paragraph."""
    shown = [block for block in blocks if not block.hidden]
    opening = next((at for at, block in enumerate(shown) if len(block.text) > dates.MAX_LINE), 0)
    return frozenset(normalize_phrase(block.text) for block in shown[:opening] if block.role is Role.HEADING)


def _collect_headline_candidates(blocks: Blocks) -> frozenset[str]:
    """The short lines that may be a headline, normalised; no buttons, links or single words, which are menu entries."""
    return frozenset(
        normalize_phrase(line)
        for block in blocks
        if not (block.hidden or block.role is Role.CONTROL or block.link_share >= _MAX_LINK_SHARE)
        for line in (block.text.split("\n", _MAX_LINES)[:_MAX_LINES] if "\n" in block.text else (block.text,))
        if len(line) in _HEADLINE_CHARS
        and (block.role is Role.HEADING or " " in line or len(line) >= _MIN_UNSPACED_CHARS)
    )


def _find_description(head: PageHead) -> str | None:
    written = (plain_text(head.get_meta(*_META.description)), *map(plain_text, head.get_values("description")))
    return next(filter(None, written), None)

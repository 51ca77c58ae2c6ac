"""Metadata of an HTML page: the site's rule first, then structured data, then the page as shown."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from cleaner import data
from cleaner.data.shapes import PageHead
from cleaner.dom import Dom
from cleaner.metadata import authors, front, jsonld, names, signals, sites, titles
from cleaner.metadata.jsonld import plain
from cleaner.metadata.published import first, modified, published
from cleaner.metadata.signals import Head
from cleaner.model import Blocks, Metadata, Role
from cleaner.rulebook import SiteMetadata
from cleaner.text import phrase

_FIELDS = ("title", "authors", "published", "modified", "section", "tags", "description")
_META = data.load(PageHead).meta
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_LINKED = 0.5
"""Share of a line's characters inside links from which on it points elsewhere."""
_HEADLINE = range(4, 301)
"""Characters of a line that may be a headline."""
_LONG_WORD = 12
"""Characters of a line without spaces that is no entry of a menu; headlines in Chinese and Japanese have them."""
_LINES = 6
"""Lines of a block among which the headline is looked for; pages of old set it off by a mere line break."""


def read(
    dom: Dom,
    url: str | None,
    rules_metadata: SiteMetadata | None = None,
    *,
    said: Head | None = None,
    blocks: Blocks = (),
) -> Metadata:
    """What a page says about its article.

    ``url`` is its address where the caller knows it, ``said`` its head where the caller has gathered it already,
    ``blocks`` what the page shows, against which the headline is checked.
    """
    said = said or signals.head(dom)
    ruled = _ruled(dom, rules_metadata)
    timezone = rules_metadata.timezone if rules_metadata else None
    address = url or canonical(said)
    site = sites.host(address)
    own = _site_names(said, site)
    title = next(iter(ruled["title"]), None) or _title(said, own, blocks)
    named = names.unique(name for line in ruled["authors"] for name in names.split(line))
    shown = front.read(blocks, title)
    return Metadata(
        url=address,
        site=site,
        title=title,
        authors=named or authors.find(said, dom, own, shown),
        published=first(ruled["published"], timezone) or published(said, dom, address, timezone, shown),
        modified=first(ruled["modified"], timezone) or modified(said, timezone, shown),
        description=next(iter(ruled["description"]), None) or _description(said),
        canonical=canonical(said),
        image=_image(said, address),
        section=next(iter(ruled["section"]), None) or _section(said),
        tags=names.unique(ruled["tags"]) or _tags(said),
    )


def _ruled(dom: Dom, rules: SiteMetadata | None) -> dict[str, list[str]]:
    """Texts that the rule's selectors match, by field; an element with a machine-readable date gives that."""
    found: dict[str, list[str]] = {}
    for field in _FIELDS:
        elements = dom.select(getattr(rules, field)) if rules else []
        texts = (e.get("datetime") or e.get("content") or signals.content(e) for e in elements)
        found[field] = [text for text in texts if text]
    return found


def canonical(said: Head) -> str | None:
    """The address that the page gives itself."""
    address = said.canonical or said.first("og:url")
    if address and not address.startswith(("http://", "https://")):
        address = _absolute(said.first("og:url"), address)
    return address if sites.host(address) else None


def _site_names(said: Head, site: str | None) -> frozenset[str]:
    """Everything the site goes by, as :func:`titles.key` writes it."""
    written = [value for name in _META.site for value in said.meta.get(name, ())]
    written += [str(org.get("name") or "") for org in said.values("publisher") if isinstance(org, dict)]
    written += [str(node.get("name") or "") for node in said.nodes if jsonld.types(node) & {"website", "organization"}]
    if site:
        labels = site.split(".")
        written += [site, *labels[:-1], ".".join(labels[-2:])]
    return frozenset(key for key in map(titles.key, written) if len(key) > 1)


def _title(said: Head, own: frozenset[str], blocks: Blocks) -> str | None:
    heads = [plain(value) for value in said.values("headline")]
    heads += [value for name in _META.title for value in said.meta.get(name, ())[:1]]
    return titles.choose(said.headings, [head for head in heads if head], said.page_title, own, _shown(blocks))


def _shown(blocks: Blocks) -> frozenset[str]:
    """The short lines that may be a headline: no buttons, links or single words, which menus hold."""
    return frozenset(
        phrase(line)
        for block in blocks
        if not (block.hidden or block.role is Role.CONTROL or block.link_share >= _LINKED)
        for line in (block.text.split("\n", _LINES)[:_LINES] if "\n" in block.text else (block.text,))
        if len(line) in _HEADLINE and (block.role is Role.HEADING or " " in line or len(line) >= _LONG_WORD)
    )


def _image(said: Head, address: str | None) -> str | None:
    """Address of the lead picture, of the structured data or the card for social networks."""
    pictures = [said.first(*_META.image), *said.values("image")]
    addresses = (picture.get("url") if isinstance(picture, dict) else picture for picture in pictures)
    written = next((text.strip() for text in addresses if isinstance(text, str) and text.strip()), None)
    absolute = _absolute(address, written) if written else None
    return absolute if sites.host(absolute) else None


def _absolute(base: str | None, address: str) -> str | None:
    """``address`` as seen from ``base``; None where one of the two is no address at all."""
    try:
        return urljoin(base or "", address)
    except ValueError:
        return None


def _description(said: Head) -> str | None:
    return said.first(*_META.description) or next((d for d in map(plain, said.values("description")) if d), None)


def _section(said: Head) -> str | None:
    sections = [plain(value) for value in said.values("articleSection")]
    return said.first(*_META.section) or next(filter(None, sections), None)


def _tags(said: Head) -> tuple[str, ...]:
    for values in (*(said.meta.get(name, ()) for name in _META.tags), said.values("keywords")):
        words = [plain(word) for value in values if isinstance(value, str) for word in _split_tags(value, len(values))]
        if tags := names.unique(filter(None, words)):
            return tags
    return ()


def _split_tags(value: str, count: int) -> list[str]:
    """One value that lists several tags, or one tag of several values, which may hold a comma itself."""
    return [value] if count > 1 else re.split(r"\s*[,;]\s*", value)

"""Addresses of an HTML page: its own, and that of its lead picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import urljoin

from cleaner import data
from cleaner.article import Metadata
from cleaner.data.markup_types import HeadTags
from cleaner.front_matter.jsonld import flatten_values, resolve_reference
from cleaner.front_matter.page_head import PageHead
from cleaner.page import urls
from cleaner.page.dom import Dom, Element
from cleaner.page.images import list_sources

_META = data.load_data(HeadTags).meta
_PLACEHOLDER = re.compile(
    r"^(?:data:|about:)|(?:^|[/_.-])(?:blank|spacer|pixel|placeholder|transparent|loading|lazy|1x1|dummy|"
    r"no[-_]?image|default[-_](?:image|og|share|social|logo)|(?:og|site|share|social)[-_](?:default|logo))(?:[/_.-]|$)",
    re.IGNORECASE,
)
"""Addresses of pictures that only take the place of one."""
_NOT_LEAD = re.compile(r"avatar|logo|gravatar|icon|emoji|badge", re.IGNORECASE)
"""Parts of the class or address of a picture that is not about the story."""
_START_PAGE = re.compile(r"(?:https?:)?//[^/?#]+/?")
_SMALL = 100
"""Pixels; a picture with a smaller side is an icon. Chosen by reading pages; not measured."""


def read_addresses(head: PageHead, dom: Dom, url: str | None) -> Metadata:
    """The addresses of a page and of its lead picture. ``url`` is where it was fetched, if known."""
    canonical = find_canonical_url(head, url, dom.base)
    address = url or canonical
    return Metadata(url=address, site=urls.host_of(address), canonical=canonical, image=_find_image(head, dom, address))


def find_canonical_url(head: PageHead, url: str | None = None, base: str | None = None) -> str | None:
    """The page's own statement of its address, absolute; None without a valid one. ``base`` is what its links are relative to.

    A page that was fetched from below the start page of a site is not the start page, whatever its template says.
    """
    graph = head.get_meta("og:url")
    for written in filter(None, (head.canonical, graph)):
        near = url or (graph if written != graph else None)
        address = make_absolute(make_absolute(near, base) if base else near, written)
        if urls.host_of(address) and not (_is_start_page(address) and url and not _is_start_page(url)):
            return address
    return None


def _is_start_page(address: str | None) -> bool:
    return address is not None and _START_PAGE.fullmatch(address) is not None


def make_absolute(base: str | None, address: str) -> str | None:
    """``address`` relative to ``base``; None if one of them is invalid. Without scheme it gets that of ``base``, or https."""
    try:
        joined = urljoin(base or "", address.strip())
    except ValueError:
        return None
    return f"https:{joined}" if joined.startswith("//") else joined


def _find_image(head: PageHead, dom: Dom, address: str | None) -> str | None:
    """Address of the lead picture, from ``<meta>`` elements or structured data, else the first in the article's text."""
    written = chain(
        (value for name in _META.image for value in head.meta.get(name, ())),
        (text for value in head.get_values("image") for text in _read_picture(value, head)),
        _find_shown_pictures(dom),
    )
    usable = (make_absolute(address, text) for text in written if not _PLACEHOLDER.search(text))
    return next((one for one in usable if urls.host_of(one)), None)


def _read_picture(value: Any, head: PageHead) -> Iterator[str]:
    """The addresses that a picture of structured data gives."""
    value = resolve_reference(value, head.nodes)
    if isinstance(value, dict):
        for key in ("url", "contentUrl", "@id"):
            for text in flatten_values(value.get(key)):
                if isinstance(text, str) and "#" not in text:
                    yield text
    elif isinstance(value, str) and value.strip():
        yield value


def _find_shown_pictures(dom: Dom) -> Iterator[str]:
    """The addresses of the first picture in each ``<article>``, else ``<main>``, that is no icon or placeholder."""
    for frame in dom.root.iter("article", "main"):
        for picture in frame.iter("img"):
            if not (_is_small(picture) or _NOT_LEAD.search(f"{picture.get('class') or ''} {picture.get('src') or ''}")):
                yield from list_sources(picture)


def _is_small(picture: Element) -> bool:
    sizes = (picture.get("width") or "", picture.get("height") or "")
    return any(size.isdecimal() and int(size) < _SMALL for size in sizes)

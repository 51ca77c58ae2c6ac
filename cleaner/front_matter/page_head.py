"""What the markup of a page says about its article, collected before any choice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from cleaner import data
from cleaner.data.markup_types import HeadTags
from cleaner.front_matter import jsonld, shown_headings
from cleaner.front_matter.shown_headings import text_content
from cleaner.language import characters
from cleaner.page.dom import Dom, Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HEAD_TAGS = ("meta", "link", "script", "title", "h1")
_META = data.load_data(HeadTags).meta
_PARSELY = data.load_data(HeadTags).parsely.keys
_MAX_MATCHES = 50
"""Matches of a pattern in a script that are compared: a bound on time."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """Contents of scripts, ``<meta>`` elements and headings, each list in page order."""

    meta: Mapping[str, Sequence[str]]
    """Contents of the ``<meta>`` elements by lower-case property, name or itemprop."""
    node: jsonld.Node
    """JSON-LD node of the article; empty without one."""
    nodes: Sequence[jsonld.Node]
    canonical: str | None
    page_title: str | None
    headings: Sequence[str]
    language: str | None = None
    """The ``lang`` of the page."""

    def get_meta(self, *names: str) -> str | None:
        """The first content of the first ``<meta>`` element among ``names`` that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    def get_values(self, name: str) -> list[Any]:
        """The values under ``name`` in the article's node, always as a list, with references resolved."""
        value = self.node.get(name)
        return [jsonld.resolve_reference(item, self.nodes) for item in jsonld.flatten_values(value)]


def read_page_head(dom: Dom, url: str | None = None) -> PageHead:
    """Read the head of a page fetched from ``url``, in one pass over its elements."""
    meta: dict[str, list[str]] = {}
    scripts: list[str] = []
    headings: list[str] = []
    page_titles: list[str] = []
    canonical: list[str] = []
    for element in dom.root.iter(*_HEAD_TAGS):
        if element.tag == "meta":
            _read_meta(element, meta)
        elif element.tag == "script":
            if "ld+json" in (element.get("type") or "").lower() and element.text:
                scripts.append(element.text)
        elif element.tag == "link":
            if "canonical" in (element.get("rel") or "").lower().split() and (address := element.get("href")):
                canonical.append(address.strip())
        elif element.tag == "title":
            page_titles.extend(filter(None, (unescape(text_content(element)),)))
        elif not shown_headings.is_logo(element) and (found := unescape(shown_headings.read_heading(element))):
            headings.append(found)
    nodes = jsonld.parse_nodes(scripts)
    titles = (*headings, *page_titles, *(title for name in _META.title for title in meta.get(name, ())))
    addresses = (url, *canonical, *meta.get("og:url", ()))
    return PageHead(
        meta=meta,
        node=jsonld.find_article_node(
            nodes,
            frozenset(filter(None, map(characters.normalize_phrase, titles))),
            frozenset(key for key in map(jsonld.address_key, filter(None, addresses)) if "/" in key),
        ),
        nodes=nodes,
        canonical=next(iter(canonical), None),
        page_title=next(iter(page_titles), None),
        headings=headings or shown_headings.find_lower_headings(dom),
        language=_read_language(dom) or next(iter(meta.get("content-language", ())), None),
    )


def _read_language(dom: Dom) -> str | None:
    """The language that the root of a page, or its body, names."""
    places = [dom.root, dom.root.find("body")]
    named = (place.get("lang") or place.get(_XML_LANG) for place in places if place is not None)
    return next(filter(None, named), None)


def find_in_scripts(dom: Dom, pattern: re.Pattern[str], title: str | None) -> Iterator[str]:
    """The first group of a match of ``pattern`` in each script of the page that is no JSON-LD, which is read by its nodes.

    Of several matches, the one nearest to the title of the page if the script contains it, else the first.
    """
    for script in dom.root.iter("script"):
        if (
            script.text
            and "ld+json" not in (script.get("type") or "")
            and (found := list(islice(pattern.finditer(script.text), _MAX_MATCHES)))
        ):
            at = script.text.find(title) if title else -1
            yield (min(found, key=lambda match: abs(match.start() - at)) if at >= 0 else found[0])[1]


def _read_meta(element: Element, meta: dict[str, list[str]]) -> None:
    value = characters.normalize_line(element.get("content") or "")
    if not value:
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        if name := element.get(key):
            meta.setdefault(name.strip().lower(), []).append(value)
            if name == "parsely-page":
                _read_parsely_page(value, meta)


def _read_parsely_page(value: str, meta: dict[str, list[str]]) -> None:
    """Add the fields of Parse.ly's JSON to ``meta``, under the names of its single elements."""
    try:
        fields = json.loads(value)
    except ValueError:
        return
    for key in _PARSELY if isinstance(fields, dict) else ():
        if texts := list(filter(None, map(jsonld.plain_text, jsonld.flatten_values(fields.get(key))))):
            meta.setdefault(f"parsely-{key.replace('_', '-')}", []).extend(texts)

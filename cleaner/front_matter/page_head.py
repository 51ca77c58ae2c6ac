"""What the markup of a page says about its article, collected before any choice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from cleaner import data
from cleaner.data.file_types import ElementNames
from cleaner.front_matter import jsonld
from cleaner.language import characters, dates, person_names
from cleaner.page.dom import Dom, Element

_HEAD_TAGS = ("meta", "link", "script", "title", "h1")
_ELEMENTS = data.load_data(ElementNames)
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_BYLINE_CHARS = 150
"""Characters of a visible byline; longer text under an author class is a note about the author."""
_MIN_DATE_CHARS = 6
"""Characters of the shortest date: 1.1.24."""


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

    def get_meta(self, *names: str) -> str | None:
        """The first content of the first ``<meta>`` element among ``names`` that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    def get_values(self, name: str) -> list[Any]:
        """The values under ``name`` in the article's node, always as a list, with references resolved."""
        value = self.node.get(name)
        items = value if isinstance(value, list) else [] if value is None else [value]
        return [jsonld.resolve_reference(item, self.nodes) for item in items]


def read_page_head(dom: Dom) -> PageHead:
    """Read the head of a page, in one pass over its elements."""
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
            if (element.get("rel") or "").lower() == "canonical" and (address := element.get("href")):
                canonical.append(address.strip())
        elif found := unescape(text_content(element)):
            (page_titles if element.tag == "title" else headings).append(found)
    nodes = jsonld.parse_nodes(scripts)
    return PageHead(
        meta=meta,
        node=jsonld.find_article_node(nodes),
        nodes=nodes,
        canonical=next(iter(canonical), None),
        page_title=next(iter(page_titles), None),
        headings=headings,
    )


def find_marked_bylines(dom: Dom) -> list[str]:
    """Visible bylines, the surest first; with :data:`person_names.BREAK` between the texts of different elements."""
    found = []
    for element in filter(_may_be_byline, dom.root.iter()):
        rank = _rank_byline(element)
        if rank is not None and not _is_in_aside(element):
            line = person_names.BREAK.join(_split_text(element))
            if 1 < len(line) <= _MAX_BYLINE_CHARS:
                found.append((rank, line))
    return [line for _, line in sorted(found, key=lambda item: item[0])]


def find_marked_dates(dom: Dom) -> list[str]:
    """Dates in microdata, ``<time>`` and elements with such a class, except those of updates and other stories."""
    found = []
    for element in filter(_may_be_date, dom.root.iter()):
        names = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        if not any(word in names for word in _ELEMENTS.others.date) and not _is_in_aside(element):
            found.append(element.get("datetime") or element.get("content") or text_content(element))
    return [stamp for stamp in found if _MIN_DATE_CHARS <= len(stamp) <= dates.MAX_LINE]


def find_in_scripts(dom: Dom, pattern: re.Pattern[str]) -> Iterator[str]:
    """The first group of the first match of ``pattern`` in each script of the page."""
    for script in dom.root.iter("script"):
        if script.text:
            yield from (match[1] for match in islice(pattern.finditer(script.text), 1))


def text_content(element: Element) -> str:
    """The text of an element as one line, without scripts and styles."""
    return characters.normalize_line(" ".join(_split_text(element)) if len(element) else element.text or "")


def _split_text(element: Element) -> list[str]:
    texts = element.xpath(".//text()[not(parent::script or parent::style)]")
    return [piece for piece in map(characters.normalize_line, texts) if piece]


def _read_meta(element: Element, meta: dict[str, list[str]]) -> None:
    value = characters.normalize_line(element.get("content") or "")
    if not value:
        return
    for key in ("property", "name", "itemprop"):
        if name := element.get(key):
            meta.setdefault(name.strip().lower(), []).append(value)


# A loop over all elements that reads two attributes takes a third of the time of the same XPath expression.
def _may_be_byline(element: Element) -> bool:
    class_names = element.get("class")
    if class_names and ("uthor" in class_names or "yline" in class_names):
        return True
    if element.tag == "a" and ("author" in (element.get("rel") or "") or "/author/" in (element.get("href") or "")):
        return True
    return bool(element.get("itemprop") == "author")


def _may_be_date(element: Element) -> bool:
    if element.tag == "time":
        return True
    class_names = element.get("class")
    if class_names and ("date" in class_names or "Date" in class_names):
        return True
    return "date" in (element.get("itemprop") or "") or ":date" in (element.get("property") or "")


def _rank_byline(element: Element) -> int | None:
    """Rank of an element as the byline, 0 the surest; None if it is none."""
    if element.tag in ("meta", "link", "script", "body", "html", "img", "input", "article", "main"):
        return None
    if element.get("itemprop") == "author":
        return 0
    tokens = f"{element.get('class') or ''}".lower().split()
    if "author" in (element.get("rel") or "").split() or any("author" in t and "name" in t for t in tokens):
        return 1
    mentioned = [token for token in tokens if "author" in token or "byline" in token]
    if mentioned:
        return None if all(any(word in token for word in _ELEMENTS.others.byline) for token in mentioned) else 2
    return 2 if "/author/" in (element.get("href") or "") else None


def _is_in_aside(element: Element) -> bool:
    """Whether an element is in a part of the page that is about something else."""
    for around in (element, *element.iterancestors()):
        if around.tag in ("footer", "nav", "aside"):
            return True
        if around.tag in ("body", "html", "main", "article"):
            continue
        names = f"{around.get('class') or ''} {around.get('id') or ''}".lower()
        for word in _ELEMENTS.aside.other:
            names = names.replace(word, "")
        if any(word in names for word in _ELEMENTS.aside.names):
            return True
    return False

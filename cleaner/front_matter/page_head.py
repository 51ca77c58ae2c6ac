"""What the markup of a page says of its article, gathered and not yet weighed."""

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

_NAMED = ("meta", "link", "script", "title", "h1")
_NAMES = data.load_data(ElementNames)
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_BYLINE = 150
"""Characters of a visible byline; longer text under an author class is a note about the author."""
_SHORTEST_DATE = 6
"""Characters of the shortest date: 1.1.24."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """What scripts, ``<meta>`` elements and headings say, each list in page order."""

    meta: Mapping[str, Sequence[str]]
    """Contents of the ``<meta>`` elements by lower-case property, name or itemprop."""
    node: jsonld.Node
    """The JSON-LD node of the article, or an empty one."""
    nodes: Sequence[jsonld.Node]
    canonical: str | None
    page_title: str | None
    headings: Sequence[str]

    def first(self, *names: str) -> str | None:
        """The first content of the first of the ``<meta>`` ``names`` that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    def values(self, name: str) -> list[Any]:
        """The article node's values under ``name``, as a list whatever their shape, references resolved."""
        value = self.node.get(name)
        items = value if isinstance(value, list) else [] if value is None else [value]
        return [jsonld.resolve_reference(item, self.nodes) for item in items]


def read_page_head(dom: Dom) -> PageHead:
    """Read what the page says of itself, in one pass over the elements that can say it."""
    meta: dict[str, list[str]] = {}
    scripts: list[str] = []
    headings: list[str] = []
    page_titles: list[str] = []
    canonical: list[str] = []
    for element in dom.root.iter(*_NAMED):
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
    """Visible bylines, the surest first; :data:`names.BREAK` stands between the texts of different elements."""
    found = []
    for element in filter(_may_be_byline, dom.root.iter()):
        rank = _byline_rank(element)
        if rank is not None and not _is_in_aside(element):
            line = person_names.BREAK.join(_text_pieces(element))
            if 1 < len(line) <= _MAX_BYLINE:
                found.append((rank, line))
    return [line for _, line in sorted(found, key=lambda item: item[0])]


def find_marked_dates(dom: Dom) -> list[str]:
    """Dates in microdata, ``<time>`` and elements named so, but not those of updates and other stories."""
    found = []
    for element in filter(_may_be_stamp, dom.root.iter()):
        named = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        if not any(word in named for word in _NAMES.others.date) and not _is_in_aside(element):
            found.append(element.get("datetime") or element.get("content") or text_content(element))
    return [stamp for stamp in found if _SHORTEST_DATE <= len(stamp) <= dates.MAX_LINE]


def find_in_scripts(dom: Dom, pattern: re.Pattern[str]) -> Iterator[str]:
    """First groups of ``pattern`` in the page's scripts."""
    for script in dom.root.iter("script"):
        if script.text:
            yield from (match[1] for match in islice(pattern.finditer(script.text), 1))


def text_content(element: Element) -> str:
    """The text of an element as one line, without scripts and styles."""
    return characters.normalize_line(" ".join(_text_pieces(element)) if len(element) else element.text or "")


def _text_pieces(element: Element) -> list[str]:
    texts = element.xpath(".//text()[not(parent::script or parent::style)]")
    return [piece for piece in map(characters.normalize_line, texts) if piece]


def _read_meta(element: Element, meta: dict[str, list[str]]) -> None:
    value = characters.normalize_line(element.get("content") or "")
    if not value:
        return
    for key in ("property", "name", "itemprop"):
        if name := element.get(key):
            meta.setdefault(name.strip().lower(), []).append(value)


# A loop over all elements that asks for two attributes takes a third of the time of the same as an XPath expression.
def _may_be_byline(element: Element) -> bool:
    called = element.get("class")
    if called and ("uthor" in called or "yline" in called):
        return True
    if element.tag == "a" and ("author" in (element.get("rel") or "") or "/author/" in (element.get("href") or "")):
        return True
    return bool(element.get("itemprop") == "author")


def _may_be_stamp(element: Element) -> bool:
    if element.tag == "time":
        return True
    called = element.get("class")
    if called and ("date" in called or "Date" in called):
        return True
    return "date" in (element.get("itemprop") or "") or ":date" in (element.get("property") or "")


def _byline_rank(element: Element) -> int | None:
    """How surely an element is the byline, 0 best; None where it is none."""
    if element.tag in ("meta", "link", "script", "body", "html", "img", "input", "article", "main"):
        return None
    if element.get("itemprop") == "author":
        return 0
    tokens = f"{element.get('class') or ''}".lower().split()
    if "author" in (element.get("rel") or "").split() or any("author" in t and "name" in t for t in tokens):
        return 1
    mentioned = [token for token in tokens if "author" in token or "byline" in token]
    if mentioned:
        return None if all(any(word in token for word in _NAMES.others.byline) for token in mentioned) else 2
    return 2 if "/author/" in (element.get("href") or "") else None


def _is_in_aside(element: Element) -> bool:
    """Whether an element stands in a part of the page that is about something else."""
    for around in (element, *element.iterancestors()):
        if around.tag in ("footer", "nav", "aside"):
            return True
        if around.tag in ("body", "html", "main", "article"):
            continue
        named = f"{around.get('class') or ''} {around.get('id') or ''}".lower()
        for word in _NAMES.aside.other:
            named = named.replace(word, "")
        if any(word in named for word in _NAMES.aside.names):
            return True
    return False

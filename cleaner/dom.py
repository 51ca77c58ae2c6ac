"""The parsed page: the only module that imports lxml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from lxml import etree, html
from lxml.cssselect import CSSSelector, SelectorError

Element: TypeAlias = html.HtmlElement

MAX_DEPTH = 200
"""libxml2 silently stops reading at 256 nested elements; deeper pages are flattened to this depth first."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*?(/?)>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Legal in no version of XML; libxml2 reads them, and every library above it chokes on them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEAD_TAGS = frozenset("base link meta noscript script style template title".split())
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class SelectorSyntaxError(ValueError):
    """A CSS selector that cannot be compiled."""


class Dom:
    """A parsed page. Read it, ask it; only :meth:`prune` changes it."""

    def __init__(self, root: Element, *, flattened: bool) -> None:
        self.root = root
        self.flattened = flattened

    def select(self, selectors: Iterable[str]) -> list[Element]:
        """Elements that match any of the CSS ``selectors``, selector by selector, each in page order."""
        return [element for selector in selectors for element in _elements(compile_selector(selector)(self.root))]

    def prune(self, elements: Iterable[Element]) -> None:
        """Take ``elements`` out of the tree, leaving the text that follows them."""
        for element in elements:
            if element.getparent() is not None:
                element.drop_tree()


def _elements(found: object) -> list[Element]:
    return [item for item in found if isinstance(item, html.HtmlElement)] if isinstance(found, list) else []


@lru_cache(maxsize=4096)
def compile_selector(selector: str) -> CSSSelector:
    """The compiled form of a CSS selector. Raises :class:`SelectorSyntaxError`."""
    try:
        return CSSSelector(selector, translator="html")
    except (SelectorError, etree.XPathError) as error:
        raise SelectorSyntaxError(str(error)) from error


def parse(content: str) -> Dom | None:
    """The tree of an HTML page, or None where it holds no element.

    Comments and processing instructions are left out while parsing: left in, they cut paragraphs in two for
    trafilatura. Entities are never expanded beyond HTML's own, and nothing is fetched.
    """
    content = _FORBIDDEN.sub(" ", _XML_DECLARATION.sub("", content, count=1))
    root, too_deep = _read(content)
    if too_deep:
        root, _ = _read(_flatten(content))
    if root is None:
        return None
    _empty_head(root)
    return Dom(root, flattened=too_deep)


def _read(content: str) -> tuple[Element | None, bool]:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", no_network=True)
    try:
        root = html.document_fromstring(content.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    too_deep = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return root, too_deep


def _empty_head(root: Element) -> None:
    """Move what is no metadata out of the head.

    On a page without a ``<body>`` tag libxml2 leaves ``<article>`` and the like in it, where nobody looks for text.
    """
    head = root.find("head")
    strays = [child for child in head if child.tag not in _HEAD_TAGS] if head is not None else []
    if not strays:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    for place, stray in enumerate(strays):
        body.insert(place, stray)


def _flatten(content: str) -> str:
    """``content`` without the tags that stand deeper than :data:`MAX_DEPTH`; all text stays."""
    depth = 0

    def keep_if_shallow(match: re.Match[str]) -> str:
        nonlocal depth
        closing, name, self_closed = match.group(1), match.group(2).lower(), match.group(3)
        if name in _VOID or self_closed:
            return match.group(0)
        if closing:
            depth = max(depth - 1, 0)
            return match.group(0) if depth < MAX_DEPTH else " "
        depth += 1
        return match.group(0) if depth <= MAX_DEPTH else " "

    return _TAG.sub(keep_if_shallow, content)

"""The parsed page: the only module that imports lxml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from functools import cached_property, lru_cache
from typing import TypeAlias, cast

from lxml import etree, html
from lxml.cssselect import CSSSelector, SelectorError

from cleaner.compiled import serve_compiled
from cleaner.page.encoding import count_controls

Element: TypeAlias = html.HtmlElement
XmlElement: TypeAlias = etree._Element  # noqa: SLF001  its only name

MAX_DEPTH = 200
"""libxml2 silently stops reading at 256 nested elements; deeper pages are first flattened to this depth."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)[^<>]*?(/?)>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Legal in no version of XML; libxml2 accepts them, and every library above it fails on them.
_FORBIDDEN = bytes(b for b in range(32) if b not in b"\t\n\r")
_WITHOUT_FORBIDDEN = bytes.maketrans(_FORBIDDEN, b" " * len(_FORBIDDEN))
_NONCHARACTERS = re.compile("[\ufffe\uffff]")
_HEAD_TAGS = frozenset("base link meta noscript script style template title".split())
# An attribute that no parsed page has: in those all names are in lower case.
ORIGIN = "Origin"
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_MAX_ATTRIBUTES = 1_000
"""Attributes of an element that are read: libxml2 takes time that grows with their square. The most on 1,015 real pages are 58."""
_MIN_CROWDED_CHARS = 200_000
"""Characters of a page that is searched for elements with more: in a smaller one they cost seconds at most."""
_ATTRIBUTE = r"""[\s/]++[^\s=<>/"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++))?+"""
_CROWDED_TAG = re.compile(rf"(<[a-zA-Z][\w:-]*+(?:{_ATTRIBUTE}){{{_MAX_ATTRIBUTES}}})(?:{_ATTRIBUTE})++")


# lxml.html calls a Python function for the class of every element; its classes for forms are not needed here.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=html.HtmlElement)
_NAMES = etree.XPath("//@class | //@id", smart_strings=False)
# The form of most selectors of rules; XPath takes ten times as long to look at every element.
_NAMED = re.compile(r"\s*([.#])(-?[A-Za-z_][\w-]*+)\s*", re.ASCII)
_TEXTS = etree.XPath(".//text()[not(parent::script or parent::style)]", smart_strings=False)


class SelectorSyntaxError(ValueError):
    """A CSS selector or XPath expression that cannot be compiled."""


class Dom:
    """A parsed page; its tree is never changed."""

    def __init__(self, root: Element, source: bytes, *, flattened: bool, origin: str | None = None) -> None:
        self.root = root
        self.source = source
        """The HTML it was parsed from, in UTF-8."""
        self.flattened = flattened
        self.origin = origin
        """Where in the page its article was stored, such as ``script[ld+json]/articleBody``; None if the page shows it."""

    def select(self, selectors: Iterable[str]) -> list[Element]:
        """Elements that match any of ``selectors``, CSS or XPath, selector by selector, each in page order."""
        return [element for selector in selectors for element in _select_elements(self.root, selector)]

    @cached_property
    def names(self) -> frozenset[str]:
        """Classes and ids of all elements."""
        return frozenset().union(*map(str.split, list_attributes(self.root)))

    def graft(self, markup: str, origin: str, parent: Element, position: int) -> Dom:
        """A copy of the page with the article in ``markup``, which it stores at ``origin``, as a child of ``parent``."""
        pairs = zip(self.root.iter(), (root := deepcopy(self.root)).iter(), strict=True)
        place = next(copied for element, copied in pairs if element is parent)
        content, _ = _parse_bytes(_encode_source(f"<html><body>{_flatten_deep_markup(markup)}</body></html>"))
        article = place.makeelement("article", {ORIGIN: origin})
        body = None if content is None else content.find("body")
        if body is not None:
            article.text = body.text
            article.extend(list(body))
        place.insert(position, article)
        return Dom(root, self.source, flattened=self.flattened, origin=origin)

    @cached_property
    def base(self) -> str | None:
        """The address to which those of the page are relative, if it names another than its own."""
        base = next(self.root.iter("base"), None)
        return base.get("href") if base is not None else None

    def without(self, elements: Iterable[Element]) -> Element:
        """The root of a copy of the tree without ``elements``; the text after them stays."""
        root = deepcopy(self.root)
        unwanted = set(elements)
        pairs = zip(self.root.iter(), root.iter(), strict=True)
        for copied in [copied for element, copied in pairs if element in unwanted]:
            if copied.getparent() is not None:
                copied.drop_tree()
        return root


def _select_elements(root: Element, selector: str) -> list[Element]:
    if named := _NAMED.fullmatch(selector):
        return select_named(root, "class" if named[1] == "." else "id", named[2])
    found = compile_selector(selector)(root)
    return [item for item in found if isinstance(item, html.HtmlElement)] if isinstance(found, list) else []


@serve_compiled("element_reader")
def list_attributes(root: Element) -> set[str]:
    """The values of all classes and ids on the page with this ``root``."""
    return set(cast("list[str]", _NAMES(root)))


@serve_compiled("element_reader")
def select_named(root: Element, attribute: str, name: str) -> list[Element]:
    """The elements with the class, or with the id, ``name``, in page order; ``attribute`` says which of the two."""
    sign = "." if attribute == "class" else "#"
    return cast("list[Element]", compile_selector(f"{sign}{name}")(root))


def is_xpath(selector: str) -> bool:
    """Whether ``selector`` is an XPath expression: unlike CSS selectors, these start with a slash or a bracket."""
    return selector.startswith(("/", "("))


@lru_cache(maxsize=4096)
def compile_selector(selector: str) -> etree.XPath:
    """The compiled form of a CSS selector or an XPath expression. Raises :class:`SelectorSyntaxError`."""
    try:
        return etree.XPath(selector) if is_xpath(selector) else CSSSelector(selector, translator="html")
    except (SelectorError, etree.XPathError, ValueError) as error:
        raise SelectorSyntaxError(str(error)) from error


def parse_html(content: str) -> Dom | None:
    """The tree of an HTML page; None if it contains no element.

    Comments and processing instructions are removed while parsing, as trafilatura cuts paragraphs at them. Only HTML's
    own entities are expanded, and nothing is fetched.
    """
    declaration = _XML_DECLARATION.match(content)
    content = content[declaration.end() :] if declaration else content
    if "\ufffe" in content or "\uffff" in content:
        content = _NONCHARACTERS.sub(" ", content)
    if len(content) > _MIN_CROWDED_CHARS:
        content = _CROWDED_TAG.sub(r"\1", content)
    source = _encode_source(content)
    root, too_deep = _parse_bytes(source)
    if too_deep:
        root, _ = _parse_bytes(_encode_source(_flatten_deep_markup(content)))
    if root is None:
        return None
    _move_misplaced_to_body(root)
    _open_shadow_roots(root)
    return Dom(root, source, flattened=too_deep)


def _encode_source(content: str) -> bytes:
    source = content.encode("utf-8", "replace")
    return source.translate(_WITHOUT_FORBIDDEN) if count_controls(content, _FORBIDDEN) else source


def _parse_bytes(source: bytes) -> tuple[Element | None, bool]:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", no_network=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    too_deep = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return root, too_deep


def _move_misplaced_to_body(root: Element) -> None:
    """Move elements that do not belong in the head to the body.

    On a page without a ``<body>`` tag libxml2 leaves ``<article>`` and similar elements in the head.
    """
    head = root.find("head")
    misplaced = [child for child in head if child.tag not in _HEAD_TAGS] if head is not None else []
    if not misplaced:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    body[0:0] = misplaced


def _open_shadow_roots(root: Element) -> None:
    """Make boxes of the templates that browsers show in the place of the element around them."""
    for template in root.iter("template"):
        if template.get("shadowrootmode") or template.get("shadowroot"):
            template.tag = "div"


def list_texts(element: Element) -> list[str]:
    """The texts inside ``element``, as they are, without scripts and styles."""
    return cast("list[str]", _TEXTS(element))


def serialize_children(element: Element) -> str:
    """The markup inside ``element``."""
    return (element.text or "") + "".join(html.tostring(child, encoding="unicode") for child in element)


def _flatten_deep_markup(content: str) -> str:
    """``content`` without tags nested deeper than :data:`MAX_DEPTH`; all text stays."""
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


def parse_xml(text: str) -> XmlElement | None:
    """The root of an XML document, as far as it can be read; nothing is fetched, and no entity of its own is expanded."""
    declaration = _XML_DECLARATION.match(text)
    source = _encode_source(text[declaration.end() :] if declaration else text)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True, encoding="utf-8")
    try:
        return etree.fromstring(source, parser)
    except etree.XMLSyntaxError:
        return None


def write_xml(element: XmlElement) -> str:
    """An element as markup of HTML, with the text behind it."""
    copied = deepcopy(element)
    for inner in copied.iter(etree.Element):
        inner.tag = etree.QName(inner).localname
    etree.cleanup_namespaces(copied)
    return etree.tostring(copied, encoding="unicode", method="html")

"""Selectors of the elements around marked blocks: by names at several widths, by attributes, and by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from cleaner.page.dom import Element
from cleaner.ruletools.learn.selectors import list_selectors

MAX_SELECTORS = 14
"""Selectors that are tried for one mark; chosen so that 50 pages take less than a second."""
_PLAIN_TAG = re.compile(r"[a-z][a-z0-9]*")
_MAX_ATTRIBUTES = 6
"""Selectors by attributes that are tried for one mark; chosen like :data:`MAX_SELECTORS`."""
_MAX_XPATHS = 4
_ATTRIBUTE = re.compile(r"itemprop|role|rel|name|aria-label(?:ledby)?|data-(?!v-|react)[a-z-]{2,24}")
_STABLE_VALUE = re.compile(r"[A-Za-z][A-Za-z_:. -]{2,39}")
"""A value that other pages have too: one with digits numbers something."""
_HREF_FOLDER = re.compile(r"(?:https?://[^/]+)?(/[a-z][a-z_-]{1,23}/)[^?#]")
"""The first folder of the address of a link: ``/tag/``."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_MAX_HEADING_CHARS = 60
"""Characters of a heading that names a box; more are the headline of a story."""
_MAX_HEADING_DEPTH = 3
"""Elements from a box down to its heading."""
_MAX_LEVELS = 6
"""Elements around a block that are looked at."""
_PAGE_ELEMENTS = frozenset({"html", "body"})


def list_widening_selectors(paths: Sequence[str]) -> list[str]:
    """Return selectors that fit the blocks at all ``paths``, from the innermost element outwards.

    An element without a stable name of its own is described inside the nearest element that has one.

    >>> list_widening_selectors(["html/body/div#main/aside.teaser/p", "html/body/div#main/aside.teaser/p"])
    ['aside.teaser p', 'div#main p', 'aside.teaser', 'div#main']
    """
    found = [list(dict.fromkeys(_list_for_path(path))) for path in paths if path]
    if not found or len(found) < len(paths):
        return []
    others = [set(selectors) for selectors in found[1:]]
    return [one for one in found[0] if all(one in other for other in others)][:MAX_SELECTORS]


def _list_for_path(path: str) -> Iterator[str]:
    steps = path.split("/")
    named = [list(list_selectors(step)) for step in steps]
    innermost = steps[-1].partition("#")[0].partition(".")[0]
    around = [name for names in reversed(named[:-1]) for name in names]
    if _PLAIN_TAG.fullmatch(innermost) and innermost not in _PAGE_ELEMENTS:
        yield from (f"{name} {innermost}" for name in around[:3] if not named[-1])
    if len(named[-1]) > 1:
        tag, names = innermost, [name.removeprefix(innermost) for name in named[-1]]
        yield tag + "".join(names)
    yield from (f"{around[0]} {name}" for name in named[-1] if around)
    for names in reversed(named):
        yield from names


def list_attribute_selectors(elements: Sequence[Element]) -> list[str]:
    """Return selectors by attributes that all ``elements``, or elements around them, share; from the inside outwards.

    Sites that generate their class names often mark boxes by ``data-…``, ``itemprop`` or ``role``.
    """
    return _list_shared([list(_list_by_attributes(one)) for one in elements])[:_MAX_ATTRIBUTES]


def _list_by_attributes(element: Element) -> Iterator[str]:
    for tag, one in _list_around(element):
        for name, value in one.items():
            if _ATTRIBUTE.fullmatch(name) and _STABLE_VALUE.fullmatch(value):
                yield f'{tag}[{name}="{value}"]'


def list_xpaths(elements: Sequence[Element]) -> list[str]:
    """Return XPath expressions for boxes by the heading in or above them, and by where their links lead.

    ``//section[h2[normalize-space()="Related"]]`` is such a box; without one, the list after the heading is taken.
    """
    return _list_shared([list(_list_by_parts(one)) for one in elements])[:_MAX_XPATHS]


def _list_by_parts(element: Element) -> Iterator[str]:
    link = element if element.tag == "a" else element.find("a")
    folder = _HREF_FOLDER.match(link.get("href", "")) if link is not None else None
    for tag, one in _list_around(element):
        if folder and one is element:
            yield f'//{tag}[{"self::a" if one is link else "a"}[contains(@href, "{folder[1]}")]]'
        yield from (f"//{tag}[{path}[{text}]]" for path, text in _find_heading(one))
        heading = next((above for above in one.itersiblings(preceding=True) if above.tag in _HEADINGS), None)
        if heading is not None and (text := _quote_heading(heading)):
            yield f"//{heading.tag!s}[{text}]/following-sibling::{tag}"


def _find_heading(box: Element) -> Iterator[tuple[str, str]]:
    """Yield the path from ``box`` to its first heading, and the condition that has the heading's text."""
    heading = next(box.iterdescendants(*_HEADINGS), None)
    if heading is None or not (text := _quote_heading(heading)):
        return
    between = [str(one.tag) for one in takewhile(lambda one: one is not box, heading.iterancestors())]
    if len(between) < _MAX_HEADING_DEPTH:
        yield "/".join([*reversed(between), str(heading.tag)]), text


def _quote_heading(heading: Element) -> str:
    text = " ".join("".join(heading.itertext()).split())
    if not text[2:] or len(text) > _MAX_HEADING_CHARS or '"' in text:
        return ""
    return f'normalize-space()="{text}"'


def _list_around(element: Element) -> Iterator[tuple[str, Element]]:
    """Yield ``element`` and some around it, each with its tag, without those that are the page."""
    for one in [element, *element.iterancestors()][:_MAX_LEVELS]:
        tag = str(one.tag)
        if tag not in _PAGE_ELEMENTS and _PLAIN_TAG.fullmatch(tag):
            yield tag, one


def _list_shared(found: Sequence[Sequence[str]]) -> list[str]:
    """Return what all lists have, once, in the order of the first."""
    if not found:
        return []
    others = [set(one) for one in found[1:]]
    return [one for one in dict.fromkeys(found[0]) if all(one in other for other in others)]

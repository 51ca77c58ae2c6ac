"""The headings of an HTML page that may be its headline: no logos, and without kickers."""

from __future__ import annotations

import re
from itertools import islice

from cleaner import data
from cleaner.data.markup_types import ElementNames
from cleaner.language import characters
from cleaner.page.dom import Dom, Element, list_texts

_NAMES = data.load_data(ElementNames).headings
_LOGO = re.compile(characters.make_alternation(_NAMES.logo, gap="[-_]?"), re.IGNORECASE)
_KICKER = re.compile(characters.make_alternation(_NAMES.kicker, gap="[-_]?"), re.IGNORECASE)
_START_PAGE = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.\w+|home/?)?", re.IGNORECASE)
"""Address of the start page of a site."""
_NO_TEXT = ("script", "style")
_SEPARATORS = " :–—-|/•·\u00a0"
_MAX_LOWER = 3
"""Headings below the first rank that are tried as the headline. Chosen by reading pages; not measured."""


def is_logo(heading: Element) -> bool:
    """Whether a heading is the name of the site: by its class or id, or because all of it links to the start page."""
    if any(_LOGO.search(element.get("class") or "") or _LOGO.search(element.get("id") or "") for element in (heading,)):
        return True
    link = next(heading.iter("a"), None)
    address = (link.get("href") or "").strip() if link is not None else ""
    if link is None or text_content(link) != text_content(heading):
        return False
    return "home" in (link.get("rel") or "").split() or bool(address and _START_PAGE.fullmatch(address))


def read_heading(heading: Element) -> str:
    """The text of a heading, without the kicker that an element in it contains; all of it if nothing else is left."""
    kickers = [inner for inner in heading.iterdescendants() if _KICKER.search(inner.get("class") or "")]
    whole = text_content(heading)
    for kicker in kickers:
        start = text_content(kicker)
        if start and whole.startswith(start) and (rest := whole[len(start) :].lstrip(_SEPARATORS)):
            whole = rest
    return whole


def find_lower_headings(dom: Dom) -> list[str]:
    """The first headings of the second rank in the article, for pages without a first one, or with the logo in it."""
    frame = next(dom.root.iter("article", "main"), dom.root)
    return [text for text in map(read_heading, islice(frame.iter("h2"), _MAX_LOWER)) if text]


def text_content(element: Element) -> str:
    """The text of an element as one line, without scripts and styles."""
    return characters.normalize_line(" ".join(read_texts(element)) if len(element) else element.text or "")


def has_more_text(element: Element, limit: int) -> bool:
    """Whether :func:`text_content` of an element has more than ``limit`` characters; of a large one its start shows it."""
    size = 0
    for inner in element.iter():
        for text in (None if inner.tag in _NO_TEXT else inner.text, None if inner is element else inner.tail):
            size += len(characters.normalize_line(text)) if text else 0
        if size > limit:
            return True
    return len(text_content(element)) > limit


def read_texts(element: Element) -> list[str]:
    """The texts inside an element, each as one line, without scripts and styles."""
    return [piece for piece in map(characters.normalize_line, list_texts(element)) if piece]

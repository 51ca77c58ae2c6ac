"""Whether a page contains the whole article, or only the part that non-subscribers see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cleaner import data
from cleaner.data.markup_types import ElementNames
from cleaner.front_matter import shown_headings
from cleaner.front_matter.page_head import PageHead
from cleaner.page.dom import Dom, Element, SelectorSyntaxError

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_TEASER_CHARS = 400
"""Characters; a part for subscribers with fewer is a teaser."""
_MIN_ARTICLE_CHARS = 1500
"""Characters in paragraphs; a page with as many contains the article, with or without a paywall."""
_BOXES = data.load_data(ElementNames).boxes
_HINTS = (
    *(f"contains(@class,'{part}')" for part in _BOXES.paywall_classes),
    *(f"contains(@id,'{part}')" for part in _BOXES.paywall_ids),
)
_WALLS = f".//*[{' or '.join(_HINTS)}]"
_NOT_SHOWN = ("script", "style", "template", "noscript", "html", "body", "head", "meta", "link")


def is_truncated(head: PageHead, dom: Dom) -> bool:
    """Whether the page says that its article is not free to read, and lacks a part of it.

    It lacks a part if the elements for subscribers, which the structured data selects, are nearly empty; or, without
    such elements, if the page has a paywall and few paragraphs. Most pages that say they are not free contain all.
    """
    if not any(map(_is_not_free, (head.node, *_find_access_parts(head)))):
        return False
    selectors = [
        part["cssSelector"]
        for part in _find_access_parts(head)
        if _is_not_free(part) and _is_text(part.get("cssSelector"))
    ]
    try:
        found = dom.select(selectors)
    except SelectorSyntaxError:
        found = []
    if found:
        return _count_characters(found) < _MAX_TEASER_CHARS
    return any(map(_is_wall, dom.root.xpath(_WALLS))) and _count_characters(dom.root.iter("p")) < _MIN_ARTICLE_CHARS


def _count_characters(elements: Iterable[Element]) -> int:
    return sum(len(shown_headings.text_content(element)) for element in elements)


def _find_access_parts(head: PageHead) -> Iterator[dict[str, Any]]:
    return (part for part in head.get_values("hasPart") if isinstance(part, dict))


def _is_not_free(node: dict[str, Any]) -> bool:
    return str(node.get("isAccessibleForFree", "")).strip().lower().rsplit("/", 1)[-1] == "false"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_wall(element: Element) -> bool:
    hidden = "hidden" in element.attrib or "display:none" in (element.get("style") or "").replace(" ", "")
    return (
        element.tag not in _NOT_SHOWN
        and not hidden
        and 0 < len(shown_headings.text_content(element)) < _MAX_TEASER_CHARS
    )

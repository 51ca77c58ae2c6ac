"""Whether a page holds the whole article, or just what non-subscribers are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cleaner import data
from cleaner.data.file_types import ElementNames
from cleaner.front_matter import page_head
from cleaner.front_matter.page_head import PageHead
from cleaner.page.dom import Dom, Element, SelectorSyntaxError

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_LEAST = 400
"""Characters; a part for subscribers that holds fewer is a teaser of itself."""
_ARTICLE = 1500
"""Characters in paragraphs; a page of more holds an article, paywall or not."""
_BOXES = data.load_data(ElementNames).boxes
_HINTS = (
    *(f"contains(@class,'{part}')" for part in _BOXES.paywall_classes),
    *(f"contains(@id,'{part}')" for part in _BOXES.paywall_ids),
)
_WALLS = f".//*[{' or '.join(_HINTS)}]"
_NOT_SHOWN = ("script", "style", "template", "noscript", "html", "body", "head", "meta", "link")


def is_truncated(said: PageHead, dom: Dom) -> bool:
    """Whether the page says that its article is not free to read, and does not hold all of it.

    It does not where the part for subscribers, which the structured data points to, holds next to nothing; or, where
    nothing is pointed to, where a paywall stands on a page of few paragraphs. Most pages that say they are not free
    hold everything all the same.
    """
    if not any(map(_is_not_free, (said.node, *_access_parts(said)))):
        return False
    selectors = [
        part["cssSelector"] for part in _access_parts(said) if _is_not_free(part) and _is_text(part.get("cssSelector"))
    ]
    try:
        found = dom.select(selectors)
    except SelectorSyntaxError:
        found = []
    if found:
        return _count_characters(found) < _LEAST
    return any(map(_is_wall, dom.root.xpath(_WALLS))) and _count_characters(dom.root.iter("p")) < _ARTICLE


def _count_characters(elements: Iterable[Element]) -> int:
    return sum(len(page_head.text_content(element)) for element in elements)


def _access_parts(said: PageHead) -> Iterator[dict[str, Any]]:
    return (part for part in said.values("hasPart") if isinstance(part, dict))


def _is_not_free(node: dict[str, Any]) -> bool:
    return str(node.get("isAccessibleForFree", "")).strip().lower().rsplit("/", 1)[-1] == "false"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_wall(element: Element) -> bool:
    hidden = "hidden" in element.attrib or "display:none" in (element.get("style") or "").replace(" ", "")
    return element.tag not in _NOT_SHOWN and not hidden and 0 < len(page_head.text_content(element)) < _LEAST

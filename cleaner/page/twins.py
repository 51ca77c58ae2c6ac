"""Hidden elements, and texts that are in the markup twice: for eyes and for screen readers."""

from __future__ import annotations

import re

from cleaner.language.characters import strip_whitespace
from cleaner.page import class_names
from cleaner.page.class_names import classify_element
from cleaner.page.dom import Element

HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What style sheets of screen reader text say, if it is in the attribute.
CLIPPED_STYLE = re.compile(
    r"\bclip(?:-path)?\s*:\s*(?:rect\(\s*[01](?:px)?[\s,]|inset\(\s*(?:50|100)%)|\b(?:left|top)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_NEVER_READ_TAGS = frozenset("script style template".split())
_MIN_EQUAL_CHARS = 5
_MAX_TWIN_CHARS = 500
"""Characters of a text that is looked for beside its element: a bound on time, above any sentence."""


def is_hidden(element: Element, tag: object, names: int) -> bool:
    """Whether a browser hides ``element``, whose classes are ``names``, by its attributes.

    A hidden ``h1`` counts as shown: pages whose headline is a picture have the title there.
    """
    style = element.get("style")
    if style and HIDING_STYLE.search(style):
        return True
    if element.get("hidden") is not None or (tag == "dialog" and element.get("open") is None):
        return True
    return names & class_names.UNSEEN != 0 and tag != "h1"


def text_of(element: Element) -> str:
    """All text in ``element``."""
    if not len(element):
        return element.text or ""
    return "".join(element.itertext())


def has_twin(element: Element) -> bool:
    """Whether the text of ``element`` is also directly before or behind it, where it is read instead.

    Of two twins the one that is easier to see is read, of equal ones the first; equal short ones are letters of a word of
    which each is animated.
    """
    own = strip_whitespace(text_of(element)).casefold()
    if not own or len(own) > _MAX_TWIN_CHARS:
        return False
    rank, tail = _rank_visibility(element), element.tail or ""
    before, behind = element.getprevious(), element.getnext()
    twins = [tail]
    if before is not None and not (before.tail or "").strip():
        better = _rank_visibility(before) - rank
        if better > 0 or (better == 0 and len(own) >= _MIN_EQUAL_CHARS):
            twins.append(text_of(before))
    if behind is not None and not tail.strip() and _rank_visibility(behind) > rank:
        twins.append(text_of(behind))
    return any(strip_whitespace(text).casefold() == own for text in twins)


def _rank_visibility(element: Element) -> int:
    """2 for an element that everybody can read, 1 for one that only eyes can, 0 for a hidden one, -1 for a script."""
    if element.tag in _NEVER_READ_TAGS:
        return -1
    if is_hidden(element, element.tag, classify_element(element)) or CLIPPED_STYLE.search(element.get("style") or ""):
        return 0
    return 1 if element.get("aria-hidden") == "true" else 2

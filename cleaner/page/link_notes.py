"""What is said beside links: that they open in a new window, or lead back from a footnote."""

from __future__ import annotations

import re
from itertools import islice

from cleaner import data
from cleaner.data.markup_types import UnseenText
from cleaner.language.characters import normalize_phrase, strip_whitespace
from cleaner.page.dom import Element
from cleaner.page.twins import text_of

_DATA = data.load_data(UnseenText)
_HEADING_TAGS = frozenset("h1 h2 h3 h4 h5 h6 dt".split())
# They choose between a sign as text and as a picture.
_VARIANTS = frozenset("\ufe0e\ufe0f")
_MAX_NOTE_CHARS = 60
"""Characters of a link back from a footnote, and of "opens in a new window": longer than any seen."""
_BACK_ARROWS, _OWN_ANCHORS = frozenset(_DATA.links.back_arrows), frozenset(_DATA.links.own_anchors)
_NEW_WINDOW = frozenset(map(normalize_phrase, data.flatten_words(_DATA.new_window)))
_NOTE_STARTS = frozenset(note[:3] for note in _NEW_WINDOW)
_MIN_NOTE_CHARS = min(map(len, _NEW_WINDOW))
_IN_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]{5,60})[)\]）]\s*$")


def cut_new_window_note(text: str) -> str:
    """The text of a link without "(opens in a new window)" at its end."""
    if not text.rstrip().endswith((")", "]", "）")):
        return text
    match = _IN_BRACKETS.search(text, max(len(text) - 2 * _MAX_NOTE_CHARS, 0))
    return text[: match.start()] if match and is_new_window_note(match[1]) else text


def is_new_window_note(text: str) -> bool:
    """Whether ``text`` says that a link opens in a new window, or on another site."""
    if not _MIN_NOTE_CHARS <= len(text) <= _MAX_NOTE_CHARS:
        return False
    return text.strip(" \n(,;[（")[:3].casefold() in _NOTE_STARTS and normalize_phrase(text).strip(" ,;") in _NEW_WINDOW


def is_back_link(element: Element) -> bool:
    """Whether the text of an element with the class of a back link is no number of a footnote, and no heading."""
    text = text_of(element).strip()
    return len(text) <= _MAX_NOTE_CHARS and not text.strip("[]().").isdecimal() and not _is_in_heading(element)


def _is_in_heading(element: Element) -> bool:
    return any(around.tag in _HEADING_TAGS for around in islice(element.iterancestors(), 2))


def is_mark_link(link: Element) -> bool:
    """Whether a link goes back from a footnote to its mark, or from a heading to itself."""
    address = link.get("href")
    if not address or "#" not in address:
        return False
    text = set(strip_whitespace(text_of(link))) - _VARIANTS
    if link.get("role") == "doc-backlink" or (text and text <= _BACK_ARROWS):
        return True
    return bool(text) and text <= _OWN_ANCHORS and _is_in_heading(link)

"""Dumps inside an HTML page that has no markup: as a browser saves a text, or a crawler wraps one."""

from __future__ import annotations

import re

_STRUCTURE = re.compile(
    r"<(?:a|article|b|center|div|font|form|h[1-6]|i|li|main|ol|p|section|span|table|td|ul)[\s>]", re.IGNORECASE
)
"""Of nearly every page, the first such element is near its start."""
_UNSEEN = ("script", "style", "noscript", "title")
_FRAME = frozenset(("html", "head", "meta", "link", "base", "body", "p", "pre", "br", *_UNSEEN))
"""Elements of a page without markup; the parser adds a paragraph around its text."""
_MIN_LINES, _ONE_LINE_CHARS = 8, 1500
"""Lines of a dump, or characters of one on a line; a page of fewer is a message."""


def find_bare_text(content: str) -> str | None:
    """The text of an HTML page, its title above it; None if the page has an element that structures its text."""
    if _STRUCTURE.search(content):
        return None
    from cleaner.page.dom import parse_html  # the help of the command needs this module, but not lxml

    dom = parse_html(content)
    if dom is None or not {element.tag for element in dom.root.iter()} <= _FRAME:
        return None
    title = " ".join((dom.root.findtext(".//title") or "").split())
    for unseen in dom.root.iter(*_UNSEEN):
        unseen.clear(keep_tail=True)
    for line_break in dom.root.iter("br"):
        line_break.tail = f"\n{(line_break.tail or '').removeprefix(chr(10))}"
    text = "".join(dom.root.itertext()).strip("\r\n")
    lines = sum(not line.isspace() for line in text.splitlines() if line)
    if lines < _MIN_LINES and len(text) < _ONE_LINE_CHARS:
        return None
    return f"{title}\n\n{text}" if title else text

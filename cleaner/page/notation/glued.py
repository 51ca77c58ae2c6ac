"""Paragraphs that a flattener wrote one behind the other with nothing between: ``… on Monday.The tower …``.

BeautifulSoup's ``get_text()`` does that where the page's source has no white space between two elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.page.notation.pieces import SourceLine

_GLUE = re.compile(
    r"(?:[^\W\d_A-ZÀ-Þ]{2}|[^\W\d_A-ZÀ-Þ][)”\"’])[.!?…]++[”\"’)]?+(?=[“\"‘(]?[^\W\d_a-zß-ÿ][^\W\d_]*+[ ’'-])"
)
"""A word in small letters, its stop, and a capitalised word that a space follows: neither an abbreviation nor an address."""
_MIN_GLUED = 3
"""Ends of paragraphs without white space in a dump. Of 110 pages in each of nine other notations, up to seven have so
many, most of them buttons behind a teaser."""


def has_glue(lines: Sequence[SourceLine]) -> bool:
    """Whether the dump has paragraphs with nothing between them; a name such as ``News.Desk`` counts once."""
    seen: set[str] = set()
    for line in lines:
        seen.update(line.text[found.start() : found.end() + 3] for found in _GLUE.finditer(line.text))
        if len(seen) >= _MIN_GLUED:
            return True
    return False


def split_glued(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """``lines`` divided where a paragraph ends within one; a blank line stays between the parts."""
    divided: list[SourceLine] = []
    for line in lines:
        parts = list(_split(line.text)) if line.text else [line.text]
        if len(parts) == 1:
            divided.append(line)
            continue
        for place, text in enumerate(parts):
            if place:
                divided.append(SourceLine(line.number, "", "", 0, 0))
            indent = 0 if place else line.indent
            divided.append(SourceLine(line.number, " " * indent + text, text, indent, indent + len(text)))
    return divided


def _split(text: str) -> Iterator[str]:
    start = 0
    for found in _GLUE.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    yield text[start:]

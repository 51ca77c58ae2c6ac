"""Inline markup and table cells of a block of an HTML page: where links, emphasis, code and cells are in its text.

The elements of a block are read again, and what they contain is looked up in the text of the block. So the text remains
what segmentation made of it, and pages pay for this only if their structure is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import takewhile
from typing import NamedTuple

from cleaner.language.characters import normalize_line
from cleaner.page.dom import Element
from cleaner.page.element_kinds import NEVER_TEXT
from cleaner.page.superscripts import read_script
from cleaner.structure import Cell, Span, SpanKind

MARKUP: dict[object, SpanKind] = {
    "a": SpanKind.LINK,
    **dict.fromkeys(("b", "strong"), SpanKind.STRONG),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), SpanKind.EMPHASIS),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), SpanKind.CODE),
    "sup": SpanKind.SUPERSCRIPT,
    "sub": SpanKind.SUBSCRIPT,
}
"""What elements make of the text in them."""
_SCRIPTS = frozenset({SpanKind.SUPERSCRIPT, SpanKind.SUBSCRIPT})
_MAX_EXTRA_CHARS = 40
"""Characters in the text of a block that its elements do not have at that place; a piece is searched for behind them.
Chosen: it must pass over a formula or a moved letter, and must not find the same word in the next sentence."""
_MIN_SEARCHED_CHARS = 4
"""Characters of a piece that is searched for; shorter ones are found by chance."""
_SPACE = re.compile(r"\s*")
_SEPARATOR = re.compile(r"\s*\|\s*")
_SPAN_COUNT = re.compile(r"[1-9]\d{0,2}")
ResolveLink = Callable[[str], "str | None"]


class _SpanMark(NamedTuple):
    """Inline markup that is being read, with the part of each block that is in it so far."""

    markup: SpanKind
    url: str | None
    parts: dict[int, tuple[int, int]]


class SpanReader:
    """Finds the spans and cells of the blocks of one element.

    Args:
        texts: the texts of all blocks of that element, in page order.
        boxes: the elements that have blocks of their own.
        resolve: makes the address of a link from its attribute; None for one that is not shown as a link.
    """

    def __init__(self, texts: Sequence[str], boxes: Collection[Element], resolve: ResolveLink) -> None:
        self._texts = texts
        self._boxes = boxes
        self._resolve = resolve
        self._block = self._at = 0
        self._open: list[_SpanMark] = []
        self._marks: list[_SpanMark] = []

    def read_spans(self, element: Element) -> list[tuple[Span, ...]]:
        """The spans of each of the blocks."""
        self._read(element)
        return [self._get_spans(block) for block in range(len(self._texts))]

    def read_row(self, row: Element) -> tuple[tuple[Span, ...], tuple[Cell, ...]]:
        """The spans and cells of a row of a table, the only block of its element."""
        cells = []
        for element in row.iterchildren("td", "th"):
            separator = _SEPARATOR.match(self._texts[0], self._at) if self._at else None
            start = self._at = separator.end() if separator else self._at
            self._read(element)
            cells.append(make_cell(element, start, self._at))
        return self._get_spans(0), tuple(cells)

    def _get_spans(self, block: int) -> tuple[Span, ...]:
        return tuple(Span(*mark.parts[block], mark.markup, mark.url) for mark in self._marks if block in mark.parts)

    def _read(self, element: Element) -> None:
        """Find the text in ``element`` that belongs to the blocks, and its markup."""
        self._find(element.text)
        for child in element:
            tag = child.tag
            if tag not in NEVER_TEXT and child not in self._boxes:
                markup = MARKUP.get(tag)
                if markup is None:
                    self._read(child)
                else:
                    self._read_marked(child, markup)
            self._find(child.tail)

    def _read_marked(self, element: Element, markup: SpanKind) -> None:
        url = self._resolve(element.get("href") or "") if markup is SpanKind.LINK else None
        mark = _SpanMark(markup, url, {})
        if markup is not SpanKind.LINK or url is not None:
            self._marks.append(mark)
        self._open.append(mark)
        if markup in _SCRIPTS:
            self._find(read_script(element, self._texts[self._block][: self._at]))
        else:
            self._read(element)
        self._open.pop()

    def _find(self, text: str | None) -> None:
        """Find a piece of text behind the last one, and add it to the open marks; a piece that is not there is ignored."""
        piece = normalize_line(text) if text else ""
        if not piece:
            return
        found = _find_piece(piece, self._texts[self._block], self._at)
        if found is None and self._block + 1 < len(self._texts):
            found = _find_piece(piece, self._texts[self._block + 1], 0)
            self._block += found is not None
        if found is not None:
            self._at = found[1]
            for mark in self._open:
                mark.parts[self._block] = mark.parts.get(self._block, found)[0], self._at


def make_cell(element: Element, start: int, end: int) -> Cell:
    """The cell of a ``td`` or ``th`` element whose text is from ``start`` to ``end``."""
    return Cell(
        start, end, element.tag == "th", _read_count(element.get("colspan")), _read_count(element.get("rowspan"))
    )


def _find_piece(piece: str, text: str, after: int) -> tuple[int, int] | None:
    """Start and end of ``piece`` in ``text``: at ``after``, or behind a few characters that are not of the elements."""
    if text.startswith(piece, after):
        return after, after + len(piece)
    start = _SPACE.match(text, after).end()  # type: ignore[union-attr]  # it matches everywhere
    if text.startswith(piece, start):
        return start, start + len(piece)
    if len(piece) < _MIN_SEARCHED_CHARS:
        return None
    found = text.find(piece, start, start + len(piece) + _MAX_EXTRA_CHARS)
    if found >= 0:
        return found, found + len(piece)
    # The end of the piece may have been left out of the text, such as "(opens in a new window)".
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(piece, text[start:], strict=False)))
    same = len(piece[:same].rstrip())
    return (start, start + same) if 2 * same > len(piece) else None


def _read_count(text: str | None) -> int:
    return int(text) if text and _SPAN_COUNT.fullmatch(text) else 1

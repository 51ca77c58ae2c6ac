"""Marks of browsers that print pages: numbers of links, the list of their addresses, forms, frames and pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner import data
from cleaner.data.input_types import DumpMarks
from cleaner.language.characters import make_alternation
from cleaner.page.notation.pieces import SourceLine

_MARKS = data.load_data(DumpMarks)
_NUMBER = re.compile(r"\[(\d{1,5})\]")
_LINK_NUMBER = re.compile(r"(?:^|(?<=[\s(\"“]))\[(\d{1,5})\](?=[^\s\[.,;])")
_ADDRESS = re.compile(r"\[?\d{1,5}[\].][ \t]*(?:[a-z][a-z0-9+.-]{1,20}:|/|\w[\w.-]*\.\w)\S*", re.IGNORECASE)
_LONE_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}:|[/&]|\w[\w.-]*\.html?#)\S*", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,5}\.[ \t]")
BODY_INDENT = 3
"""Columns by which lynx and links indent text, and not headings."""
_INDENTED_SHARE = 0.4
_MIN_NUMBERS = 3
"""Links with the numbers 1, 2 and 3, in this order, are numbered; a text has as many footnotes only with others between."""
_MAX_SKIPPED = 3
"""Numbers that a browser omits: links without text."""
_MIN_COMPLETE = 0.8
"""Share of the numbers up to the last one that are there: others are in pictures and forms."""
_HEADINGS = frozenset(_MARKS.reference_headings)
_PARTS = frozenset(_MARKS.reference_parts)
_PLACEHOLDER = re.compile(
    make_alternation(_MARKS.placeholders)
    + r"|\[[\w%.~-]+\.(?:jpe?g|png|gif|svg|webp)\](?!\()|\[[ Xx_]?\]|\((?:\*| )\)|\[?_{3,}\]?|\[(?:IN|DE)S: ?|:(?:IN|DE)S\]",
)
_BUTTON = re.compile(r"\[[^\[\]]+\](?: ?\[[^\[\]]+\])*")


def find_references(lines: Sequence[SourceLine]) -> int:
    """Position of the list of addresses at the end of the dump; the number of lines without one."""
    place = len(lines)
    seen = has_address_below = False
    while place:
        text = lines[place - 1].text
        if text in _HEADINGS:
            return place - 1 if seen else len(lines)
        is_lone = _LONE_ADDRESS.fullmatch(text) is not None
        # elinks writes the title of a link before its address, on a line of its own.
        is_title = has_address_below and _NUMBERED.match(text) is not None
        if text and not (is_lone or is_title or _ADDRESS.match(text) or text in _PARTS):
            break
        has_address_below = is_lone
        seen = seen or bool(text)
        place -= 1
    return len(lines)


def is_indented(filled: Sequence[SourceLine]) -> bool:
    """Whether many of the lines begin in the column in which lynx and links begin text."""
    return sum([line.indent == BODY_INDENT for line in filled]) > _INDENTED_SHARE * len(filled)


def find_link_marks(texts: Sequence[str]) -> int | None:
    """The number of the last link, if links are numbered in order."""
    last = found = 0
    for text in texts:
        if "[" in text:
            for number in map(int, _LINK_NUMBER.findall(text)):
                if last < number <= last + _MAX_SKIPPED:
                    last, found = number, found + 1
    return last if found >= _MIN_NUMBERS else None


def list_links(texts: Sequence[str]) -> frozenset[int]:
    """The numbers of links, if each is there once and few are missing; none otherwise.

    elinks prints the columns of a page side by side, so that numbers are not in order.
    """
    numbers = [int(number) for text in texts if "[" in text for number in _LINK_NUMBER.findall(text)]
    links = frozenset(numbers)
    is_complete = len(links) == len(numbers) and len(links) >= _MIN_COMPLETE * max(links, default=1)
    return links if is_complete else frozenset()


class LinkNumbers:
    """Removes the numbers of links from the texts of a page, given in order; of ``links``, wherever they are."""

    def __init__(self, links: frozenset[int] = frozenset()) -> None:
        self.last = 0
        self.links = links

    def remove(self, text: str) -> tuple[str, bool]:
        """``text`` without the numbers of links, and whether it begins with one."""
        if "[" not in text:
            return text, False
        begins = False
        parts = []
        position = 0
        for found in _NUMBER.finditer(text):
            number = int(found[1])
            is_next = self.last < number <= self.last + _MAX_SKIPPED
            if is_next or (number in self.links and _LINK_NUMBER.match(text, found.start())):
                self.last = number if is_next else self.last
                before = text[position : found.start()]
                parts.append(before if position else before.rstrip("#^"))
                begins = begins or not found.start()
                position = found.end()
        return " ".join("".join((*parts, text[position:])).split()), begins


def remove_placeholders(text: str) -> str:
    """``text`` without what a browser writes for parts that it cannot show."""
    if "[" in text or "(" in text or "___" in text:
        return " ".join(_PLACEHOLDER.sub(" ", text).split())
    return text


def is_button(text: str) -> bool:
    """Whether a text is the alternative text of a picture, or buttons: nothing but words in square brackets."""
    return text[0] == "[" and text[-1] == "]" and _BUTTON.fullmatch(text) is not None

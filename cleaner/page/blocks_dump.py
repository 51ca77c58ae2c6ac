"""Segmentation of a flattened dump: one block a line, with bullets recognised and wrapped paragraphs rejoined."""

from __future__ import annotations

import re
from itertools import groupby
from statistics import median
from typing import NamedTuple

from cleaner.language.characters import normalize_line, split_lines
from cleaner.language.list_numbers import ITEM_NUMBER
from cleaner.language.sentences import STOPS, ends_like_sentence
from cleaner.model import Block, Blocks, Role

_BULLET = re.compile(r"[•‣◦▪▸►●○■*+-][ \t]+(?=\S)")
_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_BARE_BULLET = re.compile(r"[•‣◦▪▸►●○■*+–-]|\d{1,3}[.)]")
_LINE_ENDS = f"{STOPS}…:;"
"""Marks at which a writer may end a line."""

# A paragraph counts as hard-wrapped only if all of this holds: it has this many lines, all but the last about equally
# long and as wide as in terminals or mails (RFC 3676 names 78); a third of its lines start in lower case; at most half
# of them end with a sentence; and no line had room for the first word of the next. Chosen by reading dumps; not measured.
_MIN_WRAPPED_LINES = 3
_WRAP_WIDTHS = range(55, 101)
_MAX_WIDTH_DIFFERENCE = 16


class _DumpLine(NamedTuple):
    number: int
    indent: int
    text: str
    role: Role
    spaced: bool


def segment_dump(content: str) -> Blocks:
    """The blocks of a dump in line order, one a line.

    The lines of a paragraph that was certainly wrapped at a fixed width are one block. Lines with a bullet have the role
    ``list_item`` and lose the bullet; those with a number or letter have the role too, and keep the number.
    """
    blocks: list[Block] = []
    for filled, group in groupby(_read_lines(content), key=lambda line: line is not None):
        if filled:
            for line in _rejoin_wrapped([line for line in group if line is not None]):
                blocks.append(
                    Block(
                        index=len(blocks),
                        text=line.text,
                        role=line.role,
                        line=line.number,
                        depth=line.indent,
                        spaced=line.spaced,
                    )
                )
    return tuple(blocks)


def _read_lines(content: str) -> list[_DumpLine | None]:
    """The lines of ``content``; None for a blank line."""
    lines: list[_DumpLine | None] = []
    spaced = True
    for number, raw in enumerate(split_lines(content), start=1):
        text = normalize_line(raw)
        if not text:
            lines.append(None)
            spaced = True
            continue
        expanded = raw.expandtabs(4)
        indent = len(expanded) - len(expanded.lstrip())
        lines.append(_DumpLine(number, indent, *_read_marks(text), spaced))
        spaced = False
    return lines


def _read_marks(text: str) -> tuple[str, Role]:
    """``text`` without bullet or heading marks, and its role by them.

    The number of an item stays in the text: readers refer to it ("see step 3"), and the author may have written it.
    """
    if mark := _BULLET.match(text):
        return text[mark.end() :], Role.LIST_ITEM
    if ITEM_NUMBER.match(text):
        return text, Role.LIST_ITEM
    if mark := _HEADING.match(text):
        return text[mark.end() :], Role.HEADING
    if _BARE_BULLET.fullmatch(text):
        return text, Role.LIST_ITEM
    return text, Role.PARAGRAPH


def _rejoin_wrapped(paragraph: list[_DumpLine]) -> list[_DumpLine]:
    if not _is_wrapped(paragraph):
        return paragraph
    first = paragraph[0]
    return [first._replace(text=" ".join(line.text for line in paragraph))]


def _is_wrapped(paragraph: list[_DumpLine]) -> bool:
    """Whether the lines between two blank lines are certainly one paragraph, wrapped at a fixed width."""
    if len(paragraph) < _MIN_WRAPPED_LINES or any(line.role is not Role.PARAGRAPH for line in paragraph):
        return False
    widths = [len(line.text) for line in paragraph[:-1]]
    widest = max(widths)
    if widest not in _WRAP_WIDTHS or min(widths) < widest - _MAX_WIDTH_DIFFERENCE or len(paragraph[-1].text) > widest:
        return False
    if len({line.indent for line in paragraph[1:]}) > 1 or median(widths) < widest - _MAX_WIDTH_DIFFERENCE / 2:
        return False
    if sum(line.text[0].islower() for line in paragraph[1:]) < len(widths) / 3:
        return False
    ends = sum(ends_like_sentence(line.text, _LINE_ENDS) for line in paragraph[:-1])
    if ends > len(widths) / 2:
        return False
    following = (line.text.split(" ", 1)[0] for line in paragraph[1:])
    return all(width + 1 + len(word) > widest - 1 for width, word in zip(widths, following, strict=True))

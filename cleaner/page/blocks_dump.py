"""Blocks of a flattened dump: one a line, with bullets read and broken paragraphs rejoined."""

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
# long and as wide as a terminal's or a mail's (RFC 3676 names 78); a third of its lines go on in lower case; at most
# half of them end with a sentence; and no line had room for the next one's first word.
_WRAP_LINES = 3
_WRAP_WIDTHS = range(55, 101)
_WRAP_SLACK = 16


class _DumpLine(NamedTuple):
    number: int
    indent: int
    text: str
    role: Role
    spaced: bool


def segment_dump(content: str) -> Blocks:
    """Blocks of a dump in line order: a block a line.

    The lines of a paragraph that was certainly wrapped at a fixed width are one block. Bullets become the
    role ``list_item``; items with a number or letter have that role too, and keep it.
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
    """The lines of ``content``; None for a blank one."""
    read: list[_DumpLine | None] = []
    spaced = True
    for number, raw in enumerate(split_lines(content), start=1):
        text = normalize_line(raw)
        if not text:
            read.append(None)
            spaced = True
            continue
        expanded = raw.expandtabs(4)
        indent = len(expanded) - len(expanded.lstrip())
        read.append(_DumpLine(number, indent, *_read_marks(text), spaced))
        spaced = False
    return read


def _read_marks(text: str) -> tuple[str, Role]:
    """``text`` without its bullet or heading marks, and the role they gave it.

    The number of an item stays in the text: readers go by it ("see step 3"), and it may be the writer's own.
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
    if len(paragraph) < _WRAP_LINES or any(line.role is not Role.PARAGRAPH for line in paragraph):
        return False
    widths = [len(line.text) for line in paragraph[:-1]]
    widest = max(widths)
    if widest not in _WRAP_WIDTHS or min(widths) < widest - _WRAP_SLACK or len(paragraph[-1].text) > widest:
        return False
    if len({line.indent for line in paragraph[1:]}) > 1 or median(widths) < widest - _WRAP_SLACK / 2:
        return False
    if sum(line.text[0].islower() for line in paragraph[1:]) < len(widths) / 3:
        return False
    ends = sum(ends_like_sentence(line.text, _LINE_ENDS) for line in paragraph[:-1])
    if ends > len(widths) / 2:
        return False
    following = (line.text.split(" ", 1)[0] for line in paragraph[1:])
    return all(width + 1 + len(word) > widest - 1 for width, word in zip(widths, following, strict=True))

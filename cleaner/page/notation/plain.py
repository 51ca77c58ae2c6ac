"""Dumps with a text a line; paragraphs that were certainly wrapped at a fixed width are rejoined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from statistics import median

from cleaner.language.list_numbers import ITEM_NUMBER
from cleaner.language.sentences import STOPS, ends_like_sentence
from cleaner.model import Role
from cleaner.page.notation.pieces import Piece, SourceLine

_BULLET = re.compile(r"[•‣◦▪▸►●○■*+-][ \t]+(?=\S)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_BARE_BULLET = re.compile(r"[•‣◦▪▸►●○■*+–-]|\d{1,3}[.)]")
LINE_ENDS = f"{STOPS}…:;"
"""Marks at which a writer may end a line."""

# A paragraph counts as hard-wrapped only if all of this holds: it has this many lines, all but the last about equally
# long and as wide as in terminals or mails (RFC 3676 names 78); a third of its lines start in lower case; at most half
# of them end with a sentence; and no line had room for the first word of the next. Chosen by reading dumps; not measured.
_MIN_WRAPPED_LINES = 3
_WRAP_WIDTHS = range(55, 101)
_MAX_WIDTH_DIFFERENCE = 16
_MIN_PROSE = 60
"""Characters of a line that is a sentence without its end, and no verse."""


def read_plain(lines: Sequence[SourceLine]) -> list[Piece]:
    """A piece a line, except for wrapped paragraphs.

    Lines with a bullet have the role ``list_item`` and lose the bullet; those with a number or letter have the role too,
    and keep the number.
    """
    pieces: list[Piece] = []
    for filled, group in groupby(lines, key=lambda line: bool(line.text)):
        if filled:
            paragraph = [read_marks(line) for line in group]
            paragraph[0] = paragraph[0]._replace(spaced=True)
            pieces += _rejoin_tails(_rejoin_wrapped(paragraph))
    return pieces


def read_marks(line: SourceLine) -> Piece:
    """``line`` without bullet or heading marks, and its role by them.

    The number of an item stays in the text: readers refer to it ("see step 3"), and the author may have written it.
    """
    text = line.text
    if mark := _BULLET.match(text):
        return Piece(line.number, text[mark.end() :], Role.LIST_ITEM, line.indent)
    if ITEM_NUMBER.match(text):
        return Piece(line.number, text, Role.LIST_ITEM, line.indent)
    if mark := _HEADING.match(text):
        return Piece(line.number, text[mark.end() :], Role.HEADING, line.indent, level=len(mark[1]))
    role = Role.LIST_ITEM if _BARE_BULLET.fullmatch(text) else Role.PARAGRAPH
    return Piece(line.number, text, role, line.indent)


def _rejoin_wrapped(paragraph: list[Piece]) -> list[Piece]:
    if not _is_wrapped(paragraph):
        return paragraph
    return [paragraph[0]._replace(text=" ".join(line.text for line in paragraph))]


def _rejoin_tails(paragraph: list[Piece]) -> list[Piece]:
    """``paragraph`` with the ends of sentences joined to their starts: page sources break lines before links."""
    if not any(line.text[0].islower() for line in paragraph[1:]):
        return paragraph
    joined = paragraph[:1]
    for line in paragraph[1:]:
        if _is_tail(joined[-1], line):
            joined[-1] = joined[-1]._replace(text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
    return joined


def _is_tail(before: Piece, line: Piece) -> bool:
    """Whether a line is the end of the sentence before it.

    It goes on in lower case behind a word in lower case. Of 30 such lines on 432 pages, 25 are.
    """
    if before.role is not Role.PARAGRAPH or line.role is not Role.PARAGRAPH or len(before.text) < _MIN_PROSE:
        return False
    word = before.text.rsplit(" ", 1)[-1].removesuffix(",")
    return word.isalpha() and word.islower() and line.text.split(" ", 1)[0].islower() and ends_like_sentence(line.text)


def _is_wrapped(paragraph: list[Piece]) -> bool:
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
    ends = sum(ends_like_sentence(line.text, LINE_ENDS) for line in paragraph[:-1])
    if ends > len(widths) / 2:
        return False
    following = (line.text.split(" ", 1)[0] for line in paragraph[1:])
    return all(width + 1 + len(word) > widest - 1 for width, word in zip(widths, following, strict=True))

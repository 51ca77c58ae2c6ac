"""What a reader or a converter wrote above the page: front matter in YAML, lines such as ``URL Source:``, mail fields."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner import data
from cleaner.data.input_types import DumpMarks
from cleaner.model import Role
from cleaner.page.notation.pieces import Piece, SourceLine

_MARKS = data.load_data(DumpMarks)
_FENCES = ("---", "+++", "...")
_FIELD = re.compile(r"[A-Za-z_][\w-]*+\s*+[:=]|-\s|[\]}#]")
_LISTED = ("- [", "- ![")
"""Starts of the entries of a reader's lists."""
_ADDRESS_FIELD = "URL Source:"
_MIN_MAIL_FIELDS = 3
"""Fields of a mail; an interview has a line or two that begin with such words."""
_MAX_FRONT_MATTER, _MAX_HEADER = 80, 16
"""Lines of front matter and of a reader's header. Chosen by reading: the first is mostly a list of tags."""


def split_header(lines: Sequence[SourceLine]) -> tuple[list[Piece], Sequence[SourceLine]]:
    """The header as pieces of the role ``control``, and the lines below it."""
    start = next((place for place, line in enumerate(lines) if line.text), len(lines))
    end = _find_front_matter(lines, start) or _find_reader_header(lines, start)
    if not end:
        return [], lines
    filled = [line for line in lines[start:end] if line.text and line.text not in _FENCES]
    last = _find_reader_lists(lines, end)
    header = _make_control(filled)
    return [*header, *_make_control([line for line in lines[last:] if line.text])], lines[end:last]


def split_mail_header(lines: Sequence[SourceLine]) -> tuple[list[Piece], Sequence[SourceLine]]:
    """The fields of a mail above its text as pieces of the role ``control``, and the lines below them."""
    end = _find_mail_header(lines)
    return _make_control([line for line in lines[:end] if line.text]), lines[end:]


def _find_mail_header(lines: Sequence[SourceLine]) -> int:
    """Position behind the fields of a mail; 0 without them."""
    found = 0
    for place, line in enumerate(lines[:_MAX_FRONT_MATTER]):
        if not line.text:
            if found:
                return place if found >= _MIN_MAIL_FIELDS else 0
        elif line.text.startswith(_MARKS.mail_fields):
            found += 1
        elif not (found and (line.indent or _FIELD.match(line.text))):
            return 0
    return 0


def _make_control(lines: Sequence[SourceLine]) -> list[Piece]:
    return [
        Piece(line.number, line.text, Role.CONTROL, line.indent, spaced=not place) for place, line in enumerate(lines)
    ]


def _find_reader_lists(lines: Sequence[SourceLine], start: int) -> int:
    """Position of the lists of links and pictures that a reader wrote below the page; that behind it if there are none."""
    last = len(lines)
    for place in range(len(lines) - 1, start, -1):
        text = lines[place].text
        if text in _MARKS.list_headings:
            last = place
        elif text and not text.startswith(_LISTED):
            break
    return last


def _find_front_matter(lines: Sequence[SourceLine], start: int) -> int | None:
    """Position behind the front matter that begins at ``start``."""
    if start == len(lines) or lines[start].text not in _FENCES[:2]:
        return None
    for place in range(start + 1, min(len(lines), start + _MAX_FRONT_MATTER)):
        line = lines[place]
        if line.text in _FENCES:
            return place + 1 if place > start + 1 else None
        if line.text and not line.indent and not _FIELD.match(line.text):
            return None
    return None


def _find_reader_header(lines: Sequence[SourceLine], start: int) -> int | None:
    """Position behind a header that ends with a line such as ``Markdown Content:``, or that has the page's address."""
    has_address = False
    for place, line in enumerate(lines[start : start + _MAX_HEADER], start):
        if line.text in _MARKS.header_ends:
            return place + 1 if place > start else None
        if line.text and not line.text.startswith(_MARKS.header_fields):
            return place if has_address else None
        has_address = has_address or (line.text.startswith(_ADDRESS_FIELD) and "://" in line.text)
    return None

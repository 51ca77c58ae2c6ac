"""Marks of text mails: addresses in brackets behind the words that were links, and ``>`` before quoted lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.model import Role
from cleaner.page.notation.pieces import Piece, SourceLine, make_line

_ADDRESS = re.compile(r"[ \t]?(?:\[https?://[^\s\[\]]++\](?![(:])|<https?://[^\s<>]++>)")
_ADDRESS_OF_MAIL = re.compile(rf"{_ADDRESS.pattern}|(?:^|[ \t])\( ?https?://[^\s()]++ ?\)")
_QUOTED = re.compile(r"(?:>[ \t]?)+(?=[^\s>])")
_SIGNS = ("[http", "<http", "\n>", "\n >")
_MIN_ADDRESSES, _MIN_QUOTED = 3, 2
"""Addresses of a mail, and lines of a quote; a page that mentions an address has fewer."""
_MIN_QUOTED_CHARS = 45
"""Characters of the longest line of a quote; entries of menus that have the sign as a bullet are shorter."""
_MAX_LINK = 100
"""Characters of a line that is a link if an address is at its end."""


class MailMarks(NamedTuple):
    """A dump without the marks of mails, and the lines that had them."""

    lines: Sequence[SourceLine]
    linked: frozenset[int]
    quoted: frozenset[int]


def has_mail_signs(content: str) -> bool:
    """Whether a dump has the signs of which the marks of mails are made, so that its lines are looked at."""
    return any(sign in content for sign in _SIGNS)


def strip_mail_marks(lines: Sequence[SourceLine], *, has_header: bool) -> MailMarks | None:
    """The lines without marks; None if the dump has none.

    Below the header of a mail, addresses in parentheses are marks too; other texts give sources in that way.
    """
    address = _ADDRESS_OF_MAIL if has_header else _ADDRESS
    addressed = {line.number for line in lines if "://" in line.text and address.search(line.text)}
    if sum(len(address.findall(line.text)) for line in lines if line.number in addressed) < _MIN_ADDRESSES:
        addressed = set()
    quoted = _find_quoted(lines)
    if not addressed and not quoted:
        return None
    stripped, linked = [], set()
    for line in lines:
        raw = line.raw
        if line.number in addressed:
            raw = address.sub("", raw)
            if line.text[-1] in "]>)":
                linked.add(line.number)
        if line.number in quoted:
            raw = _QUOTED.sub("", raw.lstrip(), count=1)
        stripped.append(line if raw is line.raw else make_line(line.number, raw))
    return MailMarks(stripped, frozenset(linked), frozenset(quoted))


def strip_addresses(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a mail that was wrapped together with its addresses, without these."""
    return [_strip_addresses(piece) if "://" in piece.text else piece for piece in pieces]


def _strip_addresses(piece: Piece) -> Piece:
    text = _ADDRESS_OF_MAIL.sub("", piece.text).strip()
    if not text:
        return piece._replace(role=Role.CONTROL)
    is_link = piece.text[-1] in "]>)" and text != piece.text and len(text) <= _MAX_LINK
    return piece._replace(text=text, linked=len(text) if is_link else piece.linked)


def _find_quoted(lines: Sequence[SourceLine]) -> set[int]:
    """Numbers of the lines of quotes: two or more below each other, one of them long."""
    marked = [line for line in lines if line.text[:1] == ">" and _QUOTED.match(line.text)]
    quoted: set[int] = set()
    start = 0
    for place, line in enumerate(marked, 1):
        if place < len(marked) and marked[place].number == line.number + 1:
            continue
        run = marked[start:place]
        start = place
        if len(run) >= _MIN_QUOTED and max(len(line.text) for line in run) >= _MIN_QUOTED_CHARS:
            quoted.update(line.number for line in run)
    return quoted


def mark_pieces(pieces: Sequence[Piece], marks: MailMarks) -> list[Piece]:
    """``pieces`` with the role of quoted lines, and with the links of short ones."""
    return [_mark_piece(piece, marks) for piece in pieces]


def _mark_piece(piece: Piece, marks: MailMarks) -> Piece:
    is_quote = piece.line in marks.quoted and piece.role is Role.PARAGRAPH
    is_link = piece.line in marks.linked and len(piece.text) <= _MAX_LINK
    if not (is_quote or is_link):
        return piece
    return piece._replace(
        role=Role.QUOTE if is_quote else piece.role, linked=len(piece.text) if is_link else piece.linked
    )

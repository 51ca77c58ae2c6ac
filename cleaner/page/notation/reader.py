"""Reading a dump: its notation is recognised, then read by its reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.page.notation.browser import read_browser
from cleaner.page.notation.embedded import has_embedded, split_embedded
from cleaner.page.notation.families import Blank, Family, Notation, NotationMark
from cleaner.page.notation.glued import has_glue, split_entries, split_glued, split_spaced
from cleaner.page.notation.inline_cuts import read_cut
from cleaner.page.notation.joined_lines import part_joined_lines
from cleaner.page.notation.layouts import has_gaps, split_layout
from cleaner.page.notation.literal_tags import read_tags
from cleaner.page.notation.mail_marks import has_mail_signs, mark_pieces, strip_addresses, strip_mail_marks
from cleaner.page.notation.markdown_blocks import read_markdown
from cleaner.page.notation.one_line import read_one_line
from cleaner.page.notation.page_header import split_header, split_mail_header
from cleaner.page.notation.pandoc_marks import has_ascii_quotes, restore_punctuation
from cleaner.page.notation.paper import (
    PAGE_BREAK,
    find_page_starts,
    is_set_left,
    read_paper,
    split_running_heads,
)
from cleaner.page.notation.pieces import Piece, SourceLine, read_lines
from cleaner.page.notation.plain import read_plain
from cleaner.page.notation.recognition import recognize_notation
from cleaner.page.notation.remnants import mark_remnants, strip_back_arrows, strip_edit_links
from cleaner.page.notation.source_lines import read_source
from cleaner.page.notation.undecoded import decode_remains

_GLUED = (Family.ONE_LINE, Family.LINES, Family.SOURCE)
"""Families whose texts may have nothing between them."""


class ReadDump(NamedTuple):
    """A dump's notation, and the pieces of its text."""

    notation: Notation
    pieces: list[Piece]


def read_dump(content: str) -> ReadDump:
    """The pieces of a dump in page order."""
    header, lines = split_header(read_lines(strip_back_arrows(part_joined_lines(decode_remains(content)))))
    mail_header, lines = ([], lines) if header else split_mail_header(lines)
    if PAGE_BREAK in content and (starts := find_page_starts(content)):
        heads, lines = split_running_heads(lines, starts)
        filled = [line for line in lines if line.text]
        if filled and is_set_left(filled):
            return ReadDump(
                Notation(family=Family.PAPER, confidence=1.0),
                _merge([*header, *mail_header, *heads], read_paper(lines)),
            )
        header = [*header, *heads]
    notation = recognize_notation(lines, has_header=bool(header))
    if notation.family is not Family.MARKDOWN and has_gaps(lines):
        lines = list(split_layout(lines))
        notation = recognize_notation(lines, has_header=bool(header))
    embedded: list[Piece] = []
    if notation.family is not Family.MARKDOWN and has_embedded(content):
        embedded, lines = split_embedded(lines)
        notation = recognize_notation(lines, has_header=bool(header))
    mail = None
    if notation.family is not Family.MARKDOWN and (mail_header or has_mail_signs(content)):
        mail = strip_mail_marks(lines, has_header=bool(mail_header))
    is_wrapped_mail = bool(mail_header) and notation.width is not None and not (mail and mail.quoted)
    if mail and not is_wrapped_mail:
        lines = mail.lines
        notation = recognize_notation(lines)
    pieces = _read_by_family(lines, notation)
    if notation.family is not Family.MARKDOWN:
        # Its reader has read tags as what they are in Markdown: markup.
        pieces = read_tags(pieces)
    pieces = mark_remnants(strip_edit_links(pieces))
    if mail:
        pieces = strip_addresses(pieces) if is_wrapped_mail else mark_pieces(pieces, mail)
    return ReadDump(notation, _merge([*header, *mail_header, *embedded], pieces))


def _read_by_family(lines: Sequence[SourceLine], notation: Notation) -> list[Piece]:
    is_tidy = notation.family is not Family.ONE_LINE and notation.blank is not Blank.NOTHING
    if notation.family in (Family.LINES, Family.SOURCE) and not is_tidy:
        lines = split_spaced(lines)
    if not is_tidy and notation.width is None:
        lines = split_entries(lines)
    is_glued = notation.family in _GLUED and has_glue(lines, is_tidy=is_tidy)
    if is_glued:
        lines = split_glued(lines)
    if notation.family is Family.MARKDOWN:
        pieces = read_markdown(lines, notation.width, has_breaks=NotationMark.HARD_BREAKS in notation.marks)
        is_pandoc = NotationMark.ATTRIBUTES in notation.marks and has_ascii_quotes(lines)
        return restore_punctuation(pieces) if is_pandoc else pieces
    if notation.family is Family.BROWSER:
        return read_browser(lines, notation.width, numbered=NotationMark.LINK_NUMBERS in notation.marks)
    if notation.family is Family.CUT:
        return read_cut(lines, notation.width)
    if notation.family is Family.SOURCE:
        return read_source(lines, notation.width)
    if notation.family is Family.ONE_LINE:
        return read_one_line(lines, has_paragraphs=is_glued)
    return read_plain(lines)


def _merge(marked: Sequence[Piece], pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of the text, and those beside it, in the order of the dump.

    The columns of a layout are read one after the other, so that the text keeps its own order.
    """
    marks = sorted(marked, key=lambda piece: piece.line)
    merged: list[Piece] = []
    place = 0
    for piece in pieces:
        while place < len(marks) and marks[place].line <= piece.line:
            merged.append(marks[place])
            place += 1
        merged.append(piece)
    return [*merged, *marks[place:]]

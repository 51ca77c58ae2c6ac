"""Reading a dump: its notation is recognised, then read by its reader."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.page.notation.browser import read_browser
from cleaner.page.notation.glued import has_glue, split_glued
from cleaner.page.notation.inline_cuts import read_cut, read_source
from cleaner.page.notation.markdown_blocks import read_markdown
from cleaner.page.notation.one_line import read_one_line
from cleaner.page.notation.page_header import split_header
from cleaner.page.notation.pandoc_marks import has_ascii_quotes, restore_punctuation
from cleaner.page.notation.pieces import Piece, read_lines
from cleaner.page.notation.plain import read_plain
from cleaner.page.notation.recognition import Blank, Family, Notation, NotationMark, recognize_notation
from cleaner.page.notation.remnants import mark_remnants
from cleaner.page.notation.undecoded import decode_remains


class ReadDump(NamedTuple):
    """A dump's notation, and the pieces of its text."""

    notation: Notation
    pieces: list[Piece]


def read_dump(content: str) -> ReadDump:
    """The pieces of a dump in page order."""
    header, lines = split_header(read_lines(decode_remains(content)))
    notation = recognize_notation(lines, has_header=bool(header))
    is_glued = (notation.family is Family.ONE_LINE or notation.blank is Blank.NOTHING) and has_glue(lines)
    if is_glued:
        lines = split_glued(lines)
    if notation.family is Family.MARKDOWN:
        pieces = read_markdown(lines, notation.width, has_breaks=NotationMark.HARD_BREAKS in notation.marks)
        if NotationMark.ATTRIBUTES in notation.marks and has_ascii_quotes(lines):
            pieces = restore_punctuation(pieces)
    elif notation.family is Family.BROWSER:
        pieces = read_browser(lines, notation.width, numbered=NotationMark.LINK_NUMBERS in notation.marks)
    elif notation.family is Family.CUT:
        pieces = read_cut(lines, notation.width)
    elif notation.family is Family.SOURCE:
        pieces = read_source(lines, notation.width)
    elif notation.family is Family.ONE_LINE:
        pieces = read_one_line(lines, has_paragraphs=is_glued)
    else:
        pieces = read_plain(lines)
    return ReadDump(notation, [*header, *mark_remnants(pieces)])

"""Pages as browsers print them: lynx, w3m, links and elinks, and pandoc's plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.language.list_numbers import ITEM_NUMBER
from cleaner.language.sentences import ends_like_sentence
from cleaner.model import Role
from cleaner.page.notation import wraps
from cleaner.page.notation.browser_marks import (
    BODY_INDENT,
    LinkNumbers,
    find_references,
    is_button,
    is_indented,
    list_links,
    remove_placeholders,
)
from cleaner.page.notation.columns import split_columns
from cleaner.page.notation.grids import ROW, is_rule, read_grids
from cleaner.page.notation.inline_cuts import is_function_word
from cleaner.page.notation.joining import join_texts
from cleaner.page.notation.pieces import Piece, SourceLine

_BULLET = re.compile(r"[•‣◦▪▸►●○■□*+#@-](?:[ \t]+|$)")
_LETTER_BULLET = re.compile(r"o[ \t]+(?=\[?\S)")
_MIN_LETTER_INDENT = 8
"""Columns before the letter that lynx writes as the bullet of a list in a list in a list."""
_MAX_HEADING = 90
"""Characters of a heading."""
_MAX_OFF_CENTRE = 6
"""Columns by which the margins of a centred line differ, as the width is the one found for wrapped lines."""
_MAX_LINK = 100
"""Characters of a text that is a link to its end if it begins with one."""
_MAX_UNBROKEN = 24
"""Columns of words with spaces between them that do not break, such as a number and its unit."""


def read_browser(lines: Sequence[SourceLine], width: int | None, *, numbered: bool) -> list[Piece]:
    """The pieces of a page that is wrapped at ``width``; ``numbered`` says whether its links have numbers."""
    lines = list(split_columns(lines[: find_references(lines)]))
    has_headings = width is not None and is_indented([line for line in lines if line.text])
    numbers = LinkNumbers(list_links([line.text for line in lines])) if numbered else None
    pieces: list[Piece] = []
    spaced = True
    for run in _split_runs(lines, width):
        if not run:
            spaced = True
        elif piece := _make_piece(run, numbers, spaced=spaced, has_headings=has_headings):
            pieces.append(piece)
            spaced = False
    return pieces


def _split_runs(lines: Sequence[SourceLine], width: int | None) -> Iterator[list[SourceLine]]:
    """Lines that were one; an empty list for a blank line or a rule."""
    run: list[SourceLine] = []
    widths = wraps.find_local_widths(lines, width) if width is not None else {}
    for line in read_grids(lines, width):
        is_blank = not line.text or is_rule(line.text)
        if run and (is_blank or not _continues(run, line, widths.get(line.indent, width))):
            yield run
            run = []
        if is_blank:
            yield []
        else:
            run.append(line)
    if run:
        yield run


def _continues(run: Sequence[SourceLine], line: SourceLine, width: int | None) -> bool:
    last = run[-1]
    if ROW in (last.raw[:1], line.raw[:1]):
        return False
    is_wrapped = width is not None and wraps.is_wrapped(last, line, width)
    if _find_bullet(line) and not (is_wrapped and line.text[0] == "-" and line.indent == last.indent and len(run) > 1):
        return False
    if width is not None and line.indent != last.indent and _is_centred(last, width) and _is_centred(line, width):
        return len(last.text) + wraps.measure_room(line.text) > width - 3 * BODY_INDENT
    is_open = width is not None and last.end > width - _MAX_UNBROKEN and _is_left_open(last.text)
    if not (is_wrapped or is_open or wraps.goes_on(last.text, line.text, within=len(run) > 1)):
        return False
    if len(run) == 1 and (_find_bullet(last) or ITEM_NUMBER.match(last.text)):
        return line.indent >= last.indent
    return line.indent == last.indent or (len(run) == 1 and line.indent < last.indent)


def _is_left_open(text: str) -> bool:
    """Whether a line ends with an article, a preposition or a quote that opens: spaces that do not break look like others."""
    return text[-1] in "([“‘„" or is_function_word(text.rsplit(" ", 1)[-1])


def _is_centred(line: SourceLine, width: int) -> bool:
    return abs(line.indent - BODY_INDENT - (width - line.end)) <= _MAX_OFF_CENTRE


def _find_bullet(line: SourceLine) -> int:
    """The end of the bullet of a line; 0 without one."""
    found = _BULLET.match(line.text)
    if not found and line.text[0] == "o" and line.indent >= _MIN_LETTER_INDENT:
        found = _LETTER_BULLET.match(line.text)
    return found.end() if found else 0


def _make_piece(
    run: Sequence[SourceLine], numbers: LinkNumbers | None, *, spaced: bool, has_headings: bool
) -> Piece | None:
    first = run[0]
    text, role = join_texts([line.text for line in run]), Role.PARAGRAPH
    if first.raw.startswith(ROW):
        role = Role.TABLE
    elif end := _find_bullet(first):
        text, role = text[end:], Role.LIST_ITEM
    elif ITEM_NUMBER.match(text):
        role = Role.LIST_ITEM
    elif has_headings and spaced and not first.indent and len(text) <= _MAX_HEADING and not ends_like_sentence(text):
        role = Role.HEADING
    begins = False
    if numbers is not None:
        text, begins = numbers.remove(text)
    text = remove_placeholders(text)
    if not text:
        return None
    if is_button(text):
        text, role = " ".join(text.replace("[", " ").replace("]", " ").split()), Role.CAPTION
    linked = len(text) if begins and len(text) <= _MAX_LINK else 0
    return Piece(first.number, text, role, first.indent, spaced, None, linked) if text else None

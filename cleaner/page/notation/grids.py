"""Tables and frames drawn with characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaner.page.notation.pieces import SourceLine, measure_columns

ROW = "\x02"
"""What begins the raw text of a line that is a row of a table; no dump contains it."""
_RULE_CHARACTERS = "-=_*~·.+─━═┄┈┌┐└┘├┤┬┴┼╭╮╰╯│┃|: \t"
_MIN_RULE = 3
_SIDES = "|│┃"
EDGES = f"+┌├└┏┣┗{_SIDES}"
"""Signs with which the lines of tables and frames begin."""
_BORDER = re.compile(r"[+┌├└┏┣┗][+─━=\-┬┼┴┳╋┻:]*[+┐┤┘┓┫┛]")
_CORNERS = frozenset("+┌├└┏┣┗┬┼┴┳╋┻┐┤┘┓┫┛")
_MAX_DEPTH = 8
"""Tables in tables of a page's layout."""
_MAX_CELL_CHARS = 200
"""Longer cells are paragraphs of a page laid out with tables, as in HTML."""


def is_rule(text: str) -> bool:
    """Whether a line is a rule, or the border of a table."""
    return len(text) >= _MIN_RULE and text[0] in _RULE_CHARACTERS and not text.strip(_RULE_CHARACTERS)


def read_grids(lines: Sequence[SourceLine], width: int | None, depth: int = 0) -> Iterator[SourceLine]:
    """``lines`` with the cells of tables one below the other, as wide as the page; rows of data are one line.

    ``depth`` is the number of tables around them.
    """
    if not any(line.text[:1] in EDGES for line in lines if line.text):
        yield from lines
        return
    columns: list[int] = []
    row: list[SourceLine] = []
    for line in lines:
        if line.text and line.text[0] in "+┌├└┏┣┗" and _BORDER.fullmatch(line.text):
            yield from _read_row(row, columns, width, depth)
            row = []
            columns = [place for place, sign in enumerate(line.raw.rstrip()) if sign in _CORNERS]
            yield line
        elif columns and line.text[:1] in _SIDES and line.text:
            row.append(line)
        else:
            if columns:
                yield from _read_row(row, columns, width, depth)
                columns, row = [], []
            yield _strip_sides(line)
    yield from _read_row(row, columns, width, depth)


def _read_row(row: Sequence[SourceLine], columns: Sequence[int], width: int | None, depth: int) -> Iterator[SourceLine]:
    if not row:
        return
    cells = [_read_cell(row, start + 1, end, width) for start, end in pairwise(columns)]
    filled = [[line.text for line in cell if line.text] for cell in cells]
    filled = [cell for cell in filled if cell]
    texts = [" ".join(cell) for cell in filled]
    if len(texts) > 1 and max(map(len, texts)) <= _MAX_CELL_CHARS and not any("" in _inner(cell) for cell in cells):
        text = " | ".join(texts)
        yield row[0]._replace(raw=ROW + text, text=text)
        return
    for cell in cells:
        yield from read_grids(cell, width, depth + 1) if depth < _MAX_DEPTH else cell
        yield row[-1]._replace(raw="", text="")


def _inner(cell: Sequence[SourceLine]) -> list[str]:
    """The texts of a cell's lines, without blank ones at its ends."""
    texts = [line.text for line in cell]
    while texts and not texts[-1]:
        texts.pop()
    while texts and not texts[0]:
        texts.pop(0)
    return texts


def _read_cell(row: Sequence[SourceLine], start: int, end: int, width: int | None) -> list[SourceLine]:
    """The lines of a cell, indented so that they end where they would if the page were as wide as the cell."""
    shift = " " * max(0, (width or 0) - (end - start - 2))
    cell = []
    for line in row:
        raw = line.raw[start:end]
        text = " ".join(raw.split())
        indent = len(raw) - len(raw.lstrip()) + len(shift) - 1 if text else 0
        shifted = shift + raw[1:].rstrip()
        cell.append(SourceLine(line.number, shifted, text, indent, measure_columns(shifted)))
    return cell


def _strip_sides(line: SourceLine) -> SourceLine:
    """A line of a frame without the frame."""
    if line.text[:1] not in _SIDES or line.text[-1:] not in _SIDES or is_rule(line.text):
        return line
    text = line.text.strip(_SIDES).strip()
    return line._replace(text=text) if text else line

"""Tables of Markdown: which lines are rows, and the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cleaner.model import Role
from cleaner.page.notation.grids import ROW, is_rule, read_grids
from cleaner.page.notation.markdown_marks import CELL
from cleaner.page.notation.pieces import SourceLine, make_line

_DELIMITER = re.compile(r"\|?(?:[ \t]*+:?-++:?[ \t]*+\|)++(?:[ \t]*+:?-++:?[ \t]*+)?|\|[ \t]*+:?-++:?[ \t]*+")
_MAX_CELL_CHARS = 200
"""Longer cells are paragraphs of a page laid out with tables, as in HTML."""
_MIN_CELL_CHARS, _MIN_PARTS, _MIN_PART_CHARS = 1000, 4, 100
"""A line with so many characters and parts is a cell without bars around it, if a part has so many characters on average: some
authors type two blanks between the sentences of a paragraph."""
_GRID_BORDERS = ("+-", "+=", "+:")
_BAR = re.compile(r"(?<!\\)\|")
_OF_RULES = " \t:-"
"""Signs of the cells below the head of a table."""
_PART = re.compile(r"[ \xa0]{2,}+(?![*_\[(\"'“„«]*[a-zß-ÿ,.;:)])|[ \xa0](?=(?:[*+-]|\d{1,3}\.)[ \xa0]\[|#{1,6}[ \xa0])")
"""Between the paragraphs of a cell, whose line ends are blanks, but for those within a sentence; and before its headings and the
links of its lists."""


def open_grids(lines: Sequence[SourceLine], width: int | None) -> Sequence[SourceLine]:
    """``lines`` with the cells of tables that are drawn one below the other; rows of data have bars around them."""
    if not any(map(_is_border, lines)):
        return lines
    return [_read_grid_line(line) for line in read_grids(lines, width)]


def _is_border(line: SourceLine) -> bool:
    return line.text[:2] in _GRID_BORDERS and is_rule(line.text)


def _read_grid_line(line: SourceLine) -> SourceLine:
    if line.raw[:1] == ROW:
        return make_line(line.number, f"| {line.text} |")
    return make_line(line.number, "") if _is_border(line) else line


def split_layout_rows(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """``lines`` with the rows of layouts as lines of their own: rows with long cells, and with other tables inside.

    A page that is laid out with tables is one line otherwise.
    """
    return [part for line in lines for part in _split_line(line)]


def _split_line(line: SourceLine) -> list[SourceLine]:
    if line.text[:1] == "|":
        return _split_row(line)
    if len(line.text) < _MIN_CELL_CHARS or "  " not in line.raw.strip():
        return [line]
    parts = _PART.split(line.raw)
    is_cell = _MIN_PARTS <= len(parts) <= len(line.text) / _MIN_PART_CHARS
    return _separate(line, parts) if is_cell else [line]


def _split_row(line: SourceLine) -> list[SourceLine]:
    cells = [cell for cell in _BAR.split(line.raw) if cell.strip()]
    contents = [cell for cell in cells if cell.strip(_OF_RULES)]
    has_table_inside = contents and len(contents) < len(cells)
    if not has_table_inside and max(map(len, cells), default=0) <= _MAX_CELL_CHARS:
        return [line]
    return _separate(line, [part for cell in contents for part in _PART.split(cell)])


def _separate(line: SourceLine, parts: Iterable[str]) -> list[SourceLine]:
    """``parts`` of a line as lines with a blank one below each."""
    blank = make_line(line.number, "")
    return [made for part in parts if part.strip() for made in (make_line(line.number, part), blank)]


def find_tables(texts: Sequence[str]) -> dict[int, bool]:
    """The lines of tables, by position: False for those that separate the head from the rows."""
    rows: dict[int, bool] = {}
    for place, text in enumerate(texts):
        if "|" not in text or place in rows:
            continue
        if "--" in text and _DELIMITER.fullmatch(text):
            rows[place] = False
            if place and "|" in texts[place - 1]:
                rows.setdefault(place - 1, True)
            below = place + 1
            while below < len(texts) and "|" in texts[below]:
                rows[below] = not ("--" in texts[below] and _DELIMITER.fullmatch(texts[below]))
                below += 1
        elif text[0] == "|" and text[-1] == "|" and len(text) > 1:
            rows[place] = True
    return rows


def split_cells(row: str) -> list[tuple[str, Role]]:
    """The texts of a row: one for a row of data, one a cell where cells are paragraphs."""
    cells = [cell for cell in (cell.strip() for cell in row.split(CELL)) if cell]
    if len(cells) > 1 and max(map(len, cells)) <= _MAX_CELL_CHARS:
        return [(" | ".join(cells), Role.TABLE)]
    return [(cell, Role.PARAGRAPH) for cell in cells]

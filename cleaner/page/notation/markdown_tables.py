"""Tables of Markdown: which lines are rows, and the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.model import Role
from cleaner.page.notation.markdown_marks import CELL

_DELIMITER = re.compile(r"\|?(?:[ \t]*+:?-++:?[ \t]*+\|)++(?:[ \t]*+:?-++:?[ \t]*+)?|\|[ \t]*+:?-++:?[ \t]*+")
_MAX_CELL_CHARS = 200
"""Longer cells are paragraphs of a page laid out with tables, as in HTML."""


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

"""Rows of tables: which hold data, and which are parts of a layout."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.page.dom import Element
from cleaner.page.element_kinds import BLOCK_TAGS

# Limits of a data row: longer cells are paragraphs of a page laid out with tables. Chosen by reading pages; not measured.
_MAX_CELL_CHARS = 200
_MAX_CELL_BREAKS = 3
_MIN_CELLS = 2


def is_data_row(cells: Sequence[Element]) -> bool:
    """Whether a row's cells are entries of a table rather than parts of a page's layout."""
    if len(cells) < _MIN_CELLS:
        return False
    for cell in cells:
        breaks = 0
        for element in cell.iter():
            if element is not cell and element.tag in BLOCK_TAGS and element.tag != "p":
                return False
            breaks += element.tag in ("br", "p")
        if breaks > _MAX_CELL_BREAKS or len("".join(cell.itertext())) > _MAX_CELL_CHARS:
            return False
    return True

"""Columns that a browser prints side by side: a narrow one, such as times and speakers, left of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cleaner.page.notation.pieces import SourceLine

_MIN_COLUMN = 8
"""Columns before the text. Chosen by reading pages that w3m printed."""
_MIN_LINES = 2
"""Lines that begin in the column of the text."""


def split_columns(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """``lines`` with the entries of the left column before the lines beside which they are."""
    if all(line.indent < _MIN_COLUMN for line in lines):
        yield from lines
        return
    start = 0
    for place, line in enumerate(lines):
        if not line.text:
            yield from _split_group(lines[start:place])
            yield line
            start = place + 1
    yield from _split_group(lines[start:])


def _split_group(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """The lines between two blank ones."""
    column = _find_column(lines)
    if not column:
        yield from lines
        return
    rights = []
    for line in lines:
        if line.indent < column and line.raw[column : column + 1].strip() and line.raw[:column].endswith(" "):
            left, right = line.raw[:column].rstrip(), line.raw[column:]
            yield SourceLine(line.number, left, " ".join(left.split()), line.indent, len(left))
            rights.append(line._replace(raw=" " * column + right, text=" ".join(right.split()), indent=column))
        else:
            rights.append(line)
    yield from rights


def _find_column(lines: Sequence[SourceLine]) -> int:
    """The column in which the text begins; 0 without a column to the left of it."""
    if len(lines) <= _MIN_LINES or max(line.indent for line in lines) < _MIN_COLUMN:
        return 0
    column, count = Counter(line.indent for line in lines).most_common(1)[0]
    return column if column >= _MIN_COLUMN and count >= _MIN_LINES else 0

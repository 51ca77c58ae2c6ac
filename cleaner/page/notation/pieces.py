"""The values that readers of dumps share: lines as they are in the dump, and the pieces of text made of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner.language.characters import normalize_line, split_lines
from cleaner.model import Role

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0003fffd]"
)
"""Characters that take two columns of a terminal."""
_COMBINING = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200b-\u200f]"
)
"""Characters that take none."""
_MAX_LINE = 1000
"""Characters of a line that may be wrapped."""


class SourceLine(NamedTuple):
    """A line of a dump."""

    number: int
    """From 1."""
    raw: str
    text: str
    """Normalised; empty for a blank line."""
    indent: int
    """Columns before the text."""
    end: int
    """Column in which the text ends."""


class Piece(NamedTuple):
    """A piece of text that becomes a block."""

    line: int
    """Number of its first line."""
    text: str
    role: Role = Role.PARAGRAPH
    indent: int = 0
    spaced: bool = False
    """Whether a blank line or a mark separates it from the piece before it."""
    level: int | None = None
    """Level of a heading."""
    linked: int = 0
    """Number of its characters inside links."""


def read_lines(content: str) -> list[SourceLine]:
    """The lines of a dump, blank ones too."""
    return [make_line(number, raw) for number, raw in enumerate(split_lines(content), start=1)]


def make_line(number: int, raw: str) -> SourceLine:
    """A line with its text and its columns."""
    if raw.isascii() and raw.isprintable():
        text = raw.strip()
        if not text:
            return SourceLine(number, raw, "", 0, 0)
        if "  " in text:
            text = " ".join(text.split())
        return SourceLine(number, raw, text, len(raw) - len(raw.lstrip()) if raw[0] == " " else 0, len(raw.rstrip()))
    text = normalize_line(raw)
    if not text:
        return SourceLine(number, raw, "", 0, 0)
    expanded = raw.expandtabs(4).rstrip()
    indent = len(expanded) - len(expanded.lstrip()) if raw[0].isspace() else 0
    return SourceLine(number, raw, text, indent, measure_columns(expanded))


def measure_columns(text: str) -> int:
    """The columns of a terminal that ``text`` takes: two for East Asian characters, none for combining ones.

    >>> measure_columns("Bridge"), measure_columns("桥头")
    (6, 4)
    """
    if text.isascii() or len(text) > _MAX_LINE:
        return len(text)
    return len(text) + len(_WIDE.findall(text)) - len(_COMBINING.findall(text))

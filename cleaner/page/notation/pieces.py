"""The values that readers of dumps share: lines as they are in the dump, and the pieces of text made of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from cleaner.compiled import serve_compiled
from cleaner.language.characters import normalize_line, split_lines
from cleaner.model import Role

_ASCII = re.compile("[\x00-\x7f]+")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0003fffd]"
)
"""Characters that take two columns of a terminal."""
_COMBINING = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0902\u093a\u093c\u0941-\u0948\u094d\u0951-\u0957\u0962-\u0963\u0981\u09bc\u09c1-\u09c4\u09cd"
    "\u09e2-\u09e3\u09fe\u0a01-\u0a02\u0a3c\u0a41-\u0a42\u0a47-\u0a48\u0a4b-\u0a4d\u0a51\u0a70-\u0a71\u0a75"
    "\u0a81-\u0a82\u0abc\u0ac1-\u0ac5\u0ac7-\u0ac8\u0acd\u0ae2-\u0ae3\u0afa-\u0aff\u0b01\u0b3c\u0b3f\u0b41-\u0b44"
    "\u0b4d\u0b55-\u0b56\u0b62-\u0b63\u0b82\u0bc0\u0bcd\u0c00\u0c04\u0c3c\u0c3e-\u0c40\u0c46-\u0c48\u0c4a-\u0c4d"
    "\u0c55-\u0c56\u0c62-\u0c63\u0c81\u0cbc\u0cbf\u0cc6\u0ccc-\u0ccd\u0ce2-\u0ce3\u0d00-\u0d01\u0d3b-\u0d3c"
    "\u0d41-\u0d44\u0d4d\u0d62-\u0d63\u0d81\u0dca\u0dd2-\u0dd4\u0dd6\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1"
    "\u0eb4-\u0ebc\u0ec8-\u0ecd\u102d-\u1030\u1032-\u1037\u1039-\u103a\u103d-\u103e\u1058-\u1059\u105e-\u1060"
    "\u1071-\u1074\u1082\u1085-\u1086\u108d\u109d\u17b4-\u17b5\u17b7-\u17bd\u17c6\u17c9-\u17d3\u17dd"
    "\u200b-\u200f]"
)
"""Characters that take none: the marks of category Mn of Semitic, Indic and South East Asian scripts, as `wcwidth` counts."""
FILLER = "\x03"
"""What fills the second column of a wide character; no dump contains it."""
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
    return make_lines(split_lines(content), make_line, SourceLine)


@serve_compiled("dump_lines")
def make_lines(raws: list[str], make: Callable[[int, str], SourceLine], _: type[SourceLine]) -> list[SourceLine]:
    """The lines of a dump as ``make`` makes each, numbered from 1."""
    return [make(number, raw) for number, raw in enumerate(raws, start=1)]


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
    return len(text) + _count_extra_columns(_ASCII.sub("", text))


@lru_cache(maxsize=1024)
def _count_extra_columns(beyond: str) -> int:
    """Columns beside one a character: of what is not ASCII in a line, mostly the same few quotes and dashes as in others."""
    return len(_WIDE.findall(beyond)) - len(_COMBINING.findall(beyond))


def expand_columns(text: str) -> str:
    """``text`` with a character for each column of a terminal that it takes.

    >>> expand_columns("桥 Bridge").replace(FILLER, "-")
    '桥- Bridge'
    """
    return text if text.isascii() else _WIDE.sub(rf"\g<0>{FILLER}", text)

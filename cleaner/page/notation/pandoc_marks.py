"""Quotes and dashes that pandoc's Markdown writes in ASCII: ``--`` for a dash, straight quotes for curved ones.

Pandoc writes a straight quote of the page with a backslash, so those without one were curved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.model import Role
from cleaner.page.notation.pieces import Piece, SourceLine

_CURVED = ("‘", "’", "“", "”")
_REPLACED = (
    (re.compile(r"(?<!-)---(?!-)"), "—"),
    (re.compile(r"(?<!-)--(?!-)"), "–"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(r"(?<![^\s(\[—–“‘])\"(?=\S)"), "“"),
    (re.compile(r"\""), "”"),
    (re.compile(r"(?<![^\s(\[—–“])'(?=\S)(?!\d\ds?\b)"), "‘"),
    (re.compile(r"'"), "’"),
)


def has_ascii_quotes(lines: Sequence[SourceLine]) -> bool:
    """Whether quotes are written in ASCII: none is curved, and none has a backslash, so that all without one were."""
    return not any(sign in line.text for line in lines for sign in (*_CURVED, "\\'", '\\"'))


def restore_punctuation(pieces: Sequence[Piece]) -> list[Piece]:
    """``pieces`` with curved quotes, dashes and ellipses, but for code."""
    return [piece if piece.role is Role.CODE else piece._replace(text=_restore(piece.text)) for piece in pieces]


def _restore(text: str) -> str:
    for pattern, sign in _REPLACED:
        text = pattern.sub(sign, text)
    return text

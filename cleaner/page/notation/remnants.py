"""Remains of a page's scripts, styles and data among the lines of its text, and of links that are no part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner import data
from cleaner.data.input_types import DumpMarks
from cleaner.language.characters import make_alternation
from cleaner.model import Role
from cleaner.page.notation.pieces import Piece

_MARKS = data.load_data(DumpMarks)
_SCRIPT = re.compile(make_alternation(_MARKS.scripts))
_STYLE = re.compile(make_alternation(_MARKS.styles))
_DATA = re.compile(make_alternation(_MARKS.data))
_EDIT_WORDS = make_alternation(_MARKS.edit_links)
_EDIT_LINK = re.compile(rf" ?\[ ?{_EDIT_WORDS}(?: ?\| ?{_EDIT_WORDS})? ?\]$", re.IGNORECASE)
_BACK_ARROW = re.compile("↩[\ufe0e\ufe0f]?[ \t]*+$", re.MULTILINE)
_SIGNS = re.compile(r"[{}()\[\]=;:\"'<>|&!]")
_MIN_SIGNS = 0.06
"""Share of signs of a program's text; a sentence has up to .04."""
_MAX_REMNANTS = 12
"""More such lines are the text of a page about programs."""


def strip_back_arrows(content: str) -> str:
    r"""``content`` without the arrows at the ends of lines that lead back from a note to where it is mentioned.

    >>> strip_back_arrows("The clerk wrote it. ↩\n")
    'The clerk wrote it. \n'
    """
    return _BACK_ARROW.sub("", content) if "↩" in content else content


def strip_edit_links(pieces: Sequence[Piece]) -> list[Piece]:
    """``pieces`` without "[edit]" behind headings; one that is nothing else gets the role ``control``."""
    return [_strip_edit_link(piece) if piece.text[-1:] == "]" else piece for piece in pieces]


def _strip_edit_link(piece: Piece) -> Piece:
    heading = _EDIT_LINK.sub("", piece.text)
    return piece._replace(text=heading) if heading else piece._replace(role=Role.CONTROL)


def mark_remnants(pieces: Sequence[Piece]) -> list[Piece]:
    """``pieces`` with the role ``control`` for those that are parts of programs."""
    found = {
        place
        for place, piece in enumerate(pieces)
        if ("{" in piece.text or "(" in piece.text or "@" in piece.text)
        and piece.role in (Role.PARAGRAPH, Role.LIST_ITEM)
        and is_remnant(piece.text)
    }
    if not 0 < len(found) <= _MAX_REMNANTS:
        return list(pieces)
    return [piece._replace(role=Role.CONTROL) if place in found else piece for place, piece in enumerate(pieces)]


def is_remnant(text: str) -> bool:
    """Whether a text is part of a program: many of its signs, and words of scripts, styles or data."""
    sample = text[:2000]
    if len(_SIGNS.findall(sample)) < _MIN_SIGNS * len(sample):
        return False
    lowered = sample.casefold()
    if sample[0] in "{[" and _DATA.search(lowered):
        return True
    return bool(
        ("{" in sample and _STYLE.search(lowered)) or len(set(_SCRIPT.findall(lowered))) > 1 or _ends_like_code(lowered)
    )


def _ends_like_code(text: str) -> bool:
    return text.endswith((";", "}", "});")) and bool(_SCRIPT.search(text))

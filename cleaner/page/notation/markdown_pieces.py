"""The pieces of Markdown texts whose inline marks were read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.model import Role
from cleaner.page.notation.markdown_inline import InlineText
from cleaner.page.notation.markdown_tables import split_cells
from cleaner.page.notation.pieces import Piece

_REST = re.compile(r"[.,;)](?= \w|$)")
_NUMBERED_PICTURE = re.compile(r"Image \d{1,4}(?:: |$)")
"""What Jina's reader writes before the alternative texts of pictures, or for those without one."""
_PROSE = (Role.PARAGRAPH, Role.LIST_ITEM, Role.QUOTE)


def make_pieces(texts: Sequence[Piece], found: Sequence[InlineText]) -> list[Piece]:
    """The pieces of ``texts``, which have no text yet but that of code; ``found`` is what was read of each."""
    pieces: list[Piece] = []
    spaced = True
    for piece, inline in zip(texts, found, strict=True):
        spaced = spaced or piece.spaced
        read = _make_pieces(piece, inline)
        if not read:
            continue
        if read[0].text[0] in ".,;)" and pieces and _begins_with_stop(read[0]) and pieces[-1].role in _PROSE:
            before = pieces[-1]
            rest = read.pop(0)
            pieces[-1] = before._replace(text=before.text + rest.text, linked=before.linked + rest.linked)
        elif read[0].spaced is not spaced:
            read[0] = read[0]._replace(spaced=spaced)
        pieces += read
        spaced = False
    return pieces


def _begins_with_stop(piece: Piece) -> bool:
    """Whether a text is the rest of the one before: html2text ends a paragraph at some links."""
    return piece.role is Role.PARAGRAPH and _REST.match(piece.text) is not None


def _make_pieces(piece: Piece, inline: InlineText) -> list[Piece]:
    """The pieces of one text: the alternative texts of its pictures, then itself or its cells."""
    if not inline.alts and piece.role not in (Role.CODE, Role.TABLE):
        text = inline.text
        read = Piece(piece.line, text, piece.role, piece.indent, piece.spaced, piece.level, inline.linked)
        return [read] if text else []
    pieces = [
        piece._replace(text=shown, role=Role.CAPTION, level=None, linked=len(shown) if linked else 0)
        for alt, linked in inline.alts
        if (shown := _NUMBERED_PICTURE.sub("", alt, count=1) if alt.startswith("Image ") else alt)
    ]
    if piece.role is Role.CODE:
        pieces = [piece]
    elif piece.role is Role.TABLE:
        pieces += [
            piece._replace(text=text, role=role, linked=min(inline.linked, len(text)))
            for text, role in split_cells(inline.text)
        ]
    elif inline.text:
        pieces.append(piece._replace(text=inline.text, linked=inline.linked))
    return [one if not place else one._replace(spaced=False) for place, one in enumerate(pieces)]

"""Segmentation of a flattened dump into blocks, whatever its notation."""

from __future__ import annotations

from cleaner.model import Block, Blocks
from cleaner.page.notation.reader import ReadDump, read_dump


def segment_dump(content: str) -> Blocks:
    """The blocks of a dump in page order."""
    return make_blocks(read_dump(content))


def make_blocks(dump: ReadDump) -> Blocks:
    """The blocks of a dump that was read."""
    return tuple(
        Block(
            index=index,
            text=piece.text,
            role=piece.role,
            line=piece.line,
            depth=piece.indent,
            spaced=piece.spaced,
            level=piece.level,
            link_share=piece.linked / len(piece.text) if piece.linked else 0.0,
        )
        for index, piece in enumerate(dump.pieces)
    )

"""Blocks of an HTML page as they are written, from the pieces of text that the walk over its tree finds."""

from __future__ import annotations

from cleaner.language.characters import normalize_line
from cleaner.model import Block, Role
from cleaner.page.boxes import Box
from cleaner.page.paragraphs import join_paragraphs

# Roles of blocks that can have the number of an item.
_MARKED_ROLES = frozenset({Role.LIST_ITEM, Role.HEADING})


class BlockWriter:
    """Makes blocks of pieces of text.

    ``texts`` are the pieces of text of the current block, None for a line break; ``links`` says for each whether it is in
    a link. ``aside`` are hidden texts that become blocks after it. ``marker`` is that of the current list item, until its
    first block takes it, ``drop_cap`` the first letter of a word that is still to come.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.boxes: list[Box] = []
        self.texts: list[str | None] = []
        self.links: list[bool] = []
        self.aside: list[tuple[Box, list[str | None], list[bool], bool]] = []
        self.marker: str | None = None
        self.drop_cap = ""

    def ends_with_break(self) -> bool:
        """Whether there is nothing after the last break of the current block."""
        last = next((text for text in reversed(self.texts) if text is None or not text.isspace()), "")
        return last is None

    def ends_line(self) -> bool:
        """Whether the text of the current block ends with a line break."""
        return (self.texts[-1] or "\n").endswith("\n")

    def break_code_line(self) -> None:
        """Add a line break that does not end a paragraph."""
        self.texts.append("\n")
        self.links.append(False)

    def take_drop_cap(self) -> None:
        """Add the first letter that is waiting for its word."""
        self.texts.append(self.drop_cap)
        self.links.append(False)
        self.drop_cap = ""

    def flush(self, box: Box) -> None:
        """End the current block."""
        before = len(self.blocks)
        if self.texts:
            self._emit(self.texts, self.links, box)
            self.texts.clear()
            self.links.clear()
        if self.aside:
            has_text = len(self.blocks) > before
            aside, self.aside = self.aside, []
            for hidden_box, texts, links, is_extra in aside:
                if not (has_text and is_extra):
                    self._emit(texts, links, hidden_box)

    def _emit(self, texts: list[str | None], links: list[bool], box: Box) -> None:
        """Add the blocks of ``texts``, one for each paragraph."""
        for text, link_share in join_paragraphs(texts, links, normalize_line, keep_lines=box.role is Role.CODE):
            if text and not (box.hidden and _is_markup(text)):
                marker = None
                if self.marker and box.role in _MARKED_ROLES and not box.hidden:
                    marker, self.marker = self.marker, None
                self.boxes.append(box)
                self.blocks.append(
                    Block(
                        index=len(self.blocks),
                        text=text,
                        role=box.role,
                        marker=marker,
                        path=box.path,
                        depth=box.depth,
                        link_share=link_share,
                        hidden=box.hidden,
                    )
                )


def _is_markup(text: str) -> bool:
    """Whether hidden text is escaped markup, as browsers save the contents of ``<noscript>``."""
    return text.startswith("<") and text.endswith(">")

"""What is around the blocks of an HTML page: lists and their items, quotes, tables, code and comments."""

from __future__ import annotations

import re

from cleaner.labels import Label
from cleaner.model import Block, Role
from cleaner.page.boxes import Box
from cleaner.page.dom import Element
from cleaner.page.list_markers import OrderedList
from cleaner.structure import ITEMS, LISTS, Container, ContainerKind

_KINDS: dict[object, ContainerKind] = {
    "blockquote": ContainerKind.QUOTE,
    "ol": ContainerKind.ORDERED,
    "ul": ContainerKind.UNORDERED,
    "menu": ContainerKind.UNORDERED,
    "dir": ContainerKind.UNORDERED,
    "dl": ContainerKind.DEFINITIONS,
    "li": ContainerKind.ITEM,
    "dt": ContainerKind.TERM,
    "dd": ContainerKind.DEFINITION,
    "pre": ContainerKind.CODE,
}
# Parts of a page, as in blocks_html: what is around them says nothing of the text in them.
_PARTS = frozenset("section article main body".split())
# One comment, by its class or id: "comment", "comment-1042", "reply"; not the list of comments, its form or the comment's parts.
_COMMENT_NAME = re.compile(
    r"(?:^|\s)(?:[a-z]+[-_]{1,2})?(?:comment|reply|kommentar|commentaire|comentario)(?:[-_]?(?:item|box|node|\d+))?(?:$|\s)",
    re.IGNORECASE,
)
_COMMENT_TAGS = frozenset("li article div section".split())


class ContainerFinder:
    """Finds the containers of blocks; what it found for one box serves all boxes inside it."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[Container, ...]] = {}
        self._comments: dict[int, tuple[tuple[Container, ...], int]] = {}
        self._lists: dict[Element, dict[Element, str | None]] = {}

    def find_containers(self, block: Block, box: Box) -> tuple[Container, ...]:
        """The containers around ``block``, outer ones first: those of a comment, or those of text."""
        if block.verdict is not None and block.verdict.label is Label.COMMENTS:
            return self._find_comments(box)[0]
        table = find_table(box) if block.cells else None
        if table is None:
            return self._find(box)
        around = self._find(table.parent) if table.parent is not None else ()
        return (*around, Container(ContainerKind.TABLE, table.number))

    def _find(self, box: Box) -> tuple[Container, ...]:
        known = self._found.get(box.number)
        if known is None:
            around = self._find(box.parent) if box.parent is not None else ()
            known = self._found[box.number] = self._add(box, around)
        return known

    def _find_comments(self, box: Box) -> tuple[tuple[Container, ...], int]:
        """The comments around a block in ``box``, and the number of the last box that is called one."""
        known = self._comments.get(box.number)
        if known is None:
            around, last = self._find_comments(box.parent) if box.parent is not None else ((), -1)
            if _is_called_comment(box.element):
                # An item and the box in it often have the same name: the outer one is the comment.
                is_twin = box.number == last + 1 and last >= 0
                around = around if is_twin else (*around, Container(ContainerKind.COMMENT, box.number))
                last = box.number
            known = self._comments[box.number] = around, last
        return known

    def _add(self, box: Box, around: tuple[Container, ...]) -> tuple[Container, ...]:
        tag = box.element.tag
        if tag in _PARTS or tag == "table":
            return ()
        kind = ContainerKind.CODE if box.role is Role.CODE and tag != "pre" else _KINDS.get(tag)
        if kind is None or (kind is ContainerKind.CODE and any(one.kind is kind for one in around)):
            return around
        if kind in ITEMS:
            in_list = around and around[-1].kind in LISTS
            if not in_list:
                # An item without a list, as on pages with broken markup: all in one element are one list.
                number = box.parent.number if box.parent is not None else 0
                around = (*around, Container(ContainerKind.UNORDERED, number))
            return (*around, Container(kind, box.number, self._read_marker(box) if tag == "li" else None))
        return (*around, Container(kind, box.number))

    def _read_marker(self, item: Box) -> str | None:
        around = item.element.getparent()
        if around is None or around.tag != "ol":
            return None
        markers = self._lists.get(around)
        if markers is None:
            ordered = OrderedList(around)
            markers = self._lists[around] = {
                child: ordered.next_marker(child) for child in around.iterchildren("li") if child.get("hidden") is None
            }
        return markers.get(item.element)


def find_table(box: Box) -> Box | None:
    """The box of the table that ``box`` is in, if it is a part of a row; None for others."""
    inner: Box | None = box
    while inner is not None and inner.element.tag in ("tr", "td", "th", "p", "tbody", "thead", "tfoot"):
        inner = inner.parent
    return inner if inner is not None and inner is not box and inner.element.tag == "table" else None


def _is_called_comment(element: Element) -> bool:
    if element.tag not in _COMMENT_TAGS:
        return False
    return _COMMENT_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None

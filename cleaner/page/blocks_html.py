"""Segmentation of an HTML page, in one walk over its tree."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.compiled import serve_compiled
from cleaner.model import Blocks, Role
from cleaner.page import unseen_text
from cleaner.page.block_writer import BlockWriter
from cleaner.page.boxes import Box, Picture
from cleaner.page.class_names import classify_names
from cleaner.page.data_rows import is_data_row
from cleaner.page.dom import Element
from cleaner.page.drop_caps import read_drop_cap
from cleaner.page.element_kinds import BLOCK, BLOCK_TAGS, BREAK, FALLBACK, FALLBACK_TAGS, KINDS, ROLES
from cleaner.page.link_notes import cut_new_window_note
from cleaner.page.list_markers import OrderedList
from cleaner.page.superscripts import read_script
from cleaner.page.twins import is_hidden
from cleaner.page.unseen_text import Reading

# Roles that blocks inside an element inherit: a paragraph in a list item is a list item.
_INHERITED_ROLES = frozenset({Role.LIST_ITEM, Role.QUOTE, Role.CAPTION, Role.CODE, Role.CONTROL})
_PICTURE_TAGS = frozenset(("img", "amp-img"))
_SCRIPT_TAGS = frozenset(("sup", "sub"))
_RESETTING_TAGS = frozenset("table section article main".split())
# Elements inside code: each a line, or around several of them.
_CODE_LINES_TAGS = frozenset("ol ul table tbody tr".split())
_CODE_LINE_TAGS = _CODE_LINES_TAGS | frozenset("div li p td".split())


class SegmentedPage(NamedTuple):
    """The blocks of a page, the box of each by block index, and the pictures."""

    blocks: Blocks
    boxes: tuple[Box, ...]
    pictures: tuple[Picture, ...]


def segment_html(root: Element) -> SegmentedPage:
    """The blocks of the page under ``root``, in page order.

    Text that browsers never show is omitted; text that they hide is marked ``hidden``.
    """
    walker = _TreeWalker()
    walker.enter(root, None, linked=False)
    return SegmentedPage(tuple(walker.blocks), tuple(walker.boxes), tuple(walker.pictures))


class _TreeWalker(BlockWriter):
    """Reads the elements of a page in order."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[Picture] = []
        self.entered = 0
        self.ordered: dict[Element, OrderedList] = {}

    def read_inline(self, element: Element, box: Box, *, linked: bool) -> None:
        """Read an element that is a part of the text around it."""
        tag = element.tag
        if tag in _PICTURE_TAGS:
            self.pictures.append(Picture(element, box, len(self.blocks) - (not self.texts)))
        elif tag in _SCRIPT_TAGS and not _has_blocks(element):
            if text := read_script(element, (self.texts[-1] or "") if self.texts else ""):
                self.texts.append(text)
                self.links.append(linked)
        else:
            # The first line inside such an element follows a break, and shares no line with what is before the break.
            if self.texts and self.ends_with_break() and _has_blocks(element):
                self.flush(box)
            read_element(self, element, box, linked=linked or tag == "a")

    def read_special(self, element: Element, box: Box, names: int, *, linked: bool) -> unseen_text.Instead:
        """Read a block-level element that is no block here, and say how; None if it is one."""
        instead = unseen_text.find_block_reading(element, names)
        if instead is not None:
            self.read_instead(element, box, instead, linked=linked)
        elif box.role is Role.CODE and element.tag in _CODE_LINE_TAGS:
            self.read_code_line(element, box)
            return ""
        return instead

    def read_fallback(self, element: Element, box: Box, *, linked: bool) -> None:
        """Read an element that is shown where a browser cannot show something else."""
        if _has_blocks(element):
            if self.texts or self.aside:
                self.flush(box)
            self.enter(element, box, linked=linked)
        else:
            self.set_aside(element, box, linked=linked)

    def read_instead(self, element: Element, box: Box, instead: Reading | str, *, linked: bool) -> None:
        """Read an element that is not read as what it is."""
        if instead is Reading.HIDDEN or instead is Reading.READ_ALOUD:
            self.set_aside(element, box, linked=linked, is_extra=instead is Reading.READ_ALOUD)
        elif instead is Reading.DROP_CAP:
            is_block = element.tag in BLOCK_TAGS
            if is_block and (self.texts or self.aside):
                self.flush(box)
            self.drop_cap, _ = read_drop_cap(element, None)
            if not is_block:
                self.take_drop_cap()
        elif instead is not Reading.BLOCK:
            self.texts.append(instead)
            self.links.append(linked)
        elif box.role is Role.HEADING:
            self.texts.append(" ")
            self.links.append(False)
            read_element(self, element, box, linked=linked or element.tag == "a")
            self.texts.append(" ")
            self.links.append(False)
        else:
            if self.texts or self.aside:
                self.flush(box)
            self.enter(element, box, linked=linked or element.tag == "a")

    def read_code_line(self, element: Element, box: Box) -> None:
        """Read an element inside code: a line of it, or several."""
        if element.tag in _CODE_LINES_TAGS:
            self.read_loose_code(element.text)
            for child in element:
                if isinstance(child.tag, str) and not unseen_text.is_gutter(child):
                    self.read_code_line(child, box)
                self.read_loose_code(child.tail)
            return
        if self.texts and not self.ends_line():
            self.break_code_line()
        before = len(self.texts)
        read_element(self, element, box, linked=False)
        if self.texts and (len(self.texts) == before or not self.ends_line()):
            self.break_code_line()

    def read_loose_code(self, text: str | None) -> None:
        """Read text between the lines of code."""
        if text and not text.isspace():
            self.texts.append(text)
            self.links.append(False)

    def enter(self, element: Element, around: Box | None, *, linked: bool, names: int = 0) -> None:
        """Read a block-level element, which starts a new block at its start and its end."""
        tag = element.tag
        is_inside_hidden = around is not None and around.hidden
        hidden = is_inside_hidden or tag in FALLBACK_TAGS or is_hidden(element, tag, names)
        box = self.make_box(element, tag, around, hidden=hidden)
        if names and unseen_text.is_code(names):
            box.role = Role.CODE
        if tag == "li":
            self.marker = self.next_marker(box)
        if tag == "tr":
            self.read_row(element, box)
        else:
            read_element(self, element, box, linked=linked)
        if self.texts or self.aside:
            self.flush(box)
        if tag == "li":
            self.marker = None
        box.end = self.entered

    def make_box(self, element: Element, tag: object, around: Box | None, *, hidden: bool) -> Box:
        """The next box of the page."""
        number = self.entered
        self.entered = number + 1
        role = ROLES.get(tag)
        if role is None:
            inherits = around is not None and around.role in _INHERITED_ROLES and tag not in _RESETTING_TAGS
            role = around.role if around is not None and inherits else Role.PARAGRAPH
        return Box(element, around, number, role, hidden=hidden)

    def next_marker(self, item: Box) -> str | None:
        """The number that a browser shows before ``item``, a box of a ``li`` element."""
        around = item.parent
        if around is None or around.element.tag != "ol" or item.hidden:
            return None
        ordered = self.ordered.get(around.element)
        if ordered is None:
            ordered = self.ordered[around.element] = OrderedList(around.element)
        return ordered.next_marker(item.element)

    def read_row(self, row: Element, box: Box) -> None:
        """Read a table row: as one block if it contains data, else cell by cell."""
        cells = [cell for cell in row if cell.tag in ("td", "th") and not unseen_text.is_gutter(cell)]
        if not is_data_row(cells):
            box.role = Role.PARAGRAPH
            read_element(self, row, box, linked=False)
            return
        for cell in cells:
            if self.texts:
                self.texts.append(" | ")
                self.links.append(False)
            read_element(self, cell, box, linked=False)

    def set_aside(self, element: Element, around: Box, *, linked: bool, is_extra: bool = False) -> None:
        """Read an inline element that is hidden: it becomes a block after the one around it, which is not split.

        An extra one becomes a block only if the one around it has no text.
        """
        outer = self.texts, self.links
        self.texts, self.links = [], []
        box = self.make_box(element, element.tag, around, hidden=True)
        read_element(self, element, box, linked=linked or element.tag == "a")
        box.end = self.entered
        self.aside.append((box, self.texts, self.links, is_extra))
        self.texts, self.links = outer


@serve_compiled("tree_walk")
def read_element(  # noqa: C901, PLR0912  more calls for each level of nesting would reach Python's limit of recursion
    walker: _TreeWalker, element: Element, box: Box, *, linked: bool
) -> None:
    """Read ``element``, whose text belongs to ``box``, with ``walker``."""
    texts, links = walker.texts, walker.links
    text = element.text
    if text and (texts or not text.isspace()):
        if walker.drop_cap and not text.isspace():
            walker.take_drop_cap()
        texts.append(cut_new_window_note(text) if linked else text)
        links.append(linked)
    for child in element:
        tag = child.tag
        kind = KINDS.get(tag)
        instead = None
        if kind is None:
            instead = unseen_text.find_inline_reading(child, str(tag), linked=linked)
            if instead is None:
                walker.read_inline(child, box, linked=linked)
            else:
                walker.read_instead(child, box, instead, linked=linked)
        elif kind is BLOCK:
            class_names = child.get("class")
            names = classify_names(class_names) if class_names else 0
            if names or tag == "pre" or box.role is Role.CODE:
                instead = walker.read_special(child, box, names, linked=linked)
            if instead is None:
                if texts or walker.aside:
                    walker.flush(box)
                walker.enter(child, box, linked=linked, names=names)
        elif kind is FALLBACK:
            walker.read_fallback(child, box, linked=linked)
        elif kind is BREAK:
            texts.append(None)
            links.append(False)
        elif tag == "script" and (formula := unseen_text.read_script_formula(child)):
            texts.append(formula)
            links.append(linked)
        text = child.tail
        if instead is Reading.DROP_CAP:
            _, text = read_drop_cap(child, text)
        if text and (texts or not text.isspace()):
            texts.append(text)
            links.append(linked)


def _has_blocks(element: Element) -> bool:
    return any(inner.tag in BLOCK_TAGS for inner in element.iterdescendants())

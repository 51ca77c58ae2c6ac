"""Blocks of an HTML page, from one walk over its tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.dom import Element
from cleaner.model import Block, Blocks, Role
from cleaner.text import one_line

# Never shown as text, by any browser.
_UNSEEN = frozenset("head script style template svg iframe canvas map datalist".split())
# Shown only where a browser cannot do better.
_FALLBACK = frozenset("noscript object video audio noframes".split())
_ROLES = {
    **dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), Role.HEADING),
    **dict.fromkeys("li dt dd".split(), Role.LIST_ITEM),
    **dict.fromkeys("figcaption caption".split(), Role.CAPTION),
    **dict.fromkeys("button select option optgroup textarea".split(), Role.CONTROL),
    "blockquote": Role.QUOTE,
    "pre": Role.CODE,
    "tr": Role.TABLE,
}
_BLOCK_TAGS = frozenset(_ROLES) | frozenset(
    "address article aside body center details dialog dir div dl fieldset figure footer form frameset header hgroup hr "
    "html legend main menu nav ol p search section summary table tbody td tfoot th thead ul".split()
)
# A paragraph inside one of these is still an item, a quotation, a caption, …
_HANDED_DOWN = frozenset({Role.LIST_ITEM, Role.QUOTE, Role.CAPTION, Role.CODE, Role.CONTROL})
_RESETS = frozenset("table section article main".split())
_NOT_SHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Above this, cells of a row are paragraphs of a page laid out with tables, not entries of a table.
_LONGEST_CELL = 200
_MOST_LINES = 3
_FEWEST_CELLS = 2
_MAX_CLASSES = 3


class Segmented(NamedTuple):
    """The blocks of a page and, by block index, the element each came from."""

    blocks: Blocks
    elements: tuple[Element, ...]


class _Frame:
    """A block-level element on the way from the root to the text being read."""

    __slots__ = ("depth", "element", "hidden", "parent", "path", "role")

    def __init__(self, element: Element, parent: _Frame | None, *, hidden: bool) -> None:
        self.element = element
        self.parent = parent
        self.hidden = hidden
        self.depth: int = parent.depth + 1 if parent else 0
        self.role: Role = _role(element.tag, parent.role if parent else Role.PARAGRAPH)
        self.path: str | None = None

    def where(self) -> str:
        """The element path; worked out when the first block asks, since most elements hold none."""
        if self.path is None:
            step = _step(self.element)
            self.path = f"{self.parent.where()}/{step}" if self.parent else step
        return self.path


class _Run(NamedTuple):
    """A stretch of text inside a block; ``None`` as text stands for a line break."""

    text: str | None
    linked: bool


_BREAK = _Run(None, linked=False)


def segment(root: Element) -> Segmented:
    """Blocks of the page under ``root``, in page order.

    Text that no browser shows is left out; text that a browser hides is marked ``hidden``.
    """
    walker = _Walker()
    frame = _Frame(root, None, hidden=False)
    walker.walk(root, frame, linked=False)
    walker.flush(frame)
    return Segmented(tuple(walker.blocks), tuple(walker.elements))


class _Walker:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.elements: list[Element] = []
        self.runs: list[_Run] = []
        self.aside: list[tuple[_Frame, list[_Run]]] = []

    def walk(self, element: Element, frame: _Frame, *, linked: bool) -> None:
        """Read ``element``, whose text belongs to ``frame``."""
        runs = self.runs
        if element.text and (runs or not element.text.isspace()):
            runs.append(_Run(element.text, linked))
        for child in element:
            tag = child.tag
            if tag in _UNSEEN:
                pass
            elif tag == "br":
                runs.append(_BREAK)
            elif tag in _BLOCK_TAGS or (tag in _FALLBACK and _holds_blocks(child)):
                self.enter(child, frame, linked=linked)
                runs = self.runs
            elif _is_hidden(child):
                self.set_aside(child, frame, linked=linked)
            else:
                self.walk(child, frame, linked=linked or tag == "a")
                runs = self.runs
            if child.tail and (runs or not child.tail.isspace()):
                runs.append(_Run(child.tail, linked))

    def enter(self, element: Element, around: _Frame, *, linked: bool) -> None:
        """Read a block-level element: what came before it is a block of its own."""
        self.flush(around)
        frame = _Frame(element, around, hidden=around.hidden or _is_hidden(element))
        if frame.role is Role.TABLE and element.tag == "tr":
            self.read_row(element, frame)
        else:
            self.walk(element, frame, linked=linked)
        self.flush(frame)

    def read_row(self, row: Element, frame: _Frame) -> None:
        """Read a table row: as one block if it holds data, else cell by cell."""
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if not _is_data(cells):
            frame.role = Role.PARAGRAPH
            self.walk(row, frame, linked=False)
            return
        for cell in cells:
            if self.runs:
                self.runs.append(_Run(" | ", linked=False))
            self.walk(cell, frame, linked=False)

    def set_aside(self, element: Element, around: _Frame, *, linked: bool) -> None:
        """Read an inline element that is not shown: it becomes a block behind the one around it, uncut."""
        outer, self.runs = self.runs, []
        frame = _Frame(element, around, hidden=True)
        self.walk(element, frame, linked=linked or element.tag == "a")
        self.aside.append((frame, self.runs))
        self.runs = outer

    def flush(self, frame: _Frame) -> None:
        """End the block that is being read."""
        if self.runs:
            runs, self.runs = self.runs, []
            self.emit(runs, frame)
        if self.aside:
            aside, self.aside = self.aside, []
            for hidden_frame, hidden_runs in aside:
                self.emit(hidden_runs, hidden_frame)

    def emit(self, runs: list[_Run], frame: _Frame) -> None:
        for paragraph in _paragraphs(runs):
            text = _text(paragraph, keep_lines=frame.role is Role.CODE)
            if text and not (frame.hidden and _is_markup(text)):
                self.elements.append(frame.element)
                self.blocks.append(
                    Block(
                        index=len(self.blocks),
                        text=text,
                        role=frame.role,
                        path=frame.where(),
                        depth=frame.depth,
                        link_share=_link_share(paragraph),
                        hidden=frame.hidden,
                    )
                )


def _role(tag: str, around: Role) -> Role:
    role = _ROLES.get(tag)
    if role is not None:
        return role
    return around if around in _HANDED_DOWN and tag not in _RESETS else Role.PARAGRAPH


def _step(element: Element) -> str:
    identity, classes = element.get("id"), element.get("class")
    step = str(element.tag)
    if identity:
        step += "#" + identity.split("/")[0].strip()
    if classes:
        step += "".join("." + name for name in classes.replace("/", "-").split()[:_MAX_CLASSES])
    return step


def _is_hidden(element: Element) -> bool:
    if element.tag in _FALLBACK:
        return True
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or (element.tag == "dialog" and "open" not in attributes):
        return True
    style = attributes.get("style")
    return bool(style and _NOT_SHOWN.search(style))


def _holds_blocks(element: Element) -> bool:
    return any(inner.tag in _BLOCK_TAGS for inner in element.iterdescendants())


def _is_markup(text: str) -> bool:
    """Whether hidden text is escaped markup: so a browser writes the inside of ``<noscript>`` when it saves a page."""
    return text.startswith("<") and text.endswith(">")


def _is_data(cells: list[Element]) -> bool:
    """Whether a row's cells hold entries of a table rather than parts of a page's layout."""
    if len(cells) < _FEWEST_CELLS:
        return False
    for cell in cells:
        breaks = 0
        for element in cell.iter():
            if element is not cell and element.tag in _BLOCK_TAGS and element.tag != "p":
                return False
            breaks += element.tag in ("br", "p")
        if breaks > _MOST_LINES or len("".join(cell.itertext())) > _LONGEST_CELL:
            return False
    return True


def _paragraphs(runs: list[_Run]) -> Iterator[list[_Run]]:
    """Cut at two line breaks or more with nothing but space between them."""
    if _BREAK not in runs:
        yield runs
        return
    paragraph: list[_Run] = []
    breaks = 0
    for run in runs:
        if run.text is None:
            breaks += 1
        elif breaks and not run.text.strip():
            continue
        else:
            if breaks > 1:
                yield paragraph
                paragraph = []
            elif breaks:
                paragraph.append(_BREAK)
            breaks = 0
            paragraph.append(run)
    yield paragraph


def _text(runs: list[_Run], *, keep_lines: bool) -> str:
    if keep_lines:
        return "".join("\n" if run.text is None else run.text for run in runs).strip("\n").rstrip()
    if _BREAK not in runs:
        return one_line("".join([run.text or "" for run in runs]))
    rows: list[list[str]] = [[]]
    for run in runs:
        if run.text is None:
            rows.append([])
        else:
            rows[-1].append(run.text)
    return "\n".join(filter(None, (one_line("".join(row)) for row in rows)))


def _link_share(runs: Iterable[_Run]) -> float:
    linked = total = 0
    for run in runs:
        if run.text is not None:
            size = len(run.text.strip())
            total += size
            linked += size if run.linked else 0
    return linked / total if total else 0.0

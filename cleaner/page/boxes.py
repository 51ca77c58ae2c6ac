"""Boxes of a page: its block-level elements, the pictures in them, and the markup of a page for judges."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import NamedTuple

from cleaner.compiled import serve_compiled
from cleaner.model import Role
from cleaner.page.dom import ORIGIN, Dom, Element

_MAX_CLASSES = 3


@serve_compiled("boxes")
class Box:
    """A block-level element of the page, with its parent box, as in layout."""

    __slots__ = ("_path", "depth", "element", "end", "hidden", "number", "parent", "role")

    def __init__(self, element: Element, parent: Box | None, number: int, role: Role, *, hidden: bool) -> None:
        self.element = element
        self.parent = parent
        self.number = number
        """Its position among the boxes of the page, parents before children; the boxes inside it are below ``end``."""
        self.end = number + 1
        self.role = role
        self.hidden = hidden
        self.depth: int = parent.depth + 1 if parent else 0
        self._path: str | None = None

    @property
    def path(self) -> str:
        """The element path with ids and classes; computed on first use, as most boxes contain no block."""
        if self._path is None:
            step = read_step(self.element, _write_step)
            self._path = f"{self.parent.path}/{step}" if self.parent else step
        return self._path


def is_inside(box: Box | None, tags: Collection[str]) -> bool:
    """Whether ``box``, or one around it, is an element of one of ``tags``."""
    while box is not None:
        if box.element.tag in tags:
            return True
        box = box.parent
    return False


@serve_compiled("element_reader")
def read_step(element: Element, write: Callable[[str, str | None, str | None], str]) -> str:
    """The step of ``element`` in a path: what ``write`` makes of its tag, id and classes, or where a stored article was found."""
    if element.tag == "article" and (origin := element.get(ORIGIN)):
        return origin
    return write(str(element.tag), element.get("id"), element.get("class"))


@lru_cache(maxsize=16384)
def _write_step(step: str, identity: str | None, classes: str | None) -> str:
    if identity:
        step += "#" + identity.split("/")[0].strip()
    if classes:
        step += "".join("." + name for name in classes.replace("/", "-").split()[:_MAX_CLASSES])
    return step


class Picture(NamedTuple):
    """An ``img`` element of a page, and where it is."""

    element: Element
    box: Box
    after: int
    """Index of the last block that begins before it; -1 if there is none."""


class PageMarkup(NamedTuple):
    """The markup of an HTML page for judges: the tree, the box of each block, and the pictures."""

    dom: Dom
    boxes: tuple[Box, ...]
    """By block index."""
    pictures: tuple[Picture, ...] = ()
    items: tuple[tuple[int, Box], ...] = ()
    """The index of its run, and its box, for each block that was joined with others."""

    @property
    def elements(self) -> tuple[Element, ...]:
        """The element of each block, by block index."""
        return tuple(box.element for box in self.boxes)

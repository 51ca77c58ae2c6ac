"""Numbers of the items of ordered lists, which browsers show but the page's text does not contain."""

from __future__ import annotations

import re

from cleaner.language.list_numbers import write_item_number
from cleaner.page.dom import Element

# A number with more digits is not that of an item.
_NUMBER = re.compile(r"\s*([+-]?\d{1,9})(?!\d)")
_UNMARKED = re.compile(r"(?:^|;)(?>[^;]*?list-style(?:-type)?\s*:)[^;]*\bnone\b", re.IGNORECASE)


class OrderedList:
    """Counts the items of an ``ol`` element as they are read."""

    def __init__(self, element: Element) -> None:
        self._style = element.get("type") or "1"
        self._marked = not _UNMARKED.search(element.get("style") or "")
        backwards = element.get("reversed") is not None
        start = _read_number(element.get("start"))
        if start is None:
            start = sum(child.tag == "li" for child in element) if backwards else 1
        self._step = -1 if backwards else 1
        self._next = start

    def next_marker(self, item: Element) -> str | None:
        """The marker of ``item``, the next ``li`` of the list; None if the page hides it."""
        value = _read_number(item.get("value"))
        number = self._next if value is None else value
        self._next = number + self._step
        return write_item_number(number, item.get("type") or self._style) if self._marked else None


def _read_number(text: str | None) -> int | None:
    found = _NUMBER.match(text) if text else None
    return int(found[1]) if found else None

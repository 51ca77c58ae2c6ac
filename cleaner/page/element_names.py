"""What elements are called, by some of their attributes, and the inline elements in them: read for thousands of elements a page."""

from __future__ import annotations

from itertools import islice

from cleaner.compiled import serve_compiled
from cleaner.page.dom import Element


@serve_compiled("element_reader")
def read_names(element: Element, attributes: frozenset[str]) -> str:
    """The values of those ``attributes`` that ``element`` has, in the order of the page, with a blank between."""
    return " ".join([value for name, value in element.items() if name in attributes])


@serve_compiled("element_reader")
def read_inline_elements(
    element: Element, attributes: frozenset[str], skipped: frozenset[str], limit: int
) -> list[tuple[str, str, str | None]]:
    """Tag, names and, of a link, the address of each of the first ``limit`` elements inside ``element`` but the ``skipped`` tags.

    The names are those of :func:`read_names`.
    """
    if not len(element):
        return []
    return [
        (tag, read_names(inner, attributes), inner.get("href") if tag == "a" else None)
        for inner in islice(element.iterdescendants("*"), limit)
        if (tag := str(inner.tag)) not in skipped
    ]

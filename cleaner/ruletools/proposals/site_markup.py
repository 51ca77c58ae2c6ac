"""The markup of a page while rules are made for it: hundreds of selectors are tried for each mark."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from cleaner.page.dom import Dom, Element
from cleaner.rulebook import Markup

_NAMED = re.compile(r"[a-z][a-z0-9]*(?:[#.][A-Za-z][\w-]*)?")
"""An element with at most one class or id, the form in which elements are proposed."""


class SiteMarkup(Markup):
    """Finds the blocks inside named elements in an index instead of searching the tree, and remembers the others."""

    def __init__(self, dom: Dom, elements: Sequence[Element]) -> None:
        super().__init__(dom, elements)
        self._own = elements
        self._known: dict[str, frozenset[int]] = {}

    def blocks_inside(self, selector: str) -> frozenset[int]:
        """Return the indices of the blocks whose element, or one around it, matches ``selector`` (CSS or XPath)."""
        if selector not in self._known:
            self._known[selector] = self._find(selector)
        return self._known[selector]

    def element_of(self, block: int) -> Element:
        """Return the element that contains the text of ``block``."""
        return self._own[block]

    def _find(self, selector: str) -> frozenset[int]:
        outer, _, inner = selector.rpartition(" ")
        if not all(_NAMED.fullmatch(name) for name in (outer, inner) if name):
            return super().blocks_inside(selector)
        found = self._by_name.get(inner, frozenset())
        if outer:
            both = found & self._by_name.get(outer, frozenset())
            found = frozenset(index for index in both if self._is_below(self._own[index], outer, inner))
        return found

    @cached_property
    def _by_name(self) -> dict[str, frozenset[int]]:
        blocks: defaultdict[str, set[int]] = defaultdict(set)
        names: dict[Element, frozenset[str]] = {}
        for index, element in enumerate(self._own):
            for name in _collect_names(element, names):
                blocks[name].add(index)
        return {name: frozenset(found) for name, found in blocks.items()}

    @staticmethod
    def _is_below(element: Element, outer: str, inner: str) -> bool:
        """Whether an element named ``inner``, around or at ``element``, is inside one named ``outer``."""
        chain = [element, *element.iterancestors()]
        place = next((at for at, one in enumerate(chain) if inner in _list_names(one)), len(chain))
        return any(outer in _list_names(one) for one in chain[place + 1 :])


def _collect_names(element: Element, known: dict[Element, frozenset[str]]) -> frozenset[str]:
    """Return the names of ``element`` and of all around it; ``known`` has those of elements seen before."""
    chain: list[Element] = []
    current: Element | None = element
    while current is not None and current not in known:
        chain.append(current)
        current = current.getparent()
    names = known[current] if current is not None else frozenset[str]()
    for one in reversed(chain):
        names = known[one] = names.union(_list_names(one))
    return names


def _list_names(element: Element) -> Iterator[str]:
    tag = element.tag
    if not isinstance(tag, str):
        return
    yield tag
    if name := element.get("id"):
        yield f"{tag}#{name}"
    for name in (element.get("class") or "").split():
        yield f"{tag}.{name}"

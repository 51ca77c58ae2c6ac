"""Whose page it is, told by what stands on it: signatures in a dump, fingerprints in markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cleaner.language.characters import normalize_line
from cleaner.page.dom import Dom
from cleaner.rulebook.pickling import Portable
from cleaner.rulebook.regexes import PatternSet, compile_literals

_NAME = r"[\w-]+"
_VALUE = rf"""(?:"([^"\\&]+)"|'([^'\\&]+)'|({_NAME}))"""
_CONDITION = re.compile(rf"[.#]({_NAME})|\[{_NAME}(?:[~|^$*]?={_VALUE})?\]")
_ELEMENT = re.compile(rf"(?:[a-zA-Z][\w-]*)?(?:{_CONDITION.pattern})+")


def signature_key(fingerprint: str) -> str | None:
    """What the source of every page with this fingerprint holds: its longest class, id or attribute value.

    None where it has none, or is not the selector of one element by tag, classes, ids and attributes.
    """
    if not _ELEMENT.fullmatch(fingerprint):
        return None
    held = [text for found in _CONDITION.finditer(fingerprint) for text in found.groups() if text]
    return max(held, key=len, default=None)


class _MarkOwners:
    """Texts that owners are known by, found in one pass."""

    def __init__(self, owned: Iterable[tuple[str, int]]) -> None:
        self._owners: dict[str, list[int]] = {}
        for mark, owner in owned:
            self._owners.setdefault(mark, []).append(owner)
        self._lists = list(self._owners.values())
        self._set: PatternSet = compile_literals(list(self._owners))

    def owners(self, text: str | bytes) -> Counter[int]:
        """For each owner how many of its marks occur in ``text``."""
        return Counter(owner for index in self._set.found(text) for owner in self._lists[index])


@dataclass(frozen=True)
class Signatures(Portable):
    """Sites or networks by the texts that a dump of theirs holds."""

    of: tuple[tuple[str, ...], ...]

    def borne(self, text: str) -> Sequence[int]:
        """Indices of those whose signatures, one or more, all occur in ``text``, white space squeezed."""
        if not any(self.of):
            return ()
        hits = self._marks.owners(normalize_line(text))
        return [index for index, count in sorted(hits.items()) if count == len(self.of[index])]

    @cached_property
    def _marks(self) -> _MarkOwners:
        return _MarkOwners((mark, index) for index, marks in enumerate(self.of) for mark in marks)


@dataclass(frozen=True)
class Fingerprints(Portable):
    """Networks by the elements that a page of theirs has."""

    of: tuple[tuple[str, ...], ...]

    def borne(self, dom: Dom) -> Sequence[int]:
        """Indices of those of whose fingerprints the page has any.

        A pass over the page's source says which can be there at all, so that few elements are looked for.
        """
        if not self._selectors:
            return ()
        possible = sorted(self._marks.owners(dom.source))
        found: list[int] = []
        for selector, index in (self._selectors[at] for at in possible):
            if index not in found and dom.select([selector]):
                found.append(index)
        return found

    @cached_property
    def _selectors(self) -> list[tuple[str, int]]:
        return [(selector, index) for index, selectors in enumerate(self.of) for selector in selectors]

    @cached_property
    def _marks(self) -> _MarkOwners:
        return _MarkOwners((signature_key(selector) or "", at) for at, (selector, _) in enumerate(self._selectors))

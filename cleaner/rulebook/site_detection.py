"""Recognising a page's site or network by its content: by signatures in a dump, by fingerprints in markup."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cleaner.language.characters import normalize_line
from cleaner.page.dom import Dom
from cleaner.rulebook.pickling import PickledByFields
from cleaner.rulebook.regexes import PatternSet, compile_literals

_NAME = r"[\w-]+"
_VALUE = rf"""(?:"([^"\\&]+)"|'([^'\\&]+)'|({_NAME}))"""
_CONDITION = re.compile(rf"[.#]({_NAME})|\[{_NAME}(?:[~|^$*]?={_VALUE})?\]")
_ELEMENT = re.compile(rf"(?:[a-zA-Z][\w-]*)?(?:{_CONDITION.pattern})+")


@lru_cache(maxsize=1)
def _flatten(text: str) -> str:
    """The text of a dump on one line, in which sites and networks are looked for."""
    flat = text.replace("\n", " ")
    if not flat.isprintable():
        return normalize_line(text)
    # Only spaces are whitespace, of which a page has less than words.
    while "  " in flat:
        flat = flat.replace("  ", " ")
    flat = flat.strip(" ")
    return flat if flat.isascii() else unicodedata.normalize("NFC", flat)


def find_required_text(fingerprint: str) -> str | None:
    """Return a text that the source of every page with this fingerprint contains: its longest class, id or value.

    None if it has none, or is not the selector of one element by tag, classes, ids and attributes.
    """
    if not _ELEMENT.fullmatch(fingerprint):
        return None
    held = [text for found in _CONDITION.finditer(fingerprint) for text in found.groups() if text]
    return max(held, key=len, default=None)


class _OwnerIndex:
    """Texts, each with the owners that it identifies, all searched in one pass."""

    def __init__(self, owned: Iterable[tuple[str, int]]) -> None:
        self._owners: dict[str, list[int]] = {}
        for mark, owner in owned:
            self._owners.setdefault(mark, []).append(owner)
        self._lists = list(self._owners.values())
        self._set: PatternSet = compile_literals(list(self._owners))

    def count_owners(self, text: str | bytes) -> Counter[int]:
        """Return for each owner how many of its marks occur in ``text``."""
        return Counter(owner for index in self._set.find_matches(text) for owner in self._lists[index])


@dataclass(frozen=True)
class Signatures(PickledByFields):
    """Sites or networks, each with the texts that all its dumps contain."""

    by_owner: tuple[tuple[str, ...], ...]

    def find_matching(self, text: str) -> Sequence[int]:
        """Return the indices of those whose signatures, one or more, all occur in ``text`` with normalised spaces."""
        if not any(self.by_owner):
            return ()
        hits = self._marks.count_owners(_flatten(text))
        return [index for index, count in sorted(hits.items()) if count == len(self.by_owner[index])]

    @cached_property
    def _marks(self) -> _OwnerIndex:
        return _OwnerIndex((mark, index) for index, marks in enumerate(self.by_owner) for mark in marks)


@dataclass(frozen=True)
class Fingerprints(PickledByFields):
    """Networks, each with the selectors of elements that its pages have."""

    by_owner: tuple[tuple[str, ...], ...]

    def find_matching(self, dom: Dom) -> Sequence[int]:
        """Return the indices of those with a fingerprint that matches on the page.

        A pass over the page's source finds which fingerprints are possible, so that few selectors are run.
        """
        if not self._selectors:
            return ()
        possible = sorted(self._marks.count_owners(dom.source))
        found: list[int] = []
        for selector, index in (self._selectors[at] for at in possible):
            if index not in found and dom.select([selector]):
                found.append(index)
        return found

    @cached_property
    def _selectors(self) -> list[tuple[str, int]]:
        return [(selector, index) for index, selectors in enumerate(self.by_owner) for selector in selectors]

    @cached_property
    def _marks(self) -> _OwnerIndex:
        return _OwnerIndex((find_required_text(selector) or "", at) for at, (selector, _) in enumerate(self._selectors))

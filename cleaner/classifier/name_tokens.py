"""What the elements around and inside each block are called, and where their links lead, as hashed tokens."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.text_tokens import Hashes, Index, Tokens, mix_bits
from cleaner.compiled import serve_compiled
from cleaner.page.boxes import Box
from cleaner.page.element_names import read_inline_elements, read_names

_Hashed = frozenset[int]
_NAME_ATTRIBUTES = frozenset(
    {"id", "class", "itemprop", "role", "data-component", "data-testid", "aria-label", "data-module", "rel"}
)
_PART = re.compile(r"[a-z]+|[A-Z][a-z]*|\d+|[^\W\d_]+")
_MAX_NAMES, _MAX_PARTS = 12, 6
_HOST = re.compile(r"(?:https?:)?//([^/?#]*)")
_MAX_ADDRESS_CHARS = 200
_MAX_INLINE = 8
"""Elements inside a block that are looked at. Their addresses say more than any name: ``/author/``, ``/tag/``, ``sharer.php``."""
_NEAR, _MIDDLE, _FAR, _INSIDE = (0x9E3779B1 * salt & 0xFFFFFFFF for salt in range(1, 5))
"""Salts: the same name means something else on a block's own element than on one far out."""


_REMEMBERED = 1 << 12
"""Names, and addresses, whose tokens are remembered: those of a few dozen pages, for those of a site have most in common. Each
takes about 1 KB; sixteen times as many took more memory than all else."""


class NameTokens(NamedTuple):
    """Tokens of sets of elements, and the sets of each block.

    A block has three: its own element with those in it, the two around it, and all others around.
    """

    tokens: Tokens
    rows: NDArray[np.intp]
    """Blocks by three: rows of ``tokens``."""


def hash_names(boxes: Sequence[Box], is_block: frozenset[str]) -> NameTokens:
    """The names around the blocks that stand in ``boxes``; ``is_block`` has the tags that no block's text runs through."""
    hashes, starts, rows = hash_name_sets(list(boxes), _NAME_ATTRIBUTES, is_block)
    return NameTokens(Tokens(mix_bits(hashes), starts), rows)


@serve_compiled("name_hashes")
def hash_name_sets(
    boxes: list[Box], attributes: frozenset[str], skipped: frozenset[str]
) -> tuple[Hashes, Index, Index]:
    """The sets of tokens of the elements around and inside ``boxes``, one after the other, where each starts, and the sets of each box.

    Names are the values of ``attributes``; elements in a box with one of the ``skipped`` tags are left out. The order of sets, and
    of the tokens in them, is not defined, except that the first set is empty.
    """
    found = _NameSets(attributes, skipped)
    rows = {box.number: found.number_sets(box) for box in {box.number: box for box in boxes}.values()}
    starts = np.zeros(len(found.sets) + 1, dtype=np.intp)
    np.cumsum([len(tokens) for tokens in found.sets], out=starts[1:])
    hashes = np.fromiter(chain.from_iterable(found.sets), np.uint32, starts[-1])
    hashes ^= np.repeat(np.array(found.salts, dtype=np.uint32), np.diff(starts))
    return hashes, starts, np.array([rows[box.number] for box in boxes])


class _NameSets:
    """The sets of tokens of a page, each once, and the salt that each is hashed with."""

    def __init__(self, attributes: frozenset[str], skipped: frozenset[str]) -> None:
        self.sets: list[Collection[int]] = [()]
        self.salts = [0]
        self._attributes = attributes
        self._skipped = skipped
        self._own: dict[int, tuple[str, str]] = {}
        self._middle: dict[int, int] = {}
        self._far: dict[int, int] = {}

    def number_sets(self, box: Box) -> tuple[int, int, int]:
        """The numbers of the sets of a block in ``box``."""
        parent = box.parent
        outer = parent.parent.parent if parent and parent.parent else None
        return self._add_set(self._collect_near(box), 0), self._number_middle(parent), self._number_far(outer)

    def _add_set(self, tokens: Collection[int], salt: int) -> int:
        self.sets.append(tokens)
        self.salts.append(salt)
        return len(self.sets) - 1

    def _read_box(self, box: Box) -> tuple[str, str]:
        known = self._own.get(box.number)
        if known is None:
            known = self._own[box.number] = str(box.element.tag), read_names(box.element, self._attributes)
        return known

    def _collect_near(self, box: Box) -> set[int]:
        """Of a block's own element, and the inline elements in it."""
        element = box.element
        tag, names = self._read_box(box)
        own = set(_hash_salted(tag, names, _NEAR))
        if tag == "a" and (href := element.get("href")):
            own |= _hash_address(href[:_MAX_ADDRESS_CHARS])
        for inner, called, href in read_inline_elements(element, self._attributes, self._skipped, _MAX_INLINE):
            own |= _hash_salted(inner, called, _INSIDE)
            if href:
                own |= _hash_address(href[:_MAX_ADDRESS_CHARS])
        return own

    def _number_middle(self, box: Box | None) -> int:
        """Of a box and the one around it."""
        if box is None:
            return 0
        known = self._middle.get(box.number)
        if known is None:
            own = _hash_name(*self._read_box(box))
            if box.parent:
                own |= _hash_name(*self._read_box(box.parent))
            known = self._middle[box.number] = self._add_set(own, _MIDDLE)
        return known

    def _number_far(self, box: Box | None) -> int:
        """Of a box and all around it."""
        if box is None:
            return 0
        known = self._far.get(box.number)
        if known is None:
            own = _hash_name(*self._read_box(box)).union(self.sets[self._number_far(box.parent)])
            known = self._far[box.number] = self._add_set(own, _FAR)
        return known


@lru_cache(maxsize=_REMEMBERED)
def _hash_salted(tag: str, named: str, salt: int) -> _Hashed:
    return frozenset([token ^ salt for token in _hash_name(tag, named)])


@lru_cache(maxsize=_REMEMBERED)
def _hash_name(tag: str, named: str) -> _Hashed:
    """A tag, the parts of the names, and their neighbouring pairs."""
    return _hash_tag(tag).union(*map(_hash_parts, named.split()[:_MAX_NAMES])) if named else _hash_tag(tag)


@lru_cache(maxsize=1024)
def _hash_tag(tag: str) -> _Hashed:
    return frozenset((crc32(_encode(f"<{tag}")),))


@lru_cache(maxsize=_REMEMBERED)
def _hash_parts(name: str) -> _Hashed:
    """The parts of a name, and their neighbouring pairs."""
    parts = [_encode(part.lower()) for part in _PART.findall(name)[:_MAX_PARTS]]
    hashes = [crc32(part) for part in parts]
    return frozenset((*hashes, *[crc32(b"_" + part, before) for before, part in zip(hashes, parts[1:], strict=False)]))


@lru_cache(maxsize=_REMEMBERED)
def _hash_address(href: str) -> _Hashed:
    """The host, the first parts of the path, and how deep and how long-winded it is."""
    match = _HOST.match(href)
    path = (href[match.end() :] if match else href).partition("?")[0]
    host = match[1].lower().removeprefix("www.") if match else ""
    scheme, colon, _ = href[:12].partition(":")
    return frozenset(
        (
            *[crc32(_encode(part.lower()), _PATH) for part in _PART.findall(path)[:4]],
            crc32(_encode(host), _HOST_START),
            _DEEP[min(path.count("/"), _MAX_COUNTED)],
            _LONG[min(path.count("-"), _MAX_COUNTED)],
            crc32(_encode(scheme if colon else str(href[:1] == "#")), _SCHEME),
        )
    )


def _encode(token: str) -> bytes:
    return token.encode("utf-8", "replace")


_MAX_COUNTED = 6
"""Slashes and hyphens of an address that are counted."""
# A checksum goes on from that of the start of a token: the start is read once.
_PATH, _HOST_START, _SCHEME = (crc32(start) for start in (b"a:p:", b"a:host:", b"a:scheme:"))
_DEEP, _LONG = ([crc32(f"a:{name}:{count}".encode()) for count in range(_MAX_COUNTED + 1)] for name in ("deep", "long"))


def hash_single_names(names: Sequence[tuple[str, int]]) -> Tokens:
    """The tokens of single classes or ids, each with its distance from the block: 0 for its own element."""
    salts = (_NEAR, _MIDDLE, _MIDDLE)
    rows = [
        [token ^ (salts[distance] if distance < len(salts) else _FAR) for token in _hash_parts(name)]
        for name, distance in names
    ]
    starts = np.cumsum([0, *map(len, rows)])
    return Tokens(mix_bits(np.fromiter(chain.from_iterable(rows), np.uint32, starts[-1])), starts)

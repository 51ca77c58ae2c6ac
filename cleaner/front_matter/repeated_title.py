"""The title that a dump begins with and shows again: what the title of a page and the headline on it have in common."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from cleaner.front_matter.headline_evidence import measure_size, squeeze
from cleaner.language.sentences import is_unspaced
from cleaner.model import Blocks

# Numbers of this module were chosen by reading pages.
_MAX_CHARS = 260
_MIN_SIZE, _MIN_WORDS = 20, 3
"""Size and words of a title; what is shorter is repeated by chance."""
_FIRST_BLOCKS, _MAX_SITE_WORDS = 4, 4
"""Blocks with one of which the title may end, and words of a site's name that is repeated with it."""
_JOINTS = "|–—·•:»«~›>/-_｜│"
"""Marks between a page's title and the name of its site."""
_MARKS = f" {_JOINTS}*#\\"


class RepeatedTitle(NamedTuple):
    """The longest text that a dump begins with and contains again."""

    text: str
    key: str
    """Its letters and digits."""
    parted: bool
    """Whether a mark follows it where it is first, as between the title of a page and its site; else a line ends."""


def find_repeated_title(blocks: Blocks) -> RepeatedTitle | None:
    """The title that ``blocks`` begin with, if a mark or the end of a block follows it; None without one."""
    full = " ".join(block.text for block in blocks).replace("\n", " ")
    folded = full.casefold()
    if len(folded) != len(full):
        folded = full
    ends = _list_ends(full)
    low = next((number for number, end in enumerate(ends) if _is_long(full[:end])), None)
    if low is None or not _is_repeated(folded, ends[low]):
        return None
    high = len(ends) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _is_repeated(folded, ends[middle]) else (low, middle - 1)
    beginning = full[: ends[low]].rstrip(_MARKS)
    borders = set(accumulate(len(block.text) + 1 for block in blocks[:_FIRST_BLOCKS]))
    is_parted = _is_parted(full, len(beginning))
    if not is_parted and borders.isdisjoint((len(beginning) + 1, ends[low] + 1)):
        joint = max(beginning.rfind(f" {mark} ") for mark in _JOINTS)
        if joint < 0 or len(beginning[joint:].split()) > _MAX_SITE_WORDS + 1:
            return None
        beginning, is_parted = beginning[:joint], True
    text = beginning.strip(_MARKS)
    return RepeatedTitle(text, squeeze(text), is_parted) if _is_long(text) else None


def _is_parted(full: str, end: int) -> bool:
    """Whether a mark that joins titles follows."""
    follower = full[end:].lstrip(" ")[:1]
    return follower != "" and follower in _JOINTS


def _list_ends(full: str) -> list[int]:
    """Where the title may end: before a blank, and in scripts without blanks before any character."""
    head = full[:_MAX_CHARS]
    unspaced = is_unspaced(head)
    return [at for at in range(1, len(head)) if head[at] == " " or (unspaced and head[at - 1] != " ")]


def _is_long(text: str) -> bool:
    return measure_size(text) >= _MIN_SIZE and (is_unspaced(text) or len(text.split()) >= _MIN_WORDS)


def _is_repeated(folded: str, end: int) -> bool:
    return folded.find(folded[:end], end) >= 0

"""Text that a paywall shows instead of the article's: shifted letters, random letters, Latin filler, mostly under a blur."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from string import ascii_lowercase

from cleaner import data
from cleaner.data.file_types import FunctionWords
from cleaner.model import Block, Blocks, Role
from cleaner.page.dom import Box

_FREQUENT = frozenset(data.flatten_words(data.load_data(FunctionWords).words))
_LONG_FREQUENT = frozenset(word for word in _FREQUENT if len(word) > 2)  # noqa: PLR2004  two letters occur by chance
_MARKS = re.compile(r"[\W\d_]")
_SHIFTS = tuple(str.maketrans(ascii_lowercase, ascii_lowercase[n:] + ascii_lowercase[:n]) for n in range(1, 26))
_FILLER = frozenset(
    "lorem ipsum dolor amet consectetur adipiscing elit eiusmod tempor incididunt labore magna aliqua".split()
)
_OBSCURED_STYLE = re.compile(r"filter\s*:\s*blur|user-select\s*:\s*none|text-shadow\s*:\s*0 0 [1-9]", re.IGNORECASE)
_OBSCURED_CLASS = re.compile(r"blur|obfuscat|scrambl|encrypt|paywall|teaser-text|locked", re.IGNORECASE)

# Numbers of this module were chosen by reading pages; that nothing else is found was checked on 1,000 pages.
_MIN_WORDS = 8
"""Words of a text that must contain a frequent one in any language listed."""
_MIN_SHIFTED_SHARE = 0.15
"""Share of frequent words of three or more letters in a text whose letters were shifted back."""
_MIN_SHIFTED_WORDS = 3
"""Different frequent words in it."""
_MAX_FREQUENT_SHARE = 0.04
"""Share of frequent words in a text of shifted or random letters, by chance."""
_MIN_LETTERS_SHARE = 0.8
"""Share of words that consist of the letters a to z; lower in code, tables and languages with accents."""
_MIN_FILLER_WORDS = 4


def find_scrambled(blocks: Blocks, boxes: Sequence[Box], keep: Iterable[int]) -> frozenset[int]:
    """Indices of the blocks in ``keep`` that are no text of any language.

    Shifted letters are recognised anywhere, random letters and filler only in an element that is blurred or cannot be
    selected.
    """
    return frozenset(index for index in keep if _is_scrambled(blocks[index], boxes[index]))


def _is_scrambled(block: Block, box: Box) -> bool:
    words = block.text.lower().split()
    if len(words) < _MIN_WORDS or block.role is not Role.PARAGRAPH:
        return False
    if sum(word in _FREQUENT for word in words) > _MAX_FREQUENT_SHARE * len(words):
        return len(_FILLER.intersection(words)) >= _MIN_FILLER_WORDS and _is_obscured(box)
    letters = [word for word in map(_strip_marks, words) if word.isascii() and word.isalpha()]
    return len(letters) >= _MIN_LETTERS_SHARE * len(words) and (_is_shifted(letters) or _is_obscured(box))


def _strip_marks(word: str) -> str:
    return _MARKS.sub("", word)


def _is_shifted(words: Sequence[str]) -> bool:
    """Whether some shift of the alphabet makes a text of ``words``."""
    text = " ".join(words)
    for shift in _SHIFTS:
        found = [word for word in text.translate(shift).split() if word in _LONG_FREQUENT]
        if len(set(found)) >= _MIN_SHIFTED_WORDS and len(found) >= _MIN_SHIFTED_SHARE * len(words):
            return True
    return False


def _is_obscured(box: Box | None) -> bool:
    """Whether a browser blurs what is in ``box``, or does not let a reader select it."""
    while box is not None and box.element.tag not in ("body", "html"):
        element = box.element
        if _OBSCURED_STYLE.search(element.get("style") or "") or _OBSCURED_CLASS.search(element.get("class") or ""):
            return True
        box = box.parent
    return False

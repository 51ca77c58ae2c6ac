"""Text that a paywall shows instead of the article's: shifted letters, random letters, Latin filler, mostly under a blur."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from string import ascii_lowercase

from cleaner import data
from cleaner.data.word_types import FunctionWords
from cleaner.model import Block, Blocks, Role
from cleaner.page.boxes import Box

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
_MIN_LISTED_SHARE = 0.1
"""Share of frequent words in the other text of a page in one of the languages listed."""


def find_scrambled(blocks: Blocks, boxes: Sequence[Box], keep: Iterable[int]) -> frozenset[int]:
    """Indices of the blocks in ``keep`` that are no text of any language.

    Shifted letters are recognised anywhere; random letters and filler only in an element that is blurred or cannot be
    selected, on a page in one of the languages listed.
    """
    kept = list(keep)
    suspects = [index for index in kept if _may_be_scrambled(blocks[index])]
    shifted = [index for index in suspects if _is_shifted(_split_letters(blocks[index].text))]
    obscured = [index for index in suspects if index not in shifted and _is_obscured(boxes[index])]
    if obscured and _share_frequent(" ".join(blocks[i].text for i in kept if i not in suspects)) < _MIN_LISTED_SHARE:
        obscured = []
    return frozenset((*shifted, *obscured))


def _may_be_scrambled(block: Block) -> bool:
    if block.role is not Role.PARAGRAPH:
        return False
    words = block.text.lower().split()
    if len(words) < _MIN_WORDS:
        return False
    if sum(map(_FREQUENT.__contains__, words)) > _MAX_FREQUENT_SHARE * len(words):
        return len(_FILLER.intersection(words)) >= _MIN_FILLER_WORDS
    return len(_split_letters(block.text)) >= _MIN_LETTERS_SHARE * len(words)


def _split_letters(text: str) -> list[str]:
    """The words that consist of the letters a to z, apart from marks around and in them."""
    return [word for word in map(_strip_marks, text.lower().split()) if word.isascii() and word.isalpha()]


def _share_frequent(text: str) -> float:
    words = text.lower().split()
    return sum(map(_FREQUENT.__contains__, words)) / len(words) if words else 0.0


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

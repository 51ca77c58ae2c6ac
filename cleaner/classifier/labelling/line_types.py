"""The shape of a text: how long it is, and whether it ends as sentences do."""

from __future__ import annotations

import re
from enum import Enum

from cleaner.language.sentences import ends_like_sentence, is_unspaced


class LineType(Enum):
    """How a text looks."""

    MARK = "no letters"
    SHORT = "a few words, as buttons and entries of menus have"
    LINE = "as long as a headline, or ended as headlines are"
    PROSE = "one sentence or more"


# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_SHORT_WORDS = 3
_SHORT = 30
"""Characters."""
_LINE_WORDS = 25
_SENTENCE_WORDS = 8
_UNSPACED_SHORT = 8
_UNSPACED_LINE = 45
"""Characters of lines in scripts that set no spaces."""
_LETTER = re.compile(r"[^\W\d_]")


def classify_line(text: str) -> LineType:
    """How ``text`` looks."""
    if not _LETTER.search(text):
        return LineType.MARK
    if is_unspaced(text):
        if len(text) <= _UNSPACED_SHORT:
            return LineType.SHORT
        return LineType.PROSE if len(text) > _UNSPACED_LINE or text.endswith("。") else LineType.LINE
    words = text.count(" ") + 1
    if words <= _SHORT_WORDS and len(text) <= _SHORT and not text.endswith(("!", ".")):
        return LineType.SHORT
    if words > _LINE_WORDS or (words > _SENTENCE_WORDS and ends_like_sentence(text)):
        return LineType.PROSE
    return LineType.LINE

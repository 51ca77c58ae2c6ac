"""Tags of HTML that are text of a dump: what ``noscript`` holds, and text of a page that was escaped twice.

A line that is nothing but tags is markup. Tags around words of a sentence go, and the words stay. Code that shows HTML,
and text about tags, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.language.sentences import ends_like_sentence
from cleaner.model import Role
from cleaner.page.notation.markdown_marks import TAG, TAGS_ALONE
from cleaner.page.notation.pieces import Piece

_TAG_OR_COMMENT = re.compile(rf"{TAG.pattern}|<!--", re.IGNORECASE)
_EMBEDDED = re.compile(r"<(?:img|iframe|embed|object|source|video|link|meta|input)[\s/][^<>]*=", re.IGNORECASE)
_BREAK = re.compile(r"\s?<br\s?/?>", re.IGNORECASE)
_PAIR = re.compile(
    r"<(a|abbr|b|big|center|cite|div|em|font|h[1-6]|i|li|p|small|span|strike|strong|sub|sup|u)(?:\s[^<>]*+)?>([^<>]*+)</\1>",
    re.IGNORECASE,
)
_MAX_NESTED = 3
"""Tags within one another around a word, as in ``<p><a><b>``."""
_MIN_PROSE = 40
"""Characters of a sentence that its page wrote with tags; examples in code are shorter. Chosen by reading dumps."""
_TEXT = (Role.PARAGRAPH, Role.LIST_ITEM, Role.HEADING, Role.QUOTE)


def read_tags(pieces: Sequence[Piece]) -> list[Piece]:
    """``pieces`` with the role ``control`` for lines of tags alone, and prose without the tags within it."""
    tagged = {
        place
        for place, piece in enumerate(pieces)
        if "<" in piece.text and piece.role in _TEXT and _TAG_OR_COMMENT.search(piece.text)
    }
    if not tagged:
        return list(pieces)
    shown = {place for place in tagged if _is_shown(pieces[place].text)}
    read = list(pieces)
    for place in tagged - shown:
        piece = pieces[place]
        if TAGS_ALONE.fullmatch(piece.text):
            if _EMBEDDED.match(piece.text) or not shown.intersection((place - 1, place + 1)):
                read[place] = piece._replace(role=Role.CONTROL)
        else:
            read[place] = piece._replace(text=_strip_tags(piece.text))
    return read


def _is_shown(text: str) -> bool:
    """Whether a text shows its tags to readers: they are words of a sentence, or around too little for one."""
    return not TAGS_ALONE.fullmatch(text) and _strip_tags(text) == text


def _strip_tags(text: str) -> str:
    """``text`` without breaks and pairs of tags; as it is if others are in it, or if that leaves no prose."""
    stripped = _BREAK.sub(" ", text)
    for _ in range(_MAX_NESTED):
        stripped = _PAIR.sub(r"\2", stripped)
    if TAG.search(stripped):
        return text
    stripped = " ".join(stripped.split())
    return stripped if len(stripped) >= _MIN_PROSE and ends_like_sentence(stripped) else text

"""What a line of a dump says as the headline: without the site, the way to the page and a byline that are glued to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cleaner.front_matter import titles
from cleaner.front_matter.headline_evidence import squeeze
from cleaner.front_matter.repeated_title import RepeatedTitle
from cleaner.language.dates import find_dates
from cleaner.model import Block, Blocks

# Numbers of this module were chosen by reading pages.
_MIN_KEY, _MIN_WORDS = 12, 3
"""Letters and digits, and words, of a part that is the headline because another line says it."""
_MAX_WORDS_BEFORE, _MAX_BLOCKS_BELOW = 6, 3
"""Words of the way to a page before its headline, and blocks from there to the headline itself."""
_CUT = re.compile(rf"{titles.SEPARATOR.pattern}|(?<=\w)\s+(?i:by|von|par|por|di)\s+(?=[^\W\d_a-z])")
"""Between a headline and the name of the site or of the author."""
_WAY = re.compile(r"(?<=\s)[/>»›]\s+")
"""Between the parts of the way to a page."""
_MIN_PAGE_CHARS = 12
"""Characters of the last part, which is the page; and of what is left without a date."""
_BARS = "|·•–—"
"""Between a headline and a date that is no part of it."""
_MARKS = " >»|•·–—-["


def read_headlines(blocks: Blocks, lines: Sequence[Block], title: RepeatedTitle | None) -> list[str]:
    """What each of ``lines`` says as the headline of a dump; ``title`` is the one that it begins with and shows again."""
    shown = _list_shown(blocks, lines) if any(_CUT.search(line.text) for line in lines) else {}
    return [_read_headline(blocks, line, title, shown) for line in lines]


def _list_shown(blocks: Blocks, lines: Sequence[Block]) -> dict[str, int]:
    """The first block that says each text no longer than ``lines``, by its letters and digits."""
    longest = max(len(line.text) for line in lines)
    near = (block for block in reversed(blocks) if len(block.text) <= longest)
    return {key: block.index for block in near if len(key := squeeze(block.text)) >= _MIN_KEY}


def _read_headline(blocks: Blocks, line: Block, title: RepeatedTitle | None, shown: Mapping[str, int]) -> str:
    key = squeeze(line.text)
    if title is not None and _is_part(key, line.index, title.key):
        return title.text
    for below in blocks[line.index + 1 : line.index + 1 + _MAX_BLOCKS_BELOW]:
        if _ends_with(line.text, below.text):
            return below.text
    text = strip_surroundings(line.text)
    for cut in _CUT.finditer(text):
        part = text[: cut.start()].strip()
        found = shown.get(squeeze(part)) if len(part.split()) >= _MIN_WORDS and cut.end() < len(text) else None
        if found is not None and found != line.index:
            return part
    return text


def _is_part(key: str, index: int, title: str) -> bool:
    """Whether a line is the title and something before or after it, or a part of it."""
    return (
        key.startswith(title)
        or key.endswith(title)
        or (index == 0 and title.startswith(key))
        or (len(key) >= _MIN_KEY and key in title)
    )


def _ends_with(text: str, headline: str) -> bool:
    """Whether ``text`` is ``headline`` with a few words before it."""
    before = len(text) - len(headline)
    return (
        before > 1
        and len(headline.split()) > _MIN_WORDS
        and text.endswith(f" {headline}")
        and len(text[:before].split()) <= _MAX_WORDS_BEFORE
    )


def strip_surroundings(text: str) -> str:
    """A headline without what a flattener left on its line: the way to the page, its date, marks of lists.

    >>> strip_surroundings("News / Local / Old bridge closed for repairs| 20:20, Dec 29 2007")
    'Old bridge closed for repairs'
    """
    *way, last = _WAY.split(text)
    if len(way) > 1 and len(last) >= _MIN_PAGE_CHARS:
        text = last
    for found in find_dates(text):
        before, after = text[: found.start], text[found.end :]
        if not after.strip() and _is_apart(before) and len(before) >= _MIN_PAGE_CHARS:
            text = before
        elif not before.strip() and after.lstrip().startswith(tuple(_BARS)) and len(after) >= _MIN_PAGE_CHARS:
            text = after
    return text.strip(_MARKS)


def _is_apart(before: str) -> bool:
    """Whether a date behind ``before`` is no part of it: after a bar, or glued to its last word."""
    return before.rstrip().endswith(tuple(_BARS)) or before[-1:].isalnum()

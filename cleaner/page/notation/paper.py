"""Text of pages of paper, as pdftotext writes: form feeds, running heads and feet, hyphens at line ends.

The lines of a paragraph are as long as its letters are wide, so there is no column at which they end: a line is full if it is
nearly as long as the longest around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from cleaner.language.characters import split_lines
from cleaner.language.list_numbers import ITEM_NUMBER
from cleaner.language.sentences import ends_like_sentence, is_unspaced
from cleaner.model import Role
from cleaner.page.notation import wraps
from cleaner.page.notation.joining import join_texts
from cleaner.page.notation.pieces import Piece, SourceLine
from cleaner.page.notation.plain import LINE_ENDS, read_marks

PAGE_BREAK = "\f"
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 3
"""Lines at the top and at the bottom of a page that may be its head and foot."""
_MAX_HEAD = 120
"""Characters of a running head."""
_HEAD_SHARE = 0.5
"""Share of the pages that have it: heads of left and right pages differ."""
_MIN_TITLE_SPACES = 2
"""Spaces in a title of three words."""
_FULL_SHARE = 0.85
"""Share of the longest line that a full line and the word that follows it have, as letters differ in width."""
_MIN_LONG, _MIN_START = 45, 25
"""Characters of a line that is long for an entry of a menu, and of the start of a sentence."""
_INDENTED_SHARE = 0.4
_HYPHENATED = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ]{2})[-\u00ad\u2010]$")
_BULLETS = "•‣◦▪▸►●○■*+-–—·"


def find_page_starts(content: str) -> frozenset[int]:
    """Numbers of the first lines of pages, from the second page on."""
    starts, number = set(), 1
    for page in content.split(PAGE_BREAK)[:-1]:
        number += len(split_lines(page))
        starts.add(number)
    return frozenset(starts)


def split_running_heads(
    lines: Sequence[SourceLine], starts: frozenset[int]
) -> tuple[list[Piece], Sequence[SourceLine]]:
    """The heads and feet that recur on pages, as pieces of the role ``control``, and the other lines."""
    pages: list[list[SourceLine]] = [[]]
    for line in lines:
        if line.number in starts:
            pages.append([])
        if line.text:
            pages[-1].append(line)
    edges = [[*page[:_EDGE_LINES], *page[_EDGE_LINES:][-_EDGE_LINES:]] for page in pages if page]
    counts = Counter(key for page in edges for key in {_make_key(line.text) for line in page})
    needed = max(2, _HEAD_SHARE * len(edges))
    heads = {
        line.number
        for page in edges
        for line in page
        if len(line.text) <= _MAX_HEAD and counts[_make_key(line.text)] >= needed
    }
    heads -= {line.number for line in edges[0] if _is_title_like(line.text)} if edges else set()
    removed = [Piece(line.number, line.text, Role.CONTROL) for line in lines if line.number in heads]
    return removed, _close_gaps([line for line in lines if line.number not in heads], starts)


def _make_key(text: str) -> str:
    """A head without its page number."""
    return _DIGITS.sub("0", text.casefold())


def _is_title_like(text: str) -> bool:
    """Whether a head may be the title of the text; on the first page it stays."""
    return text.count(" ") >= _MIN_TITLE_SPACES and "://" not in text and not _DIGITS.search(text)


def _close_gaps(lines: Sequence[SourceLine], starts: frozenset[int]) -> list[SourceLine]:
    """``lines`` without the blank ones between pages within a sentence."""
    kept: list[SourceLine] = []
    is_new = False
    left = sorted(starts, reverse=True)
    for line in lines:
        while left and line.number >= left[-1]:
            left.pop()
            is_new = True
        if line.text and is_new:
            filled = next((place for place in range(len(kept) - 1, -1, -1) if kept[place].text), -1)
            if filled >= 0 and _is_within_sentence(kept[filled].text, line.text):
                del kept[filled + 1 :]
            is_new = False
        kept.append(line)
    return kept


def _is_within_sentence(before: str, text: str) -> bool:
    if len(before) < _MIN_START or ends_like_sentence(before, LINE_ENDS):
        return False
    return text[0].islower() or (is_unspaced(text) and is_unspaced(before))


def is_set_left(filled: Sequence[SourceLine]) -> bool:
    """Whether the lines begin at the left, as pdftotext writes without ``-layout``."""
    return sum(line.indent > 1 for line in filled) <= _INDENTED_SHARE * len(filled)


def read_paper(lines: Sequence[SourceLine]) -> list[Piece]:
    """The pieces of text that was laid out on pages."""
    compounds = frozenset(
        word.strip(".,;:()").casefold()
        for line in lines
        if "-" in line.text
        for word in line.text.split()
        if "-" in word[1:-1]
    )
    pieces: list[Piece] = []
    for filled, group in groupby(lines, key=lambda line: bool(line.text)):
        if filled:
            found = [read_marks(run[0]._replace(text=_write(run, compounds))) for run in _split(list(group))]
            found[0] = found[0]._replace(spaced=True)
            pieces += found
    return pieces


def _split(lines: Sequence[SourceLine]) -> Iterator[list[SourceLine]]:
    """The lines between two blank ones, divided where one is no continuation."""
    width = max(line.end for line in lines)
    run = [lines[0]]
    for before, line in pairwise(lines):
        if _continues(before, line, width):
            run.append(line)
        else:
            yield run
            run = [line]
    yield run


def _continues(before: SourceLine, line: SourceLine, width: int) -> bool:
    text = line.text
    if _HYPHENATED.search(before.text) and text[0].islower():
        return True
    if text[0] in _BULLETS or ITEM_NUMBER.match(text):
        return False
    if text[0].islower() and len(before.text) >= _MIN_START and not ends_like_sentence(before.text, LINE_ENDS):
        return True
    is_full = before.end + wraps.measure_room(text) > _FULL_SHARE * width
    return is_full and before.end >= _MIN_LONG and not _is_title(before.text, text)


def _is_title(before: str, text: str) -> bool:
    """Whether two lines are headlines below each other: neither has a stop, and both begin with capitals."""
    return not (ends_like_sentence(before, f"{LINE_ENDS},") or ends_like_sentence(text) or text[0].islower()) and (
        sum(word[:1].islower() for word in before.split()) < before.count(" ") / 2
    )


def _write(run: Sequence[SourceLine], compounds: frozenset[str]) -> str:
    texts = [run[0].text]
    for line in run[1:]:
        last = texts[-1]
        if line.text[0].islower() and _HYPHENATED.search(last):
            word = f"{last.rsplit(' ', 1)[-1][:-1]}-{line.text.split(' ', 1)[0]}".strip(".,;:()").casefold()
            texts[-1] = (last if word in compounds else last[:-1]) + line.text
        else:
            texts.append(line.text)
    return join_texts(texts, hyphens=True)

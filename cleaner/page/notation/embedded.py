"""What a flattener prints of the pictures and frames of a page: their tags, which ``noscript`` holds, and addresses of frames.

A tag may be wrapped, and stand between words: it parts them, as the picture did.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from cleaner import data
from cleaner.data.input_types import DumpMarks
from cleaner.language.characters import make_alternation
from cleaner.model import Role
from cleaner.page.notation.pieces import Piece, SourceLine, make_line

_NAMES = "img|iframe|embed|object|source|video"
_ANY_TAG = re.compile(rf"<(?:{_NAMES})\s", re.IGNORECASE)
_TAG = re.compile(
    rf"<(?:{_NAMES})\s(?=[^<>]{{0,2000}}?\b(?:src|data)\s*+=)[^<>]{{40,8000}}>(?:\s*+</(?:iframe|object|video)>)?",
    re.IGNORECASE,
)
"""A tag with the address of what it shows, and more: those that are written as examples are shorter."""
_FRAME = re.compile(make_alternation(data.load_data(DumpMarks).frames, right=False) + r"[ \t]*\S*")
_MIN_WRAPPED = 60
"""Columns of a line at whose end an address was wrapped."""


def has_embedded(content: str) -> bool:
    """Whether a dump may have such tags or frames, so that its lines are looked at."""
    return "FRAME:" in content or ("<" in content and _ANY_TAG.search(content) is not None)


def split_embedded(lines: Sequence[SourceLine]) -> tuple[list[Piece], list[SourceLine]]:
    """The tags and frames as pieces with the role ``control``, and the lines without them."""
    frames, rest = _split_frames(lines)
    tags, rest = _split_tags(rest)
    return [*frames, *tags], rest


def _split_frames(lines: Sequence[SourceLine]) -> tuple[list[Piece], list[SourceLine]]:
    found: list[Piece] = []
    rest: list[SourceLine] = []
    wraps = False
    for line in lines:
        if line.text[:1] in ("I", "F") and _FRAME.fullmatch(line.text):
            found.append(Piece(line.number, line.text, Role.CONTROL, line.indent, spaced=True))
        elif wraps and line.text and " " not in line.text:
            found[-1] = found[-1]._replace(text=found[-1].text + line.text)
        else:
            rest.append(line)
            wraps = False
            continue
        wraps = line.end >= _MIN_WRAPPED or line.text.endswith(":")
        rest.append(make_line(line.number, ""))
    return found, rest


def _split_tags(lines: Sequence[SourceLine]) -> tuple[list[Piece], list[SourceLine]]:
    content = "\n".join(line.raw for line in lines)
    starts = [0, *accumulate(len(line.raw) + 1 for line in lines)]
    found: list[Piece] = []
    rest: list[SourceLine] = []
    done = 0
    for tag in _TAG.finditer(content):
        rest += _cut_lines(lines, starts, content, slice(done, tag.start()))
        number = lines[bisect_right(starts, tag.start()) - 1].number
        found.append(Piece(number, " ".join(tag[0].split()), Role.CONTROL, spaced=True))
        rest.append(make_line(number, ""))
        done = tag.end()
    return found, [*rest, *_cut_lines(lines, starts, content, slice(done, len(content)))]


def _cut_lines(lines: Sequence[SourceLine], starts: Sequence[int], content: str, span: slice) -> Iterator[SourceLine]:
    """The lines in a part of the dump, of the first and the last of them what is in it."""
    place = bisect_right(starts, span.start) - 1
    while place < len(lines) and starts[place] <= span.stop:
        start, stop = max(starts[place], span.start), min(starts[place + 1] - 1, span.stop)
        whole = stop - start == len(lines[place].raw)
        yield lines[place] if whole else make_line(lines[place].number, content[start:stop])
        place += 1

"""The front of an article as an HTML page shows it: the short lines around its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner import data
from cleaner.data.file_types import ElementNames
from cleaner.front_matter.headline import find_headline
from cleaner.language.characters import make_alternation
from cleaner.model import Blocks, Role

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_ABOVE, _BELOW = 3, 12
"""Blocks above and below the headline that belong to the front."""
_PROSE = 160
"""Characters of a line that is no longer part of it."""
_MOST_PROSE = 2
"""Paragraphs below the headline after which the front ends: a standfirst and a note."""

_ASIDE = re.compile(rf"/body[^/]*/.*{make_alternation(data.load_data(ElementNames).aside.path)}", re.IGNORECASE)
"""Path of a block in a part of the page that is about something else."""


class FrontLine(NamedTuple):
    """A line of the front; without text, the headline itself."""

    text: str
    heading: bool


class HeadlineArea(NamedTuple):
    """What a page shows, with its short lines around the headline."""

    lines: tuple[FrontLine, ...]
    blocks: Blocks

    @property
    def headline(self) -> int:
        """Where the headline stands among the lines; behind them where there is none."""
        return next((at for at, line in enumerate(self.lines) if not line.text), len(self.lines))


def read_headline_area(blocks: Blocks, title: str | None) -> HeadlineArea:
    """The lines around the headline ``title`` or else the first ``<h1>``, in page order; none without either."""
    at = _headline_index(blocks, title)
    return HeadlineArea(tuple(_lines_around(blocks, at)) if at is not None else (), blocks)


def _lines_around(blocks: Blocks, at: int) -> Iterator[FrontLine]:
    yield from _short_lines(blocks[max(0, at - _ABOVE) : at])
    yield FrontLine("", heading=True)
    prose = 0
    for block in blocks[at + 1 : at + 1 + _BELOW]:
        prose += len(block.text) > _PROSE
        if prose > _MOST_PROSE:
            return
        yield from _short_lines((block,))


def _headline_index(blocks: Blocks, title: str | None) -> int | None:
    """Index of the headline, or else of the first visible ``<h1>``."""
    first_h1 = (block for block in blocks if not block.hidden and "/h1" in block.path)
    found = find_headline(blocks, title) or next(first_h1, None)
    return found.index if found else None


def _short_lines(blocks: Blocks) -> Iterator[FrontLine]:
    for block in blocks:
        if not (block.hidden or block.role is Role.CONTROL or _ASIDE.search(block.path)):
            heading = block.role is Role.HEADING
            yield from (FrontLine(line, heading) for line in block.text.split("\n") if line and len(line) <= _PROSE)

"""The short lines around the headline of an HTML page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner import data
from cleaner.data.markup_types import ElementNames
from cleaner.front_matter.headline import find_headline
from cleaner.language.characters import make_alternation
from cleaner.model import Blocks, Role

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_BLOCKS_ABOVE, _MAX_BLOCKS_BELOW = 3, 12
"""Blocks above and below the headline that are in the area."""
_MAX_LINE_CHARS = 160
"""Characters of a line of the area; longer ones are prose."""
_MAX_PARAGRAPHS = 2
"""Paragraphs below the headline, after which the area ends: a standfirst and a note."""

_ASIDE = re.compile(
    rf"(?>.*?/body[^/]*/).*{make_alternation(data.load_data(ElementNames).aside.path)}", re.IGNORECASE | re.DOTALL
)
"""Path of a block in a part of the page that is about something else."""
_ARTICLE_FOOTER = re.compile(r"(?<=/article)([^/]*)/footer[^/]*")
"""The footer of an article, which may say who wrote it and when, as that of Drupal does above the text."""


class AreaLine(NamedTuple):
    """A line of the area; without text, the headline itself."""

    text: str
    heading: bool


class HeadlineArea(NamedTuple):
    """The short lines around the headline, and all blocks of the page."""

    lines: tuple[AreaLine, ...]
    blocks: Blocks

    @property
    def headline(self) -> int:
        """Position of the headline in ``lines``; their number if there is no headline."""
        return next((at for at, line in enumerate(self.lines) if not line.text), len(self.lines))


def read_headline_area(blocks: Blocks, title: str | None) -> HeadlineArea:
    """The lines around the headline ``title``, or else around the first ``<h1>``, in page order; none without either."""
    headline = _find_headline_index(blocks, title)
    return HeadlineArea(tuple(_collect_lines(blocks, headline)) if headline is not None else (), blocks)


def _collect_lines(blocks: Blocks, at: int) -> Iterator[AreaLine]:
    yield from _split_short_lines(blocks[max(0, at - _MAX_BLOCKS_ABOVE) : at])
    yield AreaLine("", heading=True)
    paragraphs = 0
    for block in blocks[at + 1 : at + 1 + _MAX_BLOCKS_BELOW]:
        paragraphs += len(block.text) > _MAX_LINE_CHARS
        if paragraphs > _MAX_PARAGRAPHS:
            return
        yield from _split_short_lines((block,))


def _find_headline_index(blocks: Blocks, title: str | None) -> int | None:
    """Index of the headline, or else of the first visible ``<h1>``."""
    first_h1 = (block for block in blocks if not block.hidden and "/h1" in block.path)
    found = find_headline(blocks, title) or next(first_h1, None)
    return found.index if found else None


def _split_short_lines(blocks: Blocks) -> Iterator[AreaLine]:
    for block in blocks:
        if not (block.hidden or block.role is Role.CONTROL or _is_aside(block.path)):
            heading = block.role is Role.HEADING
            yield from (
                AreaLine(line, heading) for line in block.text.split("\n") if line and len(line) <= _MAX_LINE_CHARS
            )


def _is_aside(path: str) -> bool:
    return _ASIDE.match(_ARTICLE_FOOTER.sub(r"\1", path) if "/footer" in path else path) is not None

"""What a dropped block is that neither words nor elements nor a section speak of: told by its shape and neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.judges.naming import forms, words
from cleaner.judges.naming.page import LINKED, Page
from cleaner.judges.naming.shapes import Shape
from cleaner.labels import Label
from cleaner.metadata import lines, names
from cleaner.model import Block, Role

_REACH = 3
"""Blocks on either side by which a line is judged."""
_FRONT = 8
"""Blocks below the headline among which a lone name is the author's."""
_TOP = 20
"""A headline further down a dump than this has menus above it, and so may have another story's."""
_ENTRY = 4
"""Lines with no more blanks than this, among short ones, are entries of a menu."""
_HEADLINE = 3
"""Lines with fewer blanks than this are no headlines."""
_STANDFIRST = 7
"""Blanks in the shortest standfirst."""


_agency = lru_cache(maxsize=1 << 13)(lines.agency)
"""Menus come with every page, and each line of them is asked."""


class _Around(NamedTuple):
    """What stands around a block, as far as it is not kept."""

    loose: int
    """How many of the blocks around are not kept."""
    related: int
    legal: bool
    short: int
    lined: int


def label(page: Page, block: Block, said: Sequence[Label | None]) -> Label:
    """What ``block`` is, given what is ``said`` of each block by surer evidence; ``OTHER`` where its shape says nothing."""
    around = _around(page, block.index, said)
    if page.shapes[block.index] is Shape.PROSE:
        return Label.DESCRIPTION if _is_standfirst(page, block) else _of_prose(page, block, around)
    return _at_the_top(page, block, around) or _of_line(page, block, around)


def is_near_headline(page: Page, block: Block) -> bool:
    """Whether a block stands not far below the headline."""
    return page.headline is not None and 0 < block.index - page.headline.index <= _FRONT


def _around(page: Page, index: int, said: Sequence[Label | None]) -> _Around:
    above, below = slice(max(0, index - _REACH), index), slice(index + 1, index + _REACH + 1)
    labels = [*said[above], *said[below]]
    shapes = [*page.shapes[above], *page.shapes[below]]
    return _Around(
        loose=page.kept[above].count(False) + page.kept[below].count(False),
        related=labels.count(Label.RELATED),
        legal=Label.LEGAL in labels,
        short=shapes.count(Shape.SHORT),
        lined=shapes.count(Shape.LINE),
    )


def _is_standfirst(page: Page, block: Block) -> bool:
    """Whether a block follows the headline and has the length of a standfirst."""
    below = page.headline is not None and block.index == page.headline.index + 1
    return below and block.link_share < LINKED and block.text.count(" ") >= _STANDFIRST


def _of_prose(page: Page, block: Block, around: _Around) -> Label:
    """Sentences outside the article: teasers, a note under the author's name, or nothing that can be told."""
    if block.index in page.body:
        return Label.OTHER
    if block.index and names.is_person(page.blocks[block.index - 1].text):
        return Label.AUTHOR_BIO
    below = block.index >= page.body.stop
    return Label.RELATED if below and (around.related > 1 or block.link_share > LINKED) else Label.OTHER


def _at_the_top(page: Page, block: Block, around: _Around) -> Label | None:
    """A line about the article, by where it stands: standfirst, byline, headline, a picture's words."""
    blanks, line = block.text.count(" "), page.shapes[block.index] is Shape.LINE
    if line and _is_standfirst(page, block):
        return Label.DESCRIPTION
    if _is_byline(page, block):
        return Label.BYLINE
    if line and blanks <= _ENTRY and around.short > _REACH and not around.related:
        return Label.NAVIGATION
    return None if block.path else _in_front(page, block, around)


def _in_front(page: Page, block: Block, around: _Around) -> Label | None:
    """A line of a dump near the headline: the headline itself, the section it names, or a picture's words."""
    blanks = block.text.count(" ")
    if is_near_headline(page, block) and block.text.casefold().startswith("in ") and blanks < _ENTRY:
        return Label.TAGS
    if blanks < _HEADLINE:
        return None
    if page.top - _REACH <= block.index < page.top <= _TOP and around.lined <= _REACH:
        return Label.CAPTION if block.text[0].islower() else Label.TITLE
    return Label.CAPTION if is_near_headline(page, block) and block.index < page.body.start else None


def _is_byline(page: Page, block: Block) -> bool:
    """Whether a line names an agency, or stands below the headline and is a name, with or without a date."""
    if _agency(block.text):
        return True
    above = page.dropped.get(block.index - 1)
    if above is not None and above.line.spaced in words.BY:
        return block.text.count(" ") < _ENTRY
    if not is_near_headline(page, block) or block.text.startswith("The "):
        return False
    parts = forms.without_moment(block.text).split(" | ")
    return all(map(names.is_person, parts)) or bool(lines.byline(block.text))


def _of_line(page: Page, block: Block, around: _Around) -> Label:
    blanks, shape = block.text.count(" "), page.shapes[block.index]
    if block.index in page.body and block.link_share < LINKED:
        return _in_body(block, shape, around)
    if shape is Shape.SHORT:
        return Label.RELATED if around.related > 1 and around.lined > around.short else Label.NAVIGATION
    if page.dropped[block.index].place.outlying and not around.related and blanks < _ENTRY:
        return Label.NAVIGATION
    if around.related or around.lined > 1 or block.link_share > LINKED:
        return Label.RELATED
    if block.index < page.body.start:
        return Label.NAVIGATION
    address = "," in block.text and forms.has_digit(block.text)
    headline = blanks >= _ENTRY and not block.path and not around.legal and not address
    return Label.RELATED if headline else Label.OTHER


def _in_body(block: Block, shape: Shape, around: _Around) -> Label:
    """A line between paragraphs: in a dump a picture's alternative text if it stands alone, else a part of something."""
    listed = shape is Shape.LINE and around.lined > _REACH and block.text.count(" ") > _ENTRY
    if listed and not block.path and block.role is Role.PARAGRAPH and forms.is_worded(block.text):
        return Label.RELATED
    if shape is Shape.LINE and around.loose <= _REACH and block.role is not Role.LIST_ITEM and not block.path:
        return Label.CAPTION
    entry = shape is Shape.SHORT and around.loose == 2 * _REACH and forms.is_worded(block.text)
    return Label.NAVIGATION if entry else Label.OTHER

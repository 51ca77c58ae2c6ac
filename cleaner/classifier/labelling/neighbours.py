"""What a dropped block is that neither words nor elements nor a section speak of: told by its shape and neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.classifier.labelling import keywords, text_forms
from cleaner.classifier.labelling.keyword_index import pad_words
from cleaner.classifier.labelling.labelled_page import LINKED, LabelledPage
from cleaner.classifier.labelling.line_types import LineType
from cleaner.labels import Label
from cleaner.language import line_patterns, person_names
from cleaner.language.sentences import ends_like_sentence
from cleaner.model import Block, Role

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_REACH = 3
"""Blocks on either side by which a line is judged."""
_FRONT = 8
"""Blocks below the headline among which a lone name is the author's."""
_TOP = 20
"""A headline further down a dump than this has menus above it, and so may have another story's."""
_ENTRY = 4
"""Lines with no more blanks than this, among short ones, are entries of a menu."""
_TEASER = 7
"""Lines with no fewer blanks than this, in a row of others, are headlines even above the article."""
_HEADLINE = 3
"""Lines with fewer blanks than this are no headlines."""
_LONG_HEADLINE = 16
"""Blanks in the longest question that is taken for a headline."""
_ECHOED = 0.6
"""Share of a line's longer words that turn up again in the line beside it, from which the two speak of one picture."""
_OF_AUTHORS = frozenset({Label.AUTHOR_BIO, Label.BYLINE})
_COMPARED = 400
"""Characters of the longest text with whose words a line's are compared."""
_LONGER = 4
"""Letters of the shortest word that is more than a particle."""
_OFFERS = frozenset({Label.PROMO, Label.ADVERTISEMENT})
_OF_STORIES = frozenset({Label.TIMESTAMP, Label.BYLINE})
"""What stands below headlines."""
_STANDFIRST = 7
"""Blanks in the shortest standfirst."""


_agency = lru_cache(maxsize=1 << 13)(line_patterns.match_agency)
"""Menus come with every page, and each line of them is asked."""


class _Around(NamedTuple):
    """What stands around a block, as far as it is not kept."""

    loose: int
    """How many of the blocks around are not kept."""
    related: int
    legal: bool
    short: int
    lined: int


def label_by_neighbours(page: LabelledPage, block: Block, known_labels: Sequence[Label | None]) -> Label:
    """What ``block`` is, given the labels of blocks by stronger evidence; ``OTHER`` where its shape says nothing."""
    if not block.path and _is_in_menu(page, block):
        return Label.NAVIGATION
    around = _measure_around(page, block.index, known_labels)
    if not block.path and _is_of_picture(page, block, known_labels):
        if block.index >= page.body.stop:
            return Label.RELATED
        return Label.BYLINE if _is_signature(page, block, known_labels) else Label.CAPTION
    if page.shapes[block.index] is LineType.PROSE:
        return Label.DESCRIPTION if _is_standfirst(page, block) else _of_prose(page, block, around, known_labels)
    return _at_the_top(page, block, around, known_labels) or _of_line(page, block, around, known_labels)


def _is_in_menu(page: LabelledPage, block: Block) -> bool:
    """Whether a line of a dump stands among short ones, far from the article and its headline."""
    index = block.index
    among = page.is_menu(index - 2, index + 3)
    return among and index not in page.body and not is_near_headline(page, block)


def is_near_headline(page: LabelledPage, block: Block) -> bool:
    """Whether a block stands not far below the headline."""
    return page.headline is not None and 0 < block.index - page.headline.index <= _FRONT


def _measure_around(page: LabelledPage, index: int, known_labels: Sequence[Label | None]) -> _Around:
    above, below = slice(max(0, index - _REACH), index), slice(index + 1, index + _REACH + 1)
    labels = [*known_labels[above], *known_labels[below]]
    shapes = [*page.shapes[above], *page.shapes[below]]
    return _Around(
        loose=page.kept[above].count(False) + page.kept[below].count(False),
        related=labels.count(Label.RELATED),
        legal=Label.LEGAL in labels,
        short=shapes.count(LineType.SHORT),
        lined=shapes.count(LineType.LINE),
    )


def _is_of_picture(page: LabelledPage, block: Block, known_labels: Sequence[Label | None]) -> bool:
    """Whether a line of a dump is a picture's: the credit stands beside it, or the same words again.

    Below the article, both are another story's, so just headlines count.
    """
    index = block.index
    below = index >= page.body.stop
    if index < page.top or block.role is Role.LIST_ITEM or (below and page.shapes[index] is not LineType.LINE):
        return False
    beside = [at for at in (index - 1, index + 1) if 0 <= at < len(page.blocks)]
    if (
        not below
        and page.shapes[index] is not LineType.SHORT
        and any(known_labels[at] is Label.CAPTION for at in beside)
    ):
        return True
    mine = _long_words(page, index)
    return bool(mine) and any(
        _ECHOED * min(len(mine), len(other)) < len(mine & other)
        for other in (_long_words(page, at) for at in beside if len(page.blocks[at].text) < _COMPARED)
        if other
    )


def _long_words(page: LabelledPage, index: int) -> frozenset[str]:
    """The longer words of a block."""
    item = page.dropped.get(index)
    text = item.line.spaced if item is not None else pad_words(page.blocks[index].text)
    return frozenset(word for word in text.split() if len(word) >= _LONGER)


def _is_standfirst(page: LabelledPage, block: Block) -> bool:
    """Whether a block follows the headline and has the length of a standfirst."""
    below = page.headline is not None and block.index == page.headline.index + 1
    summary = block.text.count(" ") >= _STANDFIRST and line_patterns.can_be_standfirst(block.text)
    return below and block.link_share < LINKED and summary


def _is_about_name(page: LabelledPage, block: Block, known_labels: Sequence[Label | None]) -> bool:
    """Whether the line above is a name, or a byline with a name that turns up again."""
    above = page.blocks[block.index - 1].text
    if not block.path and known_labels[block.index - 1] is Label.BYLINE:
        return any(
            word[0].isupper() and len(word) > _HEADLINE and word in block.text for word in above.split()[:_ENTRY]
        )
    return person_names.is_person_name(above)


def _of_prose(page: LabelledPage, block: Block, around: _Around, known_labels: Sequence[Label | None]) -> Label:
    """Sentences outside the article: teasers, a note under the author's name, or nothing that can be told."""
    if block.index in page.body:
        alone = around.loose < _REACH and not block.path and not ends_like_sentence(block.text)
        return Label.CAPTION if alone else Label.OTHER
    if block.index and _is_about_name(page, block, known_labels):
        return Label.AUTHOR_BIO
    below = block.index >= page.body.stop
    if not block.path and text_forms.introduces_person(block.text):
        return Label.AUTHOR_BIO
    asked = below and not block.path and block.text.endswith("?") and block.text.count(" ") < _LONG_HEADLINE
    teased = block.index < page.body.start and not block.path and around.lined > 1
    if asked or teased or (below and block.link_share > LINKED) or (around.related > 1 and (below or not block.path)):
        return Label.RELATED
    return Label.PROMO if keywords.addresses_reader(page.dropped[block.index].line.spaced) else Label.OTHER


def _at_the_top(
    page: LabelledPage, block: Block, around: _Around, known_labels: Sequence[Label | None]
) -> Label | None:
    """A line about the article, by where it stands: standfirst, byline, headline, a picture's words."""
    blanks, line = block.text.count(" "), page.shapes[block.index] is LineType.LINE
    if line and _is_standfirst(page, block):
        return Label.DESCRIPTION
    if _is_byline(page, block) or (not block.path and _is_signature(page, block, known_labels)):
        return Label.BYLINE
    if line and blanks <= _ENTRY and around.short > _REACH and not around.related:
        return Label.NAVIGATION
    return None if block.path else _in_front(page, block, around, known_labels)


def _in_front(page: LabelledPage, block: Block, around: _Around, known_labels: Sequence[Label | None]) -> Label | None:
    """A line of a dump near the headline: the headline itself, the section it names, or a picture's words."""
    blanks = block.text.count(" ")
    if is_near_headline(page, block) and block.text.casefold().startswith("in ") and blanks < _ENTRY:
        return Label.TAGS
    if is_near_headline(page, block) and block.index and known_labels[block.index - 1] is Label.BYLINE:
        named = all(word[0].isupper() for word in block.text.split() if len(word) > _HEADLINE)
        return Label.BYLINE if named else Label.CAPTION
    if blanks < _HEADLINE:
        return None
    if (
        page.headline is None
        and block.index < page.body.start
        and not _OF_STORIES.isdisjoint(known_labels[block.index + 1 : block.index + 3])
    ):
        return Label.TITLE
    if page.top - _REACH <= block.index < page.top <= _TOP and around.lined <= _REACH:
        return Label.CAPTION if block.text[0].islower() else Label.TITLE
    return Label.CAPTION if is_near_headline(page, block) and block.index < page.body.start else None


def _is_byline(page: LabelledPage, block: Block) -> bool:
    """Whether a line names an agency, or stands below the headline and is a name, with or without a date."""
    if _agency(block.text):
        return True
    above = page.dropped.get(block.index - 1)
    if above is not None and above.line.spaced in keywords.BY:
        return block.text.count(" ") < _ENTRY
    if not is_near_headline(page, block) or block.text.startswith("The "):
        return False
    parts = line_patterns.remove_date_words(block.text).split(" | ")
    return all(map(person_names.is_person_name, parts)) or bool(line_patterns.parse_byline(block.text))


def _is_signature(page: LabelledPage, block: Block, known_labels: Sequence[Label | None]) -> bool:
    """Whether a line is a name beside which the date stands, or a note about the author, or the author's picture."""
    if page.shapes[block.index] is not LineType.SHORT or " " not in block.text or not block.text[0].isupper():
        return False
    first = block.text.partition(" ")[0]
    for at in range(max(0, block.index - 2), min(block.index + 3, len(page.blocks))):
        if known_labels[at] in _OF_AUTHORS or (
            first in page.blocks[at].text and _is_of(page, at, block.text, known_labels[at])
        ):
            return person_names.is_person_name(block.text)
    return False


def _is_of(page: LabelledPage, at: int, name: str, label: Label | None) -> bool:
    """Whether a block that shares a word with ``name`` is a picture of the author, or a note about the author."""
    if page.kept[at]:
        return page.blocks[at].text.startswith(f"{name} ")
    return page.shapes[at] is LineType.PROSE or (label is Label.CAPTION and at not in page.body)


def _of_line(page: LabelledPage, block: Block, around: _Around, known_labels: Sequence[Label | None]) -> Label:
    shape = page.shapes[block.index]
    if not block.path and _is_offer(page, block, known_labels):
        return Label.PROMO
    if block.index in page.body and block.link_share < LINKED:
        return _in_body(block, shape, around)
    if shape is LineType.SHORT:
        return Label.RELATED if around.related > 1 and around.lined > around.short else Label.NAVIGATION
    return _outside(page, block, around)


def _is_offer(page: LabelledPage, block: Block, known_labels: Sequence[Label | None]) -> bool:
    """Whether a line of a dump stands in a box of offers, or is ticked off outside the article."""
    if block.index not in page.body and text_forms.is_ticked(block.text):
        return True
    return (
        0 < block.index < len(known_labels) - 1
        and known_labels[block.index - 1] in _OFFERS
        and known_labels[block.index + 1] in _OFFERS
    )


def _outside(page: LabelledPage, block: Block, around: _Around) -> Label:
    """A line as long as a headline above or below the article: another story's, or an entry of a menu."""
    blanks, above, placed = block.text.count(" "), block.index < page.body.start, bool(block.path)
    if page.dropped[block.index].place.outlying and not around.related and blanks < _ENTRY:
        return Label.NAVIGATION
    entry = above and (blanks < _TEASER or around.lined <= _REACH)
    if not placed and (entry or text_forms.is_glued(block.text)):
        return Label.NAVIGATION
    if (
        not placed
        and not around.related
        and ends_like_sentence(block.text)
        and keywords.addresses_reader(pad_words(block.text))
    ):
        return Label.PROMO
    if around.related or around.lined > 1 or block.link_share > LINKED:
        return Label.RELATED
    address = "," in block.text and text_forms.has_digit(block.text)
    headline = blanks >= _ENTRY and not placed and not around.legal and not address
    return Label.NAVIGATION if above else Label.RELATED if headline else Label.OTHER


def _in_body(block: Block, shape: LineType, around: _Around) -> Label:
    """A line between paragraphs: in a dump a picture's alternative text if it stands alone, else a part of something."""
    listed = shape is LineType.LINE and around.lined > _REACH and block.text.count(" ") > _ENTRY
    if listed and not block.path and block.role is Role.PARAGRAPH and text_forms.is_worded(block.text):
        return Label.RELATED
    alone = around.loose <= (_REACH if shape is LineType.LINE else 1)
    if alone and block.role is not Role.LIST_ITEM and not block.path:
        return Label.CAPTION
    entry = shape is LineType.SHORT and around.loose == 2 * _REACH and text_forms.is_worded(block.text)
    return Label.NAVIGATION if entry else Label.OTHER

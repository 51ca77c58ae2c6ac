"""Who says what a dropped block is: its words, its place, the section it stands in, and last its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple, TypeAlias

from cleaner.classifier.labelling import keywords, neighbours, text_forms
from cleaner.classifier.labelling.container_hints import WHOLE
from cleaner.classifier.labelling.labelled_page import (
    HEADING,
    LINKED,
    REPEATED,
    DroppedBlock,
    LabelledPage,
    build_labelled_page,
)
from cleaner.classifier.labelling.line_types import LineType
from cleaner.classifier.labelling.sections import track_sections
from cleaner.labels import Group, Label
from cleaner.language import line_patterns
from cleaner.model import Blocks, Metadata, Role
from cleaner.page.dom import PageMarkup

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_HEADLINE_WORDS = 7
"""Lines with more words than this are as likely another story's headline that holds a telling word."""
_FRONT = 8
"""Blocks around the headline among which a line that starts with "By" names the author."""
_PICTURED = 150
"""Characters of the longest alternative text, where the article's own sentences may read like one."""
_PLAIN = frozenset(
    {Label.AUTHOR_BIO, Label.LEGAL, Label.CONSENT, Label.SHARE, Label.NEWSLETTER, Label.DONATION, Label.PAYWALL}
)
"""Kinds of short lines that are what they say wherever they stand."""
_OFFERS = frozenset({Label.PROMO, Label.ADVERTISEMENT, Label.OTHER})
_ENTRIES = frozenset({Label.PROMO, Label.RELATED})
"""Kinds whose words items of a list above the article hold as entries of a menu do."""
_OFFER_WORDS = 5
"""Lines of a dump with fewer words than this that offer something stand between other stories without being one."""
_OF_SENTENCES = frozenset({Label.NEWSLETTER, Label.DONATION, Label.PROMO, Label.CONSENT})
"""Kinds of sections in which a short line is not at home unless it says so."""
_IN_MENUS = frozenset({Label.LEGAL, Label.CONSENT, Label.SHARE, Label.NEWSLETTER})
"""Kinds that an entry of a menu can be told by its words to be."""
_LONG_TOO = frozenset({Label.LEGAL, Label.CONSENT, Label.NEWSLETTER, Label.AUTHOR_BIO, Label.DONATION, Label.OTHER})
"""Kinds that sentences can be told by their words to be; other words turn up in any article."""
_BELOW = frozenset({Label.PROMO, Label.PAYWALL})
"""Kinds that sentences below the article can be told to be besides."""


class NamedLabel(NamedTuple):
    """What a dropped block is, and what spoke for it."""

    label: Label
    why: str


def name_blocks(
    blocks: Blocks, dropped: Collection[int], markup: PageMarkup | None, claims: Metadata
) -> dict[int, NamedLabel]:
    """What each block of ``dropped`` is: a label about the article or of what is removed.

    ``dropped`` are indices of blocks without verdict. Verdicts on other blocks are evidence; a block with neither is
    taken to be the article's. ``OTHER`` is what nothing speaks of. ``claims`` are what the head of an HTML page says.
    """
    if not dropped:
        return {}
    page = build_labelled_page(blocks, frozenset(dropped), markup, claims)
    named: dict[int, NamedLabel] = {}
    functions = _LABELLING_FUNCTIONS if blocks[0].path else _FOR_DUMPS
    for item, section in track_sections(page):
        for function, why in functions:
            if label := function(page, item, section):
                named[item.block.index] = NamedLabel(label, why)
                break
    return _label_remaining(page, named)


def _label_remaining(page: LabelledPage, named: Mapping[int, NamedLabel]) -> dict[int, NamedLabel]:
    """``named``, with the blocks of which nothing speaks named by their shape; lines without letters by their neighbours."""
    labels = dict(named)
    rest = [item for item in page.dropped.values() if item.block.index not in named]
    known = [named[index].label if index in named else label for index, label in enumerate(page.labels)] if rest else []
    for item in rest:
        if item.line.shape is not LineType.MARK:
            label = neighbours.label_by_neighbours(page, item.block, known)
            labels[item.block.index] = NamedLabel(label, "its length, its shape and the blocks around it")
    for item in rest:
        index = item.block.index
        if index not in labels:
            beside = (labels[at].label for at in (index - 1, index + 1) if at in labels)
            near = (*beside, page.labels[index - 1] if index else None)
            label = next((label for label in near if label and label.group is not Group.BODY), Label.OTHER)
            labels[index] = NamedLabel(label, "no letters; like the block beside it")
    return labels


_LabellingFunction: TypeAlias = Callable[[LabelledPage, DroppedBlock, Label | None], Label | None]
"""What one kind of evidence says of a block that stands in a section of a certain kind, or None."""


def _label_by_whole_container(_page: LabelledPage, item: DroppedBlock, _: Label | None) -> Label | None:
    return item.place.label if item.place.label in WHOLE else None


def _label_by_role(_page: LabelledPage, item: DroppedBlock, _: Label | None) -> Label | None:
    return Label.CAPTION if item.block.role is Role.CAPTION else None


def _label_headline(page: LabelledPage, item: DroppedBlock, _: Label | None) -> Label | None:
    same = item.line.spaced == page.title and not page.title.isspace()
    headed = page.headline is not None and text_forms.is_suffixed(item.block.text, page.headline.text)
    return Label.TITLE if (same or headed) and item.place.label is not Label.NAVIGATION else None


def _label_share_bar(_page: LabelledPage, item: DroppedBlock, _: Label | None) -> Label | None:
    return Label.SHARE if item.line.is_share_bar and item.place.label is not Label.RELATED else None


def _label_copy(page: LabelledPage, item: DroppedBlock, _: Label | None) -> Label | None:
    """A repetition; of a heading, it is an entry in a table of contents."""
    role = page.texts.get(item.block.text) if len(item.block.text) >= REPEATED else None
    if role is None:
        return None
    return Label.NAVIGATION if role is Role.HEADING else Label.DUPLICATE


def _label_byline(page: LabelledPage, item: DroppedBlock, _: Label | None) -> Label | None:
    if item.line.spaced in keywords.BY:
        return Label.BYLINE
    if not item.line.spaced.startswith(keywords.STARTS):
        return None
    front = abs(item.block.index - page.top) <= _FRONT and len(item.block.text) <= HEADING
    return Label.BYLINE if front or line_patterns.parse_byline(item.block.text) else None


def _label_strip(page: LabelledPage, item: DroppedBlock, _: Label | None) -> Label | None:
    """A row of headlines or of entries of a menu."""
    strip = item.line.strip
    if strip is None or item.block.role is Role.TABLE:
        return None
    if strip is LineType.LINE and "|" in item.block.text:
        return Label.TICKER if item.block.index < page.body.start else Label.RELATED
    return Label.NAVIGATION if strip is LineType.SHORT else None


def _label_picture(_page: LabelledPage, item: DroppedBlock, section: Label | None) -> Label | None:
    """A picture's file name, credit or description, which other stories have too."""
    block, line = item.block, item.line
    if block.link_share >= LINKED or len(block.text) > _PICTURED or section is Label.COMMENTS:
        return None
    credited = block.path and line.shape is LineType.LINE and line_patterns.has_picture_credit(block.text)
    return Label.CAPTION if credited or text_forms.is_picture(block.text, line.spaced) else None


def _label_by_section(page: LabelledPage, item: DroppedBlock, section: Label | None) -> Label | None:
    if section is None or section is Label.COMMENTS:
        return section
    placed = item.place.label is not None
    entry = item.line.shape is LineType.SHORT and section in _OF_SENTENCES and not item.block.path
    words = _label_by_words(page, item, section)
    if item.line.form is Label.NAVIGATION and not item.block.path:
        return Label.NAVIGATION
    offer = words in _OFFERS and not item.block.path and item.block.text.count(" ") < _OFFER_WORDS
    return None if placed or entry or offer or words in _PLAIN else section


def _label_by_container(page: LabelledPage, item: DroppedBlock, section: Label | None) -> Label | None:
    """What the elements around say, unless words or shape say that it cannot be."""
    place = item.place.label
    if place is None or not _may_be(place, page, item):
        return None
    if place is Label.BYLINE and item.line.shape is LineType.PROSE:
        return Label.AUTHOR_BIO
    if place is Label.PROMO:
        return _label_by_words(page, item, section) or place
    if place is Label.NAVIGATION:
        words = _label_by_words(page, item, section)
        return words if words in _IN_MENUS else place
    control = item.block.role is Role.CONTROL and place in (Label.LEGAL, Label.RELATED)
    return Label.NAVIGATION if control else place


def _may_be(place: Label, page: LabelledPage, item: DroppedBlock) -> bool:
    """Whether a block has the look of what the element around it is called."""
    shape = item.line.shape
    long = shape is LineType.PROSE or len(item.block.text) > HEADING
    match place:
        case Label.NAVIGATION | Label.CAPTION:
            linked = item.block.link_share >= LINKED
            possible = not linked if place is Label.CAPTION else linked or shape is not LineType.PROSE
        case Label.TITLE:
            possible = not item.place.outlying
        case Label.DESCRIPTION:
            possible = item.block.index < page.body.start and line_patterns.can_be_standfirst(item.block.text)
        case Label.TIMESTAMP:
            possible = not long and text_forms.has_digit(item.block.text)
        case Label.TAGS | Label.BYLINE:
            possible = not long or (place is Label.BYLINE and shape is LineType.PROSE)
        case _:
            possible = True
    return possible


def _label_by_words(page: LabelledPage, item: DroppedBlock, _: Label | None) -> Label | None:
    """What a block's words say, as far as its shape and its neighbours let them."""
    return _label_prose(page, item) if item.line.shape is LineType.PROSE else _label_line(page, item)


def _label_prose(page: LabelledPage, item: DroppedBlock) -> Label | None:
    if item.block.index in page.body:
        return None
    below = item.block.index >= page.body.stop
    if below and any(author in item.block.text for author in page.authors):
        return Label.AUTHOR_BIO
    label = keywords.WORDS.find(item.line.spaced)
    return label if label in _LONG_TOO or (label in _BELOW and below) else None


def _label_line(page: LabelledPage, item: DroppedBlock) -> Label | None:
    index, text, line = item.block.index, item.block.text, item.line
    if line.form is not None and (line.form is not Label.BYLINE or item.place.label is None):
        archived = line.form is Label.TIMESTAMP and index >= page.body.stop and text_forms.is_monthly(text)
        return Label.NAVIGATION if archived else line.form
    label = line.words
    short = line.shape is LineType.SHORT
    if short and page.is_menu(index - 1, index + 2) and not neighbours.is_near_headline(page, item.block):
        return label if label in _PLAIN else None
    if label is Label.BYLINE and index > page.body.stop + 1 and text_forms.has_digit(text):
        return Label.COMMENTS
    if label in _ENTRIES and index < page.body.start and item.block.role is Role.LIST_ITEM and not item.block.path:
        return None
    if label is None and not item.place.outlying:
        label = keywords.match_call_to_action(line.spaced)
    if len(text) > HEADING or text.count(" ") >= _HEADLINE_WORDS:
        return label if label in _LONG_TOO or label is keywords.match_opening_words(line.spaced) else None
    return label


def _label_control(_page: LabelledPage, item: DroppedBlock, _: Label | None) -> Label | None:
    return Label.NAVIGATION if item.block.role is Role.CONTROL else None


_LABELLING_FUNCTIONS: tuple[tuple[_LabellingFunction, str], ...] = (
    (_label_by_whole_container, "the name of an element around it"),
    (_label_by_role, "its element"),
    (_label_headline, "the same words as the headline"),
    (_label_share_bar, "names of networks and little else"),
    (_label_copy, "the same words as a block that is kept"),
    (_label_byline, "it begins as bylines do"),
    (_label_strip, "a row of headlines or menu entries"),
    (_label_picture, "it describes or credits a picture"),
    (_label_by_section, "the heading above it"),
    (_label_by_container, "the name of an element around it"),
    (_label_by_words, "words that it holds"),
    (_label_control, "a control of a form"),
)
"""Functions in the order in which they are asked, each with what speaks for its label: the first that answers counts."""
_WITHOUT_ELEMENTS = (_label_by_whole_container, _label_by_container, _label_control)
_FOR_DUMPS = tuple((function, why) for function, why in _LABELLING_FUNCTIONS if function not in _WITHOUT_ELEMENTS)
"""Functions that are asked of lines, which have no elements around them."""

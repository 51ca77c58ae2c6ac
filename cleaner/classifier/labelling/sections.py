"""Sections of a page: what stands under a heading that says what it is."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.classifier.labelling import keywords, text_forms
from cleaner.classifier.labelling.labelled_page import HEADING, LINKED, DroppedBlock, LabelledPage
from cleaner.classifier.labelling.line_types import LineType
from cleaner.labels import Group, Label
from cleaner.language.line_patterns import is_date_line
from cleaner.model import Block, Role

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_NEW_MENU = 4
"""This many short lines in a row end a section: a menu begins."""
_QUIET = 5
"""This many lines in a row of which none speaks of comments, or of what else the section is, end it."""
_SPOKEN_OF = frozenset({Label.NEWSLETTER, Label.DONATION, Label.CONSENT, Label.PROMO})
"""Labels of sections of sentences, which say again and again what they are about."""
_SECTIONS = _SPOKEN_OF | {Label.RELATED, Label.COMMENTS, Label.TICKER, Label.TAGS}
"""Labels of headings that say what stands under them."""
_PASSED_OVER = frozenset({Label.SHARE, Label.ADVERTISEMENT, Label.PAYWALL})
"""Labels of lines that turn up inside sections of another kind."""


def track_sections(page: LabelledPage) -> Iterator[tuple[DroppedBlock, Label | None]]:
    """Each dropped block, in page order, with the kind of section it stands in, as a heading above it has said."""
    section: Label | None = None
    scope, thread = "", page.thread
    for index, kept in enumerate(page.kept):
        if kept:
            section = (
                section if section is not None and index >= page.body.stop and not page.blocks[index].path else None
            )
            continue
        block, item = page.blocks[index], page.dropped.get(index)
        opened = _opened_section(page, block, item)
        if opened is not None:
            section, scope = opened, _section_scope(block.path)
        elif section is not None and (not block.path.startswith(scope) or _ends_section(page, block, section)):
            section = None
        if item is not None:
            yield item, Label.COMMENTS if index in thread else section


def _section_scope(path: str) -> str:
    """The element that holds what stands under a heading: two above it, for headings mostly have one of their own."""
    return path.rpartition("/")[0].rpartition("/")[0]


def _opened_section(page: LabelledPage, block: Block, item: DroppedBlock | None) -> Label | None:
    """The kind of section that ``block`` is the heading of; comments have none above the article.

    Where elements say what a block is, it stands in theirs, and is no heading of another.
    """
    if item is not None and item.place.label is not None:
        return None
    if len(block.text) > HEADING or ": " in block.text or block.role is Role.CONTROL:
        return None
    label = page.labels[block.index] or (item and _announced_section(page, item))
    if label is Label.TICKER and block.index >= page.body.start:
        return Label.RELATED
    return label if label in _SECTIONS and _may_head(page, block, label) else None


def _may_head(page: LabelledPage, block: Block, label: Label) -> bool:
    """Whether a block named ``label`` is the heading of a section, by where it stands and how it ends."""
    match label:
        case Label.COMMENTS:
            return block.index >= page.body.start
        case Label.CONSENT:
            return not block.path  # its element says better how far a notice goes
        case Label.TAGS:
            return not block.path and block.text.endswith(":")
        case _:
            return True


def _announced_section(page: LabelledPage, item: DroppedBlock) -> Label | None:
    """The kind of section that a heading without a verdict announces by its first words."""
    if item.block.index >= page.body.stop and text_forms.introduces_quote(item.block.text):
        return Label.COMMENTS
    label = item.line.words and keywords.match_opening_words(item.line.spaced)
    if item.line.form is Label.TAGS:
        label = Label.TAGS
    if label not in (Label.RELATED, Label.COMMENTS, Label.TAGS):
        return None
    index = item.block.index
    menu = not item.block.path and index < page.body.start and page.shapes[index + 1] is LineType.SHORT
    return None if menu else label


def _ends_section(page: LabelledPage, block: Block, section: Label) -> bool:
    """Whether a section is over: another judge names a block otherwise, another heading comes, or a menu begins."""
    label = page.labels[block.index]
    if label is not None and label is not section:
        return label.group is Group.REMOVED and label not in _PASSED_OVER
    if block.path:
        return block.role is Role.HEADING and block.link_share < LINKED
    if section is Label.TAGS:
        return page.shapes[block.index] is not LineType.SHORT
    quiet = section is Label.COMMENTS and _is_quiet(page, block.index)
    mute = section in _SPOKEN_OF and _is_mute(page, block.index, section)
    return quiet or mute or page.is_menu(block.index, block.index + _NEW_MENU)


def _is_quiet(page: LabelledPage, start: int) -> bool:
    """Whether nothing in the lines from ``start`` on reads like readers' comments or the form for them."""
    for index in range(start, min(start + _QUIET, len(page.blocks))):
        item = page.dropped.get(index)
        if page.shapes[index] is LineType.PROSE or page.labels[index] in (Label.COMMENTS, Label.TIMESTAMP):
            return False
        if item is not None and item.line.words is Label.COMMENTS:
            return False
        if is_date_line(page.blocks[index].text):
            return False
    return True


def _is_mute(page: LabelledPage, start: int, section: Label) -> bool:
    """Whether no line from ``start`` on speaks of what the section is about."""
    for index in range(start, min(start + _QUIET, len(page.blocks))):
        item = page.dropped.get(index)
        if page.labels[index] is section or (item is not None and keywords.WORDS.find(item.line.spaced) is section):
            return False
    return True

"""Bylines of a dump: the lines below the headline, and the signature below the text, that name who wrote the article."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.front_matter.dump_view import DumpView, is_boilerplate, is_paragraph
from cleaner.front_matter.findings import BY_LINE, Byline, Finding
from cleaner.labels import Label
from cleaner.language import byline_names, line_patterns, person_names
from cleaner.language.byline_forms import is_signed_off, read_people
from cleaner.language.sentences import ends_like_sentence
from cleaner.model import Block, Role

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_BLOCKS_BELOW_NAME = 3
"""Blocks below a signature, none of which is a paragraph."""
_MAX_BLOCKS_BELOW = 10
"""Blocks below the headline that are searched for its byline."""
_NAME_BY_DATE, _NAME_BELOW = 0.9, 0.7
"""Confidence of a name alone next to the date line, and directly below the headline or standfirst: of dumps with a marked author,
it is the author's on 79 of 87, and on 64 of 89."""
_MAX_BLOCKS_TO_NAME = 2
"""Blocks from the headline to such a name."""


def find_bylines(page: DumpView, headline: Block | None) -> Iterator[Finding]:
    """Lines that name the author or agency, below the headline; without a headline, the only one next to a date line."""
    if headline is None:
        signed = [
            block for block in page.blocks if page.has_date_line_next(block.index) and page.is_byline(block.index)
        ]
        if len(signed) == 1:
            yield Finding(
                Label.BYLINE, signed[0].index, None, BY_LINE, "names the author or agency, next to the date line"
            )
        return
    for block in page.blocks[headline.index + 1 : headline.index + 1 + _MAX_BLOCKS_BELOW]:
        if name := _read_name_below(page, block):
            why = "announces the author below it"
            yield Finding(Label.BYLINE, block.index, None, BY_LINE, why)
            yield Finding(Label.BYLINE, block.index + 1, Byline((name,)), BY_LINE, "the author announced above it")
        elif page.is_byline(block.index):
            yield Finding(Label.BYLINE, block.index, None, BY_LINE, "names the author or agency, below the headline")
        elif (found := _describe_place(page, headline, block)) and read_people(block.text):
            confidence, why = found
            yield Finding(Label.BYLINE, block.index, None, confidence, why)


def _describe_place(page: DumpView, headline: Block, block: Block) -> tuple[float, str] | None:
    """How surely a line would be a byline if it has nothing but a name, and why; None in another place."""
    if not page.is_unclassified(block) or len(block.text) > line_patterns.MAX_BYLINE:
        return None
    if page.has_date_line_next(block.index):
        return _NAME_BY_DATE, "a name next to the date line"
    is_near = block.spaced and block.index < min(page.opening, headline.index + _MAX_BLOCKS_TO_NAME + 1)
    return (_NAME_BELOW, "a name alone below the headline") if is_near else None


def _read_name_below(page: DumpView, block: Block) -> str | None:
    """The name below a line that says "By" or "Written by" and nothing else; None without one."""
    below = page.blocks[block.index + 1 : block.index + 2]
    if not below or block.role is Role.TABLE or not byline_names.is_lead_alone(block.text):
        return None
    names = byline_names.split_names(below[0].text)
    return names[0] if len(names) == 1 and byline_names.is_signature(names[0]) else None


def find_signature(page: DumpView) -> Iterator[Finding]:
    """The author's or agency's name alone between the last paragraph and the boilerplate that ends the page."""
    previous: Block | None = None
    for block in page.blocks:
        if block.verdict is not None:
            continue
        is_below = block.index > page.opening and block.role is Role.PARAGRAPH and previous is not None
        if is_below and len(block.text) <= line_patterns.MAX_BYLINE and _is_signature(page, block, previous):
            yield Finding(Label.BYLINE, block.index, None, BY_LINE, "a name alone below the last paragraph")
        previous = block


def _is_signature(page: DumpView, block: Block, previous: Block | None) -> bool:
    """Whether a name alone is apart from the last paragraph, or in the form of a signature, and no paragraph is below it."""
    above = previous.text if previous else ""
    below = page.blocks[block.index + 1 : block.index + 1 + _MAX_BLOCKS_BELOW_NAME]
    if is_signed_off(block.text):
        return ends_like_sentence(above) and not any(is_paragraph(other.text) for other in below)
    is_apart = block.spaced and is_paragraph(above) and all(map(is_boilerplate, below[:1]))
    return is_apart and _is_signature_line(page, block)


def _is_signature_line(page: DumpView, block: Block) -> bool:
    return page.is_byline(block.index) or (
        person_names.is_person_name_alone(block.text) and not ends_like_sentence(block.text)
    )

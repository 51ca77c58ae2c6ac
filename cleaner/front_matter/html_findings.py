"""Findings on the blocks of an HTML page: headline, captions, date lines, bylines, boxes about authors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner import data
from cleaner.article import Metadata
from cleaner.data.markup_types import ElementNames
from cleaner.front_matter.captions import find_captions
from cleaner.front_matter.findings import BY_HEAD, BY_LINE, Finding
from cleaner.front_matter.headline import find_headline
from cleaner.labels import Label
from cleaner.language import byline_names, date_lines, line_patterns
from cleaner.language.characters import contains_any, make_alternation, normalize_phrase
from cleaner.model import Block, Blocks, Role
from cleaner.page.boxes import Box

_AUTHOR_BOXES = data.load_data(ElementNames).boxes.author
_BIO = re.compile(make_alternation(_AUTHOR_BOXES, gap="[-_]?"))
"""Ids and classes of a box about the author. Of 8,400 words in such boxes, on 640 labelled pages of five sources, 84
belong to the article."""
_BIO_CLUES = tuple({name.partition(" ")[0]: None for name in _AUTHOR_BOXES})
"""Every such id or class contains one of these; a fast test before the regular expression."""
_MIN_SENTENCE_CHARS = 60
"""Characters; shorter lines of such a box are names, links and dates, which other findings recognise. Chosen by reading pages."""
_MAX_BIO_SHARE = 0.4
"""Share of the page's sentences, in characters, above which those about the author are the article. Chosen by reading pages."""

_MAX_NAMED = 3
"""Lines with an author's name alone that are bylines: above the text, below it, in a box. More are those of a speaker, as in
interviews and transcripts, and the classifier decides."""


def find_in_html(blocks: Blocks, boxes: Sequence[Box], head: Metadata) -> Iterator[Finding]:
    """Findings on the blocks of an HTML page with their boxes; ``head`` is the metadata that its head gives."""
    headline = find_headline(blocks, head.title)
    if headline is not None:
        yield Finding(Label.TITLE, headline.index, None, BY_HEAD, "the headline that the head of the page gives")
    yield from find_captions(blocks, boxes)
    yield from _find_lines(blocks, head)
    yield from find_author_boxes(blocks)


def _find_lines(blocks: Blocks, head: Metadata) -> Iterator[Finding]:
    """Date lines and bylines."""
    authors = {normalize_phrase(name) for name in head.authors}
    named: list[Finding] = []
    for block in blocks:
        if block.items == 1 and block.role in (Role.PARAGRAPH, Role.LIST_ITEM, Role.HEADING):
            if date_lines.parse_date_line(block.text) is not None:
                why = "nothing but a date, a time or a reading time"
                yield Finding(Label.TIMESTAMP, block.index, None, BY_LINE, why)
            elif len(block.text) <= line_patterns.MAX_BYLINE:
                if line_patterns.parse_byline(block.text):
                    yield _find_byline(block)
                elif authors and _is_names_only(block.text, authors):
                    named.append(_find_byline(block))
    if len(named) <= _MAX_NAMED:
        yield from named


def _find_byline(block: Block) -> Finding:
    return Finding(Label.BYLINE, block.index, None, BY_LINE, "nothing but the names of the authors")


def find_author_boxes(blocks: Blocks) -> Iterator[Finding]:
    """The sentences of boxes about an author; none where they are most of the page, which then is a profile."""
    sentences = [block for block in blocks if block.items == 1 and len(block.text) >= _MIN_SENTENCE_CHARS]
    is_bio = {path: _is_bio(path.partition("/body")[2].lower()) for path in {block.path for block in sentences}}
    bios = [block for block in sentences if is_bio[block.path]]
    if sum(len(block.text) for block in bios) <= _MAX_BIO_SHARE * sum(len(block.text) for block in sentences):
        for block in bios:
            yield Finding(Label.AUTHOR_BIO, block.index, None, BY_LINE, "in a box about the author")


def _is_bio(path: str) -> bool:
    """Whether an id or class in ``path``, in lower case, is that of a box about the author."""
    return contains_any(path, _BIO_CLUES) and _BIO.search(path) is not None


def _is_names_only(text: str, authors: set[str]) -> bool:
    if len(text) > line_patterns.MAX_BYLINE:
        return False
    if not contains_any(text.casefold(), authors):
        return False
    found = byline_names.split_names(text)
    return (
        bool(found) and {normalize_phrase(name) for name in found} <= authors and len(" ".join(found)) + 12 >= len(text)
    )

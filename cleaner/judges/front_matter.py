"""What a page says about its article: headline, standfirst, byline, date line, captions, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner import data
from cleaner.data.file_types import ElementNames
from cleaner.front_matter import dump_findings, titles
from cleaner.front_matter.dump_findings import Finding
from cleaner.judges.context import Context
from cleaner.labels import Label
from cleaner.language import line_patterns, person_names
from cleaner.language.characters import make_alternation, normalize_phrase
from cleaner.model import Block, Blocks, Kind, Metadata, Role, Verdict, Verdicts

NAME = "about"

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_NEAR = 30
"""Characters at the end of an element path in which the element around a text is called a caption, if it is one."""
_BOXES = data.load_data(ElementNames).boxes.author
_BIO = re.compile(make_alternation(_BOXES, gap="[-_]?"))
"""What ids and classes call a box about the author."""
_BIO_CLUES = tuple({name.partition(" ")[0]: None for name in _BOXES})
"""One of these is in every such name."""
_SENTENCE = 60
"""Characters; shorter lines of such a box are names, links and dates, and told by themselves."""
_ASIDE = 0.4
"""Share of the page's sentences up to which those about the author are an aside."""
_SAME = 0.8
"""Share of words by which a heading counts as the headline the page's head gives."""


def judge_front_matter(blocks: Blocks, context: Context) -> Verdicts:
    """Verdicts on the blocks that nobody has spoken of and that are about the article."""
    find = dump_findings.find_in_dump if context.page.kind is Kind.TEXT else _in_html
    verdicts: dict[int, Verdict] = {}
    for index, label, why in find(blocks, context.metadata):
        if blocks[index].verdict is None:
            verdicts.setdefault(index, Verdict(label, NAME, why))
    return verdicts


def _in_html(blocks: Blocks, said: Metadata) -> Iterator[Finding]:
    """Findings on the blocks of an HTML page; a standfirst is left to others, for it may belong to the body."""
    authors = {normalize_phrase(name) for name in said.authors}
    headline = _headline(blocks, said.title)
    if headline is not None:
        yield Finding(headline.index, Label.TITLE, "the headline that the page's head gives")
    called = {path: "caption" in path[-_NEAR:].lower() for path in {block.path for block in blocks}}
    for block in blocks:
        if block.role is Role.CAPTION or called[block.path]:
            yield Finding(block.index, Label.CAPTION, "the caption of a figure")
        elif block.role in (Role.PARAGRAPH, Role.LIST_ITEM, Role.HEADING):
            if line_patterns.parse_date_line(block.text) is not None:
                yield Finding(block.index, Label.TIMESTAMP, "nothing but a date, a time or a reading time")
            elif len(block.text) <= line_patterns.MAX_BYLINE and (
                line_patterns.parse_byline(block.text) or (authors and _names_only(block.text, authors))
            ):
                yield Finding(block.index, Label.BYLINE, "nothing but the names of the authors")
    yield from _bios(blocks)


def _bios(blocks: Blocks) -> Iterator[Finding]:
    """The sentences of boxes about an author; on a page that is about nobody else, they are the article."""
    called = {path: _is_bio(path.partition("/body")[2].lower()) for path in {block.path for block in blocks}}
    sentences = [block for block in blocks if len(block.text) >= _SENTENCE]
    bios = [block for block in sentences if called[block.path]]
    if sum(len(block.text) for block in bios) <= _ASIDE * sum(len(block.text) for block in sentences):
        for block in bios:
            yield Finding(block.index, Label.AUTHOR_BIO, "stands in a box about the author")


def _is_bio(path: str) -> bool:
    """Whether a step of ``path``, in lower case, is called a box about the author; most paths lack the words for it."""
    return any(clue in path for clue in _BIO_CLUES) and _BIO.search(path) is not None


def _headline(blocks: Blocks, title: str | None) -> Block | None:
    """The heading that is the title, or else the first short block with just its words."""
    if not title:
        return None
    wanted = normalize_phrase(title)
    headings = [block for block in blocks if block.role is Role.HEADING]
    same = next((b for b in (*headings, *blocks[:40]) if normalize_phrase(b.text) == wanted), None)
    return same or next(
        (b for b in headings[:3] if titles.title_similarity(b.text, title) >= _SAME and "h1" in b.path), None
    )


def _names_only(text: str, authors: set[str]) -> bool:
    folded = text.casefold()
    if len(text) > line_patterns.MAX_BYLINE or not any(name in folded for name in authors):
        return False
    found = person_names.split_names(text)
    return (
        bool(found) and {normalize_phrase(name) for name in found} <= authors and len(" ".join(found)) + 12 >= len(text)
    )

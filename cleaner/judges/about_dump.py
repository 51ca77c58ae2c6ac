"""Where a dump speaks about its article: found by what lines say and by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.labels import Group, Label
from cleaner.metadata import lines, names
from cleaner.model import Block, Blocks, Metadata, Role
from cleaner.text import phrase

_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.。।][\"'”’»)\]]*$")
_BREADCRUMB = re.compile(
    r"\s[>»›/]\s|^(?:home|image|photo|picture|hero image|skip|by|von)\b|\b(?:logo|banner)$", re.IGNORECASE
)
_LISTED = re.compile(r"\|.*\|")
_PROSE = 100
"""Characters; a line this long that ends as sentences do is a paragraph. Headlines with a full stop stay below."""
_TITLE = range(15, 220)
"""Characters of a headline."""
_TITLE_WORDS = 3
_TITLE_UNSPACED = range(8, 81)
"""Characters of a headline in a script that sets no spaces."""
_STANDFIRST = range(8, 61)
"""Words of a standfirst."""
_USUAL_TITLE = 28
"""Characters most headlines have; section names, buttons and names of people mostly have fewer."""
_ABOVE = 14
"""Blocks above the first paragraph among which the headline is looked for."""
_BELOW = 10
"""Blocks below the headline among which byline and date line stand."""
_DATED_ITEMS = 3
"""More date lines than this below the first paragraph are a list of dated items, not the article's own date."""


class Finding(NamedTuple):
    """What a block is, and why."""

    at: int
    """The block's index."""
    label: Label
    why: str


@dataclass(frozen=True, slots=True)
class _Lines:
    """A dump's blocks with what their text alone tells."""

    blocks: Blocks
    stamps: dict[int, lines.Stamp]
    bylines: frozenset[int]
    captions: frozenset[int]
    opening: int
    """Index of the first paragraph."""

    def free(self, block: Block) -> bool:
        """Whether nothing is known about a block yet."""
        return block.verdict is None and block.index not in self.captions and block.index not in self.stamps

    def marked(self, index: int) -> bool:
        """Whether a block is a date line or byline, or somebody labelled it so."""
        verdict = self.blocks[index].verdict
        labelled = verdict is not None and verdict.label in (Label.TIMESTAMP, Label.BYLINE)
        return labelled or index in self.stamps or index in self.bylines


def find(blocks: Blocks, _: Metadata) -> Iterator[Finding]:
    """Findings on the blocks of a dump, the surer ones first; none at all where it has no paragraph."""
    yield from _captions(blocks)
    yield from _tag_lines(blocks)
    page = _look(blocks)
    if page is None:
        return
    headline = _headline(page)
    yield from _stamps(page)
    if headline is not None:
        yield Finding(headline.index, Label.TITLE, "the line that heads the article")
        yield from _section(page, headline)
        yield from _bylines(page, headline)
        yield from _standfirst(page, headline)
    yield from _signature(page)


def _look(blocks: Blocks) -> _Lines | None:
    captions = frozenset(finding.at for finding in _captions(blocks))
    prose = (b.index for b in blocks if b.verdict is None and b.index not in captions and _is_prose(b.text))
    opening = next(prose, None)
    if opening is None:
        return None
    rows = [block for block in blocks if block.role is not Role.TABLE]
    stamps = {block.index: stamp for block in rows if (stamp := lines.stamp(block.text)) is not None}
    bylines = frozenset(block.index for block in rows if lines.byline(block.text) or lines.agency(block.text))
    return _Lines(blocks, stamps, bylines, captions, opening)


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE and _SENTENCE_END.search(text) is not None and not lines.is_caption(text)


def _captions(blocks: Blocks) -> Iterator[Finding]:
    """Lines with a picture's credit, and the alternative text above them."""
    for block in blocks:
        labelled = block.verdict is not None and block.verdict.label is Label.CAPTION
        if labelled or (block.verdict is None and lines.is_caption(block.text)):
            yield Finding(block.index, Label.CAPTION, "bears a picture's credit")
            above = blocks[block.index - 1] if block.index else None
            if above and not _is_prose(above.text) and _repeats(above.text, block.text):
                yield Finding(above.index, Label.CAPTION, "says what the caption below it says")


def _repeats(above: str, caption: str) -> bool:
    """Whether all words of ``above`` stand in ``caption`` in the same order without a gap."""
    words = phrase(above)
    return len(words) > 1 and f" {words} " in f" {phrase(caption)} " and not lines.agency(above)


def _tag_lines(blocks: Blocks) -> Iterator[Finding]:
    for block in blocks:
        if lines.is_tag_line(block.text):
            yield Finding(block.index, Label.TAGS, "a line of tags that says so")
        elif lines.is_tag_heading(block.text):
            yield Finding(block.index, Label.TAGS, "announces the tags below it")
            below = blocks[block.index + 1] if block.index + 1 < len(blocks) else None
            if below and len(below.text) < 2 * _PROSE and not _SENTENCE_END.search(below.text):
                yield Finding(below.index, Label.TAGS, "the line of tags announced above it")


def _stamps(page: _Lines) -> Iterator[Finding]:
    """Date lines; a relative time below the first paragraph is another story's, and left to other judges."""
    late = [index for index, stamp in page.stamps.items() if index > page.opening and stamp != lines.Stamp()]
    early = [index for index in page.stamps if index < page.opening]
    for index in (*early, *(late if len(late) <= _DATED_ITEMS else ())):
        yield Finding(index, Label.TIMESTAMP, "nothing but a date, a time or a reading time")


def _headline(page: _Lines) -> Block | None:
    """The headline: of the fitting lines right above the first paragraph, back to the last dropped one, the likeliest."""
    above = [block for block in page.blocks[max(0, page.opening - _ABOVE) : page.opening] if _fits(page, block)]
    if not above:
        return None
    group = [above[-1]]
    for block in reversed(above[:-1]):
        if any(_is_dropped(between) for between in page.blocks[block.index + 1 : group[0].index]):
            break
        group.insert(0, block)
    return max(group, key=lambda block: (_looks(page, block, group), -block.index))


def _is_dropped(block: Block) -> bool:
    return block.verdict is not None and block.verdict.label.group is Group.REMOVED


def _fits(page: _Lines, block: Block) -> bool:
    text = block.text
    if not page.free(block) or block.index in page.bylines or _FULL_STOP.search(text) or text.endswith((":", ",")):
        return False
    if not text.isascii() and len(text.split()) < _TITLE_WORDS:
        return len(text) in _TITLE_UNSPACED
    return (
        len(text) in _TITLE
        and len(text.split()) >= _TITLE_WORDS
        and not _BREADCRUMB.search(text)
        and not _LISTED.search(text)
    )


def _looks(page: _Lines, block: Block, group: Sequence[Block]) -> int:
    """How much a line looks like the headline: its length, its role, what stands under it, whether it comes twice."""
    below = range(block.index + 1, min(block.index + 3, page.opening))
    twice = sum(phrase(block.text) in phrase(other.text) for other in group) > 1
    long_enough = len(block.text) >= _USUAL_TITLE
    marked = any(map(page.marked, below))
    return sum((3 * long_enough, marked, 2 * (block.role is Role.HEADING), 2 * twice))


def _section(page: _Lines, headline: Block) -> Iterator[Finding]:
    above = page.blocks[headline.index - 1] if headline.index else None
    if above and phrase(above.text) in lines.SECTIONS:
        yield Finding(above.index, Label.TAGS, "the section, above the headline")


def _bylines(page: _Lines, headline: Block) -> Iterator[Finding]:
    for block in page.blocks[headline.index + 1 : headline.index + 1 + _BELOW]:
        if block.index in page.bylines:
            yield Finding(block.index, Label.BYLINE, "names the author or agency, under the headline")
        elif page.free(block) and names.is_person(block.text) and _beside_stamp(page, block):
            yield Finding(block.index, Label.BYLINE, "a name beside the date line")


def _beside_stamp(page: _Lines, block: Block) -> bool:
    return block.index - 1 in page.stamps or block.index + 1 in page.stamps


def _standfirst(page: _Lines, headline: Block) -> Iterator[Finding]:
    """The first line below the headline that is neither byline nor date line, if it is a sentence or so.

    Without the full stop of a paragraph it need not be set off; with one, a byline or date line must follow it.
    """
    for block in page.blocks[headline.index + 1 : page.opening + 1]:
        if phrase(block.text) == phrase(headline.text):
            yield Finding(block.index, Label.TITLE, "the headline once more")
        elif page.free(block) and block.index not in page.bylines and not names.is_person(block.text):
            words = len(block.text.split())
            ended = _SENTENCE_END.search(block.text) and not any(map(page.marked, range(block.index + 1, page.opening)))
            if block.role is Role.PARAGRAPH and words in _STANDFIRST and not ended and block.index < page.opening:
                yield Finding(block.index, Label.DESCRIPTION, "the line between the headline and the article")
            return


def _signature(page: _Lines) -> Iterator[Finding]:
    """The author's or agency's name alone between the last paragraph and the boilerplate that ends the page."""
    before: Block | None = None
    for block in page.blocks:
        if block.verdict is not None:
            continue
        below = page.blocks[block.index + 1 : block.index + 2]
        alone = block.spaced and block.role is Role.PARAGRAPH and before is not None and _is_prose(before.text)
        if block.index > page.opening and alone and all(map(_is_dropped, below)) and _signs(page, block):
            yield Finding(block.index, Label.BYLINE, "a name alone under the last paragraph")
        before = block


def _signs(page: _Lines, block: Block) -> bool:
    return block.index in page.bylines or (names.is_person(block.text) and not _SENTENCE_END.search(block.text))

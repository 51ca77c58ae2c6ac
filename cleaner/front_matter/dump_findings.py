"""Findings on the lines of a dump: headline, standfirst, byline, dates, captions, tags, by form and position."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import exp

from cleaner import data
from cleaner.data.file_types import LineWords
from cleaner.front_matter.findings import BELIEVED, BY_LINE, Finding
from cleaner.labels import Group, Label
from cleaner.language import line_patterns, person_names
from cleaner.language.characters import make_alternation, normalize_phrase
from cleaner.language.sentences import UNSPACED, ends_like_sentence, is_prose
from cleaner.language.words import share_repeated
from cleaner.model import Block, Blocks, Role

_NOT_AT_END_OF_HEADLINE = ".。।"
"""Marks that end a sentence and never a headline."""
_WORDS = data.load_data(LineWords).not_headline
_BREADCRUMB = re.compile(
    rf"\s[>»›/]\s|^{make_alternation(_WORDS.first_words)}\b|\b{make_alternation(_WORDS.last_words)}$", re.IGNORECASE
)
_LISTED = re.compile(r"\|.*\|")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\b|uhr|[A-Z]{3,4}\b)|\bmin(?:ute)?s? read\b", re.IGNORECASE)
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_HEADLINE_CHARS = range(15, 220)
"""Characters of a headline."""
_MIN_HEADLINE_WORDS = 3
"""Words of the shortest headline in scripts with spaces."""
_UNSPACED_HEADLINE_CHARS = range(8, 81)
"""Characters of a headline in a script without spaces."""
_STANDFIRST_WORDS = range(8, 61)
"""Words of a standfirst."""
_MAX_BLOCKS_ABOVE = 20
"""Blocks above the first paragraph that are searched for the headline."""
_USUAL_CHARS, _MEDIAN_CHARS, _RARE_CHARS = 28, 45, 120
"""Characters that most headlines reach, and section names, buttons and person names do not; that half reach; that few."""
_USUAL_WORDS = 5
"""Words that most headlines have."""
_WORD = re.compile(rf"[^\W\d_{UNSPACED}]{{4,}}")
_PAIR = re.compile(rf"(?=([{UNSPACED}]{{2}}))")
_OPENING_SHARE, _STRETCH_BLOCKS = 0.2, 15
"""The article opens with the first paragraph whose stretch (so many blocks from it on) has this share of the prose of
the richest stretch. Of 423 dumps of whole pages, the headline is then within :data:`_MAX_BLOCKS_ABOVE` above it on 336;
within the same distance above the very first paragraph, which may be a notice or a teaser, on 304. Shares of .3 and .5
gain nothing."""
_BODY_BLOCKS = 12
"""Blocks from the opening on that are compared with the headline's words."""
_SHARED = 0.4
"""Share of a headline's words that usually appear in the article's first paragraphs too."""
_CLOSE, _MAX_LEAD = 0.7, 2
"""Of lines whose scores differ by no more than the first number, within so many blocks, the first is the headline and the
next the standfirst; without this, 12 of 813 headlines are missed."""
_EVEN_SCORE = 3.0
"""Score at which the likeliest line is the headline half of the time; the confidence is the logistic function of the distance
to it. Measured on dumps of other sites than the weights come from: of the lines above it, 75 % of whole pages and 78 % of main
parts are the headline; half a point below it, 15 right and 20 wrong ones."""
_MIN_REPEATED = 0.8
"""Share of a standfirst's shingles in a paragraph, from which the paragraph repeats it: seed 003 repeats all but its ends."""
_MAX_BLOCKS_BELOW = 10
"""Blocks below the headline that are searched for its byline."""
_MAX_LATE_DATES = 3
"""More date lines than this below the first paragraph are a list of dated items, not the article's own date."""


@dataclass(frozen=True, slots=True)
class _DumpView:
    """A dump's blocks, with what is known from their text alone."""

    blocks: Blocks
    stamps: dict[int, line_patterns.DateLine]
    captions: frozenset[int]
    opening: int
    """Index of the first paragraph."""

    def is_unclassified(self, block: Block) -> bool:
        """Whether a block has no verdict and is no caption or date line."""
        return block.verdict is None and block.index not in self.captions and block.index not in self.stamps

    def is_byline(self, index: int) -> bool:
        """Whether a block says "By …" or names an agency, and nothing else."""
        text = self.blocks[index].text
        return self.blocks[index].role is not Role.TABLE and bool(
            line_patterns.parse_byline(text) or line_patterns.match_agency(text)
        )

    def has_date_line_next(self, index: int) -> bool:
        """Whether the block above or below is a date line."""
        return index - 1 in self.stamps or index + 1 in self.stamps

    def is_byline_or_date(self, index: int) -> bool:
        """Whether a block is a date line or byline, by its form or its label."""
        verdict = self.blocks[index].verdict
        labelled = verdict is not None and verdict.label in (Label.TIMESTAMP, Label.BYLINE)
        return labelled or index in self.stamps or self.is_byline(index)


def find_in_dump(blocks: Blocks) -> Iterator[Finding]:
    """Findings on the blocks of a dump; only captions and tags where it has no paragraph."""
    captions = tuple(_find_captions(blocks))
    yield from captions
    yield from _find_tag_lines(blocks)
    page = _view_dump(blocks, frozenset(finding.block for finding in captions if finding.block is not None))
    if page is None:
        return
    yield from _find_date_lines(page)
    headline, confidence = _find_dump_headline(page)
    if headline is None or confidence < BELIEVED:
        yield from _find_bylines(page, None)
    else:
        yield Finding(Label.TITLE, headline.index, None, confidence, "the line that heads the article")
        yield from _find_section_line(page, headline)
        yield from _find_bylines(page, headline)
        yield from _find_standfirst(page, headline)
    yield from _find_signature(page)


def _view_dump(blocks: Blocks, captions: frozenset[int]) -> _DumpView | None:
    opening = _find_opening(
        [b for b in blocks if b.verdict is None and b.index not in captions and _is_paragraph(b.text)]
    )
    if opening is None:
        return None
    rows = [block for block in blocks if block.role is not Role.TABLE]
    stamps = {block.index: stamp for block in rows if (stamp := line_patterns.parse_date_line(block.text)) is not None}
    return _DumpView(blocks, stamps, captions, opening)


def _find_opening(prose: Sequence[Block]) -> int | None:
    """Index of the paragraph that opens the article: the first with enough prose from it on."""
    prose_lengths = [
        sum(
            len(other.text) for other in prose[at : at + _STRETCH_BLOCKS] if other.index < block.index + _STRETCH_BLOCKS
        )
        for at, block in enumerate(prose)
    ]
    enough = _OPENING_SHARE * max(prose_lengths, default=0)
    return next((block.index for block, length in zip(prose, prose_lengths, strict=True) if length >= enough), None)


def _is_paragraph(text: str) -> bool:
    return is_prose(text) and not line_patterns.has_picture_credit(text)


def _find_captions(blocks: Blocks) -> Iterator[Finding]:
    """Lines with a picture's credit, and the alternative text above them."""
    for block in blocks:
        labelled = block.verdict is not None and block.verdict.label is Label.CAPTION
        if labelled or (block.verdict is None and line_patterns.has_picture_credit(block.text)):
            yield Finding(Label.CAPTION, block.index, None, BY_LINE, "has a picture's credit")
            above = blocks[block.index - 1] if block.index else None
            if above and not _is_paragraph(above.text) and _repeats_caption(above.text, block.text):
                yield Finding(Label.CAPTION, above.index, None, BY_LINE, "repeated by the caption below it")


def _repeats_caption(above: str, caption: str) -> bool:
    """Whether ``caption`` contains all words of ``above`` in the same order without a gap."""
    words = normalize_phrase(above)
    return len(words) > 1 and f" {words} " in f" {normalize_phrase(caption)} " and not line_patterns.match_agency(above)


def _find_tag_lines(blocks: Blocks) -> Iterator[Finding]:
    for block in blocks:
        if line_patterns.is_tag_line(block.text):
            yield Finding(Label.TAGS, block.index, None, BY_LINE, "a line of tags with its label")
        elif line_patterns.is_tag_heading(block.text):
            yield Finding(Label.TAGS, block.index, None, BY_LINE, "announces the tags below it")
            below = blocks[block.index + 1] if block.index + 1 < len(blocks) else None
            if below and len(below.text) <= line_patterns.MAX_TAGS and not ends_like_sentence(below.text):
                yield Finding(Label.TAGS, below.index, None, BY_LINE, "the line of tags announced above it")


def _find_date_lines(page: _DumpView) -> Iterator[Finding]:
    """Date lines; not relative times below the first paragraph, which belong to other stories."""
    late = [index for index, stamp in page.stamps.items() if index > page.opening and stamp != line_patterns.DateLine()]
    early = [index for index in page.stamps if index < page.opening]
    for index in (*early, *(late if len(late) <= _MAX_LATE_DATES else ())):
        yield Finding(Label.TIMESTAMP, index, None, BY_LINE, "nothing but a date, a time or a reading time")


def _find_dump_headline(page: _DumpView) -> tuple[Block | None, float]:
    """The likeliest headline above the first paragraph, and the confidence that it is the headline."""
    above = [
        block
        for block in page.blocks[max(0, page.opening - _MAX_BLOCKS_ABOVE) : page.opening]
        if _can_be_headline(page, block)
    ]
    if not above:
        return None, 0.0
    body = _content_words(" ".join(block.text for block in page.blocks[page.opening : page.opening + _BODY_BLOCKS]))
    scores = [_score_headline(page, block, body) for block in above]
    best = max(scores)
    likeliest = above[scores.index(best)]
    near = (block for block, score in zip(above, scores, strict=True) if score >= best - _CLOSE)
    headline = next(block for block in near if likeliest.index - block.index <= _MAX_LEAD)
    return headline, 1 / (1 + exp(_EVEN_SCORE - best))


def _is_dropped(block: Block) -> bool:
    return block.verdict is not None and block.verdict.label.group is Group.REMOVED


def _can_be_headline(page: _DumpView, block: Block) -> bool:
    text = block.text
    if (
        not page.is_unclassified(block)
        or page.is_byline(block.index)
        or ends_like_sentence(text, _NOT_AT_END_OF_HEADLINE)
        or text.endswith((":", ","))
    ):
        return False
    if person_names.has_glued_words(text) or _CLOCK.search(text):
        return False
    if len(text.split()) < _MIN_HEADLINE_WORDS:
        return len(text) in _UNSPACED_HEADLINE_CHARS and len(_PAIR.findall(text)) * 2 > len(text)
    return len(text) in _HEADLINE_CHARS and not _BREADCRUMB.search(text) and not _LISTED.search(text)


def _score_headline(page: _DumpView, block: Block, body: Collection[str]) -> float:
    """How much a line looks like the headline.

    The weights are those of a logistic choice among the lines above the opening, fitted on 813 dumps, rounded. The
    strongest evidence is that the article uses the headline's words.
    """
    text, words = block.text, _content_words(block.text)
    shared = sum(word in body for word in words) / len(words) if words else 0.0
    below = page.blocks[block.index + 1 : page.opening]
    return sum(
        (
            1.4 * shared,
            1.1 * (shared >= _SHARED),
            0.6 * (len(text) >= _USUAL_CHARS or not text.isascii()),
            0.6 * (len(text) >= _MEDIAN_CHARS),
            -0.3 * (len(text) > _RARE_CHARS),
            0.4 * (len(text.split()) >= _USUAL_WORDS),
            1.2 * block.spaced,
            0.6 * any(page.is_byline_or_date(other.index) for other in below[:3]),
            -0.7 * (block.role is Role.LIST_ITEM),
            -0.3 * any(map(_is_dropped, below)),
        )
    )


def _content_words(text: str) -> frozenset[str]:
    """The words of 4 letters and more of a text, and pairs of letters of scripts without spaces."""
    folded = text.casefold()
    return frozenset(_WORD.findall(folded)) | frozenset(_PAIR.findall(folded))


def _find_section_line(page: _DumpView, headline: Block) -> Iterator[Finding]:
    above = page.blocks[headline.index - 1] if headline.index else None
    if above and normalize_phrase(above.text) in line_patterns.SECTIONS:
        yield Finding(Label.TAGS, above.index, None, BY_LINE, "the section, above the headline")


def _find_bylines(page: _DumpView, headline: Block | None) -> Iterator[Finding]:
    """Lines that name the author or agency, below the headline; without a headline, the only one next to a date line."""
    if headline is None:
        signed = [
            block for block in page.blocks if page.is_byline(block.index) and page.has_date_line_next(block.index)
        ]
        if len(signed) == 1:
            yield Finding(
                Label.BYLINE, signed[0].index, None, BY_LINE, "names the author or agency, next to the date line"
            )
        return
    for block in page.blocks[headline.index + 1 : headline.index + 1 + _MAX_BLOCKS_BELOW]:
        if page.is_byline(block.index):
            yield Finding(Label.BYLINE, block.index, None, BY_LINE, "names the author or agency, below the headline")
        elif (
            page.is_unclassified(block)
            and page.has_date_line_next(block.index)
            and person_names.is_person_name_alone(block.text)
        ):
            yield Finding(Label.BYLINE, block.index, None, BY_LINE, "a name next to the date line")


def _find_standfirst(page: _DumpView, headline: Block) -> Iterator[Finding]:
    """The first line below the headline that is neither byline nor date line, if it is a sentence or so.

    If it ends like a sentence, a byline or date line must follow it.
    """
    for block in page.blocks[headline.index + 1 : page.opening + 1]:
        if normalize_phrase(block.text) == normalize_phrase(headline.text):
            yield Finding(Label.TITLE, block.index, None, BY_LINE, "repeats the headline")
        elif (
            page.is_unclassified(block)
            and not page.is_byline(block.index)
            and not person_names.is_person_name_alone(block.text)
        ):
            if block.index < page.opening and _can_be_standfirst(page, block):
                yield from _standfirst_findings(page, block)
            return


def _can_be_standfirst(page: _DumpView, block: Block) -> bool:
    is_paragraph = ends_like_sentence(block.text) and not any(
        map(page.is_byline_or_date, range(block.index + 1, page.opening))
    )
    has_size = block.role is Role.PARAGRAPH and len(block.text.split()) in _STANDFIRST_WORDS
    return has_size and not is_paragraph and line_patterns.can_be_standfirst(block.text)


def _standfirst_findings(page: _DumpView, block: Block) -> Iterator[Finding]:
    """The standfirst is kept once: if a paragraph repeats it, the paragraph is kept and the standfirst is a duplicate."""
    for other in page.blocks[page.opening :]:
        if not other.dropped and share_repeated(block.text, other.text) >= _MIN_REPEATED:
            yield Finding(Label.DUPLICATE, block.index, None, BY_LINE, "a standfirst that the text repeats")
            yield Finding(Label.DESCRIPTION, None, block.text, BY_LINE, "the line between the headline and the article")
            return
    yield Finding(Label.DESCRIPTION, block.index, None, BY_LINE, "the line between the headline and the article")


def _find_signature(page: _DumpView) -> Iterator[Finding]:
    """The author's or agency's name alone between the last paragraph and the boilerplate that ends the page."""
    previous: Block | None = None
    for block in page.blocks:
        if block.verdict is not None:
            continue
        below = page.blocks[block.index + 1 : block.index + 2]
        is_apart = block.index > page.opening and block.spaced and len(block.text) <= line_patterns.MAX_BYLINE
        is_alone = is_apart and block.role is Role.PARAGRAPH and previous is not None and _is_paragraph(previous.text)
        if is_alone and all(map(_is_dropped, below)) and _is_signature_line(page, block):
            yield Finding(Label.BYLINE, block.index, None, BY_LINE, "a name alone below the last paragraph")
        previous = block


def _is_signature_line(page: _DumpView, block: Block) -> bool:
    return page.is_byline(block.index) or (
        person_names.is_person_name_alone(block.text) and not ends_like_sentence(block.text)
    )

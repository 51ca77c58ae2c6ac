"""Findings on the lines of a dump: headline, standfirst, byline, dates, captions, tags, by form and position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from cleaner.front_matter.captions import ends_with_copyright, ends_with_credit
from cleaner.front_matter.date_order import find_dump_date_order
from cleaner.front_matter.dump_bylines import find_bylines, find_signature
from cleaner.front_matter.dump_headline import Headline, continues_below, find_dump_headline
from cleaner.front_matter.dump_view import DumpView, is_paragraph, view_dump
from cleaner.front_matter.findings import BELIEVED, BY_LINE, BY_RULE, Finding, believe_findings
from cleaner.front_matter.labelled_headline import LineChances, find_labelled_headline, find_text_opening
from cleaner.labels import Label
from cleaner.language import byline_names, date_lines, line_patterns, person_names
from cleaner.language.characters import normalize_phrase
from cleaner.language.dates import MAX_LINE, find_dates
from cleaner.language.sentences import ends_like_sentence
from cleaner.language.words import share_repeated
from cleaner.model import Block, Blocks, Role
from cleaner.page.urls import host_of

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_STANDFIRST_WORDS = range(8, 61)
"""Words of a standfirst."""
_MIN_REPEATED = 0.8
"""Share of a standfirst's shingles in a paragraph, from which the paragraph repeats it: seed 003 repeats all but its ends."""
_BY_LABEL = frozenset({Label.BYLINE, Label.TIMESTAMP})
_MIN_LABEL_CHANCE = 0.7
"""Probability from which a label of the classifier is a finding."""
_MIN_CHANCE_BESIDE = 0.35
"""The same beside the article, where such lines stand."""
_MAX_BLOCKS_BESIDE = 8
"""Blocks below the headline or from the first kept one on that are beside the article; half as many above and below all."""
_OF_HEADLINE = frozenset({Label.TITLE, Label.DESCRIPTION})
_BESIDE_HEADLINE = _OF_HEADLINE | {Label.DUPLICATE}
"""Labels of lines among which the headline is looked for again."""
_MAX_LINES_WITH_DATE = 3
"""Lines between a headline and its text, of which one has a date."""
_MIN_HEADLINE_CHANCE, _MIN_TITLE_CHANCE = 0.55, 0.5
"""Probability from which a line is the headline when the classifier has labelled the lines, and probability of its label. By the
first alone, of 1,166 dumps of sites that nothing was learned from, .802 of the headlines are right and .081 wrong with .5, .778 and
.063 with .6; without the labels, .759 and .103."""
_MAX_LENGTH_RATIO = 3
"""Length of a block that is the headline, in lengths of that."""
_MAX_LATE_DATES = 3
"""More date lines than this below the first paragraph are a list of dated items, not the article's own date."""


def find_in_dump(blocks: Blocks, url: str | None) -> Iterator[Finding]:
    """Findings on the blocks of the dump of the page at ``url``; only captions and tags where it has no paragraph."""
    captions = tuple(find_captions(blocks))
    yield from captions
    yield from _find_tag_lines(blocks)
    order = find_dump_date_order(blocks, host_of(url))
    page = view_dump(blocks, frozenset(finding.block for finding in captions if finding.block is not None), order)
    if page is None:
        return
    yield from _find_date_lines(page)
    headline = find_dump_headline(page, url)
    if headline is None or headline.chance < BELIEVED:
        yield from find_bylines(page, None)
    else:
        yield from _find_around_headline(page, headline)
    yield from find_signature(page)


def find_headline_above_text(
    blocks: Blocks, findings: Sequence[Finding], chances: LineChances, url: str | None
) -> tuple[Finding, ...]:
    """``findings`` with the headline of the text that the classifier sees, if it is likely, and no other; a rule's stays.

    ``chances`` are those of the labels of each block.
    """
    known = [finding for finding in findings if finding.role is Label.TITLE and finding.block is not None]
    if any(finding.confidence == BY_RULE for finding in known):
        return tuple(findings)
    page = view_labelled(blocks, findings, chances, url)
    headline = find_labelled_headline(page, chances, url) if page else None
    if page is None or headline is None or not _is_likely(page, headline, known, chances):
        return tuple(finding for finding in findings if finding not in known)
    headline = headline._replace(chance=max(headline.chance, BELIEVED))
    if any(finding.block == headline.block.index for finding in known):
        return (_name_headline(headline), *(finding for finding in findings if finding not in known))
    others = tuple(finding for finding in findings if finding.role not in _OF_HEADLINE)
    return (*others, *_find_around_headline(page, headline))


def _is_likely(page: DumpView, headline: Headline, known: Sequence[Finding], chances: LineChances) -> bool:
    """Whether the likeliest headline is likely enough by all evidence, or by its label, its place, or its form and BELIEVED."""
    block, _, chance = headline
    return (
        chance >= _MIN_HEADLINE_CHANCE
        or (chances.title[block.index] >= _MIN_TITLE_CHANCE and not continues_below(page.blocks, block))
        or block.index in _find_lines_above_date(page)
        or (chance >= BELIEVED and any(finding.block == block.index for finding in known))
    )


def _find_lines_above_date(page: DumpView) -> range:
    """The indices of the line above the lines with a date that touch the text, and of the one above it if it is a byline."""
    above = range(page.opening - 1, max(page.opening - 1 - _MAX_LINES_WITH_DATE, 0), -1)
    dated = [at for at in above if len(page.blocks[at].text) <= MAX_LINE and find_dates(page.blocks[at].text)]
    if not dated:
        return range(0)
    top = min(dated) - 1
    is_byline = page.is_byline(top) or person_names.is_person_name_alone(page.blocks[top].text)
    return range(max(top - is_byline, 0), top + 1)


def view_labelled(
    blocks: Blocks, findings: Sequence[Finding], chances: LineChances, url: str | None
) -> DumpView | None:
    """The view of a dump from the text that the classifier sees; the lines that were found to be headline or standfirst are open."""
    heads = {finding.block for finding in findings if finding.role in _BESIDE_HEADLINE}
    captions = frozenset(f.block for f in findings if f.role is Label.CAPTION and f.block is not None)
    undecided = tuple(replace(block, verdict=None) if block.index in heads else block for block in blocks)
    return view_dump(
        undecided, captions, find_dump_date_order(blocks, host_of(url)), find_text_opening(blocks, chances)
    )


def _find_around_headline(page: DumpView, headline: Headline) -> Iterator[Finding]:
    yield _name_headline(headline)
    yield from _find_section_line(page, headline.block)
    yield from find_bylines(page, headline.block)
    yield from _find_standfirst(page, headline.block)


def _name_headline(headline: Headline) -> Finding:
    """The title; a block of which it is the smaller part keeps its own label."""
    block, text, chance = headline
    index = block.index if len(block.text) <= _MAX_LENGTH_RATIO * len(text) else None
    return Finding(Label.TITLE, index, text, chance, "the line that heads the article")


def find_by_labels(
    blocks: Blocks, findings: Iterable[Finding], labelled: Sequence[tuple[Label, float]]
) -> Iterator[Finding]:
    """Findings on the dropped blocks that the classifier calls a byline or a date line.

    They count for the roles that no other finding has, and date lines beside the article always. ``labelled`` has each
    block's likeliest label with its probability.
    """
    missing = _BY_LABEL - {finding.role for finding in believe_findings(findings)}
    beside = set(_list_blocks_beside_text(blocks, findings))
    for block, (label, chance) in zip(blocks, labelled, strict=True):
        is_beside = block.index in beside
        if (
            block.dropped
            and (label in missing or (is_beside and label is Label.TIMESTAMP))
            and chance >= (_MIN_CHANCE_BESIDE if is_beside else _MIN_LABEL_CHANCE)
        ):
            yield Finding(label, block.index, None, max(chance, BELIEVED), "the classifier's label")


def _list_blocks_beside_text(blocks: Blocks, findings: Iterable[Finding]) -> Iterator[int]:
    """The blocks around the headline, above the first kept block, and below the last."""
    places = [finding.block for finding in findings if finding.role is Label.TITLE and finding.block is not None]
    kept = [block.index for block in blocks if block.kept]
    for place in (*places, *kept[:1]):
        yield from range(place - _MAX_BLOCKS_BESIDE // 2, place + _MAX_BLOCKS_BESIDE)
    yield from (at for last in kept[-1:] for at in range(last + 1, last + 1 + _MAX_BLOCKS_BESIDE // 2))


def find_captions(blocks: Blocks) -> Iterator[Finding]:
    """Alternative texts where the notation shows them, lines with a picture's credit, and the text above that repeats them."""
    for block in blocks:
        if block.role is Role.CAPTION:
            yield Finding(Label.CAPTION, block.index, None, BY_LINE, "the alternative text of a picture")
            continue
        labelled = block.verdict is not None and block.verdict.label is Label.CAPTION
        if labelled or (block.verdict is None and _has_credit(block.text)):
            yield Finding(Label.CAPTION, block.index, None, BY_LINE, "has a picture's credit")
            above = blocks[block.index - 1] if block.index else None
            if above and not is_paragraph(above.text) and _repeats_caption(above.text, block.text):
                yield Finding(Label.CAPTION, above.index, None, BY_LINE, "repeated by the caption below it")


def _has_credit(text: str) -> bool:
    """Whether a line has a picture's credit; one that begins with "Words:" names who wrote the article, too."""
    if line_patterns.has_picture_credit(text):
        return True
    has_credit = len(text) <= line_patterns.MAX_CAPTION and (ends_with_credit(text) or ends_with_copyright(text))
    return has_credit and byline_names.match_lead(text) is None


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


def _find_date_lines(page: DumpView) -> Iterator[Finding]:
    """Date lines; not relative times below the first paragraph, which belong to other stories."""
    stamps = [(block.index, stamp) for block in page.blocks if (stamp := page.read_stamp(block.index)) is not None]
    late = [index for index, stamp in stamps if index > page.opening and stamp != date_lines.DateLine()]
    early = [index for index, _ in stamps if index < page.opening]
    for index in (*early, *(late if len(late) <= _MAX_LATE_DATES else ())):
        yield Finding(Label.TIMESTAMP, index, None, BY_LINE, "nothing but a date, a time or a reading time")


def _find_section_line(page: DumpView, headline: Block) -> Iterator[Finding]:
    above = page.blocks[headline.index - 1] if headline.index else None
    if above and normalize_phrase(above.text) in line_patterns.SECTIONS:
        yield Finding(Label.TAGS, above.index, None, BY_LINE, "the section, above the headline")


def _find_standfirst(page: DumpView, headline: Block) -> Iterator[Finding]:
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


def _can_be_standfirst(page: DumpView, block: Block) -> bool:
    is_paragraph = ends_like_sentence(block.text) and not any(
        map(page.is_byline_or_date, range(block.index + 1, page.opening))
    )
    has_size = block.role is Role.PARAGRAPH and len(block.text.split()) in _STANDFIRST_WORDS
    return has_size and not is_paragraph and line_patterns.can_be_standfirst(block.text)


def _standfirst_findings(page: DumpView, block: Block) -> Iterator[Finding]:
    """The standfirst is kept once: if a paragraph repeats it, the paragraph is kept and the standfirst is a duplicate."""
    for other in page.blocks[page.opening :]:
        if not other.dropped and share_repeated(block.text, other.text) >= _MIN_REPEATED:
            yield Finding(Label.DUPLICATE, block.index, None, BY_LINE, "a standfirst that the text repeats")
            yield Finding(Label.DESCRIPTION, None, block.text, BY_LINE, "the line between the headline and the article")
            return
    yield Finding(Label.DESCRIPTION, block.index, None, BY_LINE, "the line between the headline and the article")

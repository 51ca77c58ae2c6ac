"""Metadata of a dump, from the blocks that have findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from cleaner.front_matter import publication_dates
from cleaner.front_matter.date_order import find_dump_date_order
from cleaner.front_matter.findings import BY_LINE, Byline, Finding, Topics, believe_findings
from cleaner.front_matter.publication_dates import DateStyle
from cleaner.labels import Group, Label
from cleaner.language import line_patterns, person_names
from cleaner.language.characters import normalize_phrase
from cleaner.language.line_patterns import DateLine
from cleaner.model import Block, Blocks
from cleaner.page.urls import host_of
from cleaner.rulebook import SiteMetadata

_MAX_BLOCKS_BELOW = 12
"""Blocks below the headline that are searched for its date line. Chosen by reading pages; not measured."""
_MAX_KEPT_CHARS = 400
"""Characters of kept text between the headline and its date line: a standfirst, or a stray line."""
_MAX_BLOCKS_BETWEEN_NAMES = 2
"""Blocks from one name alone to the next, of the same article."""
_BY_ADDRESS, _BY_ONLY_DATE = 0.55, 0.53
"""Confidence of the date in the page's address, and of the only one beside the text."""
_OF_DATES = frozenset({Label.TIMESTAMP, Label.BYLINE})
"""Labels of lines that may hold it."""
_MAX_BLOCKS_ABOVE_TEXT = 8
"""Blocks above the text that are beside it, where the headline is further away. Chosen by reading pages; not measured."""


def read_dump_values(
    blocks: Blocks, findings: Iterable[Finding], rules: SiteMetadata, url: str | None
) -> Iterator[Finding]:
    """The metadata that the blocks with ``findings`` give; ``blocks`` have their final verdicts.

    Dates count only near the headline (without one, near the byline or directly above the body) and directly below the
    body. A date further away is the page's clock or belongs to another story.
    """
    believed = believe_findings(findings)
    roles: dict[int, Label] = {}
    for finding in believed:
        if finding.block is not None:
            roles.setdefault(finding.block, finding.role)
    title = _find_surest(believed, Label.TITLE)
    if title is not None:
        yield title._replace(value=title.value or blocks[title.block or 0].text)
    standfirst = _find_surest(believed, Label.DESCRIPTION)
    if standfirst is not None:
        yield standfirst._replace(value=blocks[standfirst.block or 0].text)
    yield from (finding for finding in believed if finding.value is not None)
    bylines = [blocks[index] for index in sorted(roles) if roles[index] is Label.BYLINE]
    agency = next(filter(None, (line_patterns.match_agency(block.text) for block in bylines)), None)
    yield Finding(Label.BYLINE, None, Byline(_read_authors(bylines), agency), BY_LINE, "the bylines")
    headline = blocks[title.block] if title is not None and title.block is not None else None
    style = DateStyle(rules.timezone, find_dump_date_order(blocks, host_of(url), rules.timezone))
    yield from _read_dates(_find_nearby_date_lines(blocks, headline, roles), style, url)
    if only := _find_only_date(blocks, headline, style):
        yield Finding(Label.TIMESTAMP, None, only, _BY_ONLY_DATE, "the only date beside the text")
    tagged = [blocks[index] for index in sorted(roles) if roles[index] is Label.TAGS]
    yield Finding(Label.TAGS, None, _read_topics(tagged, headline), BY_LINE, "the lines of tags")


def _read_dates(lines: Iterable[Block], style: DateStyle, url: str | None) -> Iterator[Finding]:
    for block in lines:
        moments = line_patterns.parse_date_line(block.text, *style) or line_patterns.read_dates(block.text, *style)
        yield Finding(Label.TIMESTAMP, None, moments, BY_LINE, "the date line nearest to the headline")
    if dated := publication_dates.first_date(publication_dates.read_url_dates(url), style.timezone):
        yield Finding(Label.TIMESTAMP, None, DateLine(dated), _BY_ADDRESS, "the date in the address")


def _find_only_date(blocks: Blocks, headline: Block | None, style: DateStyle) -> DateLine | None:
    """The date of the lines around the text that are labelled as date or byline, if it is one day.

    These are the ones between the headline and the text, or directly above the text if the headline is further away, and
    those below it up to the first boilerplate.
    """
    kept = [block.index for block in blocks if block.kept]
    if not kept or headline is None:
        return None
    start = max(0, kept[0] - _MAX_BLOCKS_ABOVE_TEXT)
    if start <= headline.index < kept[0]:
        start = headline.index
    between = (*blocks[start : kept[0]], *takewhile(_is_about_article, blocks[kept[-1] + 1 :]))
    lines = (block.text for block in between if block.verdict is not None and block.verdict.label in _OF_DATES)
    found = [line for text in lines if (line := line_patterns.read_dates(text, *style)) != DateLine()]
    days = {
        publication_dates.get_day(moment)
        for line in found
        for moment in (line.published, line.modified)
        if moment is not None
    }
    return found[0] if len(days) == 1 else None


def _find_surest(findings: Sequence[Finding], role: Label) -> Finding | None:
    found = [finding for finding in findings if finding.role is role and finding.block is not None]
    return max(found, key=lambda finding: finding.confidence, default=None)


def _read_topics(tagged: Sequence[Block], headline: Block | None) -> Topics:
    lines = [block for block in tagged if not line_patterns.is_tag_heading(block.text)]
    section = next((block for block in lines if _is_section(block, headline)), None)
    tags = (tag for block in lines if block is not section for tag in line_patterns.split_tags(block.text))
    return Topics(section.text if section else None, person_names.unique_names(tags))


def _is_section(block: Block, headline: Block | None) -> bool:
    return headline is not None and block.index < headline.index and len(line_patterns.split_tags(block.text)) == 1


def _read_authors(bylines: Sequence[Block]) -> tuple[str, ...]:
    """The people in the lines that say "By …", else in the first lines with names alone; without reviewers and agencies.

    Only a line that says "By …" can name somebody in another form, such as a first name or a desk.
    """
    lines = [
        block
        for block in bylines
        if not (line_patterns.match_agency(block.text) or person_names.EDITED.match(block.text))
    ]
    if signed := person_names.find_chinese_signature(block.text for block in lines):
        return signed
    credited = [credit for block in lines if (credit := person_names.extract_credited_names(block.text))]
    names = [name for credit in credited for name in _split_names(credit)]
    people = [name for name in names if person_names.is_person_name_alone(name)]
    if people:
        return person_names.unique_names(people)
    alone: list[str] = []
    last = lines[0].index if lines else 0
    for block in lines:
        found = [name for name in _split_names(block.text) if person_names.is_person_name_alone(name)]
        if found and (not alone or block.index - last <= _MAX_BLOCKS_BETWEEN_NAMES):
            alone += found
            last = block.index
    return person_names.unique_names(alone or filter(person_names.is_signature, names))


def _split_names(text: str) -> Iterator[str]:
    """The names in a byline; one that is there twice, as the text of a picture and in writing, once."""
    for name in person_names.split_names(text):
        words = name.split()
        half = len(words) // 2
        yield " ".join(words[:half]) if half and words[:half] == words[half:] else name


def _find_nearby_date_lines(blocks: Blocks, headline: Block | None, roles: Mapping[int, Label]) -> Iterator[Block]:
    """The date lines, and bylines with a date, that may be the article's, nearest to the headline first."""
    body = [block for block in blocks if block.kept and roles.get(block.index) is not Label.DESCRIPTION]
    byline = next((block for block in blocks if roles.get(block.index) is Label.BYLINE), None)
    anchors = [*_find_shown(blocks, headline), *([] if headline else [byline]), *body[:1]]
    found: dict[int, Block] = {}
    for anchor in filter(None, anchors):
        is_body = anchor in body[:1]
        below = () if is_body else _take_until_text(blocks[anchor.index + 1 :][:_MAX_BLOCKS_BELOW], roles)
        above = _take_front_matter(reversed(blocks[: anchor.index]), roles)
        around = sorted((*below, *above), key=lambda block: abs(block.index - anchor.index))
        found.update((block.index, block) for block in around)
    last = body[-1].index if body else len(blocks)
    found.update((block.index, block) for block in _take_front_matter(blocks[last + 1 :], roles))
    yield from (
        block for role in (Label.TIMESTAMP, Label.BYLINE) for block in found.values() if roles.get(block.index) is role
    )


def _find_shown(blocks: Blocks, headline: Block | None) -> Iterator[Block]:
    """The headline, and the lines that repeat it."""
    if headline is not None:
        yield headline
        key = normalize_phrase(headline.text)
        yield from (block for block in blocks if block is not headline and normalize_phrase(block.text) == key)


def _take_until_text(blocks: Iterable[Block], roles: Mapping[int, Label]) -> Iterator[Block]:
    """The dropped blocks above the article's text; below a first kept line only those with a finding that touch it."""
    kept = 0
    for block in blocks:
        kept += len(block.text) * block.kept
        is_other = block.dropped and block.index not in roles and not _is_about_article(block)
        if kept > _MAX_KEPT_CHARS or (kept and is_other):
            return
        if block.dropped:
            yield block


def _is_about_article(block: Block) -> bool:
    return block.verdict is not None and block.verdict.label.group is Group.ABOUT


def _take_front_matter(blocks: Iterable[Block], roles: Mapping[int, Label]) -> list[Block]:
    """The blocks before the first one without a finding."""
    return list(takewhile(lambda block: block.index in roles, blocks))

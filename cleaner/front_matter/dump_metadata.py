"""Metadata of a dump, from the blocks that have findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cleaner.front_matter.date_order import find_dump_date_order
from cleaner.front_matter.dump_authors import find_dump_authors
from cleaner.front_matter.dump_dates import find_dump_dates
from cleaner.front_matter.findings import BY_LINE, Byline, Finding, Topics, believe_findings
from cleaner.front_matter.line_places import find_places
from cleaner.front_matter.publication_dates import DateStyle
from cleaner.labels import Label
from cleaner.language import line_patterns, person_names
from cleaner.language.characters import normalize_phrase
from cleaner.model import Block, Blocks
from cleaner.page.urls import host_of
from cleaner.rulebook import SiteMetadata

_MAX_MARKS = 20
"""Characters that a line which repeats the headline may have more or fewer, such as marks of a list."""


def read_dump_values(
    blocks: Blocks, findings: Iterable[Finding], rules: SiteMetadata, url: str | None
) -> Iterator[Finding]:
    """The metadata that the blocks with ``findings`` give; ``blocks`` have their final verdicts.

    A date far from headline and text is the page's clock or belongs to another story.
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
    named = (
        match(block.text) for match in (line_patterns.match_agency, line_patterns.find_agency) for block in bylines
    )
    agency = next(filter(None, named), None)
    headline = blocks[title.block] if title is not None and title.block is not None else None
    style = DateStyle(rules.timezone, find_dump_date_order(blocks, host_of(url), rules.timezone))
    places = find_places(blocks, [block.index for block in _find_shown(blocks, headline)])
    authors = find_dump_authors(places, [block.index for block in bylines], host_of(url))
    yield Finding(Label.BYLINE, None, Byline(authors, agency), BY_LINE, "the likeliest line with names")
    yield from find_dump_dates(places, style, url)
    tagged = [blocks[index] for index in sorted(roles) if roles[index] is Label.TAGS]
    yield Finding(Label.TAGS, None, _read_topics(tagged, headline), BY_LINE, "the lines of tags")


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


def _find_shown(blocks: Blocks, headline: Block | None) -> Iterator[Block]:
    """The headline, and the lines that repeat it."""
    if headline is not None:
        yield headline
        key = normalize_phrase(headline.text)
        sizes = range(len(headline.text) - _MAX_MARKS, len(headline.text) + _MAX_MARKS + 1)
        near = (block for block in blocks if block is not headline and len(block.text) in sizes)
        yield from (block for block in near if normalize_phrase(block.text) == key)

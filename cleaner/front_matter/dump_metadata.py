"""Metadata of a dump, from the blocks that have findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from cleaner.front_matter.findings import BY_LINE, Byline, Finding, Topics, believe_findings
from cleaner.labels import Label
from cleaner.language import line_patterns, person_names
from cleaner.language.line_patterns import DateLine
from cleaner.model import Block, Blocks
from cleaner.rulebook import SiteMetadata

_MAX_BLOCKS_BELOW = 12
"""Blocks below the headline that are searched for its date line, up to the first kept one. Chosen by reading pages; not measured."""


def read_dump_values(blocks: Blocks, findings: Iterable[Finding], rules: SiteMetadata) -> Iterator[Finding]:
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
        yield title._replace(value=blocks[title.block or 0].text)
    standfirst = _find_surest(believed, Label.DESCRIPTION)
    if standfirst is not None:
        yield standfirst._replace(value=blocks[standfirst.block or 0].text)
    yield from (finding for finding in believed if finding.value is not None)
    bylines = [blocks[index].text for index in sorted(roles) if roles[index] is Label.BYLINE]
    agency = next(filter(None, map(line_patterns.match_agency, bylines)), None)
    yield Finding(Label.BYLINE, None, Byline(_read_authors(bylines), agency), BY_LINE, "the bylines")
    headline = blocks[title.block] if title is not None and title.block is not None else None
    for block in _find_nearby_date_lines(blocks, headline, roles):
        moments = line_patterns.parse_date_line(block.text, rules.timezone)
        yield Finding(Label.TIMESTAMP, None, moments or DateLine(), BY_LINE, "the date line nearest to the headline")
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


def _read_authors(bylines: Sequence[str]) -> tuple[str, ...]:
    """The people in the lines that begin with "By …", else in all lines; without reviewers and agencies."""
    signed = [line for line in bylines if not (line_patterns.match_agency(line) or person_names.EDITED.match(line))]
    credited = [line for line in signed if person_names.LEAD.match(line)] or signed
    names = (name for line in credited for name in person_names.split_names(line))
    return person_names.drop_job_titles(person_names.unique_names(names))


def _find_nearby_date_lines(blocks: Blocks, headline: Block | None, roles: Mapping[int, Label]) -> Iterator[Block]:
    """The date lines that may be the article's, nearest to the headline first."""
    body = [block for block in blocks if block.kept and roles.get(block.index) is not Label.DESCRIPTION]
    kept = {block.index for block in body}
    byline = next((block for block in blocks if roles.get(block.index) is Label.BYLINE), None)
    anchor = headline or byline or next(iter(body), None)
    if anchor is None:
        return
    below = blocks[anchor.index + 1 :][:_MAX_BLOCKS_BELOW] if headline or byline else ()
    below = tuple(takewhile(lambda block: block.index not in kept, below))
    above = _take_front_matter(reversed(blocks[: anchor.index]), roles)
    last = body[-1].index if body else len(blocks)
    after = _take_front_matter(blocks[last + 1 :], roles)
    around = sorted((*below, *above), key=lambda block: abs(block.index - anchor.index))
    yield from (block for block in (*around, *after) if roles.get(block.index) is Label.TIMESTAMP)


def _take_front_matter(blocks: Iterable[Block], roles: Mapping[int, Label]) -> list[Block]:
    """The blocks before the first one without a finding."""
    return list(takewhile(lambda block: block.index in roles, blocks))

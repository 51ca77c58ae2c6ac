"""Metadata of a dump, read off the blocks that the judges have labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from cleaner.labels import Group, Label
from cleaner.language import line_patterns, person_names
from cleaner.model import Block, Blocks, Metadata
from cleaner.page import urls
from cleaner.rulebook import SiteMetadata

_BELOW = 12
"""Blocks below the headline among which its date line stands, if no paragraph comes first."""


def read(blocks: Blocks, url: str | None = None, rules_metadata: SiteMetadata | None = None) -> Metadata:
    """What the labelled ``blocks`` of a dump say about its article, whoever labelled them.

    Dates count only next to the headline or right behind the body: a date further off is the page's clock or another
    story's. Where no block is labelled as the title, no date is believed but one right above the body.
    """
    timezone = rules_metadata.timezone if rules_metadata else None
    title = _first(blocks, Label.TITLE)
    stamps = [found for block in _near(blocks, title) if (found := line_patterns.parse_date_line(block.text, timezone))]
    bylines = _labelled(blocks, Label.BYLINE)
    tagged = [block for block in _labelled(blocks, Label.TAGS) if not line_patterns.is_tag_heading(block.text)]
    section = next((block for block in tagged if _is_section(block, title)), None)
    return Metadata(
        url=url,
        site=urls.host_of(url),
        title=title.text if title else None,
        description=description.text if (description := _first(blocks, Label.DESCRIPTION)) else None,
        authors=_authors([block.text for block in bylines]),
        agency=next(filter(None, (line_patterns.match_agency(block.text) for block in bylines)), None),
        published=next(filter(None, (stamp.published for stamp in stamps)), None),
        modified=next(filter(None, (stamp.modified for stamp in stamps)), None),
        place=next(filter(None, (stamp.place for stamp in stamps)), None),
        section=section.text if section else None,
        tags=person_names.unique_names(
            tag for block in tagged if block is not section for tag in line_patterns.split_tags(block.text)
        ),
    )


def _labelled(blocks: Blocks, label: Label) -> list[Block]:
    return [block for block in blocks if block.verdict and block.verdict.label is label]


def _first(blocks: Blocks, label: Label) -> Block | None:
    return next(iter(_labelled(blocks, label)), None)


def _is_section(block: Block, title: Block | None) -> bool:
    return title is not None and block.index < title.index and len(line_patterns.split_tags(block.text)) == 1


def _authors(bylines: Sequence[str]) -> tuple[str, ...]:
    """The people in the lines that say "By …", else in all; reviewers and agencies are no authors."""
    own = [line for line in bylines if not (line_patterns.match_agency(line) or person_names.EDITED.match(line))]
    said = [line for line in own if person_names.LEAD.match(line)] or own
    return person_names.drop_job_titles(
        person_names.unique_names(name for line in said for name in person_names.split_names(line))
    )


def _near(blocks: Blocks, title: Block | None) -> Iterator[Block]:
    """The timestamps that can be the article's, nearest to the headline first."""
    anchor = title or next((block for block in blocks if block.kept), None)
    if anchor is None:
        return
    below = takewhile(lambda block: not block.kept, blocks[anchor.index + 1 :][:_BELOW]) if title else ()
    above = _run(tuple(reversed(blocks[: anchor.index])))
    last = max((block.index for block in blocks if block.kept), default=len(blocks))
    behind = _run(blocks[last + 1 :])
    around = sorted((*below, *above), key=lambda block: abs(block.index - anchor.index))
    yield from (block for block in (*around, *behind) if block.verdict and block.verdict.label is Label.TIMESTAMP)


def _run(blocks: Blocks) -> list[Block]:
    """The leading blocks that are all about the article."""
    run: list[Block] = []
    for block in blocks:
        if block.verdict is None or block.verdict.label.group is not Group.ABOUT:
            break
        run.append(block)
    return run

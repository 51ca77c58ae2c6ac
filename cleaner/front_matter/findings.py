"""Findings: what the lines and the head of a page say about its article; the only source of its verdicts and metadata."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from msgspec.structs import replace

from cleaner.article import Metadata
from cleaner.labels import Group, Label
from cleaner.language.date_lines import DateLine
from cleaner.model import Blocks, Moment

BELIEVED = 0.5
"""Confidence from which a finding counts, as a verdict and as metadata: below one half it is wrong more often than right."""
BY_RULE = 1.0
"""Confidence of a value from a site's rule or a common rule."""
BY_HEAD = 0.9
"""Confidence of a value from the head of an HTML page."""
BY_LINE = 0.8
"""Confidence of a line recognised by its form: nothing but a date, "By …", a picture's credit."""


class Byline(NamedTuple):
    """Who wrote the article."""

    authors: tuple[str, ...] = ()
    agency: str | None = None


class Topics(NamedTuple):
    """Section and tags of the article."""

    section: str | None = None
    tags: tuple[str, ...] = ()


class Finding(NamedTuple):
    """One statement about the article.

    ``role`` is what it is about: title, description, byline, timestamp, tags, caption, author_bio, or duplicate. A
    finding with a ``block`` gives that block its label; one with a ``value`` gives metadata; one with both does both.
    """

    role: Label
    block: int | None
    """Index of the block it was found in; None if found in the head, or in several blocks together."""
    value: Any
    """``str`` of a title or description, :class:`Byline`, :class:`DateLine` or :class:`Topics`; else None."""
    confidence: float
    """Probability that it is right, 0 to 1."""
    why: str


def believe_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with at least the confidence :data:`BELIEVED`."""
    return tuple(finding for finding in findings if finding.confidence >= BELIEVED)


def find_by_rules(blocks: Blocks) -> Iterable[Finding]:
    """Findings for the blocks that rules labelled as about the article, or as its description."""
    for block in blocks:
        verdict = block.verdict
        if verdict is not None and (verdict.label.group is Group.ABOUT or verdict.label is Label.DESCRIPTION):
            yield Finding(verdict.label, block.index, None, BY_RULE, verdict.why)


def collect_metadata(known: Metadata, findings: Iterable[Finding]) -> Metadata:
    """``known`` with the fields that ``findings`` give; of several values for a field the surest, then the first."""
    values: dict[str, tuple[float, Any]] = {}
    for finding in believe_findings(findings):
        for field, value in _split_into_fields(finding):
            if value and finding.confidence > values.get(field, (0.0, None))[0]:
                values[field] = (finding.confidence, value)
    return replace(known, **{field: value for field, (_, value) in values.items()})


def _split_into_fields(finding: Finding) -> Iterable[tuple[str, str | Moment | tuple[str, ...] | None]]:
    match finding.value:
        case Byline(authors, agency):
            return ("authors", authors), ("agency", agency)
        case Topics(section, tags):
            return ("section", section), ("tags", tags)
        case DateLine(published=published, modified=modified, place=place):
            return ("published", published), ("modified", modified), ("place", place)
        case value:
            return ((finding.role.value, value),)

"""Who wrote an HTML page: weighed from structured data, the byline shown, and the names near the headline."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from cleaner import data
from cleaner.data.file_types import HeadTags, LineWords
from cleaner.front_matter import jsonld, page_head
from cleaner.front_matter.headline_area import HeadlineArea
from cleaner.front_matter.jsonld import plain_text
from cleaner.front_matter.page_head import PageHead
from cleaner.language import dates, line_patterns, person_names
from cleaner.language.characters import make_alternation
from cleaner.model import Blocks
from cleaner.page.dom import Dom

_META = data.load_data(HeadTags).meta
_WRITTEN = re.compile(make_alternation(data.load_data(LineWords).byline.card_labels, gap=r"\s*"), re.IGNORECASE)
"""Labels of cards, ``twitter:label1``, whose data is the author."""
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_CREDITED = 7
"""Lines from the headline on in which "By …" names its author."""
_DIRECTLY = 1
"""Lines below the headline in which a person's name alone is the byline."""


def find_authors(said: PageHead, dom: Dom, own: Collection[str], front: HeadlineArea) -> tuple[str, ...]:
    """The people named; where none is, the site itself or another organization, if it is named as the author.

    ``own`` are the names of the site as :func:`cleaner.front_matter.site_names.site_name_key` writes them. What the page shows under its
    headline ("By …") counts before its structured data, which may name whoever pressed the button.
    """
    bylines = tuple(_credit_lines(front))
    credited = [found for line in bylines if (found := _names_in_bylines([line], own))]
    people, organizations = _jsonld_authors(said)
    structured = (people, _meta_authors(said), _card_author(said))
    found = _first_named(structured, own)
    if shown := next((seen for seen in credited if all(map(person_names.is_person_name_alone, seen))), ()):
        return found if set(shown) <= set(found) else shown
    if any(map(person_names.is_person_name, found)):
        return found
    classed = page_head.find_marked_bylines(dom)
    marked = [_names_in_bylines([line], own) for line in classed]
    if person := next((seen for seen in marked if any(map(person_names.is_person_name, seen))), ()):
        return person
    alone = next((_names_in_bylines([line], own) for line in _names_alone(front)), ())
    anyone = next((seen for seen in (*credited, *marked) if seen and all(map(person_names.is_signature, seen))), ())
    signed = person_names.find_chinese_signature(_visible_lines(front.blocks))
    itself = _first_named(
        (*structured, *([line] for line in (*bylines, *classed) if person_names.is_signature(line))), ()
    )
    return found or signed or alone or itself or anyone or person_names.unique_names(organizations)


def _first_named(sources: Iterable[Sequence[str]], own: Collection[str]) -> tuple[str, ...]:
    return next(filter(None, (_names_in_bylines(source, own) for source in sources)), ())


def _names_in_bylines(bylines: Sequence[str], own: Collection[str]) -> tuple[str, ...]:
    return person_names.drop_job_titles(
        person_names.unique_names(name for line in bylines for name in person_names.split_names(line, own))
    )


def _jsonld_authors(said: PageHead) -> tuple[list[str], list[str]]:
    people: list[str] = []
    organizations: list[str] = []
    for author in said.values("author") or said.values("creator"):
        kinds = jsonld.node_types(author) if isinstance(author, dict) else frozenset[str]()
        named = author.get("name") if isinstance(author, dict) else author
        organization = any("organization" in kind for kind in kinds) and "person" not in kinds
        for name in named if isinstance(named, list) else [named]:
            if text := plain_text(name):
                (organizations if organization else people).append(text)
    return people, organizations


def _meta_authors(said: PageHead) -> list[str]:
    for name in _META.authors:
        values = [value for value in said.meta.get(name, ()) if "://" not in value]
        if values:
            return [_given_name_first(value) for value in values] if name in _META.family_name_first else values
    return []


def _card_author(said: PageHead) -> list[str]:
    label, value = said.first("twitter:label1"), said.first("twitter:data1")
    return [value] if label and value and _WRITTEN.fullmatch(label.strip(" :")) else []


def _given_name_first(name: str) -> str:
    """``Lee, Ann`` as ``Ann Lee``."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else name


def _visible_lines(blocks: Blocks) -> Iterator[str]:
    return (line for block in blocks if not block.hidden for line in block.text.split("\n"))


def _credit_lines(front: HeadlineArea) -> Iterator[str]:
    """What stands behind "By …", on the same line or the next; reviewers and editors are no authors."""
    before = ""
    for line, _ in front.lines[: front.headline + _CREDITED]:
        led = person_names.LEAD.fullmatch(before) and not person_names.EDITED.match(before)
        if led and line and not person_names.LEAD.match(line):
            yield line
        elif (
            line
            and not person_names.EDITED.match(line)
            and not person_names.LEAD.fullmatch(line)
            and (credit := person_names.extract_credited_names(line))
        ):
            yield credit
        before = line


def _names_alone(front: HeadlineArea) -> Iterator[str]:
    """Names alone right under the headline or beside a date or reading time."""
    texts = [line.text for line in front.lines]
    for at, (line, heading) in enumerate(front.lines):
        if heading or not person_names.is_person_name_alone(line) or person_names.EDITED.match(texts[at - 1]):
            continue
        beside = (*texts[max(0, at - 1) : at], *texts[at + 1 : at + 2])
        if front.headline < at <= front.headline + _DIRECTLY or any(
            dates.find_dates(other) or line_patterns.parse_date_line(other) for other in beside
        ):
            yield line

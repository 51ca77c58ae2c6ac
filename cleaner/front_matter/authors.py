"""The authors of an HTML page: from its structured data, the byline it shows, and the names near the headline."""

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
_AUTHOR_CARD_LABEL = re.compile(
    make_alternation(data.load_data(LineWords).byline.card_labels, gap=r"\s*"), re.IGNORECASE
)
"""Labels of cards, ``twitter:label1``, whose data is the author."""
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_CREDIT_LINES = 7
"""Lines from the headline on in which "By …" is a byline."""
_MAX_LINES_BELOW_HEADLINE = 1
"""Lines below the headline in which a person's name alone is a byline."""


def find_authors(head: PageHead, dom: Dom, site_keys: Collection[str], area: HeadlineArea) -> tuple[str, ...]:
    """The people named as authors; without any, the site or another organization that is named as the author.

    ``site_keys`` are the names of the site as :func:`cleaner.language.site_names.site_name_key` writes them. A byline under
    the headline ("By …") wins over structured data, which may name the editor who published the page.
    """
    bylines = tuple(_find_credits(area))
    credited = [names for line in bylines if (names := _split_bylines([line], site_keys))]
    people, organizations = _read_jsonld_authors(head)
    structured = (people, _read_meta_authors(head), _read_card_author(head))
    found = _find_first_names(structured, site_keys)
    if shown := next((seen for seen in credited if all(map(person_names.is_person_name_alone, seen))), ()):
        return found if set(shown) <= set(found) else shown
    if any(map(person_names.is_person_name, found)):
        return found
    classed = page_head.find_marked_bylines(dom)
    marked = [_split_bylines([line], site_keys) for line in classed]
    if person := next((seen for seen in marked if any(map(person_names.is_person_name, seen))), ()):
        return person
    alone = next((_split_bylines([line], site_keys) for line in _find_names_alone(area)), ())
    anyone = next((seen for seen in (*credited, *marked) if seen and all(map(person_names.is_signature, seen))), ())
    signed = person_names.find_chinese_signature(_split_visible_lines(area.blocks))
    itself = _find_first_names(
        (*structured, *([line] for line in (*bylines, *classed) if person_names.is_signature(line))), ()
    )
    return found or signed or alone or itself or anyone or person_names.unique_names(organizations)


def _find_first_names(sources: Iterable[Sequence[str]], site_keys: Collection[str]) -> tuple[str, ...]:
    return next(filter(None, (_split_bylines(source, site_keys) for source in sources)), ())


def _split_bylines(bylines: Sequence[str], site_keys: Collection[str]) -> tuple[str, ...]:
    return person_names.drop_job_titles(
        person_names.unique_names(name for line in bylines for name in person_names.split_names(line, site_keys))
    )


def _read_jsonld_authors(head: PageHead) -> tuple[list[str], list[str]]:
    people: list[str] = []
    organizations: list[str] = []
    for author in head.get_values("author") or head.get_values("creator"):
        kinds = jsonld.node_types(author) if isinstance(author, dict) else frozenset[str]()
        named = author.get("name") if isinstance(author, dict) else author
        organization = any("organization" in kind for kind in kinds) and "person" not in kinds
        for name in named if isinstance(named, list) else [named]:
            if text := plain_text(name):
                (organizations if organization else people).append(text)
    return people, organizations


def _read_meta_authors(head: PageHead) -> list[str]:
    for name in _META.authors:
        values = [value for value in head.meta.get(name, ()) if "://" not in value]
        if values:
            return [_given_name_first(value) for value in values] if name in _META.family_name_first else values
    return []


def _read_card_author(head: PageHead) -> list[str]:
    label, value = head.get_meta("twitter:label1"), head.get_meta("twitter:data1")
    return [value] if label and value and _AUTHOR_CARD_LABEL.fullmatch(label.strip(" :")) else []


def _given_name_first(name: str) -> str:
    """``Lee, Ann`` as ``Ann Lee``."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else name


def _split_visible_lines(blocks: Blocks) -> Iterator[str]:
    return (line for block in blocks if not block.hidden for line in block.text.split("\n"))


def _find_credits(area: HeadlineArea) -> Iterator[str]:
    """The names after "By …", on the same line or the next; not those of reviewers and editors."""
    previous = ""
    for line, _ in area.lines[: area.headline + _MAX_CREDIT_LINES]:
        is_led = person_names.LEAD.fullmatch(previous) and not person_names.EDITED.match(previous)
        if is_led and line and not person_names.LEAD.match(line):
            yield line
        elif (
            line
            and not person_names.EDITED.match(line)
            and not person_names.LEAD.fullmatch(line)
            and (credit := person_names.extract_credited_names(line))
        ):
            yield credit
        previous = line


def _find_names_alone(area: HeadlineArea) -> Iterator[str]:
    """Lines that are one person's name, right under the headline or next to a date or reading time."""
    texts = [line.text for line in area.lines]
    for at, (line, heading) in enumerate(area.lines):
        if heading or not person_names.is_person_name_alone(line) or person_names.EDITED.match(texts[at - 1]):
            continue
        neighbours = (*texts[max(0, at - 1) : at], *texts[at + 1 : at + 2])
        if area.headline < at <= area.headline + _MAX_LINES_BELOW_HEADLINE or any(
            dates.find_dates(other) or line_patterns.parse_date_line(other) for other in neighbours
        ):
            yield line

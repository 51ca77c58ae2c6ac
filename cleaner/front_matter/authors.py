"""The authors and the agency of an HTML page: from its structured data, the byline it shows, and names near the headline."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from cleaner import data
from cleaner.data.markup_types import HeadTags
from cleaner.data.word_types import LineWords
from cleaner.front_matter import dateline, jsonld
from cleaner.front_matter.findings import Byline
from cleaner.front_matter.headline_area import HeadlineArea
from cleaner.front_matter.html_findings import find_author_boxes
from cleaner.front_matter.marked_elements import MarkedElements
from cleaner.front_matter.page_head import PageHead
from cleaner.language import byline_names, date_lines, dates, line_patterns, person_names
from cleaner.language.byline_forms import Form, read_named_lines, read_people
from cleaner.language.characters import make_alternation
from cleaner.language.sentences import ends_like_sentence
from cleaner.model import Blocks

_META = data.load_data(HeadTags).meta
_AUTHOR_CARD_LABEL = re.compile(
    make_alternation(data.load_data(LineWords).byline.card_labels, gap=r"\s*"), re.IGNORECASE
)
"""Labels of cards, ``twitter:label1``, whose data is the author."""
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_CREDIT_LINES = 7
"""Lines from the headline on in which "By …" is a byline."""
_MAX_BLOCKS_BELOW_TEXT = 3
"""Blocks below the last paragraph in which "By …" is a byline."""
_MIN_SENTENCE_CHARS = 60
"""Characters of a sentence of the text that is shorter than prose mostly is."""
_DASH = re.compile(r"\s*[—–-]+\s*")
_AUTHORS_ALONE = range(1, 4)
"""Names in a line without "By" that is a byline; more are guests or a list."""
_MAX_LINES_BELOW_HEADLINE = 1
"""Lines below the headline in which a person's name alone is a byline."""


def find_byline(head: PageHead, marked: MarkedElements, site_keys: Collection[str], area: HeadlineArea) -> Byline:
    """The people named as authors, and the news agency; without any, the site or another organization as the author.

    ``site_keys`` are the names of the site as :func:`cleaner.language.site_names.site_name_key` writes them. A byline under
    the headline ("By …") wins over structured data, which may name the editor who published the page.
    """
    found = _find_authors(head, marked, site_keys, area)
    opening = dateline.find_dateline(area.blocks)
    agencies = [agency for name in found if (agency := line_patterns.match_agency(name))]
    people = tuple(name for name in found if not line_patterns.match_agency(name))
    shown = (line_patterns.find_agency(line.text) for line in area.lines)
    agency = next(iter(agencies), None) or next(filter(None, shown), None) or opening.agency
    return Byline(people or found, agency)


def _find_authors(
    head: PageHead, marked: MarkedElements, site_keys: Collection[str], area: HeadlineArea
) -> tuple[str, ...]:
    bylines = tuple(_find_credits(area))
    credited = [names for line in bylines if (names := _split_bylines([line], site_keys))]
    people, organizations = _read_jsonld_authors(head)
    structured = (people, _read_meta_authors(head), _read_card_author(head))
    found = _find_first_names(structured, site_keys)
    if shown := next((seen for seen in credited if all(map(person_names.is_person_name_alone, seen))), ()):
        return found if set(shown) <= set(found) else shown
    if any(map(person_names.is_person_name, found)):
        return found
    classed = marked.find_bylines()
    named = [_split_bylines([line], site_keys) for line in classed]
    if person := next((seen for seen in named if any(map(person_names.is_person_name, seen))), ()):
        return person
    if found and not all(map(person_names.is_account, found)):
        return found
    signatures = ([line] for line in (*bylines, *classed) if byline_names.is_signature(line))
    sources: tuple[Callable[[], tuple[str, ...]], ...] = (
        lambda: byline_names.find_chinese_signature(_split_visible_lines(area.blocks)),
        lambda: next((_split_bylines([line], site_keys) for line in _find_names_alone(area)), ()),
        lambda: next((_split_bylines([line], site_keys) for line in _find_credits_below(area.blocks)), ()),
        lambda: next((seen for seen in credited if all(map(person_names.is_credited_person, seen))), ()),
        lambda: next(_find_described(area.blocks), ()),
        lambda: found,
        lambda: _find_first_names((*structured, *signatures), ()),
        lambda: next((seen for seen in (*credited, *named) if seen and all(map(byline_names.is_signature, seen))), ()),
        lambda: person_names.unique_names(organizations),
    )
    return next(filter(None, (source() for source in sources)), ())


def _find_first_names(sources: Iterable[Sequence[str]], site_keys: Collection[str]) -> tuple[str, ...]:
    return next(filter(None, (_split_bylines(source, site_keys) for source in sources)), ())


def _split_bylines(bylines: Sequence[str], site_keys: Collection[str]) -> tuple[str, ...]:
    return person_names.drop_job_titles(
        person_names.unique_names(name for line in bylines for name in byline_names.split_names(line, site_keys))
    )


def _read_jsonld_authors(head: PageHead) -> tuple[list[str], list[str]]:
    people: list[str] = []
    organizations: list[str] = []
    for author in head.get_values("author") or head.get_values("creator"):
        kinds = jsonld.node_types(author) if isinstance(author, dict) else frozenset[str]()
        named = author.get("name") if isinstance(author, dict) else author
        organization = any("organization" in kind for kind in kinds) and "person" not in kinds
        for name in named if isinstance(named, list) else [author]:
            if text := jsonld.read_name(name):
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
        is_led = byline_names.LEAD.fullmatch(previous) and not byline_names.EDITED.match(previous)
        if is_led and line and not byline_names.LEAD.match(line):
            yield line
        elif (
            line
            and not byline_names.EDITED.match(line)
            and not byline_names.LEAD.fullmatch(line)
            and (credit := byline_names.extract_credited_names(line))
        ):
            yield credit
        previous = line


def _find_credits_below(blocks: Blocks) -> Iterator[str]:
    """Bylines in the lines right below the text: "By Ann Lee", "Text: Ann Lee", "— Ann Lee"."""
    shown = [block for block in blocks if not block.hidden]
    sentences = [at for at, block in enumerate(shown) if _is_sentence(block.text)]
    last = max(
        (at for at in sentences if len(shown[at].text) > dates.MAX_LINE), default=max(sentences, default=len(shown))
    )
    while last + 1 in sentences:
        last += 1
    for line in _split_visible_lines(tuple(shown[last + 1 : last + 1 + _MAX_BLOCKS_BELOW_TEXT])):
        dash = _DASH.match(line)
        name = line[dash.end() :] if dash else line
        if line_patterns.parse_byline(line) or (dash and person_names.is_person_name_alone(name)):
            yield name


def _find_described(blocks: Blocks) -> Iterator[tuple[str, ...]]:
    """The names in boxes about the author: "Ann Lee writes about harbours"."""
    texts = (blocks[box.block].text for box in find_author_boxes(blocks) if box.block is not None)
    return (line.names for text in texts for line in read_named_lines(text, bio=True) if line.form is Form.BIO)


def _is_sentence(text: str) -> bool:
    return len(text) > dates.MAX_LINE or (len(text) >= _MIN_SENTENCE_CHARS and ends_like_sentence(text))


def _find_names_alone(area: HeadlineArea) -> list[str]:
    """Lines that are one person's name, right under the headline or with a date or reading time; first those below it."""
    texts = [line.text for line in area.lines]
    found = [(at < area.headline, at, name) for at in range(len(texts)) if (name := _read_name_alone(area, texts, at))]
    return [name for _, _, name in sorted(found)]


def _read_name_alone(area: HeadlineArea, texts: Sequence[str], at: int) -> str | None:
    line = byline_names.strip_dates(texts[at])
    is_edited = at > 0 and byline_names.EDITED.match(texts[at - 1])
    if area.lines[at].heading or is_edited:
        return None
    neighbours = (*texts[max(0, at - 1) : at], *texts[at + 1 : at + 2])
    is_below = area.headline < at <= area.headline + _MAX_LINES_BELOW_HEADLINE
    is_dated = line != texts[at] or any(
        dates.find_dates(other) or date_lines.parse_date_line(other) for other in neighbours
    )
    return line if (is_below or is_dated) and len(read_people(line)) in _AUTHORS_ALONE else None

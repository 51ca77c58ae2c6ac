"""Who wrote an HTML page: weighed from structured data, the byline shown, and the names near the headline."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from cleaner import data
from cleaner.data.shapes import LineWords, PageHead
from cleaner.dom import Dom
from cleaner.metadata import dates, jsonld, lines, names, signals
from cleaner.metadata.front import Front
from cleaner.metadata.jsonld import plain
from cleaner.metadata.signals import Head
from cleaner.model import Blocks
from cleaner.text import any_of

_META = data.load(PageHead).meta
_WRITTEN = re.compile(any_of(data.load(LineWords).byline.card_labels, gap=r"\s*"), re.IGNORECASE)
"""Labels of cards, ``twitter:label1``, whose data is the author."""
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_CREDITED = 7
"""Lines from the headline on in which "By …" names its author."""
_DIRECTLY = 1
"""Lines below the headline in which a person's name alone is the byline."""


def find(said: Head, dom: Dom, own: Collection[str], front: Front) -> tuple[str, ...]:
    """The people named; where none is, the site itself or another organization, if it is named as the author.

    ``own`` are the names of the site as :func:`cleaner.metadata.titles.key` writes them. What the page shows under its
    headline ("By …") counts before its structured data, which may name whoever pressed the button.
    """
    bylines = tuple(_credits(front))
    credited = [found for line in bylines if (found := _people([line], own))]
    people, organizations = _json(said)
    structured = (people, _meta(said), _card(said))
    found = _first(structured, own)
    if shown := next((seen for seen in credited if all(map(names.is_lone, seen))), ()):
        return found if set(shown) <= set(found) else shown
    if any(map(names.is_person, found)):
        return found
    classed = signals.bylines(dom)
    marked = [_people([line], own) for line in classed]
    if person := next((seen for seen in marked if any(map(names.is_person, seen))), ()):
        return person
    alone = next((_people([line], own) for line in _names_alone(front)), ())
    anyone = next((seen for seen in (*credited, *marked) if seen and all(map(names.is_signature, seen))), ())
    signed = names.chinese(_lines(front.blocks))
    itself = _first((*structured, *([line] for line in (*bylines, *classed) if names.is_signature(line))), ())
    return found or signed or alone or itself or anyone or names.unique(organizations)


def _first(sources: Iterable[Sequence[str]], own: Collection[str]) -> tuple[str, ...]:
    return next(filter(None, (_people(source, own) for source in sources)), ())


def _people(bylines: Sequence[str], own: Collection[str]) -> tuple[str, ...]:
    return names.without_jobs(names.unique(name for line in bylines for name in names.split(line, own)))


def _json(said: Head) -> tuple[list[str], list[str]]:
    people: list[str] = []
    organizations: list[str] = []
    for author in said.values("author") or said.values("creator"):
        kinds = jsonld.types(author) if isinstance(author, dict) else frozenset[str]()
        named = author.get("name") if isinstance(author, dict) else author
        organization = any("organization" in kind for kind in kinds) and "person" not in kinds
        for name in named if isinstance(named, list) else [named]:
            if text := plain(name):
                (organizations if organization else people).append(text)
    return people, organizations


def _meta(said: Head) -> list[str]:
    for name in _META.authors:
        values = [value for value in said.meta.get(name, ()) if "://" not in value]
        if values:
            return [_turned(value) for value in values] if name in _META.family_name_first else values
    return []


def _card(said: Head) -> list[str]:
    label, value = said.first("twitter:label1"), said.first("twitter:data1")
    return [value] if label and value and _WRITTEN.fullmatch(label.strip(" :")) else []


def _turned(name: str) -> str:
    """``Lee, Ann`` as ``Ann Lee``."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else name


def _lines(blocks: Blocks) -> Iterator[str]:
    return (line for block in blocks if not block.hidden for line in block.text.split("\n"))


def _credits(front: Front) -> Iterator[str]:
    """What stands behind "By …", on the same line or the next; reviewers and editors are no authors."""
    before = ""
    for line, _ in front.lines[: front.headline + _CREDITED]:
        led = names.LEAD.fullmatch(before) and not names.EDITED.match(before)
        if led and line and not names.LEAD.match(line):
            yield line
        elif (
            line and not names.EDITED.match(line) and not names.LEAD.fullmatch(line) and (credit := names.credit(line))
        ):
            yield credit
        before = line


def _names_alone(front: Front) -> Iterator[str]:
    """Names alone right under the headline or beside a date or reading time."""
    texts = [line.text for line in front.lines]
    for at, (line, heading) in enumerate(front.lines):
        if heading or not names.is_lone(line) or names.EDITED.match(texts[at - 1]):
            continue
        beside = (*texts[max(0, at - 1) : at], *texts[at + 1 : at + 2])
        if front.headline < at <= front.headline + _DIRECTLY or any(
            dates.find(other) or lines.stamp(other) for other in beside
        ):
            yield line

"""What a short line says about an article: when, by whom, from which agency, or what a picture shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner import data
from cleaner.data.shapes import Agencies, LineWords, Sections
from cleaner.metadata import dates, names
from cleaner.model import Moment
from cleaner.text import any_of, phrase

_AGENCIES = data.load(Agencies)
_WORDS = data.load(LineWords)
_SPANS, _CAPTION = _WORDS.spans, _WORDS.caption

AGENCIES = {name.casefold(): name for name in _AGENCIES.names}
"""News agencies, as a line of their own names them, by case-folded name."""

SECTIONS = frozenset(data.flatten(data.load(Sections).sections))
"""Names of sections that can stand alone above a headline, case-folded."""

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_SHORT = 50
MAX_BYLINE = 120
MAX_CAPTION = 400
MAX_TAGS = 300
"""Characters; longer lines are prose, whatever words they hold."""

_UPDATED = any_of(data.flatten(_WORDS.updated), right=True)
_UPDATE = re.compile(_UPDATED, re.IGNORECASE)
_MINUTES = rf"\d+\s*(?:-\s*)?{any_of(_SPANS.minutes)}\.?"
_STAMP_WORD = re.compile(
    rf"{_UPDATED}|{any_of(data.flatten(_WORDS.date_line), left=True, right=True)}|"
    rf"\b{_MINUTES}\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\W*(?:{any_of(_SPANS.posted)}\s+)?(?:about\s+|an?\s+|\d+\s*)?{any_of(_SPANS.before_ago)}s?\s+ago\W*|"
    rf"{any_of(_SPANS.now)}|\W*vor \d+ {any_of(_SPANS.behind_vor)}\W*|\W*(?:il y a|hace) \d+ \w+\W*|"
    rf"\W*{_MINUTES}\s+{any_of(_SPANS.read)}\W*|\W*{any_of(_SPANS.reading_time)}\b.{{0,20}}",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?", re.IGNORECASE)
_HANDLE = re.compile(r"@\w+")
_PLACE = re.compile(r"[-–—|,]\s*([A-Z][A-Z .'/-]{2,40})\s*:?\s*$")
_CREDIT = re.compile(
    rf"\b{any_of(_CAPTION.pictures)}\s*{any_of(_CAPTION.credited)}\s*[:/–-]?\s*\S|"
    rf"[|(/]\s*{any_of(_CAPTION.in_brackets)}\s*(?:credit)?s?\s*:|"
    rf"\({any_of(_AGENCIES.in_brackets)}\s*(?:Photo|Images|File|Pictures?)?\s*(?:/[^)]*)?(?:\s+via\s+[^)]*)?\)\W*$|"
    rf"\b{any_of(_AGENCIES.picture_agencies)}\b[^.]{{0,40}}$|^{any_of(_CAPTION.stock)}\b|"
    rf"^{any_of(_CAPTION.before_colon)}\s*[:©]|\|\s*{any_of(_AGENCIES.behind_bar, rest='.*')}$",
    re.IGNORECASE,
)
_TAG_HEADINGS = frozenset(_WORDS.tags.headings)
_TAG_LINE = re.compile(rf"\s*{any_of(_WORDS.tags.leads)}\s*:\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a date line gives."""

    published: Moment | None = None
    modified: Moment | None = None
    place: str | None = None


def stamp(text: str, timezone: str | None = None) -> Stamp | None:
    """What ``text`` says if it is a date line: nothing but dates, times and the words around them; else None.

    A line of relative time or reading time ("1 hour ago", "3 min read") is an empty stamp.
    """
    if len(text) > dates.MAX_LINE:
        return None
    if not _DIGIT.search(text):
        return Stamp() if len(text) <= _SHORT and _RELATIVE.fullmatch(text) else None
    if _RELATIVE.fullmatch(text.strip()):
        return Stamp()
    found = dates.find(text, timezone)
    if not found:
        return None
    rest = text
    for one in reversed(found):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    place = _PLACE.search(rest)
    bare = _HANDLE.sub("", _STAMP_WORD.sub("", _TIME.sub("", rest[: place.start()] if place else rest)))
    if sum(map(str.isalnum, bare)) > (3 if len(found) == 1 else 6):
        return None
    published, modified = _sorted(text, found, timezone)
    return Stamp(published, modified, place[1].strip() if place else None)


def _sorted(text: str, found: list[dates.Found], timezone: str | None) -> tuple[Moment | None, Moment | None]:
    """Publication and update among the dates of a line; a bare time after "updated" is of the same day."""
    published = modified = None
    at = 0
    for one in found:
        if _UPDATE.search(text, at, one.start):
            modified = modified or one.moment
        else:
            published = published or one.moment
        at = one.end
    update = _UPDATE.search(text, at)
    if update and published and not modified:
        day = published
        modified = dates.clock(text[update.end() :].lstrip(" :|-"), day, timezone)
    return published, modified


def is_update(text: str) -> bool:
    """Whether ``text`` speaks of a change and not of publication."""
    return _UPDATE.search(text) is not None


def agency(text: str) -> str | None:
    """The news agency that the whole of ``text`` names."""
    if len(text) > _SHORT:
        return None
    return AGENCIES.get(phrase(text).removeprefix("by ").removeprefix("source: "))


def byline(text: str) -> tuple[str, ...]:
    """The authors that ``text`` names if it says "By …" and little else."""
    if len(text) > MAX_BYLINE or text.endswith((".", "!", "?")) or not names.LEAD.match(text):
        return ()
    found = names.split(text)
    return found if found and all(map(names.is_lone, found)) else ()


def is_caption(text: str) -> bool:
    """Whether ``text`` bears a picture's credit."""
    if len(text) > MAX_CAPTION:
        return False
    folded = text.casefold()
    for clue in _CAPTION.clues:  # a loop, for this runs for every line of a dump and any() takes twice the time
        if clue in folded:
            return _CREDIT.search(text) is not None
    return False


def is_tag_heading(text: str) -> bool:
    """Whether ``text`` announces the line of tags below it."""
    return len(text) <= _SHORT and phrase(text) in _TAG_HEADINGS


def is_tag_line(text: str) -> bool:
    """Whether ``text`` is a line of tags that says so itself ("Tags: …")."""
    return len(text) <= MAX_TAGS and _TAG_LINE.match(text) is not None and not text.rstrip().endswith(".")


def tags(text: str) -> tuple[str, ...]:
    """The tags in a line of them, whatever stands between."""
    line = _TAG_LINE.sub("", text, count=1)
    mark = next((mark for mark in (" / ", "|", ";", ",", "·", "•", "#") if mark in line), None)
    parts = line.split(mark) if mark else [line]
    return names.unique(part.strip(" #") for part in parts if part.strip(" #"))

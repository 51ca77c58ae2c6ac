"""What a short line says about an article: when, by whom, from which agency, or what a picture shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner import data
from cleaner.data.file_types import Agencies, LineWords, Sections
from cleaner.language import dates, person_names
from cleaner.language.characters import make_alternation, normalize_phrase
from cleaner.language.months import MONTHS
from cleaner.model import Moment

_AGENCIES = data.load_data(Agencies)
_WORDS = data.load_data(LineWords)
_SPANS, _CAPTION = _WORDS.spans, _WORDS.caption

AGENCIES = {name.casefold(): name for name in _AGENCIES.names}
"""News agencies, as a line of their own names them, by case-folded name."""

SECTIONS = frozenset(data.flatten_words(data.load_data(Sections).sections))
"""Names of sections that can stand alone above a headline, case-folded."""

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_SHORT = 50
MAX_BYLINE = 120
MAX_CAPTION = 400
MAX_TAGS = 300
"""Characters; longer lines are prose, whatever words they hold."""

_UPDATED = make_alternation(data.flatten_words(_WORDS.updated), right=True)
_UPDATE = re.compile(_UPDATED, re.IGNORECASE)
_MINUTES = rf"\d+\s*(?:-\s*)?{make_alternation(_SPANS.minutes)}\.?"
_STAMP_WORD = re.compile(
    rf"{_UPDATED}|{make_alternation(data.flatten_words(_WORDS.date_line), left=True, right=True)}|"
    rf"\b{_MINUTES}\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\W*(?:{make_alternation(_SPANS.posted)}\s+)?(?:about\s+|an?\s+|\d+\s*)?{make_alternation(_SPANS.before_ago)}s?\s+ago\W*|"
    rf"{make_alternation(_SPANS.now)}|\W*vor \d+ {make_alternation(_SPANS.behind_vor)}\W*|\W*(?:il y a|hace) \d+ \w+\W*|"
    rf"\W*{_MINUTES}\s+{make_alternation(_SPANS.read)}\W*|\W*{make_alternation(_SPANS.reading_time)}\b.{{0,20}}",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?", re.IGNORECASE)
_HANDLE = re.compile(r"@\w+")
_PLACE = re.compile(r"[-–—|,]\s*([A-Z][A-Z .'/-]{2,40})\s*:?\s*$")
_CREDIT = re.compile(
    rf"\b{make_alternation(_CAPTION.pictures)}\s*{make_alternation(_CAPTION.credited)}\s*[:/–-]?\s*\S|"
    rf"[|(/]\s*{make_alternation(_CAPTION.in_brackets)}\s*(?:credit)?s?\s*:|"
    rf"\({make_alternation(_AGENCIES.in_brackets)}\s*(?:Photo|Images|File|Pictures?)?\s*(?:/[^)]*)?(?:\s+via\s+[^)]*)?\)\W*$|"
    rf"\b{make_alternation(_AGENCIES.picture_agencies)}\b[^.]{{0,40}}$|^{make_alternation(_CAPTION.stock)}\b|"
    rf"^{make_alternation(_CAPTION.before_colon)}\s*[:©]|\|\s*{make_alternation(_AGENCIES.behind_bar, rest='.*')}$",
    re.IGNORECASE,
)
_TAG_HEADINGS = frozenset(_WORDS.tags.headings)
_TAG_LINE = re.compile(rf"\s*{make_alternation(_WORDS.tags.leads)}\s*:\s*(?=\S)", re.IGNORECASE)
DATE_WORDS = frozenset(data.flatten_words(_WORDS.moment))
"""Words of which, with names of months, lines of dates, times and spans of time until now consist."""
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"[\d,:]+")
_COUNT = re.compile(r"\(\d+\)$")
"""At the end of a menu's entry: to how many pages it leads."""
_PARTICLE = 2
"""Letters of the longest Latin word that makes no date line of digits: "at", "am", "le"."""
_NUMERIC_DATE = re.compile(r"\W*\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{2}){1,2}(?:\W+\d{1,2}[:.]\d{2})?\W*")
_SHORTEST_STANDFIRST = 40
"""Characters. Of the dropped blocks that were labelled as a standfirst on 235 labelled pages, 26 of 35 were one; of those of
this length and of no other form, 26 of 27."""
_FRONT_LINE = re.compile(r"\b(?:19|20)\d{2}\b|\b\d{1,2}:\d{2}\b|\|")


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a date line gives."""

    published: Moment | None = None
    modified: Moment | None = None
    place: str | None = None


def parse_date_line(text: str, timezone: str | None = None) -> DateLine | None:
    """What ``text`` says if it is a date line: nothing but dates, times and the words around them; else None.

    A line of relative time or reading time ("1 hour ago", "3 min read") is an empty stamp.
    """
    if len(text) > dates.MAX_LINE:
        return None
    if not _DIGIT.search(text):
        return DateLine() if len(text) <= _SHORT and _RELATIVE.fullmatch(text) else None
    if _RELATIVE.fullmatch(text.strip()):
        return DateLine()
    found = dates.find_dates(text, timezone)
    if not found:
        return None
    rest = text
    for one in reversed(found):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    place = _PLACE.search(rest)
    bare = _HANDLE.sub("", _STAMP_WORD.sub("", _TIME.sub("", rest[: place.start()] if place else rest)))
    if sum(map(str.isalnum, bare)) > (3 if len(found) == 1 else 6):
        return None
    published, modified = _sort_moments(text, found, timezone)
    return DateLine(published, modified, place[1].strip() if place else None)


def is_date_line(text: str) -> bool:
    """Whether ``text`` is nothing but dates, times and the words around them; or a date whose month may be either number."""
    if parse_date_line(text) is not None or _NUMERIC_DATE.fullmatch(text):
        return True
    words = [word.casefold() for word in _LETTERS.findall(text)] if len(text) <= _SHORT else []
    told = any(len(word) > _PARTICLE or not word.isascii() for word in words)
    return told and not _COUNT.search(text) and all(word in DATE_WORDS or word in MONTHS for word in words)


def remove_date_words(text: str) -> str:
    """``text`` without digits and the words of dates."""
    words = _DIGITS.sub(" ", text).split()
    return " ".join(word for word in words if word.casefold() not in DATE_WORDS and word.casefold() not in MONTHS)


def _sort_moments(text: str, found: list[dates.DateMatch], timezone: str | None) -> tuple[Moment | None, Moment | None]:
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
        modified = dates.parse_time_of_day(text[update.end() :].lstrip(" :|-"), day, timezone)
    return published, modified


def can_be_standfirst(text: str) -> bool:
    """Whether ``text`` is as long as a summary and none of the lines that stand in its place.

    A line of date, author or tags holds a year, a time of day or bars, names its author first, or has words glued together.
    """
    if len(text) < _SHORTEST_STANDFIRST or _FRONT_LINE.search(text) or is_tag_line(text):
        return False
    return not (person_names.LEAD.match(text) or person_names.has_glued_words(text) or has_picture_credit(text))


def mentions_update(text: str) -> bool:
    """Whether ``text`` speaks of a change and not of publication."""
    return _UPDATE.search(text) is not None


def match_agency(text: str) -> str | None:
    """The news agency that the whole of ``text`` names."""
    if len(text) > _SHORT:
        return None
    return AGENCIES.get(normalize_phrase(text).removeprefix("by ").removeprefix("source: "))


def parse_byline(text: str) -> tuple[str, ...]:
    """The authors that ``text`` names if it says "By …" and little else."""
    if len(text) > MAX_BYLINE or text.endswith((".", "!", "?")) or not person_names.LEAD.match(text):
        return ()
    found = person_names.split_names(text)
    return found if found and all(map(person_names.is_person_name_alone, found)) else ()


def has_picture_credit(text: str) -> bool:
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
    return len(text) <= _SHORT and normalize_phrase(text) in _TAG_HEADINGS


def is_tag_line(text: str) -> bool:
    """Whether ``text`` is a line of tags that says so itself ("Tags: …")."""
    return len(text) <= MAX_TAGS and _TAG_LINE.match(text) is not None and not text.rstrip().endswith(".")


def split_tags(text: str) -> tuple[str, ...]:
    """The tags in a line of them, whatever stands between."""
    line = _TAG_LINE.sub("", text, count=1)
    mark = next((mark for mark in (" / ", "|", ";", ",", "·", "•", "#") if mark in line), None)
    parts = line.split(mark) if mark else [line]
    return person_names.unique_names(part.strip(" #") for part in parts if part.strip(" #"))

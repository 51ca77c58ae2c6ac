"""Short lines about an article: date lines, bylines, agencies, captions, tags, standfirsts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from cleaner import data
from cleaner.data.file_types import Agencies, LineWords, Sections
from cleaner.language import dates, person_names
from cleaner.language.characters import contains_any, has_digit, make_alternation, normalize_phrase
from cleaner.language.months import WEEKDAYS
from cleaner.model import Moment

_AGENCIES = data.load_data(Agencies)
_WORDS = data.load_data(LineWords)
_SPANS, _CAPTION = _WORDS.spans, _WORDS.caption

AGENCIES = {name.casefold(): name for name in _AGENCIES.names}
"""News agencies as named in a line, by case-folded name."""

SECTIONS = frozenset(data.flatten_words(data.load_data(Sections).sections))
"""Names of sections that may be a line above a headline, case-folded."""

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_SHORT_CHARS = 50
MAX_BYLINE = 120
MAX_CAPTION = 400
MAX_TAGS = 300
"""Characters; longer lines are prose, whatever words they contain."""

_UPDATED = make_alternation(data.flatten_words(_WORDS.updated), left=True, right=True)
_PUBLISHED = make_alternation(data.flatten_words(_WORDS.published), left=True, right=True)
_UPDATE = re.compile(_UPDATED, re.IGNORECASE)
_PUBLICATION = re.compile(_PUBLISHED, re.IGNORECASE)
_DATE_LABEL = re.compile(rf"(?P<update>{_UPDATED})|{_PUBLISHED}", re.IGNORECASE)
_UPDATE_BEHIND = re.compile(rf"\W{{0,2}}{_UPDATED}", re.IGNORECASE)
"""The word for an update after its date, as in Chinese and Japanese."""
_MINUTES = rf"\d+\s*(?:-\s*)?{make_alternation(_SPANS.minutes)}\.?"
_STAMP_WORD = re.compile(
    rf"{_UPDATED}|{_PUBLISHED}|"
    rf"{make_alternation((*data.flatten_words(_WORDS.date_line), *WEEKDAYS), left=True, right=True)}|"
    rf"\b{_MINUTES}\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\W*(?:{make_alternation(_SPANS.posted)}\s+)?(?:about\s+|an?\s+|\d+\s*)?{make_alternation(_SPANS.before_ago)}s?\s+ago\W*|"
    rf"{make_alternation(_SPANS.now)}|\W*vor \d+ {make_alternation(_SPANS.behind_vor)}\W*|\W*(?:il y a|hace) \d+ \w+\W*|"
    rf"\W*{_MINUTES}\s+{make_alternation(_SPANS.read)}\W*|\W*{make_alternation(_SPANS.reading_time)}\b.{{0,20}}",
    re.IGNORECASE,
)
_RELATIVE_CLUES = ("ago", *_SPANS.now, *_SPANS.reading_time)
"""Every relative time without a digit contains one of these."""
_NUMBERED_CLUES = (*_RELATIVE_CLUES, "vor ", "il y a ", "hace ", *_SPANS.read)
"""Every relative time with a digit contains one of these."""
_AGENCY_END = re.compile(
    rf"(?:^|[|/,;·•(（]\s*|\b{make_alternation(_AGENCIES.before)}\s+|[:：]\s*)({make_alternation(_AGENCIES.names)})$",
    re.IGNORECASE,
)
"""An agency at the end of a byline."""
_AGO = re.compile(
    rf"(?:about\s+|\ban?\s+|\b\d+\s*){make_alternation(_SPANS.before_ago)}s?\s+ago\b|\bvor \d+ {make_alternation(_SPANS.behind_vor)}\b",
    re.IGNORECASE,
)
"""A relative time within a date line."""
_STEM = 3
_STAMP_STEMS = frozenset(
    word[:_STEM].casefold()
    for words in (
        *map(data.flatten_words, (_WORDS.updated, _WORDS.published, _WORDS.date_line)), WEEKDAYS, _SPANS.minutes,
        _SPANS.before_ago, _SPANS.behind_vor, ("about", "ago"),
    )
    for phrase in words
    for word in phrase.split()
)  # fmt: skip
"""How the words begin that may be in a date line."""
_MAX_ZONE = 4
"""Letters behind a time that may be its zone, even if more follow."""
_MAX_OTHER_LETTERS, _MAX_LETTERS_BESIDE_ONE = 6, 3
"""Letters and digits that a line with several dates, or with one, may have besides."""
_LONG_WORD = re.compile(r"(?<![\w@])[A-Za-z]{5,}+(?!\w)")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?", re.IGNORECASE)
_HANDLE = re.compile(r"@\w+")
_PLACE = re.compile(r"[-–—|,]\s*([A-Z][A-Z .'/-]{2,40})\s*:?\s*$")
# The forms of a credit by what they begin with: a sign is found much faster than words.
_CREDIT_LEAD = re.compile(rf"{make_alternation(_CAPTION.before_colon)}\s*[:©]", re.IGNORECASE)
_CREDIT_BEHIND_SIGN = re.compile(
    rf"[|(/](?:\s*{make_alternation(_CAPTION.in_brackets)}\s*(?:credit)?s?\s*:|"
    rf"(?<=\(){make_alternation(_AGENCIES.in_brackets)}\s*(?:Photo|Images|File|Pictures?)?\s*(?:/[^)]*)?(?:\s+via\s+[^)]*)?\)\W*$|"
    rf"(?<=\|)\s*{make_alternation(_AGENCIES.behind_bar, rest='.*')}$)",
    re.IGNORECASE,
)
_CREDIT_IN_WORDS = re.compile(
    rf"\b{make_alternation(_CAPTION.pictures)}\s*{make_alternation(_CAPTION.credited)}\s*[:/–-]?\s*\S|"
    rf"\b{make_alternation(_AGENCIES.picture_agencies)}\b[^.]{{0,40}}$|^{make_alternation(_CAPTION.stock)}\b",
    re.IGNORECASE,
)
_CREDIT_WORDS = tuple(clue.strip() for clue in _CAPTION.clues if any(map(str.isalpha, clue)))
"""Every credit of :data:`_CREDIT_IN_WORDS` contains one of these."""
_TAG_HEADINGS = frozenset(_WORDS.tags.headings)
_TAG_LINE = re.compile(rf"\s*{make_alternation(_WORDS.tags.leads)}\s*[:：]\s*(?=\S)", re.IGNORECASE)
_TAG_LABEL = re.compile(rf"{make_alternation(_WORDS.tags.leads)} ?[:：]", re.IGNORECASE)
_MIN_STANDFIRST_CHARS = 40
"""Characters. On 235 labelled pages, 26 of 35 dropped blocks that were called a standfirst were one; of those with this
length and no other form, 26 of 27."""
_FRONT_LINE = re.compile(r"\b(?:19|20)\d{2}\b|\b\d{1,2}:\d{2}\b|\|")


@dataclass(frozen=True, slots=True)
class DateLine:
    """The values in a date line."""

    published: Moment | None = None
    modified: Moment | None = None
    place: str | None = None


def parse_date_line(text: str, timezone: str | None = None, order: dates.DateOrder | None = None) -> DateLine | None:
    """The values of ``text`` if it is a date line: nothing but dates, times and the words around them; else None.

    A relative time or reading time ("1 hour ago", "3 min read") is an empty :class:`DateLine`. ``timezone`` and
    ``order`` are as for :func:`cleaner.language.dates.parse_date`.
    """
    if len(text) > dates.MAX_LINE:
        return None
    if not has_digit(text):
        return DateLine() if len(text) <= _MAX_SHORT_CHARS and _is_relative_time(text, _RELATIVE_CLUES) else None
    return _parse_numbered_line(text, timezone, order)


@lru_cache(maxsize=dates.REMEMBERED)
def _parse_numbered_line(text: str, timezone: str | None, order: dates.DateOrder | None) -> DateLine | None:
    """The values of a line with a digit, if it is a date line."""
    if _is_relative_time(text.strip(), _NUMBERED_CLUES):
        return DateLine()
    found = dates.find_dates(text, timezone, order)
    rest = text
    for match in reversed(found):
        rest = f"{rest[: match.start]} {rest[match.end :]}"
    place = _PLACE.search(rest) if found else None
    place = None if place and _DATE_LABEL.search(place[1]) else place
    if not found or _has_other_text(rest[: place.start()] if place else rest, len(found)):
        return None
    published, modified = _sort_moments(text, found, timezone)
    return DateLine(published, modified, place[1].strip() if place else None)


def _has_other_text(rest: str, dates_found: int) -> bool:
    """Whether the ``rest`` of a line without its dates has more letters than those of a date line's words."""
    most = _MAX_OTHER_LETTERS if dates_found > 1 else _MAX_LETTERS_BESIDE_ONE
    if sum(map(str.isalnum, rest)) <= most:
        return False
    others = [len(word) for word in _LONG_WORD.findall(rest) if word[:_STEM].casefold() not in _STAMP_STEMS]
    if sum(others) - _MAX_ZONE * len(others) > _MAX_OTHER_LETTERS:
        # Before several slow expressions: a date in a sentence is more frequent than one alone.
        return True
    bare = _HANDLE.sub("", _STAMP_WORD.sub("", _TIME.sub("", _AGO.sub("", rest))))
    return sum(map(str.isalnum, bare)) > most


def _is_relative_time(text: str, clues: Sequence[str]) -> bool:
    """Whether ``text`` is a relative time, each of which contains one of ``clues``."""
    return contains_any(text.casefold(), clues) and _RELATIVE.fullmatch(text) is not None


def read_dates(text: str, timezone: str | None = None, order: dates.DateOrder | None = None) -> DateLine:
    """The dates in a line that has other words too, such as names; empty if it is too long for a line about the article."""
    found = dates.find_dates(text, timezone, order) if len(text) <= dates.MAX_LINE else ()
    return DateLine(*_sort_moments(text, found, timezone)) if found else DateLine()


def _sort_moments(
    text: str, found: Sequence[dates.DateMatch], timezone: str | None
) -> tuple[Moment | None, Moment | None]:
    """Publication and update among the dates of a line; a time without a date after "updated" is of the same day."""
    published = modified = None
    at = 0
    if len(found) == 2 and not text[found[0].end : found[1].start].strip():  # noqa: PLR2004
        # Two elements of which style sheets show one; which of them is first varies.
        moments = sorted((match.moment for match in found), key=_get_day)
        return (moments[0], moments[1]) if _get_day(moments[0]) != _get_day(moments[1]) else (found[0].moment, None)
    for number, match in enumerate(found):
        labels = list(_DATE_LABEL.finditer(text, at, match.start))
        is_update = labels[-1]["update"] is not None if labels else _is_update_behind(text, found, number)
        if is_update:
            modified = modified or match.moment
        else:
            published = published or match.moment
        at = match.end
    update = _UPDATE.search(text, at)
    if update and published and not modified:
        day = published
        modified = dates.parse_time_of_day(text[update.end() :].lstrip(" :|-"), day, timezone)
    return published, modified


def _get_day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _is_update_behind(text: str, found: Sequence[dates.DateMatch], number: int) -> bool:
    """Whether a word for an update follows a date, and belongs to no later date."""
    end = found[number].end
    behind = _UPDATE_BEHIND.match(text, end)
    return behind is not None and (number + 1 == len(found) and not text[behind.end() :].strip(" )）|."))


def mentions_publication(text: str) -> bool:
    """Whether ``text`` says that an article was published."""
    return _PUBLICATION.search(text) is not None


def can_be_standfirst(text: str) -> bool:
    """Whether ``text`` is as long as a summary and no other line that appears below a headline.

    Lines of dates, authors or tags contain a year, a time of day or bars, begin with "By", or have words glued together.
    """
    if len(text) < _MIN_STANDFIRST_CHARS or _FRONT_LINE.search(text) or is_tag_line(text):
        return False
    return not (person_names.match_lead(text) or person_names.has_glued_words(text) or has_picture_credit(text))


def mentions_update(text: str) -> bool:
    """Whether ``text`` says that an article was changed."""
    return _UPDATE.search(text) is not None


def match_agency(text: str) -> str | None:
    """The news agency that the whole of ``text`` names."""
    if len(text) > _MAX_SHORT_CHARS:
        return None
    return AGENCIES.get(normalize_phrase(text).removeprefix("by ").removeprefix("source: "))


def find_agency(text: str) -> str | None:
    """The news agency that a short line names at its end: after a name, a bar, a comma or "with"."""
    if len(text) > MAX_BYLINE:
        return None
    match = _AGENCY_END.search(text.strip(" .()（）"))
    return AGENCIES[match[1].casefold()] if match else None


def parse_byline(text: str) -> tuple[str, ...]:
    """The authors in ``text`` if it is "By …" and names of persons, perhaps behind a date; else none."""
    if len(text) > MAX_BYLINE or text.endswith((".", "!", "?")):
        return ()
    has_lead = person_names.match_lead(text) is not None
    return _split_byline(text, has_lead=has_lead) if has_lead or has_digit(text) else ()


@lru_cache(maxsize=dates.REMEMBERED)
def _split_byline(text: str, *, has_lead: bool) -> tuple[str, ...]:
    credit = text if has_lead else person_names.extract_credited_names(text)
    if credit is None or not (has_lead or dates.find_dates(text)):
        return ()
    found = person_names.split_names(credit)
    return found if found and all(map(person_names.is_person_name_alone, found)) else ()


def has_picture_credit(text: str) -> bool:
    """Whether ``text`` contains a picture's credit."""
    return len(text) <= MAX_CAPTION and _has_credit(text)


@lru_cache(maxsize=dates.REMEMBERED)
def _has_credit(text: str) -> bool:
    folded = text.casefold()
    if not contains_any(folded, _CAPTION.clues):
        return False
    if _CREDIT_LEAD.match(text) or _CREDIT_BEHIND_SIGN.search(text):
        return True
    return contains_any(folded, _CREDIT_WORDS) and _CREDIT_IN_WORDS.search(text) is not None


def is_tag_heading(text: str) -> bool:
    """Whether ``text`` is a heading of tags ("Topics")."""
    return len(text) <= _MAX_SHORT_CHARS and normalize_phrase(text) in _TAG_HEADINGS


def is_tag_label(text: str) -> bool:
    """Whether ``text`` is nothing but the label of tags behind it: "Tags:"."""
    return _TAG_LABEL.fullmatch(text) is not None


def is_tag_line(text: str) -> bool:
    """Whether ``text`` is a line of tags with its label ("Tags: …")."""
    return (
        len(text) <= MAX_TAGS
        and (":" in text or "：" in text)
        and _TAG_LINE.match(text) is not None
        and not text.rstrip().endswith(".")
    )


def split_tags(text: str) -> tuple[str, ...]:
    """The tags in a line of tags, with any separator between them."""
    lead = _TAG_LINE.match(text)
    line = text[lead.end() :] if lead else text
    mark = next((mark for mark in (" / ", "|", ";", ",", "،", "、", "，", "·", "•", "#") if mark in line), None)
    parts = line.split(mark) if mark else [line]
    return person_names.unique_names(part.strip(" #") for part in parts if part.strip(" #"))

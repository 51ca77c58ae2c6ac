"""Short lines about an article: bylines, agencies, captions, tags, standfirsts."""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner import data
from cleaner.data.word_types import Agencies, LineWords, Sections
from cleaner.language import byline_names, dates, person_names
from cleaner.language.characters import contains_any, has_digit, make_alternation, normalize_phrase

_AGENCIES = data.load_data(Agencies)
_WORDS = data.load_data(LineWords)
_CAPTION = _WORDS.caption

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

_AGENCY_END = re.compile(
    rf"(?:^|[|/,;·•(（]\s*|\b{make_alternation(_AGENCIES.before)}\s+|[:：]\s*)({make_alternation(_AGENCIES.names)})$",
    re.IGNORECASE,
)
"""An agency at the end of a byline."""
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


def can_be_standfirst(text: str) -> bool:
    """Whether ``text`` is as long as a summary and no other line that appears below a headline.

    Lines of dates, authors or tags contain a year, a time of day or bars, begin with "By", or have words glued together.
    """
    if len(text) < _MIN_STANDFIRST_CHARS or _FRONT_LINE.search(text) or is_tag_line(text):
        return False
    return not (byline_names.match_lead(text) or person_names.has_glued_words(text) or has_picture_credit(text))


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
    has_lead = byline_names.match_lead(text) is not None
    return _split_byline(text, has_lead=has_lead) if has_lead or has_digit(text) else ()


@lru_cache(maxsize=dates.REMEMBERED)
def _split_byline(text: str, *, has_lead: bool) -> tuple[str, ...]:
    credit = text if has_lead else byline_names.extract_credited_names(text)
    if credit is None or not (has_lead or dates.find_dates(text)):
        return ()
    found = byline_names.split_names(credit)
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

"""The forms in which a short line names who wrote an article, and the names in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from cleaner import data
from cleaner.data.word_types import Agencies, LineWords, PersonNames
from cleaner.language import byline_names, date_lines, person_names
from cleaner.language.characters import contains_any, make_alternation

_EDITOR = data.load_data(LineWords).chinese_byline.editor
_AGENCIES = data.load_data(Agencies)
_WORDS = data.load_data(LineWords).byline
_JOBS = make_alternation(data.load_data(PersonNames).jobs, left=True, right=True)
# Numbers of this module were chosen by reading pages.
MAX_CHARS, _MAX_BIO_CHARS = 200, 600
"""Characters of a line that names the author, and of a paragraph about the author."""
_MAX_ACCOUNT_CHARS = 30
_PORTRAIT = re.compile(
    rf"^\W*{make_alternation(_WORDS.portraits)}\s+|\s+{make_alternation(_WORDS.behind_portrait)}$", re.IGNORECASE
)
_PORTRAIT_INSIDE = re.compile(rf"\s{make_alternation(_WORDS.behind_portrait)}\s", re.IGNORECASE)
_HANDLE = re.compile(r"@\w+(?!\.\w)")
_GLUED = re.compile(r"(?<=[a-zß-ÿ]{4})(?=[A-ZÀ-Þ][a-zß-ÿ]{2})")
"""Where the next link is glued to a name; the first part of names such as "McNally" is shorter."""
_BIO_LEAD = re.compile(rf"^\W*{make_alternation(_WORDS.bio_leads)}\s*:?\s+(?=\S)", re.IGNORECASE)
_BIO = re.compile(rf"^(.{{3,60}}?)\s+{make_alternation(_WORDS.bio_verbs)}\s", re.IGNORECASE)
_JOB = re.compile(rf"\s(?:{make_alternation(_WORDS.before_jobs)}\s+)*{_JOBS}", re.IGNORECASE)
_ROLE = re.compile(rf"(?:{make_alternation(_WORDS.before_jobs)}\s++){{0,3}}{_JOBS}", re.IGNORECASE)
_AGENCY_BEHIND = re.compile(rf"\s+{make_alternation(_AGENCIES.names)}$", re.IGNORECASE)
_BY_INSIDE = re.compile(r"^\w+(?:\s\w+)?\s(?=by:?\s(?-i:[A-ZÀ-Þ]))|.*/(?=by\s)", re.IGNORECASE)
"""A kind of text before "by": "Guide by Ann Lee"; or other parts of the line."""
_LAST_WORD = re.compile(rf"\s{make_alternation(_WORDS.last_words)}$")
_PARTS = re.compile(r"\s*[|·•,/()\[\]_»«]+\s*|\s+[-–—~]+\s+|\s*[–—]\s*")
_DASH = re.compile(r"[—–]\s*+")
"""Before the name of who signs a text, as "By" is; a hyphen is rather the mark of a list."""
_ACCOUNT_LEAD = re.compile(
    rf"^(?:{make_alternation((*_WORDS.before_one_word, 'by'))})[\s:]+(\S+(?:\s\S+)?)$", re.IGNORECASE
)
_SHORTEST_NAME, _USUAL_NAME = 2, range(2, 4)
"""Words of a name before a role."""
_DIGITS = re.compile(r"\s\d")
_SOURCE = re.compile(r"^(?:来源|來源)\s*[:：]\s*")


class Form(IntEnum):
    """How a line names somebody."""

    CREDITED = 0
    """"By Ann Lee", for a person."""
    CREDITED_OTHER = 1
    """"By the harbour desk", "von mara77"."""
    ALONE = 2
    """"Ann Lee", and nothing else."""
    DATED = 3
    """A name beside a date, a role, an outlet or a place."""
    ROLE = 4
    """"Ann Lee Staff Writer"."""
    BIO = 5
    """"Ann Lee is a reporter", "About Ann Lee"."""
    SIGNED = 6
    """A signature of a Chinese or Korean article."""
    OTHER = 7
    """A short text that is no person's full name."""


class NamedLine(NamedTuple):
    """The names in a line, and how it gives them."""

    names: tuple[str, ...]
    form: Form


def read_named_lines(text: str, *, bio: bool = False) -> tuple[NamedLine, ...]:
    """Who ``text`` may say wrote the article: several if it has several names apart. ``bio``: it may be about the author.

    >>> read_named_lines("12 comments | Mara Finch | 3 May 2024")
    (NamedLine(names=('Mara Finch',), form=<Form.DATED: 3>),)
    """
    if bio and len(text) <= _MAX_BIO_CHARS and (found := _read_bio(text)):
        return (NamedLine(found, Form.BIO),)
    if len(text) > MAX_CHARS:
        return ()
    if signed := byline_names.find_chinese_signature([text]):
        return (NamedLine(signed, Form.SIGNED),)
    if name := _read_behind_dash(text):
        return (NamedLine((name,), Form.CREDITED),)
    line = _PORTRAIT_INSIDE.sub(" | ", _PORTRAIT.sub("", _HANDLE.sub("", text.replace("__", " | "))))
    line = _halve(" ".join(_GLUED.sub(" | ", line).split()))
    is_edited = byline_names.EDITED.match(line)
    # Looking for what is before it takes time by the square of the length.
    has_by = not is_edited and "by" in line.lower()
    line = _AGENCY_BEHIND.sub("", _BY_INSIDE.sub("", line) if has_by else line)
    credit = byline_names.extract_credited_names(line)
    if credit is None:
        return () if is_edited else tuple(_read_names_alone(line))
    return () if byline_names.EDITED.match(credit) else tuple(_read_credit(credit))


def is_signed_off(text: str) -> bool:
    """Whether ``text`` is the signature below a text: a name behind a dash, or that of a Chinese or Korean reporter.

    >>> is_signed_off("— Ann Lee"), is_signed_off("김민서 기자 minseo@pier.example")
    (True, True)
    """
    is_edited = contains_any(text, _EDITOR)
    return _read_behind_dash(text) is not None or (not is_edited and bool(byline_names.find_chinese_signature([text])))


def _read_behind_dash(text: str) -> str | None:
    dash = _DASH.match(text)
    return text[dash.end() :] if dash and person_names.is_person_name_alone(text[dash.end() :]) else None


def _read_credit(credit: str) -> Iterator[NamedLine]:
    names = tuple(map(_halve, byline_names.split_names(credit)))
    people = tuple(name for name in map(_cut_role, names) if person_names.is_credited_person(name))
    if people:
        yield NamedLine(person_names.unique_names(people), Form.CREDITED)
        return
    other = tuple(name for name in (_LAST_WORD.sub("", name) for name in names) if byline_names.is_signature(name))
    if other:
        are_short = all(len(name.split()) == 1 for name in other)
        yield NamedLine(other if are_short else other[:1], Form.CREDITED_OTHER)


def _read_names_alone(line: str) -> Iterator[NamedLine]:
    text = _SOURCE.sub("", byline_names.strip_dates(line)).strip(" []【】()（）:：")
    if account := _ACCOUNT_LEAD.match(text):
        yield NamedLine((_LAST_WORD.sub("", account[1]),), Form.CREDITED_OTHER)
        return
    if people := _read_people(text):
        yield NamedLine(people, Form.ALONE if text == line else Form.DATED)
        return
    parts = [_halve(part) for part in _PARTS.split(text) if part]
    apart = [part for part in parts if person_names.is_person_name_alone(part) and not _is_about_dates(part)]
    yield from (NamedLine((part,), Form.DATED) for part in apart)
    if apart or not parts:
        return
    cut = _cut_role(parts[0])
    if cut != parts[0] and person_names.is_person_name_alone(cut):
        yield NamedLine((cut,), Form.ROLE)
    elif len(text) <= _MAX_ACCOUNT_CHARS and len(parts) == 1 and byline_names.is_signature(text):
        yield NamedLine((_halve(text),), Form.OTHER)


def read_people(text: str) -> tuple[str, ...]:
    """The people in a text that is their names, or one name and a role behind a comma: "Ann Lee, senior reporter".

    >>> read_people("Ann Lee, senior reporter of the harbour desk")
    ('Ann Lee',)
    """
    name, comma, role = text.partition(",")
    if comma and person_names.is_person_name_alone(name) and _ROLE.match(role.lstrip()):
        return (name.strip(),)
    return _read_people(text)


def _is_about_dates(text: str) -> bool:
    return date_lines.mentions_update(text) or date_lines.mentions_publication(text)


def _read_people(text: str) -> tuple[str, ...]:
    """The people in a text that is nothing but their names."""
    if person_names.is_person_name_alone(text):
        return (text,)
    if not byline_names.may_join_names(text):
        return ()
    names = tuple(map(_halve, byline_names.split_names(text)))
    return names if names and all(map(person_names.is_person_name_alone, names)) and _is_most(names, text) else ()


def _is_most(names: Iterable[str], text: str) -> bool:
    return 2 * sum(map(len, names)) > len(text)


def _cut_role(name: str) -> str:
    """The first words of ``name`` that are a person's, if a role follows them."""
    job = _JOB.search(name)
    if job is None:
        return name
    words, before = name.split(), len(name[: job.start()].split())
    for count in (before, _SHORTEST_NAME):
        first = " ".join(words[:count])
        if count in _USUAL_NAME and count <= before and person_names.is_person_name_alone(first):
            return first
    return name


def _read_bio(text: str) -> tuple[str, ...]:
    lead = _BIO_LEAD.match(text)
    line = text[lead.end() :] if lead else text
    verb = _BIO.match(line)
    name = _DIGITS.split(_PARTS.split(verb[1] if verb else line.rstrip("."))[0])[0].strip(" .")
    is_short = verb is not None or lead is not None or len(line) <= _MAX_ACCOUNT_CHARS
    return (name,) if is_short and person_names.is_person_name_alone(name) else ()


def _halve(text: str) -> str:
    """``text``, once, if it is the same words twice: as the text of a picture and in writing."""
    words = text.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else text

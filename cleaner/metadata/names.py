"""Names of people out of bylines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from cleaner.metadata import dates, titles

BREAK = "\u2016"
"""Stands in a byline where one element of the page ends and the next begins."""

_CREDITED = r"(?:written|posted|published|reported|reviewed|edited|authored|submitted|created|words|story|article|report|contributed)"
_BY = rf"(?:(?:this post was |medically |fact )?{_CREDITED}\s+by|(?:guest\s+post\s+)?by|authors?|text|autore?s?|auteur|autorin|作者|文|记者|記者|撰文)"
_ABROAD = r"(?:von|par|por|door|di|av|af|przez|oleh)\s+(?=(?-i:[A-ZÀ-Þ])\w+\s+\w)"
LEAD = re.compile(
    rf"^[\s\W]*(?:{_BY}(?:\s*[:：/]\s*|\s+|(?=[{BREAK}])|(?<=[Bb]y)(?=(?-i:[A-Z][a-z])))|{_ABROAD})+", re.IGNORECASE
)
"""What a byline starts with: "By", "Written by:", "Von", "作者："."""
_SEGMENT = re.compile(rf"\s*[|·•{BREAK}\n]\s*|\s+[-–—]\s+")
_JOINED = re.compile(rf"\s*{BREAK}?\s*(,|;|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b)\s*{BREAK}?\s*", re.IGNORECASE)
_MONTH_DAY = re.compile(
    r"(?:\bon\s+)?(?:[A-Z][a-z]+day,?\s+)?[A-Z][a-z]{2,8}\.?\s?\d{1,2}\b|\d+\s?(?:min|hour|day|comment)\w*(?:\s+read)?",
    re.ASCII,
)
_CUT = re.compile(
    r"\s*(?:\bfor\s+(?:the\s+)?[A-Z]|\b(?:last )?(?:updated|published|posted|modified|reviewed|sponsored)\b|"
    r"\b(?:is|was)\s+(?:a|an|the)\b|\bon behalf\b|\bat\s+[A-Z]|\b(?:twitter|linkedin|facebook)\b|\d{1,2}:\d{2}).*$",
    re.IGNORECASE | re.DOTALL,
)
_AND = r"(?:and|und|et|y|e|en|och|og|i|ve|и|with|mit)"
_SPLIT = re.compile(rf"\s*(?:[,;]\s*{_AND}\s|[,;/&、；]|\s{_AND}\s)\s*", re.IGNORECASE)
_CREDENTIAL = re.compile(
    r"[A-Z]{2,6}(?:-[A-Z]{1,4})?(?:[- ]?\d{1,3})?|(?:Ph\.?\s?D\.?|M\.?D\.?|M\.?[AS]\.?c?\.?|B\.?[AS]\.?c?\.?|"
    r"Ed\.?D\.?|J\.?D\.?|Esq\.?|[JS]r\.?|R\.?N\.?|R\.?D\.?N?\.?|Psy\.?D\.?|Dipl\.?.*|CFP®)(?:\s.*)?"
)
_JOB = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|journalists?|writers?|contributors?|staff|columnists?|producers?|"
    r"managers?|directors?|redakt\w*|administrator|webmaster|author|head|chief|officer|analyst|founder|ceo|president|"
    r"specialist|consultant|expert|professor|desk|team|bureau|agenc(?:y|ies|ia)|newsroom|press|media|development|"
    r"representative|engineer|attorney)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"https?://\S+|\bwww\.\S+|\S+@\S+\.\S+|\([^)]*\)|\[[^\]]*\]|(?<!\w)@\w+|[\"“”]|[+]\s?Follow\b|\bFollow\b"
)
_NOT_A_NAME = re.compile(
    r"(?:none|null|by|written by|undefined|n/?a|unknown|anonymous|admin\w*|user\w*|root|name|(?:follow|share|more|view|see|read|all posts"
    r"|about)\b.*|\W*|.*[<>{}=→].*|\d+|.*\d{5,}.*)",
    re.IGNORECASE,
)
_NAME_WORDS = range(2, 6)
_UNSPACED_NAME = range(2, 9)
"""Characters of a name in Chinese, Japanese or Korean, transcribed foreign ones included."""
_MAX_NAME = 60
_MAX_WORDS = 6
"""Characters and words of the longest names of desks and organizations that sign articles."""
_PARTICLES = frozenset(
    "de da do dos das del della di du der den des la le van von vom zu zum ten ter te el al bin ben ibn y e af av".split()
)
_PAGE_WORDS = frozenset(
    """
    a about academy account accept all and article articles best blog buy by categories click comment comments consent contact
    content contents cookie cookies demo download editorial edit email end events free get guide guides gallery help hire home
    how image images in indoor info join latest learn list log logo menu more navigation new news newsletter next now of on
    online open or outdoor our page photo photos plants policy popular post posts preview previous pricing privacy products
    recipes related resources review reviews search see services share show sign signup site sponsored stories story
    subscribe support tags tax terms the tips to toolbar top topics trending up use video videos view watch we website what
    why with you your
""".split()
)
"""Words of buttons and headings; a line that holds one is no name."""
_TITLE = re.compile(r"^(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+", re.IGNORECASE)


def split(byline: str, own: Collection[str] = ()) -> tuple[str, ...]:
    """The names in a byline, without "By", jobs, credentials, addresses and dates, in order and once each.

    ``own`` are the names of the site as :func:`titles.key` writes them; they are no authors.

    >>> split("By Ann Lee, Tom Fox, MD and Bo Ek | Updated May 3, 2024")
    ('Ann Lee', 'Tom Fox', 'Bo Ek')
    """
    line = _without_dates(_NOISE.sub(" ", byline))
    line = LEAD.sub("", _JOINED.sub(r" \1 ", line))
    best: tuple[str, ...] = ()
    for segment in _SEGMENT.split(line):
        found = _in_segment(segment, own)
        if people := tuple(filter(is_person, found)):
            return people
        best = best or found
    return best


def is_person(text: str) -> bool:
    """Whether ``text`` reads as a person's full name: two to five capitalised words that name no job or page part."""
    words = text.split()
    if any("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text):
        return len(text) in _UNSPACED_NAME
    if len(words) not in _NAME_WORDS or any(c.isdigit() or c in "?!:…/|>" for c in text):
        return False
    if _JOB.search(text) or any(word.casefold().strip(",") in _PAGE_WORDS for word in words):
        return False
    plain = [word for word in words if word.casefold() not in _PARTICLES]
    return len(plain) > 1 and all(word[0].isupper() or word[1:2] in ("'", "’") for word in plain)


def without_jobs(found: Iterable[str]) -> tuple[str, ...]:
    """``found`` without jobs and desks, unless nothing else is left."""
    found = tuple(found)
    return tuple(name for name in found if not _JOB.search(name)) or found


def unique(found: Iterable[str]) -> tuple[str, ...]:
    """``found`` in order, each once, whatever its case."""
    return tuple({name.casefold(): name for name in reversed(list(found))}.values())[::-1]


def _without_dates(line: str) -> str:
    for found in reversed(dates.find(line)):
        line = f"{line[: found.start]} | {line[found.end :]}"
    return _MONTH_DAY.sub(" | ", line)


def _in_segment(segment: str, own: Collection[str]) -> tuple[str, ...]:
    parts = [" ".join(part.split()).strip(" .,:;-–—*") for part in _SPLIT.split(_CUT.sub("", LEAD.sub("", segment)))]
    named = (_TITLE.sub("", part) for at, part in enumerate(parts) if not (at and _CREDENTIAL.fullmatch(part)))
    return unique(name for name in named if _is_name(name, own))


def _is_name(text: str, own: Collection[str]) -> bool:
    short = 1 < len(text) <= _MAX_NAME and len(text.split()) <= _MAX_WORDS
    return short and not _NOT_A_NAME.fullmatch(text) and titles.key(text) not in own

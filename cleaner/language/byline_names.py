"""Names in bylines: where a byline begins, what separates names, and what beside them is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from cleaner import data
from cleaner.data.word_types import LineWords, PersonNames
from cleaner.language import dates, site_names
from cleaner.language.characters import make_alternation
from cleaner.language.months import WEEKDAYS
from cleaner.language.person_names import HAN, PAGE_WORDS, cut_at_zero_width, is_person_name, unique_names

BREAK = "\u2016"
"""Separates the texts of different elements in a byline."""
_WORDS = data.load_data(PersonNames)
_LINE_WORDS = data.load_data(LineWords)
_BYLINE = _LINE_WORDS.byline
_GAP, _NO_GAP = r"\s+", r"\s*"
_BY = (
    rf"(?:(?:{make_alternation(_BYLINE.before_credited)} )?{make_alternation(_BYLINE.credited)}\s+by|{make_alternation(_BYLINE.credited_by, gap=_GAP)}|"
    rf"{make_alternation(_BYLINE.leads, gap=_GAP)})"
)
_OURS = make_alternation(_BYLINE.possessives)
_ABROAD = (
    rf"{make_alternation(_BYLINE.prepositions)}"
    rf"(?:\s*{BREAK}\s*|:\s*|\s+(?=(?-i:[A-ZÀ-ÞΆ-Ϋ])\w+\.?\s+\w|{_OURS}\s+\w))"
)
LEAD = re.compile(
    rf"^[\s\W]*(?:{_BY}(?:\s*[:：/＝=]\s*|\s+|(?=[{BREAK}])|$|(?:(?<=by)|(?<=von))(?=(?-i:[A-Z][a-z.])))|{_ABROAD}|"
    rf"{make_alternation(_BYLINE.before_one_word)}(?:$|\s+(?=(?-i:[A-ZÀ-Þ])\w+$)))+",
    re.IGNORECASE,
)
"""The start of a byline: "By", "Written by:", "Von", "作者："."""
_LEAD_WORDS = (
    *_BYLINE.before_credited, *_BYLINE.credited, *_BYLINE.credited_by, *_BYLINE.leads, *_BYLINE.prepositions,
    *_BYLINE.before_one_word,
)  # fmt: skip
_LEAD_STARTS = frozenset(word.partition(" ")[0].rstrip("*")[:4].casefold() for word in _LEAD_WORDS)
"""The first letters of all words that a byline may begin with, four of them where it has four."""
_START_SIZES = sorted(set(map(len, _LEAD_STARTS)))
_FIRST_LETTERS = re.compile(r"\W*+(\w.{0,3})", re.DOTALL)
MAX_BYLINE_CHARS = 1000
"""Characters of a text that is searched for names: the longest of 1,700 marked authors' lines has 290, and some of the patterns
here take time by the square of the length."""
EDITED = re.compile(rf"\W*{make_alternation(_BYLINE.not_authors)}\b", re.IGNORECASE)
"""The start of a line that names a reviewer, an editor or a photographer, not the author."""
_SEGMENT = re.compile(rf"\s*[|·•{BREAK}\n]\s*|\s+[-–—]\s+|\s+/(?=by\s)")


def _join_words(words: Iterable[str], *, edge: bool = False) -> str:
    """A regular expression of any of ``words`` between names; a single letter must be small, as "E" may be part of a name."""
    words = tuple(words)
    long, letters = ([word for word in words if (len(word) == 1) is single] for single in (False, True))
    return (
        f"(?:{make_alternation(long, left=edge, right=edge)}|"
        f"(?-i:{make_alternation(letters, left=edge, right=edge)}(?!\\.)))"
    )


# No word in the middle of another: most letters are passed over at once.
_JOINED = re.compile(
    rf"(?:\b|(?=[\W\x80-\U0010ffff]))\s*+{BREAK}?\s*+(,|;|&|{_join_words(_BYLINE.joints, edge=True)})\s*+{BREAK}?\s*+",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d", re.ASCII)
_MONTH_DAY = re.compile(
    r"(?:\b[Oo]n\s+)?(?:[A-Z][a-z]+day,?\s+)?[A-Z][a-z]{2,8}\.?\s?\d{1,2}\b(?!\s?(?i:min|hour|day|comment|view|share))|\b[Oo]n\s+[A-Z][a-z]+day\b|\d+\s?(?i:min|hour|day|comment)\w*(?:\s+(?i:read))?",
    re.ASCII,
)
_CUT = re.compile(
    rf"(?:(?-i:(?<=[a-z]){make_alternation(_BYLINE.glued)})|(?-i:\s{make_alternation(_BYLINE.last_words)}$)|\bfor\s+(?:the\s+)?[A-Z]|"
    rf"\b(?:last )?{make_alternation(_BYLINE.ends)}\b|\b(?:is|was)\s+(?:a|an|the)\b|\bon behalf\b|\b(?:at|in)\s+(?-i:[A-Z])|"
    rf"\b{make_alternation(_BYLINE.networks)}\b|\d{{1,2}}:\d{{2}}|"
    rf"(?:[.,;]|(?<=\w))\s+{make_alternation(_BYLINE.not_authors)}\s*(?::|by\b)).*$",
    re.IGNORECASE | re.DOTALL,
)
_AND = _join_words(_BYLINE.conjunctions)
_SPLIT = re.compile(rf"[,;]\s*{_AND}\s|[,;/&、；]|\s{_AND}\s", re.IGNORECASE)
_CREDENTIAL = re.compile(
    r"[A-Z]{2,6}(?:-[A-Z]{1,4})?(?:[- ]?\d{1,3})?|(?:Ph\.?\s?D\.?|M\.?D\.?|M\.?[AS]\.?c?\.?|B\.?[AS]\.?c?\.?|"
    r"Ed\.?D\.?|J\.?D\.?|Esq\.?|[JS]r\.?|R\.?N\.?|R\.?D\.?N?\.?|Psy\.?D\.?|Dipl\.?.*|CFP®)(?:\s.*)?"
)
_ABBREVIATED_END = re.compile(r"\s[JS]r\.\s*$")
_NOISE = re.compile(
    r"https?://\S+|\bwww\.\S+|[^\s@]++@[^\s@]+\.[^\s@]+|\b[a-z][a-z0-9.]*+ at [a-z0-9-]++\.[a-z.]+|\([^)]*\)|\[[^\]]*\]|@\w+(?!\.\w)|[\"“”]|[+]\s?Follow\b|\bFollow\b"
)
_NOT_A_NAME = re.compile(
    rf"{make_alternation(_WORDS.placeholders)}|{make_alternation(_WORDS.buttons)}\b.*|"
    r"\W*|\d*\s*min(?:ute)?s?\.?\s+read|page\..*|.*[<>{}=→].*|\d+|.*\d{5,}.*",
    re.IGNORECASE,
)
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_LEAD_CHARS = 24
"""Characters of a line that announces a name."""
_MAX_SIGNER_CHARS = 60
_MAX_SIGNER_WORDS = 6
"""Characters and words of names in bylines, those of desks and organizations included."""
_MAX_SIGNATURE_WORDS = 4
"""Words of a signature that is not a person's name; measured: longer ones are mostly the start of a sentence."""
_ANY_HAN = r"[\w·\u4e00-\u9fff]{2,10}"
_ROLES = _LINE_WORDS.chinese_byline
_CHINESE = {
    "author": re.compile(
        rf"(?:^|[\s|）)]){make_alternation(_ROLES.author, gap=_NO_GAP)}\s*[:：]\s*({_ANY_HAN}(?:[ 、]{HAN}\b)*)"
    ),
    "reporter": re.compile(
        rf"{make_alternation(_ROLES.reporter)}[:：\s]*({HAN}?(?:[\s、]+{HAN}?)*)"
        rf"(?=[\s)）/／】\]]*(?:$|[)）】\]/／]|{make_alternation(_ROLES.behind_reporter)}|\s))"
    ),
    "korean": re.compile(
        rf"(?:^|[\s=\[(])([{_WORDS.surnames.ko}][\uac00-\ud7af]{{1,3}})\s*{make_alternation(_ROLES.behind_korean)}"
    ),
    "signed": re.compile(rf"(?:[（(]|^\s*【)({HAN}?)(?:\s*(?:文|\w{{2,4}}报道))?[)）】]\s*$"),
    "editor": re.compile(rf"{make_alternation(_ROLES.editor)}\s*[:：]\s*({HAN})"),
}
"""Patterns of the signatures of a Chinese article, the surest first."""
_NAME_SEPARATOR = re.compile(r"[\s、，,]+")
_POSTED = re.compile(
    rf"^\W*{make_alternation(_BYLINE.posted)}\b(?:\s+{make_alternation(_BYLINE.posted_on)})?", re.IGNORECASE
)
_CREDIT_INSIDE = re.compile(
    rf"\s(?:(?:by|{make_alternation(_BYLINE.prepositions)})\s|{make_alternation(_BYLINE.leads, gap=_GAP)}\s*[:：])",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"^{make_alternation(_WORDS.titles)}\.?\s+", re.IGNORECASE)
_ACADEMIC = re.compile(
    rf"^(?:Dr\.?\s+)?(?:{make_alternation(_WORDS.academic_titles)}\.?\s+)+(?:Dr\.?\s+)?(?=\S+\s+\S)", re.IGNORECASE
)
"""Academic titles before a given and a family name; "Dr." alone is a part of the name, as English bylines have it."""
_JOBS = make_alternation(_WORDS.jobs, left=True, right=True)
_ROLE_BEFORE = re.compile(
    rf"^\W*(?:{_OURS}\s+(?:\w+\s+)?{_JOBS}|{make_alternation(_BYLINE.roles)})[\s:]+(?=(?-i:[A-ZÀ-ÞА-Я])\w+\s+\w)",
    re.IGNORECASE,
)
"""A role before a name."""
_EAST_ASIAN, _BEYOND_BASIC = re.compile("[\u3040-\uffff]"), re.compile("[\U00010000-\U0010ffff]")
_ADDRESSEE = re.compile(r"^[^\s@()]++@[^\s@()]++ ?\(([^()]++)\)$")
"""An address with the name of its owner, as feeds write authors."""


def split_names(byline: str, site_keys: Collection[str] = ()) -> tuple[str, ...]:
    """The names in a byline, without "By", jobs, credentials, addresses and dates, in order, each once.

    ``site_keys`` are the names of the site as :func:`site_names.site_name_key` writes them, which are not authors.

    >>> split_names("By Ann Lee, Tom Fox, MD and Bo Ek | Updated May 3, 2024")
    ('Ann Lee', 'Tom Fox', 'Bo Ek')
    """
    if len(byline) > MAX_BYLINE_CHARS:
        return ()
    if addressee := _ADDRESSEE.fullmatch(byline):
        byline = addressee[1]
    line = _remove_dates(_NOISE.sub(" ", cut_at_zero_width(byline)))
    line = LEAD.sub("", _JOINED.sub(r" \1 ", line))
    best: tuple[str, ...] = ()
    for segment in _SEGMENT.split(line):
        found = _split_segment(segment, site_keys)
        if people := tuple(filter(is_person_name, found)):
            return people
        best = best or found
    return best


def match_lead(text: str) -> re.Match[str] | None:
    """What :data:`LEAD` matches at the start of ``text``; a fast test, as most lines begin otherwise."""
    first = _FIRST_LETTERS.match(text)
    if first is not None:
        letters = first[1].casefold().replace("ı", "i")  # the same letter to an expression without case
        for size in _START_SIZES:
            if letters[:size] in _LEAD_STARTS:
                return LEAD.match(text)
    return None


def is_lead_alone(text: str) -> bool:
    """Whether ``text`` announces a name and nothing else: "By", "Written by:"."""
    found = LEAD.match(text) if len(text) <= _MAX_LEAD_CHARS else None
    return found is not None and not any(map(str.isalnum, text[found.end() :]))


def extract_credited_names(line: str) -> str | None:
    """The part of ``line`` that is a byline ("By …"), at its start or after a date; None without one."""
    if match_lead(line):
        return _drop_edited(line)
    if not _CREDIT_INSIDE.search(line):
        return None
    parts = [part for part in _SEGMENT.split(_POSTED.sub("", _remove_dates(line))) if part]
    return next((part for part in parts if LEAD.match(part) and not EDITED.match(part)), None)


def _drop_edited(line: str) -> str:
    """``line`` from the first part on that does not name a reviewer or an editor; the whole line if every part does."""
    if not EDITED.match(line):
        return line
    parts = _SEGMENT.split(line)
    return next((part for part in parts if LEAD.match(part) and not EDITED.match(part)), line)


def may_join_names(text: str) -> bool:
    """Whether ``text`` has a mark or word that joins names: ", ", " and "."""
    return _SPLIT.search(text) is not None


def strip_dates(line: str) -> str:
    """``line`` without dates and the marks around them."""
    return _remove_dates(line).strip(" |·•,-–—") if any(map(str.isdigit, line)) else line


def is_signature(text: str) -> bool:
    """Whether ``text`` may be a signature other than a person's full name: a user, a first name, a desk."""
    words = LEAD.sub("", text).removeprefix("the ").removeprefix("The ").split()
    if text.endswith((".", "!", "?", ":")) or any(word.casefold() in PAGE_WORDS for word in words):
        return False
    capitals = sum(word[0].isupper() for word in words)
    return len(words) == 1 or (1 < len(words) <= _MAX_SIGNATURE_WORDS and 2 * capitals >= len(words))


def find_chinese_signature(texts: Iterable[str]) -> tuple[str, ...]:
    """The author, else the reporter, else the editor that a Chinese page names in a separate line or in brackets."""
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        if not text.isascii() and _EAST_ASIAN.search(text) and not _BEYOND_BASIC.search(text):
            for role, pattern in _CHINESE.items():
                if role not in found and (match := pattern.search(text)):
                    found[role] = unique_names(_NAME_SEPARATOR.split(match[1].strip()))
    return next((found[role] for role in _CHINESE if role in found), ())


def _remove_dates(line: str) -> str:
    for found in reversed(dates.find_dates(line)):
        line = f"{_strip_weekday(line[: found.start])} | {line[found.end :]}"
    # Every match has a digit or the end of a weekday's name; a line mostly has neither, as its dates are gone.
    return _MONTH_DAY.sub(" | ", line) if "day" in line or _DIGIT.search(line) else line


def _strip_weekday(text: str) -> str:
    """``text`` without a weekday at its end, and the "on" before it; alone, it may be a surname."""
    before, _, weekday = text.rstrip(" ,.").rpartition(" ")
    before, _, joint = before.rpartition(" ")
    return before if joint in _BYLINE.last_words and weekday.casefold() in WEEKDAYS else text


def _split_segment(segment: str, site_keys: Collection[str]) -> tuple[str, ...]:
    parts = [
        _restore_stop(part, " ".join(part.split()).strip(" .,:;-–—*"))
        for part in _SPLIT.split(_CUT.sub("", LEAD.sub("", segment)))
    ]
    named = (
        _ACADEMIC.sub("", _TITLE.sub("", _ROLE_BEFORE.sub("", part)))
        for at, part in enumerate(parts)
        if not (at and _CREDENTIAL.fullmatch(part))
    )
    return unique_names(name for name in named if _is_name(name, site_keys))


def _restore_stop(part: str, name: str) -> str:
    """``name``, with the full stop of "Jr." that ``part`` has at its end."""
    return f"{name}." if _ABBREVIATED_END.search(part) and name.endswith("r") else name


def _is_name(text: str, site_keys: Collection[str]) -> bool:
    is_short = 1 < len(text) <= _MAX_SIGNER_CHARS and len(text.split()) <= _MAX_SIGNER_WORDS
    return is_short and not _NOT_A_NAME.fullmatch(text) and site_names.site_name_key(text) not in site_keys

"""Names of persons: which texts are one, alone or behind "By", and which are jobs, accounts or parts of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner import data
from cleaner.data.word_types import PersonNames
from cleaner.language.characters import make_alternation
from cleaner.language.sentences import RUNNING

_WORDS = data.load_data(PersonNames)


_JOB = re.compile(make_alternation(_WORDS.jobs, left=True, right=True), re.IGNORECASE)
_ACCOUNT = re.compile(rf"{make_alternation(_WORDS.accounts, left=True)}|[a-z]_[a-z]|[a-z]\d+$", re.IGNORECASE)
# Numbers of this module were chosen by reading pages.
_NAME_WORDS = range(2, 6)
"""Words of a person's name."""
_WORDS_UNCASED = range(2, 5)
"""Words of a credited name in a script without capitals."""
_UNSPACED = re.compile(f"[{RUNNING}]")
_UNSPACED_NAME_CHARS = range(2, 9)
"""Characters of a name in Chinese, Japanese or Korean, transcribed foreign ones included."""
_GLUED = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]")
"""A boundary between the glued words of two links; two of them in a line are no "McNally"."""
_PARTICLES = frozenset(_WORDS.particles)
PAGE_WORDS = frozenset(_WORDS.page_words)
HAN = rf"[{_WORDS.surnames.zh}][\u4e00-\u9fff]{{1,3}}"
_SURNAMED = re.compile(rf"{HAN}|[{_WORDS.surnames.ko}][\uac00-\ud7af]{{1,2}}")
_ZERO_WIDTH = re.compile("[\u200b\u2060\ufeff]+")


def is_person_name(text: str) -> bool:
    """Whether ``text`` looks like a person's full name: two to five capitalised words, none for a job or a part of a page."""
    words = text.split()
    if _is_name_without_spaces(text):
        return len(text) in _UNSPACED_NAME_CHARS
    if len(words) not in _NAME_WORDS or any(c.isdigit() or c in "?!:…/|>" for c in text):
        return False
    if _JOB.search(text) or any(word.casefold().strip(",") in PAGE_WORDS for word in words):
        return False
    plain = [word for word in words if word.casefold() not in _PARTICLES]
    return len(plain) > 1 and all(map(_is_capitalized, plain))


def _is_capitalized(word: str) -> bool:
    """Whether a word may be part of a name: with a capital, or in a script without capitals."""
    return (word[0].isalpha() and not word[0].islower()) or word[1:2] in ("'", "’")


def is_person_name_alone(text: str) -> bool:
    """Whether ``text`` looks like a person's name without any context."""
    if _is_name_without_spaces(text):
        return _SURNAMED.fullmatch(text.strip()) is not None
    if has_glued_words(text) or text.casefold() == text:
        return False
    in_capitals = [word for word in text.split() if len(word) > 1 and word.isupper() and "." not in word]
    return is_person_name(text) and (not in_capitals or text.isupper())


def is_credited_person(text: str) -> bool:
    """Whether a name behind "By" is a person's; scripts without capitals show no more than its words."""
    if text.upper() == text.lower():
        return is_person_name(text) or len(text.split()) in _WORDS_UNCASED
    return is_person_name_alone(text)


def has_glued_words(text: str) -> bool:
    """Whether words are joined without a space in several places, as in menus."""
    return count_glued_words(text) > 1


def count_glued_words(text: str) -> int:
    """In how many places two words seem joined without a space."""
    return len(_GLUED.findall(text))


def is_account(text: str) -> bool:
    """Whether ``text`` is the account of a system or a desk rather than a name: "import_user2", "Web Redaktion"."""
    return _ACCOUNT.search(text) is not None or _JOB.search(text) is not None


def drop_job_titles(found: Iterable[str]) -> tuple[str, ...]:
    """``found`` without jobs and desks; all of ``found`` if nothing else is left."""
    found = tuple(found)
    return tuple(name for name in found if not _JOB.search(name)) or found


def unique_names(found: Iterable[str]) -> tuple[str, ...]:
    """``found`` in order, without repetitions in any case."""
    return tuple({name.casefold(): name for name in reversed(list(found))}.values())[::-1]


def cut_at_zero_width(text: str) -> str:
    """``text`` without zero-width characters; what they separate from a whole name, such as a town, is left out."""
    first, *rest = filter(None, _ZERO_WIDTH.split(text)) if _ZERO_WIDTH.search(text) else (text,)
    return first if not rest or len(first.split()) > 1 else " ".join((first, *rest))


def _is_name_without_spaces(text: str) -> bool:
    return not text.isascii() and _UNSPACED.search(text) is not None

"""First letters of a text that are set large: torn from their word by markup, or written twice."""

from __future__ import annotations

from cleaner.language.characters import normalize_line
from cleaner.page.dom import Element
from cleaner.page.twins import text_of

# Letters that are words, in the languages with Latin, Greek or Cyrillic letters.
_WORDS_OF_A_LETTER = frozenset("AÀÁEÈÉIOÓUYZAВИКОСУЯАΗΟ")


def is_drop_cap(element: Element) -> bool:
    """Whether ``element`` contains one capital letter."""
    return _is_letter(_drop_cap_of(element))


def read_drop_cap(element: Element, rest: str | None) -> tuple[str, str]:
    """The first letter in ``element``, and ``rest``, the text behind it, joined to one word where they are parts of one."""
    letter, rest = _drop_cap_of(element), rest or ""
    behind = rest.lstrip()
    is_torn = behind != rest and letter[-1:] not in _WORDS_OF_A_LETTER and (not behind or behind[0].islower())
    return letter, behind if is_torn else rest


def _drop_cap_of(element: Element) -> str:
    return normalize_line(text_of(element)) or normalize_line(element.get("alt") or _alt_of_picture(element))


def _alt_of_picture(element: Element) -> str:
    picture = next(element.iter("img"), None)
    return "" if picture is None else picture.get("alt") or ""


def _is_letter(text: str) -> bool:
    """Whether ``text`` is one capital letter, perhaps behind a quotation mark."""
    letter = text.lstrip("\"'“„«‘‹¿¡ ")
    return len(letter) == 1 and letter.isupper()


def is_block_drop_cap(element: Element) -> bool:
    """Whether ``element`` is a first letter in a box of its own, before the rest of its word."""
    behind = element.getnext()
    if behind is None or not _is_letter(_drop_cap_of(element)) or (element.tail or "").strip():
        return False
    rest = text_of(behind).lstrip()
    return rest[:1].islower() or rest[:1] in "’'"


def is_doubled_letter(element: Element) -> bool:
    """Whether ``element`` is a first letter, and the word behind it begins with it again."""
    letter = _drop_cap_of(element)
    if not _is_letter(letter):
        return False
    behind = (element.tail or "").lstrip()
    if not behind and (near := element.getnext()) is not None:
        behind = text_of(near).lstrip()
    return behind.startswith(letter) and behind[len(letter) : len(letter) + 1].islower()

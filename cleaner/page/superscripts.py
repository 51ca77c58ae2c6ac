"""Superscripts and subscripts as plain text: ``10⁶`` rather than ``106``, and no marks of footnotes."""

from __future__ import annotations

import re

from cleaner.language.characters import normalize_line
from cleaner.language.raised_digits import lower_digits, raise_digits, write_power
from cleaner.page.dom import Element

_NUMBER = re.compile(r"[+\-−–(]?\d+\)?[+\-−–]?|[+\-−–]")
# "2n", "n+1", "-kt", "1/2": an expression, and not the end of a word such as "5th" or "1er".
_EXPRESSION = re.compile(r"(?=.*[\d+\-−–/=*^])[\w+\-−–/=*^().,\s]{1,16}")
_NUMBERED = re.compile(r"\d+[a-zA-Z]|\d+/\d+")
_BEFORE_VARIABLE = re.compile(r"(?:^|[^\w])[a-zA-Z]$")
_VARIABLES = frozenset("inkmtTxyz")
"""Letters that are an exponent behind a single letter; ``e``, ``o`` and ``a`` end French, Spanish and Italian ordinals."""
_SYMBOLS = re.compile(r"[*†‡§¶#‖]+")
_BRACKETED = re.compile(r"(?:\s*[\[［][^\[\]［］]{1,40}[\]］])+[,;\s]*")
_NOTE_NUMBERS = re.compile(r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*|[a-z]")
_NOTE_NAMES = re.compile(
    r"foot-?note|end-?note|note-?ref|noteref|\bfn\b|\bcite|citation|reference|\bref\b|sidenote", re.IGNORECASE
)
# A number behind a word of more letters than units and variables have, or behind the end of a sentence, is a note's.
_BEFORE_NOTE = re.compile(r"(?:[^\W\d_]{4}|[.,;:!?。，、」』”’\"»])\s*$")
_BEFORE_POWER = re.compile(
    r"(?:met(?:er|re|ro)s?|mètres?|feet|foot|inch(?:es)?|miles?|yards?|sinh|cosh|tanh)$", re.IGNORECASE
)


def read_script(element: Element, before: str) -> str:
    """The text of ``element``, a ``sup`` or ``sub``, as it is written in a line after ``before``; empty for a footnote mark.

    Numbers become Unicode's raised ones, other exponents ``^n`` or ``^(n+1)``. The ends of ordinals (``5th``) and other
    words stay as they are.
    """
    whole = "".join(element.itertext())
    text = normalize_line(whole)
    if element.tag == "sub":
        written = _lower(text, before, element.tail or "")
    else:
        written = "" if not text or _is_note_mark(element, text, before) else _raise(text, before)
    # The blank of "<sup>3 </sup>of" separates words.
    return f"{' ' * whole[:1].isspace()}{written}{' ' * whole[-1:].isspace()}"


def _raise(text: str, before: str) -> str:
    if _NUMBER.fullmatch(text):
        return raise_digits(text)
    is_power = not text[0].isdigit() or _NUMBERED.fullmatch(text) is not None
    if is_power and _EXPRESSION.fullmatch(text) and before[-1:].strip():
        return write_power(text)
    if text in _VARIABLES and _BEFORE_VARIABLE.search(before):
        return write_power(text)
    return text


def _lower(text: str, before: str, after: str) -> str:
    """A subscript; its digits stay as they are where they cannot be read as part of another number (``H2O``)."""
    if _NUMBER.fullmatch(text) and (before[-1:].isdigit() or after[:1].isdigit()):
        return lower_digits(text)
    return text


def _is_note_mark(element: Element, text: str, before: str) -> bool:
    if _SYMBOLS.fullmatch(text) or _BRACKETED.fullmatch(text):
        return True
    if not _NOTE_NUMBERS.fullmatch(text):
        return False
    if _refers_to_note(element):
        return True
    return text[0].isdigit() and _BEFORE_NOTE.search(before) is not None and not _BEFORE_POWER.search(before)


def _refers_to_note(element: Element) -> bool:
    """Whether ``element``, its parent or something in it is a link within the page, or has the name of a footnote mark."""
    parent = element.getparent()
    around = () if parent is None or parent.tag not in ("a", "span", "cite") else (parent,)
    for one in (*around, *element.iter()):
        if one.tag == "a" and "#" in (one.get("href") or ""):
            return True
        if _NOTE_NAMES.search(
            f"{one.get('class', '')} {one.get('id', '')} {one.get('role', '')} {one.get('epub:type', '')}"
        ):
            return True
    return False

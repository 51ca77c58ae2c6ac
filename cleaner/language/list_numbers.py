"""Numbers and letters of list items: recognition in a line, and writing."""

from __future__ import annotations

import re

ITEM_NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]|[a-z]\))[ \t]+(?=\S)")
_LETTERS = 26
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# The largest number that these numerals can express; browsers write larger ones in digits.
_MAX_ROMAN = 3999


def strip_item_number(text: str) -> str:
    """``text`` without its number or letter as a list item.

    >>> strip_item_number("1. Boil the water"), strip_item_number("b) Pour it")
    ('Boil the water', 'Pour it')
    """
    return ITEM_NUMBER.sub("", text, count=1) if ITEM_NUMBER.match(text) else text


def write_item_number(number: int, style: str) -> str:
    """``number`` as a browser shows it before an item, in a style of HTML: ``1``, ``a``, ``A``, ``i`` or ``I``.

    >>> write_item_number(4, "1"), write_item_number(28, "a"), write_item_number(4, "i")
    ('4.', 'ab.', 'iv.')
    """
    shown = str(number)
    if style in {"a", "A"} and number > 0:
        shown = _write_letters(number)
    elif style in {"i", "I"} and 0 < number <= _MAX_ROMAN:
        shown = _write_roman(number)
    return f"{shown.upper() if style.isupper() else shown}."


def _write_letters(number: int) -> str:
    letters = ""
    while number:
        number, place = divmod(number - 1, _LETTERS)
        letters = chr(ord("a") + place) + letters
    return letters


def _write_roman(number: int) -> str:
    numerals = ""
    for value, numeral in _ROMAN:
        times, number = divmod(number, value)
        numerals += times * numeral
    return numerals

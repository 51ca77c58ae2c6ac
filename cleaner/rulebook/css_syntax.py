"""CSS selectors that are known good without a compiler, as nearly all are that people write.

Compiling one costs sixty times as much as looking at it, and a run over a thousand rule files uses those of few sites.
"""

from __future__ import annotations

import re

LONGEST = 500
"""Characters of the longest selector that is known good unseen: a compiler may run out of stack on endless ones."""

_NAME = r"-?[A-Za-z_][A-Za-z0-9_-]*"
_VALUE = rf"""(?:{_NAME}|"[^"\\\n]*"|'[^'\\\n]*')"""
_PART = rf"(?:[.#]{_NAME}|\[{_NAME}(?:[~|^$*]?={_VALUE})?\])"
_COMPOUND = rf"(?:(?:{_NAME}|\*){_PART}*|{_PART}+)"
_COMPLEX = rf"{_COMPOUND}(?:(?: *[>+~] *| +){_COMPOUND})*"
_PLAIN = re.compile(rf"{_COMPLEX}(?: *, *{_COMPLEX})*")


def is_plain(selector: str) -> bool:
    """Whether ``selector`` is CSS beyond doubt; False says nothing.

    >>> is_plain("div.story > p, #comments [data-role='share']")
    True
    >>> is_plain("p:nth-child(2)")
    False
    """
    return len(selector) <= LONGEST and _PLAIN.fullmatch(selector) is not None

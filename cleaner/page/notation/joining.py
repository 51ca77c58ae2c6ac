"""Writing lines that were one as one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.language.sentences import UNSPACED

_UNSPACED = re.compile(f"[{UNSPACED}，。、：；？！（）「」『』《》]")


def join_texts(texts: Sequence[str], *, hyphens: bool = False) -> str:
    """``texts`` as one: with spaces between, except in scripts that have none.

    With ``hyphens``, lines may have been broken behind the hyphen of a compound.

    >>> join_texts(["on the left", "bank"]), join_texts(["桥头", "村"]), join_texts(["well-", "known"], hyphens=True)
    ('on the left bank', '桥头村', 'well-known')
    """
    if len(texts) == 1:
        return texts[0]
    joined = [texts[0]]
    for text in texts[1:]:
        last = joined[-1]
        if last and text and not (_is_unspaced(last, text) or (hyphens and _ends_in_compound(last))):
            joined.append(" ")
        joined.append(text)
    return "".join(joined)


def _is_unspaced(before: str, after: str) -> bool:
    return not (before.isascii() or after.isascii()) and bool(_UNSPACED.match(before[-1]) and _UNSPACED.match(after[0]))


def _ends_in_compound(text: str) -> bool:
    return text[-1] == "-" and len(text) > 1 and not text[-2].isspace() and text[-2] != "-"

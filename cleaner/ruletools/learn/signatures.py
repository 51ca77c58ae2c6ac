"""The lines by which dumps of a site are recognised that come without an address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cleaner.language.characters import normalize_line, split_lines, strip_whitespace
from cleaner.model import Kind, Page

MAX_SIGNATURES = 2
"""Signatures a site is given."""
MIN_OTHER_SITES = 3
"""Other sites that have to be at hand before a line can be told from what everybody writes."""
_SIGNATURE = re.compile(r"[^\W\d_][^\d]{7,59}")
"""From a letter on, no numbers: years and counts change."""


def propose_signatures(pages: Sequence[Page], others: Mapping[str, str], host: str) -> list[str]:
    """Lines that each dump among ``pages`` bears, and none of the other sites' dumps, given as text by site.

    Lines with the site's name in them are taken where there are any; others need three sites that do not have them.
    """
    dumps = [page for page in pages if page.kind is Kind.TEXT]
    if len(dumps) < MAX_SIGNATURES:
        return []
    counts = Counter(line for page in dumps for line in {normalize_line(raw) for raw in split_lines(page.content)})
    stem = host.split(".", maxsplit=1)[0].replace("-", "")
    borne = [
        line
        for line, count in counts.items()
        if count == len(dumps) and _SIGNATURE.fullmatch(line) and not any(line in text for text in others.values())
    ]
    named = [line for line in borne if stem in strip_whitespace(line).casefold()]
    telling = named or (borne if len(others) >= MIN_OTHER_SITES else [])
    return sorted(telling, key=lambda line: (-len(line), line))[:MAX_SIGNATURES]


def flatten_pages(pages: Iterable[Page]) -> str:
    """The dumps among ``pages`` as one text to search."""
    return "\n".join(normalize_line(page.content) for page in pages if page.kind is Kind.TEXT)

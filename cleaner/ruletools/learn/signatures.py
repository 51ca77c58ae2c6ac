"""Learning a site's signatures: the lines by which dumps without an address are recognised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cleaner.language.characters import normalize_line, split_lines, strip_whitespace
from cleaner.model import Kind, Page

MAX_SIGNATURES = 2
"""Signatures of a site at most; chosen by reading pages, not measured."""
MIN_OTHER_SITES = 3
"""Other sites needed to exclude lines that many sites have; chosen by reading pages, not measured."""
_SIGNATURE = re.compile(r"[^\W\d_][^\d]{7,59}")
"""A line that starts with a letter and has no digits, as years and counts change."""


def propose_signatures(pages: Sequence[Page], others: Mapping[str, str], host: str) -> list[str]:
    """Return lines that are in each dump among ``pages`` and in no dump of other sites, whose text is ``others``.

    Lines with the site's name are preferred; others are used only if at least three other sites are known.
    """
    dumps = [page for page in pages if page.kind is Kind.TEXT]
    if len(dumps) < MAX_SIGNATURES:
        return []
    counts = Counter(line for page in dumps for line in {normalize_line(raw) for raw in split_lines(page.content)})
    stem = host.split(".", maxsplit=1)[0].replace("-", "")
    candidates = [
        line
        for line, count in counts.items()
        if count == len(dumps) and _SIGNATURE.fullmatch(line) and not any(line in text for text in others.values())
    ]
    named = [line for line in candidates if stem in strip_whitespace(line).casefold()]
    chosen = named or (candidates if len(others) >= MIN_OTHER_SITES else [])
    return sorted(chosen, key=lambda line: (-len(line), line))[:MAX_SIGNATURES]


def flatten_pages(pages: Iterable[Page]) -> str:
    """Return the dumps among ``pages`` as one text, for searching."""
    return "\n".join(normalize_line(page.content) for page in pages if page.kind is Kind.TEXT)

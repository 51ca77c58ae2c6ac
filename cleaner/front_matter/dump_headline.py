"""The headline of a dump: of the lines around the first paragraph the likeliest, if one is likely enough."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from math import exp
from operator import mul
from typing import NamedTuple

from cleaner import data
from cleaner.data.weight_types import HeadlineWeights
from cleaner.front_matter.dump_view import DumpView
from cleaner.front_matter.headline_evidence import EVIDENCE, measure_headlines, squeeze
from cleaner.front_matter.headline_texts import strip_surroundings
from cleaner.front_matter.titles import strip_site_name
from cleaner.language import person_names
from cleaner.language.characters import contains_any
from cleaner.language.dates import REMEMBERED
from cleaner.language.site_names import site_name_key
from cleaner.model import Block, Blocks, Role
from cleaner.page import urls

_CHARS = range(6, 261)
"""Characters of a headline: of the lines with the title's text on 3,400 dumps, 11 are shorter or longer."""
_MAX_BLOCKS_ABOVE, _MAX_BLOCKS_BELOW = 40, 2
"""Blocks above the first paragraph, and from it on, that are searched for the headline."""
_NAME_AT_END = re.compile(r"\w \s*[|–—·•»-]\s+((?=[^\W\d_a-z])[^|–—·•»]{2,40})$")
"""A short part in capitals behind a bar or dash at the end of a page's title."""
_CLOSE, _MAX_LEAD = 0.7, 2
"""Of lines whose odds differ by no more than the first number (of logarithm), within so many blocks, the first is the headline
and the next its standfirst."""
_NEVER = re.compile(
    r"\b\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\b|uhr|[A-Z]{3,4}\b)|\bmin(?:ute)?s? read\b|\|.*\||\s[>»›]\s|[:,]$",
    re.IGNORECASE,
)
"""A time of day, a reading time, a list, the way to a page, or an end that announces what follows."""
_WORDS_A_GLUED = 4
"""Words for each place where two seem glued together, as in "OpenVPN"; there are more such places in menus."""
_NEVER_PARTS = (":", "|", " read", ">", "»", "›", ",")
"""Every such line contains one of these."""
_FILE = data.load_data(HeadlineWeights)
_WEIGHTS = tuple(_FILE.weights[name] for name in EVIDENCE)


class Headline(NamedTuple):
    """A line that may be the headline."""

    block: Block
    text: str
    """Its text without the name of the site."""
    chance: float
    """Probability that it is the headline, 0 to 1."""


def find_dump_headline(page: DumpView, url: str | None) -> Headline | None:
    """The likeliest headline, however unlikely; None if no line can be one.

    The weights of the evidence are learned by ``tools/fit_headlines.py``.
    """
    above = list_candidates(page)
    if not above:
        return None
    scores = [_FILE.bias + sum(map(mul, _WEIGHTS, row)) for row in measure_headlines(page, above, url)]
    at, chance = choose_headline([block.index for block in above], [squeeze(block.text) for block in above], scores)
    block = above[at]
    shown = [other.text for other in above if other.text != block.text]
    return Headline(block, strip_site_name(strip_surroundings(block.text), shown, name_site(block, url)), chance)


def choose_headline(places: Sequence[int], keys: Sequence[str], scores: Sequence[float]) -> tuple[int, float]:
    """Position of the likeliest candidate, and the probability that it is the headline.

    The probability is that of a logistic choice between all candidates and none of them, given the logarithms of their
    odds; candidates with the same letters add up. Of neighbours that are nearly as likely the first is the headline.
    """
    odds = [exp(score) for score in scores]
    totals: defaultdict[str, float] = defaultdict(float)
    for key, one in zip(keys, odds, strict=True):
        totals[key] += one
    likeliest = max(range(len(keys)), key=lambda at: (totals[keys[at]], scores[at]))
    close = totals[keys[likeliest]] * exp(-_CLOSE)
    first = next(
        at for at, key in enumerate(keys) if totals[key] >= close and places[likeliest] - places[at] <= _MAX_LEAD
    )
    return first, totals[keys[likeliest]] / (1 + sum(odds))


def list_candidates(page: DumpView, top_lines: int = 0) -> list[Block]:
    """The lines that may be the headline.

    The first ``top_lines`` of the dump, where the title of a page is, can be one however far above the text they are.
    """
    first = max(0, page.opening - _MAX_BLOCKS_ABOVE)
    near = page.blocks[first : page.opening + _MAX_BLOCKS_BELOW]
    return [
        block
        for block in (*page.blocks[: min(top_lines, first)], *near)
        if can_be_headline(page, block) and not continues_below(page.blocks, block)
    ]


def can_be_headline(page: DumpView, block: Block) -> bool:
    """Whether nothing about a line excludes it."""
    return (
        len(block.text) in _CHARS
        and page.is_unclassified(block)
        and block.role is not Role.TABLE
        and _has_form(block.text)
        and not page.is_byline(block.index)
    )


@lru_cache(maxsize=REMEMBERED)
def _has_form(text: str) -> bool:
    """Whether ``text`` has letters or digits, and nothing that no headline has; asked twice of each line near the text."""
    # Few lines need the search, which takes ten times as long as looking for its parts.
    is_never = contains_any(text.casefold(), _NEVER_PARTS) and _NEVER.search(text)
    glued = person_names.count_glued_words(text)
    return not is_never and squeeze(text) != "" and glued <= max(1, len(text.split()) // _WORDS_A_GLUED)


def continues_below(blocks: Blocks, block: Block) -> bool:
    """Whether the next line continues a line in lower case: it is the first of a wrapped paragraph that was not joined."""
    below = blocks[block.index + 1 : block.index + 2]
    return any(not other.spaced and other.text[:1].islower() for other in below)


def name_site(block: Block, url: str | None) -> frozenset[str]:
    """The site's name as its host gives it, and as it may end a page's title in the first line, for comparison."""
    host = urls.host_of(url) or ""
    end = _NAME_AT_END.search(block.text) if block.index == 0 else None
    names = (host, *host.split(".")[:-1], *([end[1]] if end else []))
    return frozenset(key for key in map(site_name_key, names) if len(key) > 1)

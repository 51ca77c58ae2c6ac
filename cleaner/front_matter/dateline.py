"""The dateline at the start of an article's text: its place and news agency."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner import data
from cleaner.data.word_types import Agencies
from cleaner.language import dates
from cleaner.language.characters import make_alternation
from cleaner.language.line_patterns import AGENCIES
from cleaner.model import Blocks

_WORDS = data.load_data(Agencies)
_AGENCY = rf"(?P<agency>{make_alternation((*_WORDS.names, *_WORDS.short))})"
_NAME = r"[A-ZÀ-ÞА-Я][\w.'’-]*(?:[ /-](?:[a-z]{2,3}[ -])?[A-ZÀ-ÞА-Я][\w.'’-]*){0,3}"
_DASH = r"\s*[.:]?\s?(?:--?|–|—|:)\s"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<place>{_NAME})(?:,\s[^()（–—]{{2,30}}?)?\s?[(（](?i:{_AGENCY})[^)）]{{0,12}}[)）](?:{_DASH}|\s?[.:–—-])",
        rf"(?P<place>{_NAME}),\s\d[^()–—]{{2,25}}[(（]?(?i:{_AGENCY})[)）]?{_DASH}",
        r"(?P<agency>新华社|新華社|中新社|中新网|央视新闻)(?P<place>[\u4e00-\u9fff]{2,5}?)\d{1,2}月\d{1,2}日(?:电|電|讯|訊)",
        rf"[(（\[](?P<place>[\uac00-\ud7af]{{2,8}})\s?=\s?{_AGENCY}[)）\]]",
        rf"[【\[](?P<place>[\u3040-\u30ff\u4e00-\u9fff]{{2,10}}?)\s?=?\s?(?P<agency>{make_alternation(_WORDS.short)})",
        r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ.'’-]{2,})*)(?:,\s[A-Z][\w. ]{1,20})?\s(?:--|–|—)\s(?P<agency>)",
    )
)
"""Forms of datelines: PARIS (AP) —; Madrid, 10 sep (EFE).-; 新华社北京9月10日电; (서울=연합뉴스); 【ロンドン共同】; PARIS —."""
_MAX_CHARS = 100
"""Characters at the start of the text that are searched. Chosen by reading pages."""


class Dateline(NamedTuple):
    """The place and the agency of a dateline; None without one."""

    place: str | None = None
    agency: str | None = None


def find_dateline(blocks: Blocks) -> Dateline:
    """The dateline of the first paragraph of the text."""
    first = next((block.text for block in blocks if not block.hidden and len(block.text) > dates.MAX_LINE), "")
    opening = first[:_MAX_CHARS]
    for pattern in _PATTERNS:
        if match := pattern.match(opening):
            agency = match["agency"] or None
            return Dateline(match["place"], AGENCIES.get(agency.casefold(), agency) if agency else None)
    return Dateline()

"""The headline, without the name of the site or section glued to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from cleaner import data
from cleaner.data.word_types import LineWords
from cleaner.language.characters import normalize_line, normalize_phrase
from cleaner.language.line_patterns import SECTIONS
from cleaner.language.site_names import is_site_name, site_name_key

SEPARATOR = re.compile(r"\s+[|–—·•:»«~‹›>/-]+\s+|\s*[|»｜│]\s*|\s*_(?=[^_\s]+$)|(?<=\S):\s+(?=\S+$)")
_JOINT = re.compile(rf"{SEPARATOR.pattern}|(?<=\S):\s+|\s+::+\s+|\s*[»>]+\s*|\s-{{1,2}}(?=\w)")
"""Where a title may consist of parts; a part counts only if the page also shows it as a line."""
_WORD = re.compile(r"\w+")
_INLINE = re.compile(r"<(b|i|u|em|strong|span|font|sub|sup|small|a|q|cite)(?: [^<>]*)?>([^<>]*)</\1>", re.IGNORECASE)
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_VIEWS = frozenset(data.load_data(LineWords).not_headline.title_parts)
"""Parts of a title that are the name of a view of the page, such as "Print article"; "#" is any number."""
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_TITLE_CHARS = 1000
"""Characters of a title that a head gives; a longer one is no title, and is split into parts in time by the square of its length."""
_MAX_HEADING_CHARS = 300
"""Characters; a longer heading is a paragraph."""
_MAX_JOINTS = 10
"""A title with more joints is a list of keywords, and its parts are not tried."""
_MIN_SIMILARITY = 0.25
"""Share of words a heading must have in common with a title of the head. Measured: 0.2 and 0.3 give the same, 0.5 gets
one to two titles in a hundred fewer, as headlines are often reworded in the head."""
_BAR, _MAX_SECTION_WORDS = "|", 2
"""The mark of which headlines have none of their own, and words of the name of a section."""
_MIN_HEADLINE_WORDS = 3
"""Words of a part of a title that is a headline; shorter parts are names of sections."""


class ShownLines(NamedTuple):
    """What a page shows, as :func:`cleaner.language.characters.normalize_phrase` writes it."""

    short: Collection[str] = ()
    """Short lines, which may be the headline."""
    above: Collection[str] = ()
    """Headings above the text."""


def choose_title(
    headings: Sequence[str],
    heads: Sequence[str],
    page_title: str | None,
    names: Collection[str],
    shown: ShownLines | None = None,
) -> str | None:
    """The headline of a page.

    ``headings`` are its ``<h1>`` texts, ``heads`` the headlines of its structured data, most specific first, ``page_title``
    its ``<title>``, ``names`` the names of its site as :func:`site_name_key` writes them. The heading most similar to the
    head wins; if none is similar, the only heading wins if it is above the text and as long as a headline, because titles
    for social networks and searches may have other words. Otherwise headings are the names of site or section, and the
    head wins. If a title consists of several parts, the one that the page shows as a line is the headline.
    """
    shown = shown or ShownLines()
    headings = [
        heading
        for heading in headings
        if len(heading) <= _MAX_HEADING_CHARS and not is_site_name(heading, names) and not _is_view(heading)
    ]
    glued = [_strip_markup(title) for title in (*heads, page_title) if title and len(title) <= _MAX_TITLE_CHARS]
    if quoted := _find_quoted_heading(headings, glued):
        return quoted
    headings = [strip_site_name(heading, headings, names) for heading in headings]
    bare = [strip_site_name(head, headings, names) for head in glued]
    claims = [claim for claim in bare if not is_site_name(claim, names)]
    chosen = _choose_heading_or_claim(headings, claims, shown.above, sure=bool(heads)) or next(iter(bare), None)
    return _find_shown_part(chosen, names, shown.short) or chosen


def _strip_markup(title: str) -> str:
    """A title without markup that was escaped with it; a tag alone, as in "The <b> element", may be what it is about."""
    if "<" not in title:
        return title
    return normalize_line(_BREAK.sub(" ", _INLINE.sub(r"\2", title)))


def _choose_heading_or_claim(
    headings: Sequence[str], claims: Sequence[str], above: Collection[str], *, sure: bool
) -> str | None:
    """The heading most similar to a claim, else the first claim; ``sure`` if not only the page's title is a claim."""
    if not claims or not headings:
        return next(iter((*claims, *headings)), None)
    score, _, heading = max(
        (max(measure_similarity(h, claim) for claim in claims), -at, h) for at, h in enumerate(headings)
    )
    if score >= _MIN_SIMILARITY:
        return _strip_kicker(heading, claims)
    if len(headings) > 1:
        return claims[0]
    is_headline = len(_WORD.findall(headings[0])) > _MIN_HEADLINE_WORDS and normalize_phrase(headings[0]) in above
    return headings[0] if is_headline or not sure else claims[0]


def _find_quoted_heading(headings: Sequence[str], glued: Sequence[str]) -> str | None:
    """The longest heading that is a part of a title and has enough words for a headline."""
    parts = {site_name_key(part) for title in glued for part in _split_title(title)}
    found = [h for h in headings if len(_WORD.findall(h)) >= _MIN_HEADLINE_WORDS and site_name_key(h) in parts]
    return max(found, key=len, default=None)


def strip_site_name(title: str, headings: Sequence[str], names: Collection[str]) -> str:
    """``title`` without leading or trailing parts that are names of the site, or that a heading omits."""
    for heading in headings:
        if heading != title and title.startswith(heading) and SEPARATOR.match(title, len(heading)):
            return heading
    while cuts := [cut for cut in SEPARATOR.finditer(title) if cut.start() and cut.end() < len(title)]:
        before, after = title[: cuts[0].start()], title[cuts[-1].end() :]
        if _is_removable_part(after, headings, names) or normalize_phrase(after) in SECTIONS:
            title = _strip_section(title[: cuts[-1].start()].strip(), cuts[-1][0].strip())
        elif _is_removable_part(before, headings, names):
            title = title[cuts[0].end() :].strip()
        else:
            break
    return title


def _strip_section(title: str, mark: str) -> str:
    """``title`` without the section between headline and name of the site, all with the same bar between them."""
    headline, bar, section = title.rpartition(mark)
    is_section = mark == _BAR and bool(bar) and len(section.split()) <= _MAX_SECTION_WORDS
    return headline.strip() if is_section and len(_WORD.findall(headline)) > _MIN_HEADLINE_WORDS else title


def _find_shown_part(title: str | None, names: Collection[str], shown: Collection[str]) -> str | None:
    """The longest part of ``title`` that is a line of the page and no name of the site."""
    parts = _split_title(title) if title else ()
    return next((part for part in parts if normalize_phrase(part) in shown and not is_site_name(part, names)), None)


def _split_title(title: str) -> Iterator[str]:
    """``title``, then the texts between any two of its joints, the longest first."""
    yield title
    cuts = [cut for cut in _JOINT.finditer(title) if cut.start() and cut.end() < len(title)]
    if 0 < len(cuts) <= _MAX_JOINTS:
        starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(title)]
        spans = [(start, end) for at, start in enumerate(starts) for end in ends[at:]]
        yield from sorted((title[start:end].strip() for start, end in spans), key=len, reverse=True)[1:]


def _strip_kicker(heading: str, claims: Sequence[str]) -> str:
    """``heading``, or the claim in it that only a kicker precedes or a byline follows, without a separator."""
    for claim in claims:
        rest = len(heading) - len(claim)
        if 0 < rest <= len(claim) and " " in claim:
            joint = heading[: rest - 1] if heading.endswith(" " + claim) else ""
            if (joint and joint[-1].isalnum()) or heading.startswith(claim + " "):
                return claim
    return heading


def _is_view(text: str) -> bool:
    return _NUMBER.sub("#", normalize_phrase(text)) in _VIEWS


def measure_similarity(one: str, other: str) -> float:
    """Share of the words of the longer of two titles that both have, 0 to 1."""
    a, b = (set(_WORD.findall(text.casefold())) for text in (one, other))
    return len(a & b) / max(len(a), len(b)) if a and b else 0.0


def _is_removable_part(text: str, headings: Sequence[str], names: Collection[str]) -> bool:
    return (
        is_site_name(text, names)
        or _is_view(text)
        or (len(headings) == 1 and bool(text) and site_name_key(text) == site_name_key(headings[0]))
    )

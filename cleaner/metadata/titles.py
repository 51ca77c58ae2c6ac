"""The headline, without the name of the site or section glued to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_SEPARATOR = re.compile(r"\s+[|–—·•:»«~‹›>/-]+\s+|\s*[|»｜]\s*|\s*_(?=[^_\s]+$)|(?<=\S):\s+(?=\S+$)")
_WORD = re.compile(r"\w+")
_MAX = 300
"""Characters; a longer heading is a paragraph in disguise."""
_MAX_SITE_WORDS = 5
_TELLING = 6
"""Characters of a site name that is looked for inside longer names; shorter ones turn up in other words."""
_ALIKE = 0.25
"""Share of words a heading must have in common with the head. Measured: at 0.2 and 0.3 alike, 0.5 gets one to two
titles in a hundred less, for headlines are often reworded in the head."""


def choose(headings: Sequence[str], heads: Sequence[str], page_title: str | None, names: Collection[str]) -> str | None:
    """The headline of a page.

    ``headings`` are its ``<h1>`` texts, ``heads`` the headlines its structured data gives, most telling first,
    ``page_title`` its ``<title>``, ``names`` the names of its site as :func:`key` writes them. The heading that says
    what the head says wins; where none does, the headings are the site's or a section's, and the head is believed.
    """
    headings = [strip(h, headings, names) for h in headings if len(h) <= _MAX and not is_site(h, names)]
    bare = [strip(head, headings, names) for head in heads]
    shown = [strip(page_title, headings, names)] if page_title else []
    claims = [claim for claim in (*bare, *shown) if not is_site(claim, names)]
    if not claims or not headings:
        return next(iter((*claims, *headings, *shown)), None)
    score, _, heading = max((max(likeness(h, claim) for claim in claims), -at, h) for at, h in enumerate(headings))
    return _without_kicker(heading, claims) if score >= _ALIKE else claims[0]


def strip(title: str, headings: Sequence[str], names: Collection[str]) -> str:
    """``title`` without leading or trailing parts that are names of the site, or that a heading goes without."""
    for heading in headings:
        if heading != title and title.startswith(heading) and _SEPARATOR.match(title, len(heading)):
            return heading
    while cuts := list(_SEPARATOR.finditer(title)):
        before, after = title[: cuts[0].start()], title[cuts[-1].end() :]
        if _is_part(after, headings, names):
            title = title[: cuts[-1].start()].strip()
        elif _is_part(before, headings, names):
            title = title[cuts[0].end() :].strip()
        else:
            break
    return title


def _without_kicker(heading: str, claims: Sequence[str]) -> str:
    """``heading``, or the claim it consists of but for a kicker before or a byline after it, set off by no mark."""
    for claim in claims:
        rest = len(heading) - len(claim)
        if 0 < rest <= len(claim) and " " in claim:
            joint = heading[: rest - 1] if heading.endswith(" " + claim) else ""
            if (joint and joint[-1].isalnum()) or heading.startswith(claim + " "):
                return claim
    return heading


def likeness(one: str, other: str) -> float:
    """Share of words that two titles have in common, 0 to 1, by the longer of the two."""
    a, b = (set(_WORD.findall(text.casefold())) for text in (one, other))
    return len(a & b) / max(len(a), len(b)) if a and b else 0.0


def key(name: str) -> str:
    """A site's name as it is compared: letters and digits only."""
    return "".join(_WORD.findall(name.casefold())).removeprefix("the")


def is_site(text: str, names: Collection[str]) -> bool:
    """Whether ``text`` is a name of the site, or a short phrase around the longest word of its address."""
    own = key(text)
    if not own or own in names:
        return own in names
    return len(text.split()) <= _MAX_SITE_WORDS and any(len(name) >= _TELLING and name in own for name in names)


def _is_part(text: str, headings: Sequence[str], names: Collection[str]) -> bool:
    return is_site(text, names) or (len(headings) == 1 and bool(text) and key(text) == key(headings[0]))

"""Title, byline and date taken off the front of a gold that holds them, so that all golds mean the same."""

from __future__ import annotations

import html
import re

from bench.score import words

LOOK = 6
"""Lines from the front that may belong to it."""
LONG = 15
"""Words; a longer line is text of the article, whatever it begins with."""
NAMING = 3
"""Words a line must have to be known for the title by standing inside it."""

_TITLES = re.compile(
    r"<(title|h1)\b[^>]*>(?P<text>.*?)</\1>|<meta\b[^>]*og:title[^>]*?content\s*=\s*(['\"])(?P<content>.*?)\3",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_BYLINE = re.compile(
    r"(?:(?:posted|written|published|story|reported)\s+)?by\b|(?:author|email author|posted|date)\b", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}\b|\b\d{{1,2}}\s+{_MONTH}\s+\d{{4}}|\b\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b"
    r"|\b\d{1,2}:\d\d\s*[ap]\.?m\b",
    re.IGNORECASE,
)


def strip_front(gold: str, page: str) -> str:
    """``gold`` from its first line that is neither the title of ``page`` (HTML), nor a byline, nor a date.

    The title is known by the page's own ``title``, ``og:title`` and ``h1``; bylines and dates, in English, by how
    they are worded. The first line that is none of these ends the front, and a gold that were all front stays whole.
    """
    titles = tuple(filter(None, (_key(_shown(match)) for match in _TITLES.finditer(page))))
    lines = gold.splitlines()
    for number, line in enumerate(lines[:LOOK]):
        if not _is_front(line, titles):
            return "\n".join(lines[number:])
    return gold


def _is_front(line: str, titles: tuple[str, ...]) -> bool:
    key = _key(line)
    if any(key == title or (len(key.split()) >= NAMING and f" {key} " in f" {title} ") for title in titles):
        return True
    return len(key.split()) <= LONG and bool(_BYLINE.match(line.strip()) or _DATE.search(line))


def _shown(match: re.Match[str]) -> str:
    return html.unescape(_TAG.sub(" ", match["text"] or match["content"] or ""))


def _key(text: str) -> str:
    return " ".join(words(text.casefold()))

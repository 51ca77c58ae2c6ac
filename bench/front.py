"""Removes title, byline and date from the beginning of golds that include them, so that all golds are comparable."""

from __future__ import annotations

import html
import re

from bench.score import split_words

MAX_FRONT_LINES = 6
"""Maximum number of lines of the front. Chosen by reading pages; not measured."""
MAX_FRONT_WORDS = 15
"""Words; a longer line is text of the article, even if it begins like a byline. Chosen; not measured."""
MIN_TITLE_WORDS = 3
"""Minimum number of words of a line that is recognised as a part of the title. Chosen; not measured."""

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

    The title is recognised by the page's ``title``, ``og:title`` and ``h1``; bylines and dates by English patterns. The
    first line that is none of these ends the front. A gold that is all front is returned unchanged.
    """
    titles = tuple(filter(None, (_fold_words(_read_title(match)) for match in _TITLES.finditer(page))))
    lines = gold.splitlines()
    for number, line in enumerate(lines[:MAX_FRONT_LINES]):
        if not _is_front(line, titles):
            return "\n".join(lines[number:])
    return gold


def _is_front(line: str, titles: tuple[str, ...]) -> bool:
    key = _fold_words(line)
    if any(key == title or (len(key.split()) >= MIN_TITLE_WORDS and f" {key} " in f" {title} ") for title in titles):
        return True
    return len(key.split()) <= MAX_FRONT_WORDS and bool(_BYLINE.match(line.strip()) or _DATE.search(line))


def _read_title(match: re.Match[str]) -> str:
    return html.unescape(_TAG.sub(" ", match["text"] or match["content"] or ""))


def _fold_words(text: str) -> str:
    return " ".join(split_words(text.casefold()))

"""Signs by which a page says itself that it is no article: its title, its address, and the order of its headings."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from cleaner.article import Metadata
from cleaner.data import flatten_words, load_data
from cleaner.data.word_types import PageTypes
from cleaner.language.characters import make_alternation, normalize_phrase
from cleaner.model import Block, Blocks, Role
from cleaner.rulebook.regexes import compile_searches

_DATA = load_data(PageTypes)
_ERRORS = frozenset(map(normalize_phrase, flatten_words(_DATA.error_titles)))
_CONSENT = compile_searches([f"(?i){make_alternation(flatten_words(_DATA.consent_phrases), ahead=False)}"])
_LISTINGS = flatten_words(_DATA.listing_titles)
_FORUM_PATHS = frozenset(flatten_words(_DATA.forum_paths))
_FORUM_WORDS = frozenset(map(normalize_phrase, flatten_words(_DATA.forum_words)))
_LISTING_PATHS = frozenset(flatten_words(_DATA.listing_paths))
_SEPARATOR = re.compile(r"\s+[|·–—-]\s+|\s*[|:»]\s+")
_EDGES = " .!?:…-–—|#\"'“”„«»"
# The numbers were chosen by reading pages and on the shared corpora; docs/classifier.md has what they cost.
MAX_TITLE_CHARS = 300
"""Characters of a title that may say that a page cannot be shown."""
_MAX_ERROR_WORDS = 120
"""Kept words of a page that only says that it was not found, or cannot be shown."""
_MIN_PHRASE_SHARE = 0.6
"""Of a title that says so, at least this share of its characters is the phrase."""
_MAX_CONSENT_WORDS, _MIN_CONSENT_SHARE = 1000, 0.5
"""Kept words of a page that asks for consent, and the share of them in blocks with such phrases."""
_MIN_HEADINGS = 4
"""Headings that are links to other pages, on a list of articles."""
_MAX_STRETCH_WORDS = 90
"""Kept words between two such headings: a teaser, no article."""
_MANY_HEADINGS, _MAX_TEASER_WORDS = 6, 35
"""The same of a page with a date: one of a short article, beside headings of others, has a longer text."""
_MIN_LINKED = 0.8
_CHARS_PER_WORD = 12
_MIN_POSTS, _MIN_TOOLS = 3, 1
"""Posts that have the same tool, and such tools, on a page of a forum."""
_MAX_TOOL_CHARS = 60
"""Characters of a tool with its numbers; the longest word of one has 20."""
_NUMBERS = re.compile(r"[\d:,.]+")


def is_error(blocks: Blocks, claims: Metadata, page_title: str | None) -> bool:
    """Whether the title or first heading says that the page cannot be shown, and little else is on the page."""
    words = 0
    for block in blocks:
        if block.kept and (words := words + _count_words(block)) > _MAX_ERROR_WORDS:
            return False
    heading = next((block.text for block in blocks if block.role is Role.HEADING), blocks[0].text)
    titles = {title for title in (page_title, claims.title, heading) if title and len(title) <= MAX_TITLE_CHARS}
    return any(_says_error(title) for title in titles)


def is_consent(blocks: Blocks) -> bool:
    """Whether most of what is kept asks the reader for consent to cookies or the use of data."""
    words: dict[int, int] = {}
    total = 0
    for block in blocks:
        if block.kept:
            words[block.index] = _count_words(block)
            total += words[block.index]
            if total > _MAX_CONSENT_WORDS:
                return False
    asking, others = 0, 0
    for index, count in sorted(words.items(), key=lambda item: -item[1]):  # the longest show soonest that it is none
        if _CONSENT.find_matches(blocks[index].text):
            asking += 1
        elif (others := others + count) > (1 - _MIN_CONSENT_SHARE) * total:
            return False
    return asking > 1


def is_listing(blocks: Blocks, claims: Metadata, page_title: str | None) -> bool:
    """Whether the page is a list of articles: linked headings with teasers between them, and no text that is longer."""
    linked = [block.index for block in blocks if block.role is Role.HEADING and block.link_share >= _MIN_LINKED]
    if len(linked) < _MIN_HEADINGS:
        return False
    longest = _find_longest_stretch(blocks, frozenset(linked))
    if longest > _MAX_STRETCH_WORDS:
        return False
    is_sure = len(linked) >= _MANY_HEADINGS and longest <= _MAX_TEASER_WORDS
    return is_sure or claims.published is None or _has_listing_name(claims, page_title)


def is_forum(blocks: Blocks, claims: Metadata) -> bool:
    """Whether the address is that of a forum, or the tools of several posts are on the page."""
    address = urlsplit(claims.url or claims.canonical or "")
    parts = [*address.path.lower().split("/"), *(address.hostname or "").split(".")[:2]]
    if not _FORUM_PATHS.isdisjoint(parts):
        return True
    tools = Counter(
        word
        for block in blocks
        for line in block.lines
        if len(line) <= _MAX_TOOL_CHARS
        and (word := normalize_phrase(_NUMBERS.sub("", line)).strip(_EDGES)) in _FORUM_WORDS
    )
    return sum(count >= _MIN_POSTS for count in tools.values()) >= _MIN_TOOLS


def is_root(claims: Metadata) -> bool:
    """Whether the page is the first of its site, by its address or by the one that it gives itself."""
    address = claims.url or claims.canonical
    return address is not None and urlsplit(address).path in ("", "/") and not urlsplit(address).query


def _says_error(title: str) -> bool:
    parts = [title, *_SEPARATOR.split(title)]
    return any(_is_error_phrase(normalize_phrase(part).strip(_EDGES)) for part in parts)


def _is_error_phrase(text: str) -> bool:
    if text in _ERRORS:
        return True
    return any(
        phrase in text and len(phrase) >= _MIN_PHRASE_SHARE * len(text)
        for phrase in _ERRORS
        if len(phrase) > len("error")
    )


def _has_listing_name(claims: Metadata, page_title: str | None) -> bool:
    path = [part.lower() for part in urlsplit(claims.url or claims.canonical or "").path.split("/") if part]
    titles = [title.casefold() for title in (page_title, claims.title) if title]
    return not _LISTING_PATHS.isdisjoint(path[:-1]) or any(
        title.startswith(name) or name in title for title in titles for name in _LISTINGS
    )


def _find_longest_stretch(blocks: Blocks, linked: frozenset[int]) -> int:
    longest = words = 0
    for block in blocks:
        words = 0 if block.index in linked else words + (_count_words(block) if block.kept else 0)
        longest = max(longest, words)
    return longest


def _count_words(block: Block) -> int:
    return max(len(block.text.split()), len(block.text) // _CHARS_PER_WORD)

"""What suggests that a line of a dump is its headline: one number for each kind of evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from math import log1p
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner import data
from cleaner.data.word_types import LineWords
from cleaner.front_matter.dump_view import DumpView
from cleaner.language.characters import has_ascii_letters, make_alternation
from cleaner.language.dates import MAX_LINE, REMEMBERED, find_dates
from cleaner.language.sentences import UNSPACED, ends_like_sentence
from cleaner.model import Block, Role

# Numbers of this module were chosen by reading pages; the weights of the evidence are learned.
_NOT_AT_END_OF_HEADLINE = ".。।"
"""Marks that end a sentence and never a headline."""
_WORDS = data.load_data(LineWords).not_headline
_BREADCRUMB = re.compile(
    rf"\s/\s|^{make_alternation(_WORDS.first_words)}\b|\b{make_alternation(_WORDS.last_words)}$", re.IGNORECASE
)
_CRUMB_STARTS, _CRUMB_ENDS = (tuple(words) for words in (_WORDS.first_words, _WORDS.last_words))
_USUAL_CHARS, _MEDIAN_CHARS, _RARE_CHARS = 28, 45, 120
"""Characters that most headlines reach, and section names, buttons and person names do not; that half reach; that few."""
_UNSPACED_SIZE = 2
_UNSPACED = re.compile(rf"[{UNSPACED}]")
_LETTERS = re.compile(rf"[^\W\d_{UNSPACED}]{{3,}}")
_PAIR = re.compile(rf"(?=([{UNSPACED}]{{2}}))")
_MIN_CONTENT_CHARS = 4
"""Letters of a word that tells what a text is about."""
_CONTENT = re.compile(rf"[^\W\d_{UNSPACED}]{{{_MIN_CONTENT_CHARS},}}")
_BODY_BLOCKS = 12
"""Blocks from the opening on that are compared with the headline's words."""
_ENOUGH_SHARED = 0.4
"""Share of a headline's words that usually appear in the article's first paragraphs too."""
_FIRST_BLOCKS, _MAX_FIRST_CHARS = 3, 400
"""Blocks at the top of a dump that may hold the page's title, and their characters that are compared."""
_MIN_QUOTED_CHARS = 9
"""Letters and digits of a line that is looked for in the first ones; shorter ones are in many."""
_STAMP_BLOCKS, _SHORT_LINES = 3, 3
"""Blocks below a headline that often hold its byline or date, and above it, that often are short: a menu."""
_HEADLINE_CHARS, _MIN_HEADLINE_WORDS = range(20, 160), 3
"""Characters and words of most headlines."""
_MIN_ADDRESS_WORDS = 2
"""Words of the last part of an address that is made of a headline."""
_SUFFIX = re.compile(r"\.\w{2,5}$")
_NOT_LETTERS = re.compile(r"[\W_]+")
_ASCII_NOT_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
_LETTERS_APART = bytes(code if chr(code).islower() else ord(" ") for code in range(128)).ljust(256)
"""Of each byte of a case-folded text what counts as a letter, and a blank for what does not."""

EVIDENCE = (
    "words_in_body", "many_words_in_body", "usual_chars", "median_chars", "rare_chars", "one_word", "spaced", "heading", "first_level",
    "list_item", "byline_or_date_below", "date_below", "date", "after_short_lines", "first_long_line", "link", "starts_first_line", "in_first_line", "like_first_line", "repeats_line_above",
    "distance", "in_body", "sentence", "below_sentence", "below_headline", "above_longer", "breadcrumb", "words_of_address", "words_in_address", "is_address", "address",
)  # fmt: skip
"""Names of what :func:`measure_headlines` measures."""


class _Surroundings(NamedTuple):
    """What the lines of a dump are compared with."""

    body: frozenset[str]
    """Words of the first paragraphs."""
    address: frozenset[str]
    """Words of the page's address, if it seems made of a headline."""
    keys: Sequence[str]
    """The letters and digits of each block."""
    first_with: Mapping[str, int]
    """The index of the first block with such letters and digits."""
    firsts: Sequence[frozenset[str]]
    """Words of the first blocks."""
    dated: frozenset[int]
    """Indices of the candidates, and of blocks directly below them, that are short and have a date."""
    sizes: Sequence[float]
    """The size of each block."""
    first_long: int | None
    """Index of the first block as long as most headlines."""
    is_stamp: Callable[[int], bool]
    """Whether a block is a byline or date line; remembered, as it is asked for several lines above it."""


def measure_headlines(page: DumpView, candidates: Sequence[Block], url: str | None) -> list[tuple[float, ...]]:
    """For each of the ``candidates`` the numbers of :data:`EVIDENCE`; ``url`` is the page's address, if known."""
    # Nothing below the lines that follow the last candidate is compared with it, but the first paragraphs are.
    near = {at for block in candidates for at in range(block.index, block.index + 1 + _STAMP_BLOCKS)}
    texts = [block.text for block in page.blocks[: max(near, default=0) + 1]]
    body = [block.text for block in page.blocks[page.opening : page.opening + _BODY_BLOCKS]]
    keys, sizes = list(map(squeeze, texts)), list(map(measure_size, texts))
    around = _Surroundings(
        split_content_words(" ".join(body)),
        read_address_words(url),
        keys,
        {key: index for index, key in reversed(list(enumerate(keys)))},
        [split_content_words(text[:_MAX_FIRST_CHARS]) for text in texts[: _FIRST_BLOCKS - 1]],
        frozenset(at for at in near if at < len(texts) and len(texts[at]) <= MAX_LINE and find_dates(texts[at])),
        sizes,
        next((index for index, size in enumerate(sizes) if size >= _USUAL_CHARS), None),
        cache(page.is_byline_or_date),
    )
    return [_measure(page, block, around) for block in candidates]


def _measure(page: DumpView, block: Block, around: _Surroundings) -> tuple[float, ...]:
    text, at = block.text, block.index
    words = split_content_words(text)
    # Without words of an address, there is nothing to compare them with.
    letters = frozenset(_LETTERS.findall(text.casefold())) if around.address else around.address
    shared = _share(words, around.body)
    size = around.sizes[at]
    of_address, in_address = _share(around.address, letters), _share(letters, around.address)
    key = around.keys[at]
    is_long = len(key) >= _MIN_QUOTED_CHARS
    within = [first for first in around.keys[:_FIRST_BLOCKS] if key in first and first != key] if is_long else []
    above, below = (page.blocks[at - 1] if at else None), page.blocks[at + 1 : at + 2]
    stamps = range(at + 1, min(at + 1 + _STAMP_BLOCKS, len(page.blocks)))
    return (
        shared,
        shared >= _ENOUGH_SHARED,
        size >= _USUAL_CHARS,
        size >= _MEDIAN_CHARS,
        size > _RARE_CHARS,
        text.isascii() and " " not in text,
        block.spaced,
        block.role is Role.HEADING,
        block.role is Role.HEADING and block.level == 1,
        block.role is Role.LIST_ITEM,
        any(map(around.is_stamp, stamps)),
        not around.dated.isdisjoint(stamps),
        at in around.dated,
        at > 0 and max(around.sizes[max(0, at - _SHORT_LINES) : at]) < _USUAL_CHARS,
        at == around.first_long,
        block.link_share > 1 / 2,
        any(first.startswith(key) for first in within),
        bool(within),
        max([_share(words, first) for first in around.firsts], default=0.0) if at >= len(around.firsts) else 0.0,
        around.first_with[key] < at,
        log1p(max(0, page.opening - at)),
        at >= page.opening,
        is_sentence(text),
        above is not None and ends_like_sentence(above.text),
        above is not None and _looks_like_headline(above),
        bool(below) and len(below[0].text) > len(text),
        _is_breadcrumb(text),
        of_address,
        in_address,
        of_address * in_address,
        bool(around.address),
    )


@lru_cache(maxsize=REMEMBERED)
def _is_breadcrumb(text: str) -> bool:
    """Whether a line is a way to a page, or begins or ends as buttons and pictures do."""
    folded = text.casefold()
    may_be = "/" in folded or folded.startswith(_CRUMB_STARTS) or folded.endswith(_CRUMB_ENDS)
    return may_be and _BREADCRUMB.search(text) is not None


def measure_size(text: str) -> float:
    """Characters, of which those of scripts without spaces count for several: they are syllables or words."""
    return len(text) + (0 if text.isascii() else _UNSPACED_SIZE * len(_UNSPACED.findall(text)))


def _looks_like_headline(block: Block) -> bool:
    """Whether a line has the form of a headline: then the next is its standfirst."""
    is_long = len(block.text) in _HEADLINE_CHARS and len(block.text.split()) >= _MIN_HEADLINE_WORDS
    return is_long and block.role in (Role.PARAGRAPH, Role.HEADING) and not is_sentence(block.text)


def read_address_words(url: str | None) -> frozenset[str]:
    """The words of the part of ``url`` that seems to be made of a headline.

    >>> sorted(read_address_words("https://example.org/news/storm-closes-road.html"))
    ['closes', 'road', 'storm']
    """
    try:
        parts = urlsplit(url or "").path.rstrip("/").split("/")
    except ValueError:
        return frozenset()
    longest = max(parts, key=lambda part: part.count("-") + part.count("_"))
    words = frozenset(_LETTERS.findall(_SUFFIX.sub("", longest).casefold()))
    return words if len(words) >= _MIN_ADDRESS_WORDS else frozenset()


def is_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does and a headline does not."""
    return ends_like_sentence(text, _NOT_AT_END_OF_HEADLINE)


@lru_cache(maxsize=REMEMBERED)
def squeeze(text: str) -> str:
    """The letters and digits of ``text``, case folded."""
    folded = text.casefold()
    if has_ascii_letters(folded):
        return folded.encode("ascii", "ignore").translate(None, _ASCII_NOT_LETTERS).decode()
    return _NOT_LETTERS.sub("", folded)


@lru_cache(maxsize=REMEMBERED)
def split_content_words(text: str) -> frozenset[str]:
    """The longer words of a text, and pairs of letters of scripts without spaces."""
    folded = text.casefold()
    if has_ascii_letters(folded):
        found = folded.encode("ascii", "replace").translate(_LETTERS_APART).decode().split()
        return frozenset([word for word in found if len(word) >= _MIN_CONTENT_CHARS])
    words = frozenset(_CONTENT.findall(folded))
    return words.union(_PAIR.findall(folded)) if _UNSPACED.search(folded) else words


def _share(words: frozenset[str], other: frozenset[str]) -> float:
    return len(words & other) / len(words) if words else 0.0

"""Comparing the pages of one site: which words of each block are also on other pages, and which are unique to it.

The thresholds of this module were chosen by reading pages; not measured.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import NamedTuple

from cleaner.article import Article
from cleaner.judges.classifier import NAME as CLASSIFIER
from cleaner.language.sentences import STOPS, ends_like_sentence
from cleaner.language.words import SHINGLE, split_shingles
from cleaner.model import Block, Blocks, Kind, Page
from cleaner.page.boxes import PageMarkup
from cleaner.page.dom import Dom
from cleaner.rulebook import Markup, view_page
from cleaner.rulebook.matchers import PageView
from cleaner.stages import parse_page, segment_page

MIN_SHARING_PAGES = 0.2
"""Share of a site's pages, and at least two, on which words must occur to be shared."""
MIN_UNIQUE_SHARE = 0.5
"""Least share of its words that are not shared for a block to be unique to its page."""
_MIN_PROSE_WORDS = 8
"""Least number of words of a unique block for it to be prose."""
UNSURE_SCORE = 0.3
"""Score of the classifier from which a block that it dropped may be kept on the next page."""
_MAX_COPY_OVERLAP = 0.5
"""Largest share of a page's unique words that another page may have; above it, the two are the same article."""

_WORD = re.compile(r"\w+")
_SENTENCE_ENDS = f"{STOPS}…:;"
_DIGITS = re.compile(r"\d+")


class CleanedPage(NamedTuple):
    """A page and its article."""

    page: Page
    article: Article


@dataclass(frozen=True)
class ComparedPage:
    """A page compared with the other pages of its site; sequences have an item for each of its blocks."""

    cleaned: CleanedPage
    words: tuple[int, ...]
    unique: tuple[bool, ...]
    """Whether most of a block's words are on (almost) no other page."""

    @property
    def blocks(self) -> Blocks:
        """The page's blocks, each with its verdict."""
        return self.cleaned.article.blocks

    @cached_property
    def view(self) -> PageView:
        """The page in the form that matchers read."""
        return view_page(self.blocks, self.markup)

    @cached_property
    def markup(self) -> Markup | None:
        """The elements of the blocks, searchable by selector; None for a dump."""
        read = self.page_markup
        return None if read is None else Markup(read.dom, read.elements)

    @cached_property
    def page_markup(self) -> PageMarkup | None:
        """The page's markup in the form that judges read; None for a dump."""
        page = self.cleaned.page
        return segment_page(page, parse_page(page)[0])[2] if page.kind is Kind.HTML else None

    @property
    def dom(self) -> Dom | None:
        """The page's tree; None for a dump."""
        return None if self.page_markup is None else self.page_markup.dom

    @cached_property
    def story(self) -> range:
        """The blocks from the first to the last kept one that is unique prose."""
        prose = [block.index for block in self.blocks if block.kept and self.is_prose(block.index)]
        return range(prose[0], prose[-1] + 1) if prose else range(0)

    @cached_property
    def open(self) -> frozenset[int]:
        """The blocks that are kept, and those that the classifier dropped without being sure."""
        return frozenset(block.index for block in self.blocks if block.kept or _is_unsure(block))

    def is_prose(self, index: int) -> bool:
        """Return whether the block at ``index`` is unique prose: one or more sentences that only this page has."""
        return (
            self.unique[index]
            and self.words[index] >= _MIN_PROSE_WORDS
            and ends_like_sentence(self.blocks[index].text, _SENTENCE_ENDS)
        )


def _is_unsure(block: Block) -> bool:
    given = block.verdict
    return given is not None and given.judge == CLASSIFIER and given.score is not None and given.score >= UNSURE_SCORE


def build_page_set(pages: Sequence[CleanedPage]) -> list[ComparedPage]:
    """Compare the ``pages`` of one site; the result is in the order of their ids and contains each article once.

    Of copies only the first page is included: otherwise article text would count as shared.
    """
    pages = sorted(pages, key=lambda cleaned: (cleaned.page.id, cleaned.page.source))
    shingled = [[_shingle_block(block) for block in page.article.blocks] for page in pages]
    spread = Counter(shingle for page in shingled for shingle in {s for block in page for s in block})
    distinct = _find_distinct_pages(pages, shingled, spread)
    spread = Counter(shingle for at in distinct for shingle in {s for block in shingled[at] for s in block})
    enough = max(2, ceil(MIN_SHARING_PAGES * len(distinct)))
    return [
        _compare_page(pages[at], shingled[at], {s for s, count in spread.items() if count >= enough}) for at in distinct
    ]


def mask_digits(text: str) -> str:
    """Return ``text`` case-folded, with each run of digits as a single 0."""
    return _DIGITS.sub("0", text.casefold())


def _find_distinct_pages(
    pages: Sequence[CleanedPage], shingled: Sequence[list[list[str]]], spread: Counter[str]
) -> list[int]:
    """Return the indices of the pages that have unique text and are not a copy of an earlier one.

    Two pages are the same article if they share half of their kept text that is not common on the site.
    """
    rare = max(2, len(pages) // 2)
    texts = [
        {
            shingle
            for block, shingles in zip(page.article.blocks, blocks, strict=True)
            if block.kept
            for shingle in shingles
            if spread[shingle] <= rare
        }
        for page, blocks in zip(pages, shingled, strict=True)
    ]
    distinct: list[int] = []
    for at, text in enumerate(texts):
        if text and not any(
            len(text & texts[before]) > _MAX_COPY_OVERLAP * min(len(text), len(texts[before])) for before in distinct
        ):
            distinct.append(at)
    return distinct


def _compare_page(page: CleanedPage, shingled: list[list[str]], shared: set[str]) -> ComparedPage:
    words = tuple(len(_WORD.findall(block.text)) for block in page.article.blocks)
    unique = tuple(_unique_share(shingles, shared) >= MIN_UNIQUE_SHARE for shingles in shingled)
    return ComparedPage(page, words, unique)


def _unique_share(shingles: list[str], shared: set[str]) -> float:
    """Return the share of a block's words that are in no shared shingle."""
    covered: set[int] = set()
    for start, shingle in enumerate(shingles):
        if shingle in shared:
            covered.update(range(start, start + SHINGLE))
    size = len(shingles) + SHINGLE - 1 if len(shingles) > 1 else SHINGLE
    return 1 - len(covered) / size


def _shingle_block(block: Block) -> list[str]:
    """Return the shingles of ``block``; the whole text if it has no words."""
    return [" ".join(shingle) for shingle in split_shingles(mask_digits(block.text))] or [block.text]

"""The pages of one site laid side by side: which words of each block other pages bear too, and which are its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import NamedTuple

from cleaner.language.sentences import STOPS, ends_like_sentence
from cleaner.language.words import SHINGLE, split_shingles
from cleaner.model import Article, Block, Blocks, Kind, Page
from cleaner.page import blocks_html as html_segment
from cleaner.page import dom
from cleaner.page.dom import Box, Dom, PageMarkup
from cleaner.rulebook import Markup, view_page
from cleaner.rulebook.matchers import PageView

MIN_SHARING_PAGES = 0.2
"""Share of a site's pages, two at least, that bear words which are not one page's own."""
MIN_UNIQUE_SHARE = 0.5
"""Share of its words from which on a block is the page's own text."""
_MIN_PROSE_WORDS = 8
"""Words from which on a block of the page's own can be a sentence of its story."""
_MAX_COPY_OVERLAP = 0.5
"""Share of the page's own words that it has in common with one other page, and the two are one article."""

_WORD = re.compile(r"\w+")
_SENTENCE_ENDS = f"{STOPS}…:;"
_DIGITS = re.compile(r"\d+")


class CleanedPage(NamedTuple):
    """A page with what cleaning made of it."""

    page: Page
    article: Article


@dataclass(frozen=True)
class ComparedPage:
    """A page beside the other pages of its site; sequences hold an item for each of its blocks."""

    cleaned: CleanedPage
    words: tuple[int, ...]
    unique: tuple[bool, ...]
    """Whether most of a block's words stand on (next to) no other page."""

    @property
    def blocks(self) -> Blocks:
        """The page's blocks, each with the verdict on it."""
        return self.cleaned.article.blocks

    @cached_property
    def view(self) -> PageView:
        """The page as matchers see it."""
        return view_page(self.blocks, self.markup)

    @cached_property
    def markup(self) -> Markup | None:
        """Where the blocks stand in the page's markup; None for a dump."""
        return None if self.dom is None else Markup(self.dom, [box.element for box in self.boxes])

    @cached_property
    def page_markup(self) -> PageMarkup | None:
        """The page's markup as judges look at it; None for a dump."""
        return PageMarkup(self.dom, self.boxes) if self.dom is not None else None

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """The box of each block; empty for a dump."""
        return () if self.dom is None else html_segment.segment_html(self.dom.root).boxes

    @cached_property
    def dom(self) -> Dom | None:
        """The page's tree; None for a dump."""
        return dom.parse_html(self.cleaned.page.content) if self.cleaned.page.kind is Kind.HTML else None

    @cached_property
    def story(self) -> range:
        """From the first to the last kept block that is a sentence of the page's own."""
        prose = [block.index for block in self.blocks if block.kept and self.is_prose(block.index)]
        return range(prose[0], prose[-1] + 1) if prose else range(0)

    def is_prose(self, index: int) -> bool:
        """Whether the block at ``index`` is a sentence, or more, of the page's own."""
        return (
            self.unique[index]
            and self.words[index] >= _MIN_PROSE_WORDS
            and ends_like_sentence(self.blocks[index].text, _SENTENCE_ENDS)
        )


def build_page_set(pages: Sequence[CleanedPage]) -> list[ComparedPage]:
    """``pages`` of one site side by side, in the order of their ids, each article once.

    Of copies only the first page stays: they would make a story look like what repeats.
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
    """``text`` with each run of digits as a single 0, and without regard to letter case."""
    return _DIGITS.sub("0", text.casefold())


def _find_distinct_pages(
    pages: Sequence[CleanedPage], shingled: Sequence[list[list[str]]], spread: Counter[str]
) -> list[int]:
    """Positions of the pages that have text of their own and are no copy of one before them.

    Two pages are one article if half of the kept text that is not all over the site stands on both.
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


def _compare_page(page: CleanedPage, shingled: list[list[str]], familiar: set[str]) -> ComparedPage:
    words = tuple(len(_WORD.findall(block.text)) for block in page.article.blocks)
    own = tuple(_unique_share(shingles, familiar) >= MIN_UNIQUE_SHARE for shingles in shingled)
    return ComparedPage(page, words, own)


def _unique_share(shingles: list[str], familiar: set[str]) -> float:
    """Share of a block's words that no familiar shingle covers."""
    covered: set[int] = set()
    for start, shingle in enumerate(shingles):
        if shingle in familiar:
            covered.update(range(start, start + SHINGLE))
    size = len(shingles) + SHINGLE - 1 if len(shingles) > 1 else SHINGLE
    return 1 - len(covered) / size


def _shingle_block(block: Block) -> list[str]:
    """The shingles of ``block``; whatever marks a text without words consists of, it is one."""
    return [" ".join(shingle) for shingle in split_shingles(mask_digits(block.text))] or [block.text]

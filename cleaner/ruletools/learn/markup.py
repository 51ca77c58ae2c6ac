"""Where a site's markup holds the article, and what is said about it: selectors for ``[body]`` and ``[metadata]``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from cleaner.front_matter import html_metadata as metadata
from cleaner.judges.classifier import NAME as CLASSIFIER
from cleaner.model import Moment
from cleaner.rulebook import SiteMetadata
from cleaner.ruletools.learn.page_set import ComparedPage
from cleaner.ruletools.learn.select import BlocksByPage
from cleaner.ruletools.learn.selectors import list_selectors

MIN_PAGE_SHARE = 0.8
"""Share of a site's HTML pages, two at least, on which a selector has to do what it is for."""
_MIN_PAGES = 2
_MAX_FIELD_CHARS = 300
_FIELD_NAMES = {
    "title": re.compile(r"^h1\b|title|headline"),
    "authors": re.compile(r"author|byline|writer"),
    "published": re.compile(r"date|time|publi|posted"),
}
"""What the name of an element says that holds a field: a short line above a story may be anything."""
_Value = str | tuple[str, ...] | Moment | None


def propose_body(page_set: Sequence[ComparedPage], gone: BlocksByPage) -> str | None:
    """A selector for the element that holds the article; None where no element holds it and nothing else.

    Everything kept that is a page's own stands inside, and nothing inside was dropped for its looks; what entries
    take, and is ``gone``, does not count. On the 45 sites on which thresholds were chosen (``bench/learn.py``), allowing
    for 1 % either way made the text of five worse and of five better; allowing for none, three better and none worse.
    """
    pages = [compared for compared in page_set if compared.markup]
    found = {selector for compared in pages for b in compared.blocks if b.kept for selector in list_selectors(b.path)}
    fits = {selector: _score_selector(selector, page_set, gone) for selector in found}
    enough = max(_MIN_PAGES, MIN_PAGE_SHARE * len(pages))
    good = [(-fit[0], -fit[1], selector) for selector, fit in fits.items() if fit and fit[0] >= enough]
    return min(good)[2] if good else None


def find_kept_outside(selector: str | None, page_set: Sequence[ComparedPage]) -> dict[int, frozenset[int]]:
    """By place of the page, what was kept and stands outside ``selector``, on the pages that have it."""
    inside = {
        at: compared.markup.blocks_inside(selector)
        for at, compared in enumerate(page_set)
        if selector and compared.markup
    }
    return {
        at: frozenset(block.index for block in page_set[at].blocks if block.kept and block.index not in found)
        for at, found in inside.items()
        if found
    }


def _score_selector(selector: str, page_set: Sequence[ComparedPage], gone: BlocksByPage) -> tuple[int, int] | None:
    """On how many pages ``selector`` finds the article, and how many words it leaves out; None if it is wrong once."""
    found = leaves = 0
    for at, compared in enumerate(page_set):
        inside = compared.markup.blocks_inside(selector) if compared.markup else frozenset()
        if not inside:
            continue
        for block in compared.blocks:
            if block.index in gone.get(at, ()):
                continue
            if block.kept and block.index not in inside:
                if compared.unique[block.index]:
                    return None
                leaves += compared.words[block.index]
            elif not block.kept and block.index in inside and block.verdict and block.verdict.judge == CLASSIFIER:
                return None
        found += 1
    return found, leaves


def propose_metadata(page_set: Sequence[ComparedPage]) -> dict[str, str]:
    """A selector for each of title, authors and date that most pages show, and most do not declare."""
    pages = [compared for compared in page_set if compared.markup]
    found = {name: _propose_field(name, pages) for name in _FIELD_NAMES}
    return {name: selector for name, selector in found.items() if selector}


def _propose_field(name: str, pages: Sequence[ComparedPage]) -> str | None:
    known = [getattr(compared.cleaned.article, name) for compared in pages]
    missing = sum(not value for value in known)
    if missing < max(_MIN_PAGES, MIN_PAGE_SHARE * len(pages)):
        return None
    fills = {
        selector: _count_filled(name, selector, pages, known)
        for selector in _list_field_selectors(_FIELD_NAMES[name], pages)
    }
    best = max(fills, key=lambda selector: (fills[selector], selector), default=None)
    return best if best and fills[best] >= max(_MIN_PAGES, MIN_PAGE_SHARE * missing) else None


def _list_field_selectors(names: re.Pattern[str], pages: Sequence[ComparedPage]) -> Iterator[str]:
    """The selectors with such a name for elements of short lines above the story."""
    paths = (
        block.path
        for compared in pages
        for block in compared.blocks[: compared.story.start]
        if len(block.text) <= _MAX_FIELD_CHARS
    )
    found = dict.fromkeys(selector for path in dict.fromkeys(paths) for selector in list_selectors(path))
    yield from (selector for selector in found if names.search(selector.casefold()))


def _count_filled(name: str, selector: str, pages: Sequence[ComparedPage], known: Sequence[_Value]) -> int:
    """On how many pages ``selector`` gives the field they lack; 0 if it is ambiguous, or contradicts one that has it."""
    values = []
    for compared, value in zip(pages, known, strict=True):
        if compared.dom is None or len(compared.dom.select([selector])) > 1:
            return 0
        rules = msgspec.convert({name: (selector,)}, SiteMetadata)
        read: _Value = getattr(
            metadata.read_html_metadata(compared.dom, compared.cleaned.page.url, rules, blocks=compared.blocks), name
        )
        if value and read != value:
            return 0
        values.append(None if value else read)
    given = [value for value in values if value]
    return len(given) if name != "title" or len(set(given)) == len(given) else 0

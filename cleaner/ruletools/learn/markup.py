"""Learning the selectors of ``[body]`` and ``[metadata]`` from a site's HTML pages.

The thresholds of this module were chosen by reading pages; not measured, except where a figure is given.
"""

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
"""Least share of a site's HTML pages, and at least :data:`_MIN_PAGES`, on which a selector must be right."""
_MIN_PAGES = 2
_MAX_FIELD_CHARS = 300
_FIELD_NAMES = {
    "title": re.compile(r"^h1\b|title|headline"),
    "authors": re.compile(r"author|byline|writer"),
    "published": re.compile(r"date|time|publi|posted"),
}
"""Names of elements that contain a field. A name is required, as a short line above the article may be anything."""
_Value = str | tuple[str, ...] | Moment | None


def propose_body(page_set: Sequence[ComparedPage], gone: BlocksByPage) -> str | None:
    """Return a selector for the element that contains the article and nothing else, or None.

    All kept blocks that are unique to a page are inside, and nothing inside was dropped by the classifier; blocks that
    entries match (``gone``) do not count. On the 45 sites on which thresholds were chosen (``bench/learn.py``),
    allowing 1 % of exceptions made the text of five sites worse and of five better; allowing none, three better and
    none worse.
    """
    pages = [compared for compared in page_set if compared.markup]
    found = {selector for compared in pages for b in compared.blocks if b.kept for selector in list_selectors(b.path)}
    fits = {selector: _score_selector(selector, page_set, gone) for selector in found}
    enough = max(_MIN_PAGES, MIN_PAGE_SHARE * len(pages))
    good = [(-fit[0], -fit[1], selector) for selector, fit in fits.items() if fit and fit[0] >= enough]
    return min(good)[2] if good else None


def find_kept_outside(selector: str | None, page_set: Sequence[ComparedPage]) -> dict[int, frozenset[int]]:
    """Return, by index of the page, the kept blocks outside ``selector``, on the pages where it matches."""
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
    """Return on how many pages ``selector`` finds the article and how many words it omits; None if it is wrong once."""
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
    """Return a selector for each of title, authors and date that most pages show and most do not declare."""
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
    """Yield the selectors with such a name of the elements of short lines above the article."""
    paths = (
        block.path
        for compared in pages
        for block in compared.blocks[: compared.story.start]
        if len(block.text) <= _MAX_FIELD_CHARS
    )
    found = dict.fromkeys(selector for path in dict.fromkeys(paths) for selector in list_selectors(path))
    yield from (selector for selector in found if names.search(selector.casefold()))


def _count_filled(name: str, selector: str, pages: Sequence[ComparedPage], known: Sequence[_Value]) -> int:
    """Return on how many pages ``selector`` adds a missing field; 0 if it is ambiguous or contradicts a known value."""
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

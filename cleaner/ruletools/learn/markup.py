"""Where a site's markup holds the article, and what is said about it: selectors for ``[body]`` and ``[metadata]``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from cleaner.front_matter import html_metadata as metadata
from cleaner.judges.classifier import NAME as TAGGER
from cleaner.model import Moment
from cleaner.rulebook import SiteMetadata
from cleaner.ruletools.learn.page_set import LearnedPage
from cleaner.ruletools.learn.select import Taken
from cleaner.ruletools.learn.selectors import list_selectors

COVERS = 0.8
"""Share of a site's HTML pages, two at least, on which a selector has to do what it is for."""
_FEWEST = 2
_LINE = 300
_FIELDS = {
    "title": re.compile(r"^h1\b|title|headline"),
    "authors": re.compile(r"author|byline|writer"),
    "published": re.compile(r"date|time|publi|posted"),
}
"""What the name of an element says that holds a field: a short line above a story may be anything."""
_Value = str | tuple[str, ...] | Moment | None


def propose_body(sheets: Sequence[LearnedPage], gone: Taken) -> str | None:
    """A selector for the element that holds the article; None where no element holds it and nothing else.

    Everything kept that is a page's own stands inside, and nothing inside was dropped for its looks; what entries
    take, and is ``gone``, does not count. On the 45 sites on which thresholds were chosen (``bench/learn.py``), allowing
    for 1 % either way made the text of five worse and of five better; allowing for none, three better and none worse.
    """
    pages = [sheet for sheet in sheets if sheet.markup]
    found = {selector for sheet in pages for b in sheet.blocks if b.kept for selector in list_selectors(b.path)}
    fits = {selector: _score_selector(selector, sheets, gone) for selector in found}
    enough = max(_FEWEST, COVERS * len(pages))
    good = [(-fit[0], -fit[1], selector) for selector, fit in fits.items() if fit and fit[0] >= enough]
    return min(good)[2] if good else None


def dropped_outside(selector: str | None, sheets: Sequence[LearnedPage]) -> dict[int, frozenset[int]]:
    """By place of the page, what was kept and stands outside ``selector``, on the pages that have it."""
    inside = {at: sheet.markup.inside(selector) for at, sheet in enumerate(sheets) if selector and sheet.markup}
    return {
        at: frozenset(block.index for block in sheets[at].blocks if block.kept and block.index not in found)
        for at, found in inside.items()
        if found
    }


def _score_selector(selector: str, sheets: Sequence[LearnedPage], gone: Taken) -> tuple[int, int] | None:
    """On how many pages ``selector`` finds the article, and how many words it leaves out; None if it is wrong once."""
    found = leaves = 0
    for at, sheet in enumerate(sheets):
        inside = sheet.markup.inside(selector) if sheet.markup else frozenset()
        if not inside:
            continue
        for block in sheet.blocks:
            if block.index in gone.get(at, ()):
                continue
            if block.kept and block.index not in inside:
                if sheet.own[block.index]:
                    return None
                leaves += sheet.words[block.index]
            elif not block.kept and block.index in inside and block.verdict and block.verdict.judge == TAGGER:
                return None
        found += 1
    return found, leaves


def propose_metadata(sheets: Sequence[LearnedPage]) -> dict[str, str]:
    """A selector for each of title, authors and date that most pages show, and most do not declare."""
    pages = [sheet for sheet in sheets if sheet.markup]
    found = {name: _propose_field(name, pages) for name in _FIELDS}
    return {name: selector for name, selector in found.items() if selector}


def _propose_field(name: str, pages: Sequence[LearnedPage]) -> str | None:
    known = [getattr(sheet.cleaned.article, name) for sheet in pages]
    missing = sum(not value for value in known)
    if missing < max(_FEWEST, COVERS * len(pages)):
        return None
    fills = {selector: _fills_field(name, selector, pages, known) for selector in _matches_value(_FIELDS[name], pages)}
    best = max(fills, key=lambda selector: (fills[selector], selector), default=None)
    return best if best and fills[best] >= max(_FEWEST, COVERS * missing) else None


def _matches_value(names: re.Pattern[str], pages: Sequence[LearnedPage]) -> Iterator[str]:
    """The selectors with such a name for elements of short lines above the story."""
    paths = (block.path for sheet in pages for block in sheet.blocks[: sheet.story.start] if len(block.text) <= _LINE)
    found = dict.fromkeys(selector for path in dict.fromkeys(paths) for selector in list_selectors(path))
    yield from (selector for selector in found if names.search(selector.casefold()))


def _fills_field(name: str, selector: str, pages: Sequence[LearnedPage], known: Sequence[_Value]) -> int:
    """On how many pages ``selector`` gives the field they lack; 0 if it is ambiguous, or contradicts one that has it."""
    values = []
    for sheet, value in zip(pages, known, strict=True):
        if sheet.dom is None or len(sheet.dom.select([selector])) > 1:
            return 0
        rules = msgspec.convert({name: (selector,)}, SiteMetadata)
        read: _Value = getattr(
            metadata.read_html_metadata(sheet.dom, sheet.cleaned.page.url, rules, blocks=sheet.blocks), name
        )
        if value and read != value:
            return 0
        values.append(None if value else read)
    given = [value for value in values if value]
    return len(given) if name != "title" or len(set(given)) == len(given) else 0

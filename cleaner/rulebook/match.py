"""From an entry of a rule file to the blocks it speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

from cleaner.dom import Dom, Element, is_xpath
from cleaner.model import Blocks
from cleaner.rulebook.patterns import full_match
from cleaner.rulebook.schema import END, SiteEntry
from cleaner.text import one_line, phrase

_ATTRIBUTE = re.compile(r"""\[(?:"[^"]*"|'[^']*'|[^\]"'])*\]""")
_PART = re.compile(rf"(?:{_ATTRIBUTE.pattern}|[^,\[])+")
_NAME = re.compile(r"[.#]([\w-]+)")


class Line(NamedTuple):
    """A block's text in the two forms that matchers read."""

    flat: str
    """On one line, white space squeezed."""
    phrase: str
    """As :func:`cleaner.text.phrase` gives it: case folded, edges trimmed."""


class Markup:
    """Where a page's blocks stand in its markup."""

    def __init__(self, dom: Dom, elements: Sequence[Element]) -> None:
        self._dom = dom
        self._elements = elements

    def inside(self, selector: str) -> frozenset[int]:
        """Indices of the blocks whose element matches ``selector``, CSS or XPath, or lies within one that does."""
        possible = [part for part, names in _alternatives(selector) if names <= self._dom.names]
        matched = self._dom.select(possible)
        if not matched:
            return frozenset()
        return frozenset(
            index for element in matched for inner in element.iter() for index in self._blocks_at.get(inner, ())
        )

    @cached_property
    def _blocks_at(self) -> dict[Element, list[int]]:
        blocks = defaultdict(list)
        for index, element in enumerate(self._elements):
            blocks[element].append(index)
        return dict(blocks)


@lru_cache(maxsize=4096)
def _alternatives(selector: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The parts of a CSS selector between its commas, each with the classes and ids that a page has where it matches.

    To see that one of them is nowhere on a page takes a microsecond; to look at every element, half a millisecond.
    """
    if is_xpath(selector) or set(_ATTRIBUTE.sub("", selector)) & set(":\\"):
        return ((selector, frozenset()),)
    parts = _PART.findall(selector)
    return tuple((part, frozenset(_NAME.findall(_ATTRIBUTE.sub("", part)))) for part in parts)


class View(NamedTuple):
    """A page as matchers see it."""

    lines: tuple[Line, ...]
    markup: Markup | None
    """None for a dump."""


Finder: TypeAlias = Callable[[View], Iterable[int]]
"""Gives the positions of the blocks that one entry speaks of."""

_Test: TypeAlias = Callable[[Line], bool]


def view(blocks: Blocks, markup: Markup | None) -> View:
    """The page with these ``blocks`` as matchers see it."""
    return View(tuple(Line(" ".join(block.text.split()), phrase(block.text)) for block in blocks), markup)


def compile_entry(entry: SiteEntry) -> Finder:
    """What finds the blocks of ``entry``, an entry that has been checked."""
    selector = entry.selector or entry.xpath
    if selector is not None:
        return _through(_inside(selector), entry.through or 0)
    if entry.from_ is not None and entry.to is not None:
        return _between(_opens(entry.from_), None if entry.to == END else _opens(entry.to))
    return _through(_where(_test(entry)), entry.through or 0)


def _test(entry: SiteEntry) -> _Test:
    if entry.starts is not None:
        start = one_line(entry.starts)
        return lambda line: line.flat.startswith(start)
    if entry.ends is not None:
        end = one_line(entry.ends)
        return lambda line: line.flat.endswith(end)
    if entry.contains is not None:
        part = one_line(entry.contains)
        return lambda line: part in line.flat
    if entry.regex is not None:
        matches = full_match(entry.regex)
        return lambda line: matches(line.flat)
    phrases = frozenset(phrase(one_line(text)) for text in entry.phrases)
    return lambda line: line.phrase in phrases


def _opens(literal: str) -> _Test:
    """A test for the lines that are ``literal`` or start with it."""
    start = one_line(literal)
    whole = phrase(start)
    return lambda line: line.flat.startswith(start) or line.phrase == whole != ""


def _where(test: _Test) -> Finder:
    return lambda page: (index for index, line in enumerate(page.lines) if test(line))


def _inside(selector: str) -> Finder:
    return lambda page: page.markup.inside(selector) if page.markup else ()


def _through(finder: Finder, count: int) -> Finder:
    """``finder``'s blocks, each with the ``count`` blocks below it."""
    if not count:
        return finder

    def find(page: View) -> Iterator[int]:
        for index in finder(page):
            yield from range(index, min(index + count + 1, len(page.lines)))

    return find


def _between(opens: _Test, closes: _Test | None) -> Finder:
    """Ranges from an opening line to the next closing one, both included; to the end where ``closes`` is None.

    A range whose closing line never comes is no range: a page that lost its end must not lose its text.
    """

    def find(page: View) -> Iterator[int]:
        start: int | None = None
        for index, line in enumerate(page.lines):
            if start is None:
                start = index if opens(line) else None
            elif closes is not None and closes(line):
                yield from range(start, index + 1)
                start = None
        if start is not None and closes is None:
            yield from range(start, len(page.lines))

    return find

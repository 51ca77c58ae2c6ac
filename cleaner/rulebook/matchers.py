"""Finding the blocks that an entry of a rule file matches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

from cleaner.language.characters import normalize_line, normalize_phrase
from cleaner.language.list_numbers import strip_item_number
from cleaner.model import Block, Blocks, Role
from cleaner.page.dom import Dom, Element, is_xpath
from cleaner.rulebook.regexes import compile_full_match
from cleaner.rulebook.rule_types import END, SiteEntry

_ATTRIBUTE = re.compile(r"""\[(?:"[^"]*"|'[^']*'|[^\]"'])*+(?:\]|[\s\S]*)""")  # if not closed, to the end
_PART = re.compile(rf"(?:{_ATTRIBUTE.pattern}|[^,\[])+")
_NAME = re.compile(r"[.#]([\w-]+)")


class MatchedLine(NamedTuple):
    """A block's text in the two forms that matchers compare."""

    flat: str
    """On one line, with runs of white space as one space."""
    phrase: str
    """As :func:`cleaner.language.characters.normalize_phrase` returns it: case folded, edges trimmed."""
    unnumbered: MatchedLine | None = None
    """The same without its number as an item of a list: entries match either, so that a new order does not matter."""


class Markup:
    """The elements of a page's blocks, searchable by selector; ``items`` are those in which a block has one of its lines."""

    def __init__(self, dom: Dom, elements: Sequence[Element], items: Iterable[tuple[int, Element]] = ()) -> None:
        self._dom = dom
        self._elements = elements
        self._items = tuple(items)

    def blocks_inside(self, selector: str) -> frozenset[int]:
        """Return the indices of the blocks whose element, or one around it, matches ``selector`` (CSS or XPath)."""
        possible = [part for part, names in _split_selector(selector) if names <= self._dom.names]
        matched = self._dom.select(possible)
        if not matched:
            return frozenset()
        inside = dict.fromkeys(matched, True)
        return frozenset(
            index for element, indices in self._blocks_at.items() if _is_inside(element, inside) for index in indices
        )

    @cached_property
    def _blocks_at(self) -> dict[Element, list[int]]:
        blocks = defaultdict(list)
        for index, element in (*enumerate(self._elements), *self._items):
            blocks[element].append(index)
        return dict(blocks)


def _is_inside(element: Element, known: dict[Element, bool]) -> bool:
    """Whether ``element`` is one of those that are ``known`` to be inside, or in one; ``known`` remembers it of all around."""
    passed: list[Element] = []
    around: Element | None = element
    while around is not None and around not in known:
        passed.append(around)
        around = around.getparent()
    inside = around is not None and known[around]
    known.update(dict.fromkeys(passed, inside))
    return inside


@lru_cache(maxsize=4096)
def _split_selector(selector: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Split a CSS selector at its commas; return each part with the classes and ids that it requires.

    Looking up that a page lacks one of these names takes a microsecond; matching every element, half a millisecond.
    """
    if is_xpath(selector) or set(_ATTRIBUTE.sub("", selector)) & set(":\\"):
        return ((selector, frozenset()),)
    parts = _PART.findall(selector)
    return tuple((part, frozenset(_NAME.findall(_ATTRIBUTE.sub("", part)))) for part in parts)


class PageView:
    """A page in the form that matchers read; ``markup`` is None for a dump."""

    def __init__(self, blocks: Blocks, markup: Markup | None) -> None:
        self._blocks = blocks
        self.markup = markup

    def __len__(self) -> int:
        """The number of its blocks."""
        return len(self._blocks)

    @cached_property
    def lines(self) -> tuple[MatchedLine, ...]:
        """The texts of its blocks; most entries are selectors, which do not ask for them."""
        return tuple(map(_read_line, self._blocks))


Finder: TypeAlias = Callable[[PageView], Iterable[int]]
"""Returns the indices of the blocks that one entry matches."""

_Test: TypeAlias = Callable[[MatchedLine], bool]


def view_page(blocks: Blocks, markup: Markup | None) -> PageView:
    """Return the page with these ``blocks`` in the form that matchers read."""
    return PageView(blocks, markup)


def _read_line(block: Block) -> MatchedLine:
    flat, phrase = " ".join(block.text.split()), normalize_phrase(block.text)
    bare = strip_item_number(flat) if block.role is Role.LIST_ITEM else flat
    return MatchedLine(flat, phrase, None if bare == flat else MatchedLine(bare, normalize_phrase(bare)))


def compile_entry(entry: SiteEntry) -> Finder:
    """Return the finder of ``entry``, which must be valid."""
    selector = entry.selector or entry.xpath
    if selector is not None:
        return _find_through(_find_inside(selector), entry.through or 0)
    if entry.from_ is not None and entry.to is not None:
        closes = None if entry.to == END else _with_or_without_number(_make_opening_test(entry.to))
        return _find_between(_with_or_without_number(_make_opening_test(entry.from_)), closes)
    return _find_through(_find_lines(_with_or_without_number(_make_line_test(entry))), entry.through or 0)


def _with_or_without_number(test: _Test) -> _Test:
    return lambda line: test(line) or (line.unnumbered is not None and test(line.unnumbered))


def _make_line_test(entry: SiteEntry) -> _Test:
    if entry.starts is not None:
        start = normalize_line(entry.starts)
        return lambda line: line.flat.startswith(start)
    if entry.ends is not None:
        end = normalize_line(entry.ends)
        return lambda line: line.flat.endswith(end)
    if entry.contains is not None:
        part = normalize_line(entry.contains)
        return lambda line: part in line.flat
    if entry.regex is not None:
        matches = compile_full_match(entry.regex)
        return lambda line: matches(line.flat)
    phrases = frozenset(normalize_phrase(normalize_line(text)) for text in entry.phrases)
    return lambda line: line.phrase in phrases


def _make_opening_test(literal: str) -> _Test:
    """Return a test for the lines that are equal to ``literal`` or start with it."""
    start = normalize_line(literal)
    whole = normalize_phrase(start)
    return lambda line: line.flat.startswith(start) or line.phrase == whole != ""


def _find_lines(test: _Test) -> Finder:
    return lambda page: (index for index, line in enumerate(page.lines) if test(line))


def _find_inside(selector: str) -> Finder:
    return lambda page: page.markup.blocks_inside(selector) if page.markup else ()


def _find_through(finder: Finder, count: int) -> Finder:
    """Extend ``finder``: each block that it finds, and the ``count`` blocks below it."""
    if not count:
        return finder

    def find(page: PageView) -> Iterator[int]:
        for index in finder(page):
            yield from range(index, min(index + count + 1, len(page)))

    return find


def _find_between(opens: _Test, closes: _Test | None) -> Finder:
    """Find the ranges from an opening line to the next closing one, both included; to the end if ``closes`` is None.

    A range without a closing line is ignored, so that a truncated page does not lose its text.
    """

    def find(page: PageView) -> Iterator[int]:
        start: int | None = None
        for index, line in enumerate(page.lines):
            if start is None:
                start = index if opens(line) else None
            elif closes is not None and closes(line):
                yield from range(start, index + 1)
                start = None
        if start is not None and closes is None:
            yield from range(start, len(page))

    return find

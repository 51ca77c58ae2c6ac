"""The structure of the kept blocks of an HTML page, and of its comments: level, spans, cells, containers, code's language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from cleaner.labels import Label
from cleaner.model import Block, Blocks, Role
from cleaner.page.boxes import Box, PageMarkup
from cleaner.page.containers import ContainerFinder, find_table
from cleaner.page.dom import Element
from cleaner.page.inline_markup import MARKUP, SpanReader, make_cell
from cleaner.page.links import LinkResolver
from cleaner.structure import LISTS, Cell, Container, ContainerKind, Span, SpanKind

# How tools that colour code write its language: "language-python", "lang-js", "highlight-source-shell", "brush: php".
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-(?:source-|text-)?|brush:\s*|(?:hljs|sourceCode|prettyprint)\s+)"
    r"(?!language-|lang-|hljs|linenums)([a-z][\w+#-]*)",
    re.IGNORECASE,
)
_NO_LANGUAGE = frozenset("none text plaintext plain txt nohighlight no-highlight default auto numberlines".split())
_LANGUAGE_ATTRIBUTES = ("data-lang", "data-language", "class")


def add_block_structure(blocks: Blocks, markup: PageMarkup, url: str | None) -> Blocks:
    """``blocks`` with the structure of those that are kept or comments; ``url`` is the page's, if known."""
    return _StructureReader(blocks, markup, url).read_blocks()


class _StructureReader:
    def __init__(self, blocks: Blocks, markup: PageMarkup, url: str | None) -> None:
        self._blocks = blocks
        self._boxes = markup.boxes
        self._resolver = LinkResolver(url, markup.dom.base)
        self._elements = _list_elements(markup.boxes)
        self._finder = ContainerFinder()
        self._around: dict[int, tuple[tuple[SpanKind, str | None], ...]] = {-1: ()}

    def read_blocks(self) -> Blocks:
        wanted = [block for block in self._blocks if block.kept]
        comments = [b for b in self._blocks if b.verdict is not None and b.verdict.label is Label.COMMENTS]
        cells = self._find_title_rows(wanted)
        spans = self._read_inline(wanted, cells)
        found = {block.index: self._complete(block, spans, cells) for block in wanted}
        _remove_shared_item(found)
        for block in comments:
            containers = self._finder.find_containers(block, self._boxes[block.index])
            found[block.index] = replace(block, containers=containers)
        return tuple(found.get(block.index, block) for block in self._blocks)

    def _complete(self, block: Block, spans: dict[int, tuple[Span, ...]], cells: dict[int, tuple[Cell, ...]]) -> Block:
        box = self._boxes[block.index]
        block = replace(
            block,
            spans=spans.get(block.index, ()),
            cells=cells.get(block.index, ()),
            language=_find_language(box) if block.role is Role.CODE else None,
        )
        containers = self._finder.find_containers(block, box)
        level = int(str(box.element.tag)[1]) if block.role is Role.HEADING else _measure_level(block, containers)
        return replace(block, containers=containers, level=level)

    def _read_inline(self, wanted: Iterable[Block], cells: dict[int, tuple[Cell, ...]]) -> dict[int, tuple[Span, ...]]:
        """The spans of the blocks by index; the cells of rows are added to ``cells``."""
        spans: dict[int, tuple[Span, ...]] = {}
        siblings: defaultdict[int, list[Block]] = defaultdict(list)
        for block in self._blocks:
            siblings[self._boxes[block.index].number].append(block)
        for number in {self._boxes[block.index].number: None for block in wanted if block.role is not Role.CODE}:
            group = siblings[number]
            box = self._boxes[group[0].index]
            reader = SpanReader([block.text for block in group], self._elements, self._resolver.resolve)
            if group[0].role is Role.TABLE and len(group) == 1:
                spans[group[0].index], cells[group[0].index] = reader.read_row(box.element)
            elif len(box.element):
                spans.update(zip((block.index for block in group), reader.read_spans(box.element), strict=True))
            if around := self._find_markup_around(box):
                for block in group:
                    whole = tuple(Span(0, len(block.text), kind, url) for kind, url in around)
                    spans[block.index] = (*whole, *spans.get(block.index, ()))
        return spans

    def _find_markup_around(self, box: Box) -> tuple[tuple[SpanKind, str | None], ...]:
        """The inline markup around a block-level element, as in ``<a><h3>…</h3></a>``, outer ones first."""
        known = self._around.get(box.number)
        if known is None:
            outer = self._find_markup_around(box.parent) if box.parent is not None else ()
            inner: list[tuple[SpanKind, str | None]] = []
            stop = None if box.parent is None else box.parent.element
            element = box.element.getparent()
            while element is not None and element is not stop:
                kind = MARKUP.get(element.tag)
                url = self._resolver.resolve(element.get("href") or "") if kind is SpanKind.LINK else None
                if kind is not None and (kind is not SpanKind.LINK or url is not None):
                    inner.append((kind, url))
                element = element.getparent()
            known = self._around[box.number] = (*outer, *reversed(inner))
        return known

    def _find_title_rows(self, wanted: Sequence[Block]) -> dict[int, tuple[Cell, ...]]:
        """The cell of each block that is the only cell of a row in a table of data, such as a title over all columns."""
        data_tables = {
            table.number
            for block in wanted
            if block.role is Role.TABLE and (table := find_table(self._boxes[block.index])) is not None
        }
        cells: dict[int, tuple[Cell, ...]] = {}
        for block in wanted if data_tables else ():
            box = self._boxes[block.index]
            if block.role is Role.PARAGRAPH and box.element.tag in ("td", "th"):
                table, row = find_table(box), box.element.getparent()
                if table is not None and table.number in data_tables and row is not None and len(row) == 1:
                    cells[block.index] = (make_cell(box.element, 0, len(block.text)),)
        return cells


def _list_elements(boxes: Iterable[Box]) -> set[Element]:
    """The elements of ``boxes`` and of the boxes around them."""
    elements: set[Element] = set()
    for box in boxes:
        inner: Box | None = box
        while inner is not None and inner.element not in elements:
            elements.add(inner.element)
            inner = inner.parent
    return elements


def _find_language(box: Box) -> str | None:
    """The language of code, by the classes of its elements and of the two boxes around it."""
    elements = [*box.element.iter("code"), box.element]
    around = box.parent
    for _ in range(2):
        if around is not None:
            elements.append(around.element)
            around = around.parent
    for element in elements[:1] + elements[-3:]:
        for name in _LANGUAGE_ATTRIBUTES:
            value = element.get(name) or ""
            found = _LANGUAGE.search(value)
            language = (found[1] if found else "" if name == "class" else value.strip()).lower()
            if language and language not in _NO_LANGUAGE and not language.startswith("highlight"):
                return language
    return None


def _remove_shared_item(found: dict[int, Block]) -> None:
    """Remove an item that contains the whole text, and what is around it: the list is one of articles, not of the text."""
    chains = [block.containers for block in found.values()]
    if len(chains) < 2:  # noqa: PLR2004  two blocks share something, one does not
        return
    shared = 0
    shortest = chains[min(range(len(chains)), key=lambda place: len(chains[place]))]
    for position, container in enumerate(shortest):
        if any(chain[position] != container for chain in chains):
            break
        if container.kind is ContainerKind.ITEM:
            shared = position + 1
    if shared:
        for index, block in found.items():
            rest: tuple[Container, ...] = block.containers[shared:]
            level = block.level if block.role is Role.HEADING else _measure_level(block, rest)
            found[index] = replace(block, containers=rest, level=level)


def _measure_level(block: Block, containers: Iterable[Container]) -> int | None:
    """The number of lists around ``block``; None if it is no item and in none."""
    level = sum(container.kind in LISTS for container in containers)
    return level if level or block.role is Role.LIST_ITEM else None

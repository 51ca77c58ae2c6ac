"""Markdown of an article: CommonMark, and tables of GFM."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.article import Article
from cleaner.model import Block, Role
from cleaner.render.article_tree import Branch, build_tree, get_cells, is_compact, join_code
from cleaner.render.markdown_text import escape_text, write_destination, write_inline
from cleaner.structure import ITEMS, LISTS, Cell, ContainerKind, Image

# Markdown numbers items by digits only; other numbers are written as text of the item.
_MARKDOWN_NUMBER = re.compile(r"(\d{1,9})\.")
_BACKTICKS = re.compile("`{3,}")
# At the end of a heading, after a space, these close it.
_CLOSING_HASHES = re.compile("(?<= )#+$")
_DEFAULT_LEVEL = 2
"""Level of a heading whose level is unknown: that below the title."""
_BULLETS, _DELIMITERS = "-*", ".)"
"""Two of each: a list that directly follows another begins with the other one, as Markdown joins them otherwise."""


def write_markdown(article: Article, *, links: bool = True, images: bool = True) -> str:
    """The kept blocks of ``article`` in Markdown, without its title; without addresses of links and pictures if asked."""
    return _MarkdownWriter(links=links).write_children(build_tree(article, images=images))


def write_title(title: str) -> str:
    """A title as the first heading of a document."""
    return _write_heading(1, escape_text(" ".join(title.split())))


class _MarkdownWriter:
    def __init__(self, *, links: bool) -> None:
        self._links = links

    def write_children(self, branch: Branch, *, compact: bool = False) -> str:
        """What is in ``branch``, with blank lines between; in a compact list without."""
        written = ""
        bullet = 0
        previous: object = None
        for child in branch.children:
            kind = child.kind if isinstance(child, Branch) else None
            # Lists that directly follow each other begin with different marks.
            bullet = 1 - bullet if kind in LISTS and isinstance(previous, Branch) and previous.kind in LISTS else 0
            if isinstance(child, Block):
                part = self._write_block(child)
            elif isinstance(child, Image):
                part = _write_image(child)
            else:
                part = self._write_branch(child, bullet)
            if written:
                can_join = compact and not (kind in LISTS and _starts_with_number(part))
                written += "\n" if can_join else "\n\n"
            written += part
            previous = child
        return written

    def _write_branch(self, branch: Branch, bullet: int) -> str:
        if branch.kind in LISTS:
            return self._write_list(branch, bullet)
        if branch.kind is ContainerKind.QUOTE:
            return _prefix_lines(self.write_children(branch), "> ")
        if branch.kind is ContainerKind.TABLE:
            return self._write_table(branch)
        if branch.kind is ContainerKind.CODE and all(isinstance(child, Block) for child in branch.children):
            return _write_code(join_code(branch), branch.blocks[0].language)
        return self.write_children(branch)

    def _write_block(self, block: Block) -> str:
        if block.role is Role.CODE:
            return _write_code(block.text, block.language)
        if block.role is Role.HEADING:
            line = self._write_text(block).replace("\\\n", " ")
            in_item = any(container.kind in ITEMS for container in block.containers)
            number = f"{escape_text(block.marker)} " if block.marker and not in_item else ""
            return _write_heading(block.level or _DEFAULT_LEVEL, f"{number}{line}")
        return self._write_text(block)

    def _write_text(self, block: Block, start: int = 0, end: int | None = None) -> str:
        return write_inline(block.text, block.spans, links=self._links, start=start, end=end)

    def _write_list(self, branch: Branch, bullet: int) -> str:
        compact = is_compact(branch)
        parts: list[str] = []
        expected: int | None = None
        delimiter, has_term = bullet, False
        for child in branch.children:
            if not isinstance(child, Branch) or child.container is None:
                parts.append(self.write_children(Branch(None, [child])))
                continue
            found = _MARKDOWN_NUMBER.fullmatch(child.container.marker or "")
            if found:
                number = int(found[1])
                delimiter = 1 - delimiter if expected is not None and number != expected else delimiter
                expected = number + 1
                mark = f"{number}{_DELIMITERS[delimiter]}"
            else:
                mark = _BULLETS[bullet]
            # Markdown has no terms and definitions: a definition is an item below its term.
            has_term = has_term or child.kind is ContainerKind.TERM
            if child.kind is ContainerKind.DEFINITION and has_term:
                mark = f"  {mark}"
            parts.append(
                self._write_item(child, mark, compact=compact, marker=None if found else child.container.marker)
            )
        return ("\n" if compact else "\n\n").join(parts)

    def _write_item(self, item: Branch, mark: str, *, compact: bool, marker: str | None) -> str:
        content = self.write_children(item, compact=compact)
        if marker:
            content = f"{escape_text(marker)} {content}"
        return f"{mark} {_prefix_lines(content, ' ' * (len(mark) + 1))[len(mark) + 1 :]}"

    def _write_table(self, table: Branch) -> str:
        rows = [self._write_cells(block) for block in table.blocks]
        grid = _fill_grid(rows)
        columns = max(map(len, grid))
        lines = [row + [""] * (columns - len(row)) for row in grid]
        has_header = bool(rows[0]) and all(cell.header for cell, text in rows[0] if text)
        if not has_header:
            lines.insert(0, [""] * columns)
        lines.insert(1, ["---"] * columns)
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def _write_cells(self, row: Block) -> list[tuple[Cell, str]]:
        return [
            (cell, self._write_text(row, cell.start, cell.end).replace("\\\n", "<br>").replace("|", "\\|"))
            for cell in get_cells(row)
        ]


def _fill_grid(rows: Sequence[Sequence[tuple[Cell, str]]]) -> list[list[str]]:
    """The texts of cells by column: one that spans several columns or rows is in the first, and the others are empty."""
    grid: list[list[str]] = []
    spanned: dict[int, int] = {}
    for row in rows:
        line: list[str] = []
        for cell, text in row:
            while spanned.get(len(line), 0):
                spanned[len(line)] -= 1
                line.append("")
            for extra in range(cell.colspan):
                spanned[len(line)] = cell.rowspan - 1
                line.append("" if extra else text)
        while spanned.get(len(line), 0):
            spanned[len(line)] -= 1
            line.append("")
        grid.append(line)
    return grid


def _write_heading(level: int, line: str) -> str:
    literal = _CLOSING_HASHES.sub(r"\\\g<0>", line)
    return f"{'#' * level} {literal}"


def _write_code(text: str, language: str | None) -> str:
    fence = max(["```", *(f"{run}`" for run in _BACKTICKS.findall(text))], key=len)
    return f"{fence}{language or ''}\n{text}\n{fence}"


def _write_image(image: Image) -> str:
    about = f"{image.caption or ''}{f' ({image.credit})' if image.credit else ''}".strip()
    quoted = " ".join(about.split()).replace("\\", "\\\\").replace('"', '\\"')
    title = f' "{quoted}"' if quoted else ""
    return f"![{escape_text(image.alt or image.caption or '')}]({write_destination(image.url)}{title})"


def _prefix_lines(text: str, prefix: str) -> str:
    return "\n".join(f"{prefix}{line}".rstrip() if not line else f"{prefix}{line}" for line in text.split("\n"))


def _starts_with_number(part: str) -> bool:
    """Whether ``part`` is a list that may not directly follow a line of text: only one from 1 may."""
    return part[:1].isdigit() and not part.startswith(("1.", "1)"))

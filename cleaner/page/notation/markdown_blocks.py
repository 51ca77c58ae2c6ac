"""Markdown as flatteners write it: headings, lists, quotes, tables, code and paragraphs, whatever a standard says.

A standard parser takes indented text for code and a line of dashes below text for a heading's; flatteners indent what
the page's source indents. So the reader decides by what flatteners write.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.language.list_numbers import ITEM_NUMBER
from cleaner.model import Role
from cleaner.page.notation import wraps
from cleaner.page.notation.joining import join_texts
from cleaner.page.notation.markdown_inline import read_inline
from cleaner.page.notation.markdown_marks import CELL, TAGS_ALONE
from cleaner.page.notation.markdown_pieces import make_pieces
from cleaner.page.notation.markdown_tables import find_tables, open_grids, split_layout_rows
from cleaner.page.notation.pieces import Piece, SourceLine

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?<=[ \t])(?:#+[ \t]*)?(?:\{[#.][^{}]*\})?$")
_BULLET = re.compile(r"[•‣◦▪●○■*+-](?:[ \t]+|$)(?:\[[ xX]\][ \t]+)?")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_RULE = re.compile(r"(?:[*_-][ \t]*){3,}")
_UNDERLINE = re.compile(r"=+|-{2,}")
_FENCE = re.compile(r"`{3,}|~{3,}")
_DIVISION = re.compile(r":{3,}(?:[ \t].*)?|</?(?:div|section|figure|center|span|p)(?:[ \t][^<>]*)?>")
_DEFINITION = re.compile(
    r"\[([^\[\]]{1,100})\]:[ \t]*+(?:<[^<>]*+>|\S+)(?:[ \t]++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?"
)
_FOOTNOTE = re.compile(r"\[\^[^\[\]]{1,40}\]:[ \t]*")
_CODE = re.compile(r"[{}<>=]|;$|\(\)|^(?:def|import|from|class|return|if|for|while|sudo|npm|pip|#!|//|\$) ?")
_FIRST_ITEMS = ("1.", "1)", "(1)", "a)")
_MIN_CODE_INDENT = 4
_MIN_WRAPPED_LINES = 4
"""Lines of a paragraph that all end at the width: in verse, three in a row do so at the most."""
_MAX_ATTRIBUTE_LINES = 6
"""Further lines of the attributes of a division. Chosen by reading what pandoc writes for pages with data in attributes."""
_MAX_TITLE_LINES = 3
"""Lines of an underlined heading; a longer paragraph above a line of dashes is text."""


class _Text(NamedTuple):
    """A text with its marks, before they are read."""

    source: str
    piece: Piece


def read_markdown(lines: Sequence[SourceLine], width: int | None, *, has_breaks: bool) -> list[Piece]:
    """The pieces of a page in Markdown.

    ``width`` is that of wrapped lines; ``has_breaks`` says whether line breaks within paragraphs have marks.
    """
    names, lines = _split_definitions(split_layout_rows(open_grids(lines, width)))
    reader = _BlockReader(lines, width, has_breaks=has_breaks)
    reader.read()
    found = read_inline([text.source for text in reader.texts], names)
    return make_pieces([text.piece for text in reader.texts], found)


def _split_definitions(lines: Sequence[SourceLine]) -> tuple[Collection[str], Sequence[SourceLine]]:
    """Names of reference links, and the lines without their addresses."""
    defined = {
        place: found[1].lower()
        for place, line in enumerate(lines)
        if line.text.startswith("[") and "]:" in line.text and not line.text.startswith("[^")
        if (found := _DEFINITION.fullmatch(line.text))
    }
    if not defined:
        return (), lines
    return frozenset(defined.values()), [line for place, line in enumerate(lines) if place not in defined]


class _BlockReader:
    """Reads blocks line by line. ``buffer`` are the lines of the text that is being read."""

    def __init__(self, lines: Sequence[SourceLine], width: int | None, *, has_breaks: bool) -> None:
        self.lines = lines
        self.width = width
        self.has_breaks = has_breaks
        self.texts: list[_Text] = []
        self.buffer: list[SourceLine] = []
        self.piece = Piece(0, "")
        self.place = 0
        self.spaced = True
        self.quoted = False
        self.item_indent: int | None = None

    def read(self) -> None:
        rows = find_tables([line.text for line in self.lines])
        fences = _pair_fences(self.lines)
        while (place := self.place) < len(self.lines):
            line = self.lines[place]
            if place in fences:
                self.read_code(place, fences[place])
                self.place = fences[place]
            elif not line.text:
                self.flush()
                self.spaced, self.quoted = True, False
            elif place in rows:
                self.flush()
                if rows[place]:
                    self.add(CELL + line.text, self.make_piece(line, Role.TABLE))
            else:
                self.read_line(line)
            self.place += 1
        self.flush()

    def read_line(self, line: SourceLine) -> None:
        text = line.text
        if text[0] == ">" and (quote := _QUOTE.match(text)):
            text = text[quote.end() :]
            if not self.quoted or not text:
                self.flush()
            self.quoted = True
            line = line._replace(text=text, indent=line.indent + quote.end())
            if not text:
                self.spaced = True
                return
        if text[0] in "=-*_+•‣◦▪●○■#:<" and self.read_marked_line(line):
            return
        if self.is_item(text):
            self.start(line, Role.LIST_ITEM)
            self.item_indent = line.indent
        elif self.buffer:
            self.buffer.append(line)
        else:
            self.start(line, self.choose_role(line))

    def is_item(self, text: str) -> bool:
        """Whether a line begins with a number of a list; within a paragraph, only the first number is one."""
        if not ITEM_NUMBER.match(text):
            return False
        return not self.buffer or self.piece.role is not Role.PARAGRAPH or text.startswith(_FIRST_ITEMS)

    def read_marked_line(self, line: SourceLine) -> bool:
        """Read a line that begins with a mark; False if it is no mark."""
        text = line.text
        if self.buffer and self.piece.role is Role.PARAGRAPH and _UNDERLINE.fullmatch(text):
            self.end_heading(1 if text[0] == "=" else 2)
        elif _RULE.fullmatch(text) or _UNDERLINE.fullmatch(text) or self.is_division(line):
            self.flush()
            self.spaced = True
            self.skip_attributes(text)
        elif found := _HEADING.match(text):
            self.start(_cut_mark(line, _HEADING_END.sub("", text[found.end() :])), Role.HEADING, len(found[1]))
            if not self.is_wrapped_heading(line):
                self.flush()
        elif found := _BULLET.match(text):
            content = text[found.end() :]
            self.item_indent = line.indent
            if content[:1] == ":" and _DIVISION.fullmatch(content):
                self.flush()
                self.spaced = True
                self.skip_attributes(content)
            else:
                self.start(_cut_mark(line, content), Role.LIST_ITEM)
        else:
            return False
        return True

    def is_division(self, line: SourceLine) -> bool:
        """Whether a line begins or ends a part of the page; indented as code, and not within a list, it is code."""
        is_text = line.indent < _MIN_CODE_INDENT or self.item_indent is not None
        return is_text and _DIVISION.fullmatch(line.text) is not None

    def skip_attributes(self, text: str) -> None:
        """Go to the line on which the attributes of a division end."""
        if text.count("{") <= text.count("}"):
            return
        for place in range(self.place + 1, min(len(self.lines), self.place + 1 + _MAX_ATTRIBUTE_LINES)):
            if self.lines[place].text.endswith("}"):
                self.place = place
                return

    def is_wrapped_heading(self, line: SourceLine) -> bool:
        if self.width is None or self.place + 1 == len(self.lines):
            return False
        following = self.lines[self.place + 1]
        return bool(following.text) and wraps.is_wrapped(line, following, self.width)

    def choose_role(self, line: SourceLine) -> Role:
        """The role of a text without a mark: a further paragraph of a list item is part of it."""
        if self.quoted:
            return Role.QUOTE
        if self.item_indent is not None and line.indent > self.item_indent:
            return Role.LIST_ITEM
        self.item_indent = None
        return Role.PARAGRAPH

    def make_piece(self, line: SourceLine, role: Role, level: int | None = None) -> Piece:
        spaced, self.spaced = self.spaced, False
        return Piece(line.number, "", role, line.indent, spaced, level)

    def start(self, line: SourceLine, role: Role, level: int | None = None) -> None:
        self.flush()
        self.piece = self.make_piece(line, role, level)
        self.buffer = [line]

    def end_heading(self, level: int) -> None:
        if len(self.buffer) <= _MAX_TITLE_LINES:
            self.piece = self.piece._replace(role=Role.HEADING, level=level)
        self.flush()
        self.spaced = True

    def add(self, source: str, piece: Piece) -> None:
        self.texts.append(_Text(source, piece))

    def read_code(self, start: int, end: int) -> None:
        self.flush()
        code = "\n".join(line.raw.rstrip() for line in self.lines[start + 1 : end]).strip("\n")
        if code.strip():
            self.add("", self.make_piece(self.lines[start + 1], Role.CODE)._replace(text=code))

    def flush(self) -> None:
        """End the text that is being read."""
        if not self.buffer:
            return
        lines, self.buffer = self.buffer, []
        piece = self.piece
        if len(lines) == 1 and piece.indent < _MIN_CODE_INDENT and lines[0].text[:2] != "[^":
            self.add(lines[0].text, piece)
            return
        if self.is_code(lines):
            code = "\n".join(line.raw.rstrip() for line in lines)
            self.add("", piece._replace(role=Role.CODE, text=code))
            return
        for run in self.split_at_breaks(lines):
            text = join_texts([line.text for line in run], hyphens=self.width is not None)
            found = _FOOTNOTE.match(text)
            self.add(text[found.end() :] if found else text, piece._replace(line=run[0].number))
            piece = piece._replace(spaced=False)

    def is_code(self, lines: Sequence[SourceLine]) -> bool:
        if self.piece.role is not Role.PARAGRAPH or any(line.indent < _MIN_CODE_INDENT for line in lines):
            return False
        signs = sum(bool(_CODE.search(line.text)) and "](" not in line.text for line in lines)
        return 2 * signs > len(lines)

    def split_at_breaks(self, lines: Sequence[SourceLine]) -> list[list[SourceLine]]:
        """The lines of a text, divided where the page had a line break."""
        is_tag = lines[0].text[:1] == "<" and TAGS_ALONE.fullmatch(" ".join(line.text for line in lines))
        if is_tag or self.is_wrapped_throughout(lines):
            return [list(lines)]
        runs = [[lines[0]]]
        for before, line in pairwise(lines):
            if self.is_broken(before, line):
                runs[-1][-1] = before._replace(text=before.text.removesuffix("\\"))
                runs.append([line])
            else:
                runs[-1].append(line)
        return runs

    def is_wrapped_throughout(self, lines: Sequence[SourceLine]) -> bool:
        """Whether each line break is where the width asked for one, so that the marks of breaks are the page's own wraps."""
        width = self.width
        if width is None or len(lines) < _MIN_WRAPPED_LINES:
            return False
        return all(
            before.raw.endswith("  ")
            and len(before.text) <= width
            and wraps.is_wrapped(before, line, width, hyphens=True)
            for before, line in pairwise(lines)
        )

    def is_broken(self, line: SourceLine, following: SourceLine) -> bool:
        if line.raw.endswith("  ") or (line.text.endswith("\\") and not line.text.endswith("\\\\")):
            return True
        if self.has_breaks or not wraps.looks_broken(line.text, following.text):
            return False
        return self.width is None or not wraps.is_wrapped(line, following, self.width, hyphens=True)


def _cut_mark(line: SourceLine, text: str) -> SourceLine:
    """``line`` with the text behind its mark."""
    return SourceLine(line.number, line.raw, text, line.indent, line.end)


def _pair_fences(lines: Sequence[SourceLine]) -> dict[int, int]:
    """Position of the end of each code block by that of its start; a fence that nothing closes is text."""
    pairs: dict[int, int] = {}
    start: int | None = None
    mark = ""
    for place, line in enumerate(lines):
        found = _FENCE.match(line.text) if line.text[:1] in "`~" else None
        if found is None:
            continue
        if start is None:
            start, mark = place, found[0]
        elif found[0].startswith(mark) and found.end() == len(line.text):
            pairs[start] = place
            start = None
    return pairs

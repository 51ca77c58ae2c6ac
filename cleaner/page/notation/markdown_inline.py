"""Inline marks of Markdown as flatteners write it: links, images, emphasis, code, escapes, entities, remains of HTML.

All texts of a page are read at once, because flatteners write links around whole blocks: a bracket that one text opens,
another closes. Marks that are not closed, and signs that look like marks (``2 * 3``, ``snake_case``, ``[sic]``), are text.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Sequence
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from cleaner.language.characters import normalize_line
from cleaner.page.notation import markdown_marks as marks

_COMMENT = "<!--"
_MAX_TEXTS_IN_LINK = 12
"""Texts that a link may include. Cards of stories have up to eight; an older bracket is text."""
_MAX_MARK = 3
"""Characters of the longest mark of emphasis: ``***``."""
_MAX_NAME = 40
"""Parts of the name of a reference link."""
_MAX_SYMBOL = 2
"""Characters of an alt text that is a symbol in the text, such as an emoji."""


class _Sign(Enum):
    LINK_START = auto()
    LINK_END = auto()
    CELL_END = auto()
    TEXT_END = auto()


_Part: TypeAlias = "str | _Sign | _Alt | InlineText"


class _Alt(NamedTuple):
    text: str


class InlineText(NamedTuple):
    """A text without its marks."""

    text: str
    """Cells of a table row are separated by :data:`CELL`."""
    linked: int
    """Number of its characters inside links."""
    alts: tuple[tuple[str, bool], ...]
    """Alternative texts of the pictures in it, each with whether it is a link."""


def _read_simple(text: str) -> InlineText | None:
    """A text without marks, or a link alone, as most entries of menus are."""
    if marks.UNMARKED.fullmatch(text):
        return InlineText(" ".join(text.split()) if "  " in text else text.strip(), 0, ())
    if text[:1] == "[" and (found := marks.LONE_LINK.fullmatch(text)):
        shown = " ".join(found[1].split())
        return InlineText(shown, len(shown), ())
    return None


def read_inline(texts: Sequence[str], names: Collection[str]) -> list[InlineText]:
    """``texts`` without marks; ``names`` are those of the page's reference links, in lower case."""
    reader = _InlineReader(names)
    for text in texts:
        reader.read(text)
    return _collect(reader.parts)


class _InlineReader:
    """Reads marks in one pass. ``parts`` is the text so far; brackets and emphasis that are open are positions in it."""

    def __init__(self, names: Collection[str]) -> None:
        self.text = ""
        self.names = names
        self.parts: list[_Part] = []
        self.position = 0
        self.texts = 0
        self.open: list[tuple[int, int]] = []
        self.emphasis: list[tuple[int, str]] = []
        self.unclosed: set[str] = set()
        self.is_row = False

    def read(self, text: str) -> None:
        """Read the next text."""
        if self.open and self.texts - self.open[-1][1] > _MAX_TEXTS_IN_LINK:
            self.open.clear()
        if not self.open and (simple := _read_simple(text)):
            self.parts.append(simple)
            self.texts += 1
            return
        self.text = text = text + marks.TEXT_END
        self.position, search = 0, marks.TOKEN.search
        while token := search(text, self.position):
            start, end = token.span()
            if start > self.position:
                self.parts.append(text[self.position : start])
            self.position = end
            self.read_token(token[0], start)

    def read_token(self, token: str, start: int) -> None:
        first = token[0]
        if first in "[!":
            self.open.append((len(self.parts), self.texts))
            self.parts.append(token)
        elif first == "]":
            self.close_bracket()
        elif first in "*_~":
            self.read_emphasis(token, start)
        elif first == marks.TEXT_END:
            self.end_text()
        elif first == "\\":
            self.parts.append(token[1])
        elif first == "&":
            self.parts.append(html.unescape(token))
        elif first == "<":
            self.read_angle(token)
        elif first == "`":
            self.read_code(token)
        elif first == marks.CELL:
            self.is_row = True
        else:
            self.parts.append(_Sign.CELL_END if self.is_row else token)

    def end_text(self) -> None:
        self.drop_marks_at_edges()
        self.parts.append(_Sign.TEXT_END)
        self.emphasis.clear()
        self.unclosed.clear()
        self.texts += 1
        self.is_row = False

    def close_bracket(self) -> None:
        end = self.match_target()
        if end is None:
            self.close_text()
            return
        self.position = end
        if not self.open:
            return
        start, text = self.open.pop()
        if self.parts[start] == "![" and text == self.texts:
            self.close_picture(start)
        else:
            self.parts[start] = _Sign.LINK_START
            self.parts.append(_Sign.LINK_END)

    def match_target(self) -> int | None:
        """The end of the address, name or attributes behind a bracket that closes; None if that is text."""
        text, position = self.text, self.position
        following = text[position]
        if following == "(":
            found = marks.DESTINATION.match(text, position) or marks.LOOSE_DESTINATION.match(text, position)
            return self.skip_attributes(found.end()) if found else None
        if not self.open:
            return None
        if following == "{":
            found = marks.ATTRIBUTES.match(text, position)
            return found.end() if found else None
        return self.match_name(position) if self.names else None

    def match_name(self, position: int) -> int | None:
        start = self.open[-1][0]
        shown = "".join(part for part in self.parts[start + 1 : start + _MAX_NAME] if isinstance(part, str))
        found = marks.REFERENCE.match(self.text, position)
        name = (found[1] if found else "") or shown
        if normalize_line(name).lower() not in self.names:
            return None
        return found.end() if found else position

    def skip_attributes(self, end: int) -> int:
        found = marks.ATTRIBUTES.match(self.text, end)
        return found.end() if found else end

    def close_text(self) -> None:
        """The end of a pair of brackets that is text, or the name of a footnote."""
        if self.open and self.open[-1][1] == self.texts:
            start, _ = self.open.pop()
            if len(self.parts) == start + 2 and str(self.parts[start + 1]).startswith("^"):
                self.parts[start:] = []
                return
        self.parts.append("]")

    def close_picture(self, start: int) -> None:
        alt = normalize_line("".join(part for part in self.parts[start + 1 :] if isinstance(part, str)))
        del self.parts[start:]
        self.emphasis = [one for one in self.emphasis if one[0] < start]
        if alt:
            self.parts.append(alt if len(alt) <= _MAX_SYMBOL else _Alt(alt))

    def read_emphasis(self, mark: str, start: int) -> None:
        """Read a mark that may begin emphasis or end it."""
        before, after = self.text[start - 1 : start] or " ", self.text[start + len(mark)]
        if len(mark) > _MAX_MARK or (mark == "~"):
            self.parts.append(mark)
            return
        strong = len(mark) > 1 and mark[0] != "_"
        inside = before.isalnum() and after.isalnum()
        literal = inside and (mark[0] == "_" or (mark == "*" and before.isdigit() and after.isdigit()))
        closes = not literal and (strong or not before.isspace())
        opens = not literal and (strong or not after.isspace())
        if closes and self.emphasis and self.emphasis[-1][1] == mark:
            place, _ = self.emphasis.pop()
            self.parts[place] = ""
            return
        if closes and (outer := self.find_open(mark)) is not None:
            self.parts[outer] = ""
            return
        if opens and after != marks.TEXT_END:
            self.emphasis.append((len(self.parts), mark))
        self.parts.append(mark)

    def find_open(self, mark: str) -> int | None:
        """The place of an open ``mark`` within which others are open; those are text."""
        for depth in range(len(self.emphasis) - 1, max(-1, len(self.emphasis) - 5), -1):
            if self.emphasis[depth][1] == mark:
                place = self.emphasis[depth][0]
                del self.emphasis[depth:]
                return place
        return None

    def drop_marks_at_edges(self) -> None:
        """Strong emphasis that began in an earlier block, or ends in a later one."""
        parts = self.parts
        if parts and parts[-1] in ("**", "__", "***"):
            parts[-1] = ""
        for place, mark in self.emphasis:
            first = place == 0 or parts[place - 1] is _Sign.TEXT_END or isinstance(parts[place - 1], InlineText)
            if first and mark in ("**", "***"):
                parts[place] = ""

    def read_angle(self, token: str) -> None:
        if token == _COMMENT:
            self.read_comment()
        elif marks.ADDRESS.fullmatch(token):
            self.parts += [_Sign.LINK_START, token[1:-1], _Sign.LINK_END]
        elif not marks.TAG.fullmatch(token) or marks.is_mentioned(token, self.text, self.position):
            self.parts.append(token)
        elif marks.BREAKS.match(token):
            self.parts.append(" ")

    def read_comment(self) -> None:
        end = -1
        if _COMMENT not in self.unclosed:
            end = self.text.find("-->", self.position, self.text.find(marks.TEXT_END, self.position))
        if end < 0:
            self.unclosed.add(_COMMENT)
            self.parts.append(_COMMENT)
        else:
            self.position = end + 3

    def read_code(self, ticks: str) -> None:
        if ticks in self.unclosed:
            self.parts.append(ticks)
            return
        limit = self.text.find(marks.TEXT_END, self.position)
        end = self.text.find(ticks, self.position, limit)
        while end >= 0 and self.text[end + len(ticks)] == "`":
            run = end
            while self.text[run] == "`":
                run += 1
            end = self.text.find(ticks, run, limit)
        if end < 0:
            self.unclosed.add(ticks)
            self.parts.append(ticks)
            return
        self.parts.append(self.text[self.position : end])
        end += len(ticks)
        self.position = self.skip_attributes(end) if self.text.startswith(marks.CODE_ATTRIBUTES, end) else end


def _collect(parts: Sequence[_Part]) -> list[InlineText]:
    found: list[InlineText] = []
    texts: list[str] = []
    alts: list[tuple[str, bool]] = []
    linked = depth = 0
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            if depth:
                linked += len(part.strip())
        elif isinstance(part, InlineText):
            found.append(part)
        elif isinstance(part, _Alt):
            alts.append((part.text, depth > 0))
            texts.append(" ")
        elif part is _Sign.LINK_START:
            depth += 1
        elif part is _Sign.LINK_END:
            depth -= 1
        elif part is _Sign.CELL_END:
            texts.append(marks.CELL)
        else:
            text = " ".join("".join(texts).split())
            found.append(InlineText(text, min(linked, len(text)), tuple(alts)))
            texts, alts, linked = [], [], 0
    return found

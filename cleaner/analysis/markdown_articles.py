"""Reading the Markdown files of a run back: the metadata of each article, and its text as it was in a row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from cleaner.errors import RunError

if TYPE_CHECKING:
    from markdown_it.token import Token

_FENCE = "---\n"
_BREAKS = ("hardbreak", "softbreak")
_JOINED = ("item", "row")
"""Kinds of block between which a text has no blank line."""


class ReadBlock(NamedTuple):
    """A block of a Markdown file."""

    kind: str
    """``heading``, ``item``, ``row``, ``code`` or ``paragraph``."""
    text: str


def find_ids(folder: Path) -> dict[str, Path]:
    """Return the Markdown files below ``folder`` that a run wrote, by the id in their front matter, in order of path.

    Other Markdown files are ignored. Raises :class:`RunError` for a file that cannot be read, and for two of one id.
    """
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.md")):
        document = _read_id(path)
        if document is None:
            continue
        if document in found:
            raise RunError(
                str(path), f"{found[document]} has the same id, {document!r}; remove the one of an older run"
            )
        found[document] = path
    return found


def read_article(path: Path) -> dict[str, Any]:
    """Read a Markdown file as a row of articles. Raises :class:`RunError` if ``cleaner`` did not write it like this."""
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(str(path), f"cannot be read: {error}") from error
    head, fence, body = content.removeprefix(_FENCE).partition(f"\n{_FENCE}")
    if not fence:
        raise RunError(str(path), "the front matter has no end; do the run again")
    row = dict(_parse_pair(line, path) for line in head.split("\n"))
    blocks = read_blocks(body)
    if row.get("title") and blocks:
        blocks = blocks[1:]  # the headline
    headings = [block.text for block in blocks if block.kind == "heading"]
    return {**row, "text": join_blocks(blocks), "headings": headings}


def read_blocks(markdown: str) -> list[ReadBlock]:
    """Return the blocks of Markdown, without pictures. A numbered item begins with its number, as in a text."""
    from markdown_it import MarkdownIt  # imported only for such runs

    reader = _ArticleBodyReader()
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.nesting:
            reader.enter(token)
        else:
            reader.read(token)
    return reader.blocks


class _ArticleBodyReader:
    """Collects the blocks of a sequence of tokens."""

    def __init__(self) -> None:
        self.blocks: list[ReadBlock] = []
        self._kind = "paragraph"
        self._numbers: list[int | None] = []
        """For each list around the text: the number of its next item, if it has numbers."""
        self._marker = ""
        self._cells: list[str] | None = None

    def enter(self, token: Token) -> None:
        """Read the token at the beginning or end of an element."""
        match token.type:
            case "bullet_list_open":
                self._numbers.append(None)
            case "ordered_list_open":
                self._numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._numbers.pop()
            case "list_item_open":
                self._start_item()
            case "heading_open":
                self._kind = "heading"
            case "paragraph_open":
                self._kind = "item" if self._numbers else "paragraph"
            case "tr_open":
                self._cells = []
            case "tr_close":
                self._add("row", " | ".join(filter(None, self._cells or ())))
                self._cells = None

    def read(self, token: Token) -> None:
        """Read a token with text."""
        if token.type in ("fence", "code_block"):
            self._add("code", token.content.removesuffix("\n"))
        elif token.type == "inline":
            text = _read_inline(token.children or ())
            if self._cells is None:
                self._add(self._kind, text)
            else:
                self._cells.append(text)

    def _start_item(self) -> None:
        number = self._numbers[-1]
        self._marker = "" if number is None else f"{number}. "
        self._numbers[-1] = None if number is None else number + 1

    def _add(self, kind: str, text: str) -> None:
        if text:
            self.blocks.append(ReadBlock(kind, f"{self._marker}{text}"))
            self._marker = ""


def join_blocks(blocks: Sequence[ReadBlock]) -> str:
    """Join blocks to a text: a line break between items of a list or rows of a table, a blank line between others."""
    text = ""
    for before, block in zip((None, *blocks), blocks, strict=False):
        joined = before is not None and before.kind == block.kind and block.kind in _JOINED
        text += ("" if before is None else "\n" if joined else "\n\n") + block.text
    return text


def _read_inline(tokens: Sequence[Token]) -> str:
    """Return the text of inline tokens; a picture has none."""
    shown = {"text", "text_special", "code_inline"}
    parts = (
        "\n" if token.type in _BREAKS or token.content == "<br>" else token.content if token.type in shown else ""
        for token in tokens
    )
    return "".join(parts).strip()


def _read_id(path: Path) -> str | None:
    """Return the id in the front matter of a file, which is its first key; None if it has none."""
    try:
        with path.open(encoding="utf-8") as lines:
            if next(lines, "") != _FENCE:
                return None
            key, value = _parse_pair(next(lines, "").rstrip("\n"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(str(path), f"cannot be read: {error}") from error
    except RunError:
        return None
    return value if key == "id" and isinstance(value, str) else None


def _parse_pair(line: str, path: Path) -> tuple[str, Any]:
    key, colon, value = line.partition(": ")
    try:
        return key, msgspec.json.decode(value)
    except msgspec.DecodeError as error:
        problem = f"{key}: not a value that cleaner wrote" if colon else f"no key and value: {line[:60]!r}"
        raise RunError(str(path), f"front matter: {problem}; do the run again") from error

"""Output formats of an article: a row of JSON lines, Markdown with front matter, or plain text."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

from cleaner import fields
from cleaner.fields import Use
from cleaner.model import Article, Block, Role


class OutputFormat(StrEnum):
    """The output formats of a run."""

    JSONL = "jsonl"
    JSONL_ZST = "jsonl.zst"
    PARQUET = "parquet"
    MD = "md"
    TXT = "txt"

    @property
    def is_table(self) -> bool:
        """Whether articles are rows of a table rather than separate files."""
        return self not in {OutputFormat.MD, OutputFormat.TXT}


# Markdown list numbers are digits only; other numbers are written as text of the item.
_MARKDOWN_NUMBER = re.compile(r"\d{1,9}\.")
_INDENT = re.compile(r"^[^\S\n]+", re.MULTILINE)
_LIST_NUMBER_START = re.compile(r"^(\d+)([.)](?:\s|$))", re.MULTILINE)
_BLOCK_MARKER_START = re.compile(r"^(?=[#>+=~|-])", re.MULTILINE)
# Markdown markup in any position: code, emphasis, links, HTML, character references; and the backslash.
_MARKUP = re.compile(r"[\\`*<\[\]]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_BACKTICKS = re.compile("`{3,}")
# At the end of a heading, after a space, these close it.
_CLOSING_HASHES = re.compile("(?<= )#+$")


def encode_article(article: Article, form: OutputFormat) -> bytes:
    """Encode ``article`` for a file of this format, with a newline at the end; rows of tables are JSON lines."""
    if form.is_table:
        return msgspec.json.encode(article.to_dict()) + b"\n"
    if form is OutputFormat.MD:
        return _write_markdown(article).encode()
    return f"{article.text}\n".encode()


def _write_markdown(article: Article) -> str:
    row = article.to_dict()
    # A JSON value is a YAML value too, and text of the page is always quoted in it.
    front_matter = [
        f"{key}: {msgspec.json.encode(row[key]).decode()}" for key in fields.names(Use.MARKDOWN) if row[key]
    ]
    parts = ["\n".join(["---", *front_matter, "---"])]
    if article.title:
        parts.append(_markdown_heading("#", article.title))
    previous = None
    for block in article.blocks:
        if not block.kept:
            continue
        if previous is block.role is Role.LIST_ITEM:
            parts[-1] += f"\n{_markdown_block(block)}"
        else:
            parts.append(_markdown_block(block))
        previous = block.role
    return "\n\n".join(parts) + "\n"


def _markdown_block(block: Block) -> str:
    if block.role is Role.CODE:
        fence = max(["```", *(f"{run}`" for run in _BACKTICKS.findall(block.text))], key=len)
        return f"{fence}\n{block.text}\n{fence}"
    if block.role is Role.HEADING:
        return _markdown_heading("##", block.marked_text)
    if block.role is Role.LIST_ITEM:
        return _markdown_item(block)
    text = _escape_markdown(block.text)
    if block.role is Role.QUOTE:
        return "> " + text.replace("\n", "\n> ")
    return text


def _markdown_item(block: Block) -> str:
    numbered = block.marker is not None and _MARKDOWN_NUMBER.fullmatch(block.marker)
    mark, text = (block.marker, block.text) if numbered else ("-", block.marked_text)
    return f"{mark} {_escape_markdown(text)}".replace("\n", "\n" + " " * (len(mark or "") + 1))


def _markdown_heading(marks: str, text: str) -> str:
    literal = _CLOSING_HASHES.sub(r"\\\g<0>", _escape_markdown(" ".join(text.split())))
    return f"{marks} {literal}"


def _escape_markdown(text: str) -> str:
    """Escape ``text`` so that Markdown shows it literally: no part of it becomes a link, markup or a list."""
    literal = _MARKUP.sub(r"\\\g<0>", _INDENT.sub("", text))
    return _LIST_NUMBER_START.sub(r"\1\\\2", _BLOCK_MARKER_START.sub(r"\\", literal))

"""How an article is written down: a row of JSON lines, Markdown with front matter, or its bare text."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

from cleaner import fields
from cleaner.fields import Use
from cleaner.model import Article, Block, Role


class OutputFormat(StrEnum):
    """The formats of a run."""

    JSONL = "jsonl"
    JSONL_ZST = "jsonl.zst"
    PARQUET = "parquet"
    MD = "md"
    TXT = "txt"

    @property
    def is_table(self) -> bool:
        """Whether all articles stand in one table, and not each in a file of its own."""
        return self not in {OutputFormat.MD, OutputFormat.TXT}


# Markdown numbers items in digits only; other numbers are text of an item.
_MARKDOWN_NUMBER = re.compile(r"\d{1,9}\.")
_INDENT = re.compile(r"^[^\S\n]+", re.MULTILINE)
_ITEM_OPENS = re.compile(r"^(\d+)([.)](?:\s|$))", re.MULTILINE)
_CONSTRUCT_OPENS = re.compile(r"^(?=[#>+=~|-])", re.MULTILINE)
# What is markup to Markdown wherever it stands: code, emphasis, links, HTML, character references; and the backslash.
_MARKUP = re.compile(r"[\\`*<\[\]]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_BACKTICKS = re.compile("`{3,}")
# At the end of a heading, behind a blank, these close it.
_HASHES = re.compile("(?<= )#+$")


def encode_article(article: Article, form: OutputFormat) -> bytes:
    """``article`` as it stands in a file of this format, its last line ended; tables grow as JSON lines."""
    if form.is_table:
        return msgspec.json.encode(article.to_dict()) + b"\n"
    if form is OutputFormat.MD:
        return _write_markdown(article).encode()
    return f"{article.text}\n".encode()


def _write_markdown(article: Article) -> str:
    row = article.to_dict()
    # A JSON value is a YAML value too, and it quotes whatever a page put into it.
    given = [f"{key}: {msgspec.json.encode(row[key]).decode()}" for key in fields.names(Use.MARKDOWN) if row[key]]
    parts = ["\n".join(["---", *given, "---"])]
    if article.title:
        parts.append(_markdown_heading("#", article.title))
    before = None
    for block in article.blocks:
        if not block.kept:
            continue
        if before is block.role is Role.LIST_ITEM:
            parts[-1] += f"\n{_markdown_block(block)}"
        else:
            parts.append(_markdown_block(block))
        before = block.role
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
    literal = _HASHES.sub(r"\\\g<0>", _escape_markdown(" ".join(text.split())))
    return f"{marks} {literal}"


def _escape_markdown(text: str) -> str:
    """``text`` as Markdown that says it literally: whatever a page wrote, it makes no link, no markup and no list."""
    literal = _MARKUP.sub(r"\\\g<0>", _INDENT.sub("", text))
    return _ITEM_OPENS.sub(r"\1\\\2", _CONSTRUCT_OPENS.sub(r"\\", literal))

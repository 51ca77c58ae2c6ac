"""How an article is written down: a row of JSON lines, Markdown with front matter, or its bare text."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

from cleaner.model import Article, Block, Role


class Format(StrEnum):
    """The formats of a run."""

    JSONL = "jsonl"
    MD = "md"
    TXT = "txt"


_FRONT_MATTER = "id url site title authors published modified language description section tags".split()
_ITEM_OPENS = re.compile(r"^(\d+)([.)]\s)", re.MULTILINE)
_CONSTRUCT_OPENS = re.compile(r"^(?=[#>+*=`~|_-])", re.MULTILINE)
_BACKTICKS = re.compile("`{3,}")


def encode(article: Article, form: Format) -> bytes:
    """``article`` as it stands in a file of this format, its last line ended."""
    if form is Format.JSONL:
        return msgspec.json.encode(article.to_dict()) + b"\n"
    if form is Format.MD:
        return _markdown(article).encode()
    return f"{article.text}\n".encode()


def _markdown(article: Article) -> str:
    row = article.to_dict()
    # A JSON value is a YAML value too, and it quotes whatever a page put into it.
    given = [f"{key}: {msgspec.json.encode(row[key]).decode()}" for key in _FRONT_MATTER if row[key]]
    parts = ["\n".join(["---", *given, "---"])]
    if article.title:
        parts.append(f"# {' '.join(article.title.split())}")
    before = None
    for block in article.blocks:
        if not block.kept:
            continue
        if before is block.role is Role.LIST_ITEM:
            parts[-1] += f"\n{_marked_up(block)}"
        else:
            parts.append(_marked_up(block))
        before = block.role
    return "\n\n".join(parts) + "\n"


def _marked_up(block: Block) -> str:
    if block.role is Role.CODE:
        fence = max(["```", *(f"{run}`" for run in _BACKTICKS.findall(block.text))], key=len)
        return f"{fence}\n{block.text}\n{fence}"
    if block.role is Role.HEADING:
        return f"## {' '.join(block.text.split())}"
    text = _ITEM_OPENS.sub(r"\1\\\2", _CONSTRUCT_OPENS.sub(r"\\", block.text))
    if block.role is Role.LIST_ITEM:
        return "- " + text.replace("\n", "\n  ")
    if block.role is Role.QUOTE:
        return "> " + text.replace("\n", "\n> ")
    return text

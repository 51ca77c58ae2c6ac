"""Output formats of an article: a row of a table, Markdown with front matter, an HTML document, or plain text."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from cleaner import fields
from cleaner.article import Article
from cleaner.fields import Column, Use
from cleaner.render.html import write_document, write_html
from cleaner.render.markdown import write_markdown, write_title


class OutputFormat(StrEnum):
    """The output formats of a run."""

    JSONL = "jsonl"
    JSONL_ZST = "jsonl.zst"
    PARQUET = "parquet"
    MD = "md"
    HTML = "html"
    TXT = "txt"

    @property
    def is_table(self) -> bool:
        """Whether articles are rows of a table rather than separate files."""
        return self not in {OutputFormat.MD, OutputFormat.HTML, OutputFormat.TXT}


class OutputOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What is written of an article, besides its text."""

    columns: tuple[Column, ...] = ()
    """Optional fields of rows."""
    links: bool = True
    """Whether Markdown and HTML have the addresses of links."""
    images: bool = True
    """Whether Markdown and HTML have pictures."""


DEFAULT_OPTIONS = OutputOptions()


def needs_structure(form: OutputFormat, options: OutputOptions) -> bool:
    """Whether articles must be cleaned with their structure to be written in this format."""
    return form in {OutputFormat.MD, OutputFormat.HTML} or bool(options.columns)


def encode_article(article: Article, form: OutputFormat, options: OutputOptions = DEFAULT_OPTIONS) -> bytes:
    """Encode ``article`` for a file of this format, with a newline at the end; rows of tables are JSON lines."""
    if form.is_table:
        return msgspec.json.encode(_make_row(article, options)) + b"\n"
    if form is OutputFormat.MD:
        return _write_markdown_file(article, options).encode()
    if form is OutputFormat.HTML:
        return write_document(article, links=options.links, images=options.images).encode()
    return f"{article.text}\n".encode()


def _make_row(article: Article, options: OutputOptions) -> dict[str, Any]:
    row = article.to_dict(options.columns)
    if Column.MARKDOWN in options.columns:
        row[Column.MARKDOWN] = write_markdown(article, links=options.links, images=options.images)
    if Column.HTML in options.columns:
        row[Column.HTML] = write_html(article, links=options.links, images=options.images)
    return row


def _write_markdown_file(article: Article, options: OutputOptions) -> str:
    row = article.to_dict()
    # A JSON value is a YAML value too, and text of the page is always quoted in it.
    front_matter = [
        f"{key}: {msgspec.json.encode(row[key]).decode()}" for key in fields.names(Use.MARKDOWN) if row[key]
    ]
    parts = ["\n".join(["---", *front_matter, "---"])]
    if article.title:
        parts.append(write_title(article.title))
    if article.images or any(block.kept for block in article.blocks):
        parts.append(write_markdown(article, links=options.links, images=options.images))
    return "\n\n".join(parts) + "\n"

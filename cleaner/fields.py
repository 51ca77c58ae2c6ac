"""The list of an article's fields that rows, Parquet, Markdown, goldens, diffs, figures, explain and docs follow."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class ValueType(StrEnum):
    """Type of a field of a row; only strings and numbers may be null."""

    STRING = "string"
    NUMBER = "number"
    STRINGS = "list of strings"
    COUNTS = "counts by label"
    IMAGES = "list of pictures"
    COMMENTS = "list of comments"


class Use(StrEnum):
    """An output, besides rows and Parquet, that has some of the fields."""

    MARKDOWN = "Markdown front matter"
    GOLDEN = "goldens of cases"
    DIFF = "comparison of two runs"
    FIGURES = "coverage by site"
    EXPLAIN = "explain"
    REPORT = "reports"


class Field(msgspec.Struct, frozen=True):
    """A field of a row of ``articles.jsonl``, and its other uses."""

    name: str
    type: ValueType
    meaning: str
    used_in: frozenset[Use] = frozenset()


def _field(name: str, type_: ValueType, meaning: str, *uses: Use) -> Field:
    return Field(name, type_, meaning, frozenset(uses))


_S, _N, _L = ValueType.STRING, ValueType.NUMBER, ValueType.STRINGS
_MD, _GOLDEN, _DIFF, _FIGURES, _EXPLAIN, _REPORT = Use

FIELDS: tuple[Field, ...] = (
    _field("id", _S, "unique within a run", _MD),
    _field("path", _S, "where the page came from, as the input was given"),
    _field("url", _S, "the address under which it was fetched, if known", _MD, _EXPLAIN, _REPORT),
    _field("canonical", _S, "the address that the page gives itself", _EXPLAIN),
    _field("title", _S, "the headline", *Use),
    _field("text", _S, "the kept blocks"),
    _field("authors", _L, "the persons named as its authors", *Use),
    _field("published", _S, "when it was published, ISO 8601", *Use),
    _field("modified", _S, "when it was last changed, ISO 8601", _MD, _GOLDEN, _DIFF, _EXPLAIN, _REPORT),
    _field("site", _S, "the host without `www.`", _MD, _GOLDEN, _EXPLAIN, _REPORT),
    _field("language", _S, "detected on the text, ISO 639-1", _MD, _GOLDEN, _DIFF, _EXPLAIN, _REPORT),
    _field("language_confidence", _N, "how sure the detection is, 0 to 1"),
    _field("description", _S, "the standfirst or summary", *Use),
    _field("section", _S, "the section that the article is filed under", *Use),
    _field("tags", _L, "topics and keywords", *Use),
    _field("agency", _S, "the news agency", _GOLDEN, _EXPLAIN),
    _field("place", _S, "the place of the dateline", _GOLDEN, _EXPLAIN),
    _field("image", _S, "the address of the lead picture", _EXPLAIN),
    _field("captions", _L, "the captions of pictures, in page order", _EXPLAIN),
    _field("headings", _L, "the headings among the kept blocks, in page order"),
    _field("kind", _S, "`html` or `text`"),
    _field("page_type", _S, "what the page is: an article, or something else", _EXPLAIN),
    _field("kept_share", _N, "share of the page's characters that are in `text`, 0 to 1"),
    _field("score", _N, "how sure the classifier is of the page, 0 to 1; null where rules decided everything"),
    _field("flags", _L, "what to be careful about", _MD, _GOLDEN, _EXPLAIN),
    _field("suspect_rules", _L, "rules that were not followed, as they would have lost its text", _MD, _EXPLAIN),
    _field("removed", ValueType.COUNTS, "how many blocks were left out, by label"),
)
"""All fields, in the order of a row."""


class Column(StrEnum):
    """The fields of a row that are only there if they are asked for."""

    MARKDOWN = "markdown"
    HTML = "html"
    IMAGES = "images"
    COMMENTS = "comments"


COLUMNS: tuple[Field, ...] = (
    _field(Column.MARKDOWN, _S, "the text as Markdown, with links, emphasis, lists, tables and pictures"),
    _field(Column.HTML, _S, "the same as an `<article>` of HTML"),
    _field(
        Column.IMAGES,
        ValueType.IMAGES,
        "the pictures: `url`, `alt`, `caption`, `credit`, and the block they are `after`",
    ),
    _field(Column.COMMENTS, ValueType.COMMENTS, "what readers wrote below it: `text`, and `depth` in a thread"),
)
"""The fields of :class:`Column`, in the order of a row, behind all others."""


def names(use: Use) -> tuple[str, ...]:
    """Names of the fields with ``use``, in the order of a row."""
    return tuple(field.name for field in FIELDS if use in field.used_in)

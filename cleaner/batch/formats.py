"""What a file is, by its first bytes; its name counts only where the bytes leave it open."""

from __future__ import annotations

import json
import re
from enum import Enum, auto
from pathlib import PurePath

from cleaner.page import encoding, file_kinds
from cleaner.storage import compression


class Format(Enum):
    """What a file holds."""

    PAGE = auto()
    ROWS = auto()
    JSON = auto()
    TABLE = auto()
    WARC = auto()
    ARC = auto()
    PARQUET = auto()
    FEED = auto()
    MAIL = auto()
    ZIP = auto()
    TAR = auto()


PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".txt", ".md", ".markdown"})
"""Suffixes of files that hold a page, left out of the names of results."""
COMPRESSED = frozenset({".gz", ".zst", ".xz", ".bz2"})
ROW_SUFFIXES = frozenset({".jsonl", ".ndjson"})
_TABLE_SUFFIXES = frozenset({".csv", ".tsv"})
_MAIL_SUFFIXES = frozenset({".eml", ".mht", ".mhtml"})

_MARKS = {
    b"WARC/": Format.WARC,
    b"filedesc:": Format.ARC,
    b"PAR1": Format.PARQUET,
    b"PK\x03\x04": Format.ZIP,
    b"PK\x05\x06": Format.ZIP,
}
_TAR_MARK, _TAR_OFFSET = b"ustar", 257
_JSON_START = re.compile(r'\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:\{|\[\s*[\["{\d]|\]|$))')
_BRACKETS = ("{", "[")
_HEADER = re.compile(
    r"(?:From [^\s@]++@\S++ [^\n]*\n)?(?>[A-Z][A-Za-z-]++:[^\n]*\n(?>[ \t]+[^\s][^\n]*\n)*+)++(?:\r?\n|\Z)"
)
_MAIL_FIELDS = re.compile(
    r"^(?:mime-version|message-id|received|return-path|content-type):", re.IGNORECASE | re.MULTILINE
)
_PROLOG = r"\s*+(?>(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE(?!\s+html\b)[^>\[]*+(?:\[[^\]]*+\])?[^>]*+>)\s*+)*+"
_ROOT = re.compile(rf"{_PROLOG}<([\w:.-]+)", re.DOTALL | re.IGNORECASE)
_DOCUMENT = re.compile(rf"{_PROLOG}<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL)
_FEED_ROOTS = frozenset({"rss", "feed", "rdf"})
_OTHER_ROOTS = {"urlset": "sitemap", "sitemapindex": "sitemap", "svg": "picture", "opml": "list of feeds"}
_HTML_ROOTS = frozenset("html head body article main section div p h1 h2 table title meta".split())
_DELIMITERS = ",\t;|"
_MAX_NAME_CHARS = 64
_LONGEST_TOKEN = len("-Infinity")


def recognize(head: bytes, name: str, page_fields: frozenset[str]) -> Format | str:
    """The format of a file called ``name`` that begins with ``head``, unpacked; or what it is, if it is no page.

    ``page_fields`` are the names of columns that hold pages, by which tables without a suffix are recognised.
    """
    bare = strip_compression(name)
    suffix = PurePath(bare).suffix.lower()
    if found := _recognize_mark(head):
        return found
    try:
        text = encoding.decode_head(head)
    except encoding.NotTextError:
        return "binary file"
    return _recognize_text(text, bare, suffix, page_fields)


def _recognize_mark(head: bytes) -> Format | str | None:
    """What begins with ``head``, by marks of formats; None if it has none."""
    if head.startswith(_TAR_MARK, _TAR_OFFSET):
        return Format.TAR
    known = next((found for mark, found in _MARKS.items() if head.startswith(mark)), None)
    if known is not None:
        return known
    if compression.find_unpacker(head):
        return "archive"
    return "empty file" if not head.strip() else file_kinds.find_binary_kind(head)


def _recognize_text(text: str, name: str, suffix: str, page_fields: frozenset[str]) -> Format | str:
    if _DOCUMENT.match(text):
        return Format.PAGE
    if suffix in ROW_SUFFIXES:
        return Format.ROWS
    is_mail = suffix in _MAIL_SUFFIXES or _is_mail(text)
    found = _recognize_json(text, suffix) or (Format.MAIL if is_mail else _recognize_xml(text))
    if found:
        return found
    if suffix in _TABLE_SUFFIXES or (not text.lstrip().startswith("<") and has_page_column(text, page_fields)):
        return Format.TABLE
    return file_kinds.find_named_kind(PurePath(name).name) or Format.PAGE


def _recognize_json(text: str, suffix: str) -> Format | None:
    if not (_JSON_START.match(text) or (suffix == ".json" and text.lstrip()[:1] in _BRACKETS)):
        return None
    lines = [line for line in text.lstrip("\ufeff").split("\n", 3) if line.strip()]
    first = _decode_object(lines[0])
    if first is None or len(lines) == 1:
        return Format.JSON if suffix == ".json" or _is_begun_json(text) else None
    return Format.ROWS if lines[1].lstrip().startswith("{") else None


def _is_begun_json(text: str) -> bool:
    """Whether ``text`` is JSON, or its beginning."""
    start = text.lstrip("\ufeff \t\r\n")
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(start)
    except json.JSONDecodeError as error:
        # Cut off, it is wrong at its very end, or in the string that is open there.
        return error.pos >= len(start) - _LONGEST_TOKEN or error.msg.startswith("Unterminated string")
    except RecursionError:
        return True
    return start[end:].lstrip()[:1] in ("", *_BRACKETS)


def _decode_object(line: str) -> object | None:
    try:
        value = json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _is_mail(text: str) -> bool:
    header = _HEADER.match(text)
    return header is not None and len(set(map(str.lower, _MAIL_FIELDS.findall(header[0])))) > 1


def _recognize_xml(text: str) -> Format | str | None:
    root = _ROOT.match(text)
    if root is None:
        return None
    local = root[1].rpartition(":")[2].lower()
    if local in _FEED_ROOTS:
        return Format.FEED
    if local in _OTHER_ROOTS:
        return _OTHER_ROOTS[local]
    return "XML file" if text.lstrip().startswith("<?xml") and local not in _HTML_ROOTS else None


def has_page_column(text: str, page_fields: frozenset[str]) -> bool:
    """Whether the first line of ``text`` is the header of a table with a column of ``page_fields``."""
    line = text.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    cells = [cell.strip('"') for cell in line.split(find_delimiter(line))]
    is_header = len(cells) > 1 and all(cell == cell.strip() and 0 < len(cell) <= _MAX_NAME_CHARS for cell in cells)
    return is_header and not page_fields.isdisjoint(cells)


def find_delimiter(line: str) -> str:
    """The delimiter of the table whose first line is ``line``."""
    return max(_DELIMITERS, key=line.count)


def strip_compression(name: str) -> str:
    """``name`` without suffixes of compression."""
    while (suffix := PurePath(name).suffix) and suffix.lower() in COMPRESSED:
        name = name.removesuffix(suffix)
    return name

"""Markdown files that people wrote, as HTML: their front matter is the head of the page, their structure its elements.

Unlike a dump in Markdown, which a flattener wrote, such a file has no menus and no advertisements.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from html import escape
from pathlib import PurePath
from typing import Any

_SUFFIXES = frozenset({".md", ".markdown", ".mdx"})
_FRONT_MATTER = re.compile(
    r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<head>.*?)\n(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_PAIR = re.compile(r"([A-Za-z_][\w .-]*+):(?:\s+(.*)|$)")
_ITEM = re.compile(r"\s*-\s+(.*)")
_TITLE_LINE = re.compile(r"\s*#\s+\S")
_UNDERLINED = re.compile(r"\s*\S[^\n]*\n={3,}\s*\n")
_LINK_LINE = re.compile(r"\s*(?:[-*+]\s+)?!?\[[^\]]*\]\([^)]*\)\s*")
# Menus of a flattened page are lines of one link each. Chosen by reading files of both kinds; not measured.
_MAX_LINK_LINES = 0.1
# Names of a value in front matter (Jekyll, Hugo, Pelican, Obsidian), and the elements of the head that mean the same.
_HEAD = (
    (("author", "authors", "by"), '<meta name="author" content="{}">'),
    (
        ("date", "published", "publishdate", "pubdate", "created"),
        '<meta property="article:published_time" content="{}">',
    ),
    (("modified", "updated", "lastmod", "last_modified_at"), '<meta property="article:modified_time" content="{}">'),
    (("description", "summary", "excerpt", "subtitle"), '<meta name="description" content="{}">'),
    (("tags", "keywords"), '<meta property="article:tag" content="{}">'),
    (("section", "category", "categories"), '<meta property="article:section" content="{}">'),
    (("canonical", "canonical_url", "url", "link", "source"), '<link rel="canonical" href="{}">'),
    (("image", "cover", "thumbnail"), '<meta property="og:image" content="{}">'),
)


def convert(content: str, name: str) -> str | None:
    """The Markdown file called ``name`` as an HTML page; None if it is no Markdown file that a person wrote."""
    if PurePath(name).suffix.lower() not in _SUFFIXES:
        return None
    match = _FRONT_MATTER.match(content)
    if match and (values := _parse_front_matter(match)) is not None:
        return _render(values, content[match.end() :])
    return _render({}, content) if _is_written(content) else None


def _is_written(content: str) -> bool:
    """Whether a file without front matter begins with its title, and is not full of lines of links."""
    if not (_TITLE_LINE.match(content) or _UNDERLINED.match(content)):
        return False
    lines = [line for line in content.splitlines() if line.strip()]
    return sum(1 for line in lines if _LINK_LINE.fullmatch(line)) <= _MAX_LINK_LINES * len(lines)


def _parse_front_matter(match: re.Match[str]) -> dict[str, Any] | None:
    """The values of front matter in TOML, or in the part of YAML that front matter uses; None if it is neither."""
    if match["fence"] == "+++":
        try:
            return {key.lower(): value for key, value in tomllib.loads(match["head"]).items()}
        except tomllib.TOMLDecodeError:
            return None
    values: dict[str, Any] = {}
    key = ""
    for line in match["head"].splitlines():
        if (pair := _PAIR.fullmatch(line)) and not line[0].isspace():
            key = pair[1].strip().lower()
            values[key] = _parse_value((pair[2] or "").strip())
        elif key and (item := _ITEM.fullmatch(line)):
            values[key] = [*(values[key] if isinstance(values[key], list) else []), _parse_value(item[1].strip())]
        elif key and line[:1].isspace() and isinstance(values[key], str):
            values[key] = f"{values[key].strip('|>-')} {line.strip()}".strip()
        elif line.strip() and not line.startswith("#"):
            return None
    return values


def _parse_value(text: str) -> Any:
    if text[:1] == "[" and text[-1:] == "]":
        return [_parse_value(part.strip()) for part in text[1:-1].split(",") if part.strip()]
    if text[:1] == '"':
        try:
            return json.loads(text)
        except ValueError:
            return text.strip('"')
    if text[:1] == "'" and text[-1:] == "'":
        return text[1:-1].replace("''", "'")
    return text


def _render(values: Mapping[str, Any], body: str) -> str:
    from markdown_it import MarkdownIt  # imported only for such files

    article = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(body)
    title = " ".join(_list_texts(values.get("title")))
    head = [f"<title>{escape(title)}</title>"] if title else []
    for names, element in _HEAD:
        value = next((values[name] for name in names if values.get(name)), None)
        head += [element.format(escape(text)) for text in _list_texts(value)]
    heading = f"<h1>{escape(title)}</h1>\n" if title and "<h1>" not in article else ""
    lang = next(iter(_list_texts(values.get("lang") or values.get("language"))), "")
    attribute = f' lang="{escape(lang)}"' if lang else ""
    return (
        f"<!DOCTYPE html>\n<html{attribute}><head>{''.join(head)}</head>\n"
        f"<body><article>\n{heading}{article}</article></body></html>\n"
    )


def _list_texts(value: Any) -> list[str]:
    """The texts in a value: of a list each, of a table its name."""
    if isinstance(value, list):
        return [text for inner in value for text in _list_texts(inner)]
    if isinstance(value, dict):
        return _list_texts(value.get("name") or value.get("title"))
    return [str(value)] if value not in (None, "") else []

"""JSON-LD of pages: lenient parsing, and the choice of the node that describes the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any, TypeAlias

from cleaner import data
from cleaner.data.file_types import HeadTags
from cleaner.language.characters import make_alternation

Node: TypeAlias = dict[str, Any]

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
MAX_CHARACTERS = 500_000
"""Longer scripts are ignored: a bound on time, far above the length of one article's data."""

_MAX_DEPTH = 6
"""Nesting of nodes that is read: a bound on time."""

_HEAD = data.load_data(HeadTags).json_ld
_TYPES = tuple(map(frozenset, _HEAD.types))
# What is not closed reaches to the end: a search for its end at every further start would take the square of the length.
_COMMENT = re.compile(r'("(?:\\.|[^"\\])*+(?:"|\Z))|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TAG = re.compile(r"<[^<>]+>")
_WRAPPING = ("<!--", "-->", "//", "<![CDATA[", "]]>", ";")


def parse_nodes(scripts: Sequence[str]) -> tuple[Node, ...]:
    """All nodes of the scripts of a page, in page order; of a script with invalid JSON, the fields that can be recovered."""
    found: list[Node] = []
    for script in scripts:
        if len(script) <= MAX_CHARACTERS:
            found.extend(node for value in _parse_json(script) for node in _walk_nodes(value))
    return tuple(found)


def find_article_node(nodes: Sequence[Node]) -> Node:
    """The first node of the most specific type of article; empty if there is none."""
    best, best_rank = {}, len(_TYPES)
    for node in nodes:
        kinds = node_types(node)
        rank = next((rank for rank, wanted in enumerate(_TYPES) if kinds & wanted), len(_TYPES))
        if rank < best_rank:
            best, best_rank = node, rank
    return best


def resolve_reference(value: Any, nodes: Sequence[Node]) -> Any:
    """``value``, or the node it refers to if it is only a reference (``{"@id": …}``)."""
    if isinstance(value, dict) and "@id" in value and not value.get("name"):
        return next((node for node in nodes if node.get("@id") == value["@id"] and node.get("name")), value)
    return value


def node_types(node: Node) -> frozenset[str]:
    """The types of a node, lower case and without the schema's address."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.rsplit("/", 1)[-1].lower() for kind in kinds if isinstance(kind, str))


def plain_text(value: Any) -> str:
    """A text value without markup and entities, on one line; empty for anything but a string."""
    text = _TAG.sub("", unescape(unescape(value))) if isinstance(value, str) else ""
    return " ".join(text.split())


def _walk_nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk_nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _HEAD.nested:
            if isinstance(value.get(key), dict | list):
                yield from _walk_nodes(value[key], depth + 1)
        for key in ("author", "publisher"):
            if isinstance(value.get(key), dict):
                yield value[key]


def _parse_json(script: str) -> list[Any]:
    """The JSON values of a script: as written, else after repair, else after unescaping and repair."""
    script = _strip_wrapping(script)
    for repair in (str, _repair_json, lambda text: _repair_json(unescape(text))):
        values = _decode_values(repair(script))
        if values:
            return values
    return [node] if (node := _recover_node(script)) else []


def _strip_wrapping(script: str) -> str:
    """``script`` without comment and CDATA marks around it."""
    content = script.strip()
    for mark in (*_WRAPPING, *_WRAPPING):
        content = content.removeprefix(mark).removesuffix(mark).strip()
    return content


def _repair_json(text: str) -> str:
    text = _COMMENT.sub(lambda match: match[1] or "", _CONTROL.sub(_blank_control_character, text))
    return _TRAILING_COMMA.sub(r"\1", text)


def _blank_control_character(match: re.Match[str]) -> str:
    return "\n" if "\n" in match[0] else " "


def _decode_values(text: str) -> list[Any]:
    """The values of a text, separated by nothing, commas or semicolons, up to the first invalid one."""
    decoder, values, at = json.JSONDecoder(strict=False), [], 0
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n,;]}"))
    except (ValueError, RecursionError):
        pass
    return values


_RECOVERED_FIELD = re.compile(rf'"({make_alternation(_HEAD.rescued)})"\s*:\s*"((?:\\.|[^"\\\n])*)"(?=\s*[,}}\n])')
_RECOVERED_AUTHOR = re.compile(r'"author"\s*:\s*+\[?\s*+(?:"([^"\n]+)"|\{[^{}\[\]]*?"name"\s*:\s*"([^"\n]+)")')
_RECOVERED_TYPE = re.compile(r'"@type"\s*:\s*+\[?\s*+"(\w*(?:Article|Posting))"')


def _recover_node(text: str) -> Node:
    """The text fields of an article in a script with invalid JSON."""
    kind = _RECOVERED_TYPE.search(text)
    if not kind:
        return {}
    node: Node = {"@type": kind[1]}
    for name, value in _RECOVERED_FIELD.findall(text[kind.start() :]):
        node.setdefault(name, unescape(value.replace('\\"', '"').replace("\\/", "/")))
    if author := _RECOVERED_AUTHOR.search(text, kind.start()):
        node["author"] = author[1] or author[2]
    return node

"""JSON-LD as pages hold it: read leniently, and the node that describes the article picked out."""

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
"""A longer script is not read: a bound on time, far above what describes one article."""

_MAX_DEPTH = 6
"""How deep a node may be nested: a bound on time."""

_HEAD = data.load_data(HeadTags).json_ld
_TYPES = tuple(map(frozenset, _HEAD.types))
_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_WRAPPING = ("<!--", "-->", "//", "<![CDATA[", "]]>", ";")


def parse_nodes(scripts: Sequence[str]) -> tuple[Node, ...]:
    """All nodes of the scripts of a page, in page order; of a script that cannot be read, what can be rescued."""
    found: list[Node] = []
    for script in scripts:
        if len(script) <= MAX_CHARACTERS:
            found.extend(node for value in _parse_json(script) for node in _walk_nodes(value))
    return tuple(found)


def find_article_node(nodes: Sequence[Node]) -> Node:
    """The node that describes the article, the most telling type first; empty where there is none."""
    best, best_rank = {}, len(_TYPES)
    for node in nodes:
        kinds = node_types(node)
        rank = next((rank for rank, wanted in enumerate(_TYPES) if kinds & wanted), len(_TYPES))
        if rank < best_rank:
            best, best_rank = node, rank
    return best


def resolve_reference(value: Any, nodes: Sequence[Node]) -> Any:
    """``value``, or, where it is a mere reference (``{"@id": …}``), the node it refers to."""
    if isinstance(value, dict) and "@id" in value and not value.get("name"):
        return next((node for node in nodes if node.get("@id") == value["@id"] and node.get("name")), value)
    return value


def node_types(node: Node) -> frozenset[str]:
    """The types of a node, lower case and without the schema's address."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.rsplit("/", 1)[-1].lower() for kind in kinds if isinstance(kind, str))


def plain_text(value: Any) -> str:
    """A text value without markup and entities, on one line; empty for anything that is no text."""
    text = re.sub(r"<[^<>]+>", "", unescape(unescape(value))) if isinstance(value, str) else ""
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
    """The JSON values of a script: as it stands, then mended step by step."""
    script = _strip_wrapping(script)
    for mend in (str, _repair_json, lambda text: _repair_json(unescape(text))):
        values = _find_string_values(mend(script))
        if values:
            return values
    return [rescued] if (rescued := _salvage_node(script)) else []


def _strip_wrapping(script: str) -> str:
    """``script`` without the comment and CDATA marks that hid it from old browsers."""
    bare = script.strip()
    for mark in (*_WRAPPING, *_WRAPPING):
        bare = bare.removeprefix(mark).removesuffix(mark).strip()
    return bare


def _repair_json(text: str) -> str:
    text = _COMMENT.sub(lambda match: match[1] or "", _CONTROL.sub(_blank_control_character, text))
    return _TRAILING_COMMA.sub(r"\1", text)


def _blank_control_character(match: re.Match[str]) -> str:
    return "\n" if "\n" in match[0] else " "


def _find_string_values(text: str) -> list[Any]:
    """Values that stand one after another, with nothing, commas or semicolons between; none if one is broken."""
    decoder, values, at = json.JSONDecoder(strict=False), [], 0
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n,;]}"))
    except (ValueError, RecursionError):
        pass
    return values


_RESCUED = re.compile(rf'"({make_alternation(_HEAD.rescued)})"\s*:\s*"((?:\\.|[^"\\\n])*)"(?=\s*[,}}\n])')
_RESCUED_AUTHOR = re.compile(r'"author"\s*:\s*\[?\s*(?:"([^"\n]+)"|\{[^{}\[\]]*?"name"\s*:\s*"([^"\n]+)")')


def _salvage_node(text: str) -> Node:
    """The plain fields of an article whose script is beyond mending."""
    kind = re.search(r'"@type"\s*:\s*\[?\s*"(\w*(?:Article|Posting))"', text)
    if not kind:
        return {}
    node: Node = {"@type": kind[1]}
    for name, value in _RESCUED.findall(text[kind.start() :]):
        node.setdefault(name, unescape(value.replace('\\"', '"').replace("\\/", "/")))
    if author := _RESCUED_AUTHOR.search(text, kind.start()):
        node["author"] = author[1] or author[2]
    return node

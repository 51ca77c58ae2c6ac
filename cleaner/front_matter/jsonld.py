"""JSON-LD of pages: lenient parsing, and the choice of the node that describes the article."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from html import unescape
from typing import Any, TypeAlias

from cleaner import data
from cleaner.data.markup_types import HeadTags
from cleaner.language.characters import make_alternation, normalize_line, normalize_phrase
from cleaner.language.person_names import cut_at_zero_width

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
_QUOTE = re.compile(r'(?<!\\)"')
_STRING_END = re.compile(r'\s*(?:[:}\]]|,\s*["{\[\d\-tfn]|\Z)')
_MIN_PREFIX_CHARS = 20
"""Characters of a headline that is the beginning of another, which is cut off or has the site's name at its end."""
LISTED = "@listed"
"""Key of nodes that are in a list, of other stories as a rule."""
_ADDRESS_END = re.compile(r"[?#].*", re.DOTALL)
_HOST_PREFIX = re.compile(r"^(?:https?:)?//(?:(?:www|m|amp)\.)?")
_WRAPPING = ("<!--", "-->", "//", "<![CDATA[", "]]>", ";")


def parse_nodes(scripts: Sequence[str]) -> tuple[Node, ...]:
    """All nodes of the scripts of a page, in page order; of a script with invalid JSON, the fields that can be recovered."""
    found: list[Node] = []
    for script in scripts:
        if len(script) <= MAX_CHARACTERS:
            found.extend(node for value in _parse_json(script) for node in _walk_nodes(value))
    return tuple(found)


def find_article_node(
    nodes: Sequence[Node], names: Collection[str] = (), addresses: AbstractSet[str] = frozenset()
) -> Node:
    """The node that describes the article, completed by others about the same article; empty if there is none.

    ``names`` are the headlines of the page, ``addresses`` its urls as :func:`address_key` writes them. Nodes with one of
    both win, the most specific type first; without any, it is the first one that is not part of a list, and does not
    have another address.
    """
    articles = sorted(
        ((rank, node) for node in nodes if (rank := _rank_type(node)) < len(_TYPES)), key=lambda item: item[0]
    )
    own = [node for _, node in articles if _is_about(node, names, addresses)]
    if not own:
        return next((node for _, node in articles if not (LISTED in node or _is_elsewhere(node, names, addresses))), {})
    merged: Node = {}
    for node in own:
        for key, value in node.items():
            if not merged.get(key):
                merged[key] = value
    return merged


def address_key(address: str) -> str:
    """A url for comparison: host and path without scheme, ``www.``, query and slash at the end."""
    return _HOST_PREFIX.sub("", _ADDRESS_END.sub("", address.strip().lower())).rstrip("/")


def read_name(value: Any) -> str:
    """The name that a text, a node or a value object gives; of a person without name, given and family name."""
    if isinstance(value, dict):
        written = value.get("name") or value.get("@value")
        parts = (plain_text(value.get(key)) for key in ("givenName", "additionalName", "familyName"))
        return read_name(written) or " ".join(filter(None, parts))
    if isinstance(value, list):
        return next(filter(None, map(read_name, value)), "")
    return plain_text(cut_at_zero_width(value)) if isinstance(value, str) else ""


def read_scalar(value: Any) -> str:
    """The text of a text, number or value object; empty for others."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, list):
        return next(filter(None, map(read_scalar, value)), "")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:.0f}" if is_number else plain_text(value)


def flatten_values(value: Any) -> list[Any]:
    """``value`` as a list, with the items of lists inside it."""
    if isinstance(value, list):
        return [item for inner in value for item in flatten_values(inner)]
    return [] if value is None else [value]


def resolve_reference(value: Any, nodes: Sequence[Node]) -> Any:
    """``value``, or the node it refers to if it is only a reference (``{"@id": …}``)."""
    if isinstance(value, dict) and "@id" in value and not read_name(value):
        return next((node for node in nodes if node.get("@id") == value["@id"] and len(node) > len(value)), value)
    return value


def node_types(node: Node) -> frozenset[str]:
    """The types of a node, lower case and without the schema's address."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.rsplit("/", 1)[-1].lower() for kind in kinds if isinstance(kind, str))


def plain_text(value: Any) -> str:
    """A text value without markup, entities and invisible characters, on one line; empty for anything but a string."""
    return normalize_line(_TAG.sub("", unescape(unescape(value)))) if isinstance(value, str) else ""


def _rank_type(node: Node) -> int:
    kinds = node_types(node)
    return next((rank for rank, wanted in enumerate(_TYPES) if kinds & wanted), len(_TYPES))


def _is_about(node: Node, names: Collection[str], addresses: AbstractSet[str]) -> bool:
    """Whether a node has a headline or an address of the page."""
    return not addresses.isdisjoint(_read_addresses(node)) or _has_name(node, names)


def _is_elsewhere(node: Node, names: Collection[str], addresses: AbstractSet[str]) -> bool:
    """Whether a node that is not about the page has a headline and an address: those of another story."""
    return bool(names and addresses and node.get("headline") and _read_addresses(node))


def _has_name(node: Node, names: Collection[str]) -> bool:
    headline = normalize_phrase(plain_text(node.get("headline")) or plain_text(node.get("name")))
    return bool(headline) and any(
        headline == name
        or (
            min(len(headline), len(name)) >= _MIN_PREFIX_CHARS
            and (name.startswith(headline) or headline.startswith(name))
        )
        for name in names
    )


def _read_addresses(node: Node) -> set[str]:
    """The addresses of the article that a node gives, as keys; none for the root of a site."""
    written = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    texts = (value.get("@id") or value.get("url") if isinstance(value, dict) else value for value in written)
    return {key for text in texts if isinstance(text, str) and "/" in (key := address_key(text))}


def _walk_nodes(value: Any, depth: int = 0, *, listed: bool = False) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk_nodes(item, depth + 1, listed=listed)
    elif isinstance(value, dict):
        yield {**value, LISTED: True} if listed else value
        for key in _HEAD.nested:
            if isinstance(value.get(key), dict | list):
                yield from _walk_nodes(value[key], depth + 1, listed=listed or key in _HEAD.lists)
        for key in ("author", "publisher"):
            for inner in flatten_values(value.get(key)):
                if isinstance(inner, dict):
                    yield inner


def _parse_json(script: str) -> list[Any]:
    """The JSON values of a script: as written, else after repair, else after unescaping and repair."""
    script = _strip_wrapping(script)
    repairs = (
        str,
        _repair_json,
        lambda text: _repair_json(unescape(text)),
        lambda text: _escape_quotes(_repair_json(text)),
    )
    for repair in repairs:
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


def _escape_quotes(text: str) -> str:
    """``text`` with the quotation marks escaped that are inside strings: those behind which a string does not end."""
    parts: list[str] = []
    inside, copied = False, 0
    for quote in _QUOTE.finditer(text):
        if not inside:
            inside = True
        elif _STRING_END.match(text, quote.end()):
            inside = False
        else:
            parts.append(f"{text[copied : quote.start()]}\\")
            copied = quote.start()
    return "".join((*parts, text[copied:]))


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
_RECOVERED_AUTHOR = re.compile(r'"author"\s*:\s*+("[^"\n]+"|\[[^\]]{0,2000}\]|\{[^}]{0,500}\})')
_RECOVERED_NAME = re.compile(r'"name"\s*:\s*"([^"\n]+)"')
_RECOVERED_TEXT = re.compile(r'"([^"\n]+)"')
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
        node["author"] = (_RECOVERED_NAME if "{" in author[1] else _RECOVERED_TEXT).findall(author[1])
    return node

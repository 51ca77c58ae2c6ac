"""Rich texts in JSON, of any content system, as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Any

from cleaner import data
from cleaner.data.markup_types import ScriptKeys
from cleaner.language.characters import make_alternation

MAX_DEPTH = 40
"""Nesting of values that is read: a bound on recursion."""
MIN_PARAGRAPH_CHARS = 40
"""Characters of a text without a type that is a paragraph. Chosen by reading pages; not measured."""
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PARAGRAPH_TAG = re.compile(r"<(?:p|br|div|h[2-6]|li)\b", re.IGNORECASE)
_BLANK_LINE, _LINE_END = re.compile(r"\n\s*\n"), re.compile(r"\r?\n")
_ENCODED = re.compile(r"&lt;(?:p|div|br|h2)\b", re.IGNORECASE)
_KEYS, _TYPES = data.load_data(ScriptKeys).keys, data.load_data(ScriptKeys).types
_UNREAD = re.compile(make_alternation(_TYPES.unread), re.IGNORECASE)
# Longer words of types are found within a type, short ones only as a whole: "li", "p", "h2".
_MIN_PART_CHARS = 4
_TAGS = tuple(
    (re.compile(rf"\b{make_alternation(w for w in words if len(w) < _MIN_PART_CHARS)}\b|"
                rf"{make_alternation(w for w in words if len(w) >= _MIN_PART_CHARS)}", re.IGNORECASE), tag)
    for words, tag in (
        (_TYPES.heading, "h2"), (_TYPES.quote, "blockquote"), (_TYPES.item, "li"), (_TYPES.code, "pre"), (_TYPES.paragraph, "p"),
    )
)  # fmt: skip


def make_markup(text: str) -> str:
    """A text with markup, escaped markup or line breaks as markup of paragraphs."""
    if _ENCODED.search(text):
        text = unescape(text)
    if _PARAGRAPH_TAG.search(text):
        return text
    lines = (_BLANK_LINE if "\n\n" in text else _LINE_END).split(text)
    return "".join(f"<p>{escape(unescape(TAG.sub('', line)), quote=False)}</p>" for line in lines if line.strip())


class RichText:
    """Writes the nodes of a rich text as markup, each once: lists are asked for the article at every level."""

    def __init__(self) -> None:
        self.written: dict[int, str] = {}

    def write_blocks(self, nodes: Iterable[Any], depth: int) -> str:
        """The markup of several nodes; empty for other articles."""
        return "".join(self.write_block(node, depth + 1) for node in nodes)

    def write_block(self, node: Any, depth: int) -> str:
        """The markup of a node: a text, a list or a value."""
        if depth > MAX_DEPTH:
            return ""
        if isinstance(node, str):
            return make_markup(node) if len(node) >= MIN_PARAGRAPH_CHARS else ""
        if not isinstance(node, list | dict):
            return ""
        known = self.written.get(id(node))
        if known is None:
            known = self.write_blocks(node, depth) if isinstance(node, list) else self.write_node(node, depth)
            self.written[id(node)] = known
        return known

    def write_node(self, node: dict[str, Any], depth: int) -> str:
        """The markup of a value with a type and a text."""
        kind, headline, inner = _type_of(node), read_headline(node), _find_inner(node)
        if _UNREAD.search(kind) or inner is None or (headline and _has_address(node)):
            return ""
        tag = next((tag for pattern, tag in _TAGS if pattern.search(kind)), None)
        if tag is not None:
            text = _join_inline(inner, depth)
            return f"<{tag}>{text}</{tag}>" if text.strip() else ""
        before = f"<h2>{escape(headline)}</h2>" if headline else ""
        if isinstance(inner, str) and (kind or before):
            return before + make_markup(inner)
        return before + self.write_block(inner, depth + 1)


def _has_address(node: dict[str, Any]) -> bool:
    return any(isinstance(node.get(key), str) for key in _KEYS.addresses)


def _find_inner(node: dict[str, Any]) -> Any:
    """The text of a node, or the nodes in it."""
    return next((node[key] for key in _KEYS.texts if node.get(key) and isinstance(node[key], str | list | dict)), None)


def _join_inline(node: Any, depth: int) -> str:
    """The text of a block: markup as it is, other text escaped."""
    if depth > MAX_DEPTH:
        return ""
    if isinstance(node, str):
        return node if TAG.search(node) else escape(unescape(node), quote=False)
    if isinstance(node, list):
        return "".join(_join_inline(inner, depth + 1) for inner in node)
    if not isinstance(node, dict) or _UNREAD.search(_type_of(node)):
        return ""
    return _join_inline(_find_inner(node), depth + 1)


def read_headline(value: dict[str, Any]) -> str | None:
    """The headline of a value, if it has one."""
    for key in _KEYS.headlines:
        text = value.get(key)
        if isinstance(text, dict):
            text = next((inner for inner in text.values() if isinstance(inner, str)), None)
        if isinstance(text, str) and text.strip():
            return text
    return None


def _type_of(node: dict[str, Any]) -> str:
    return " ".join(str(node[key]) for key in _KEYS.types if isinstance(node.get(key), str))


def is_paragraph(node: Any) -> bool:
    """Whether the type of a value says that it is a paragraph."""
    return isinstance(node, dict) and "aragraph" in _type_of(node) and any(key in node for key in _KEYS.texts)

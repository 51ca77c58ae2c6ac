"""The JSON values in scripts and attributes of a page, and the articles in them, as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Any, NamedTuple
from urllib.parse import unquote

from cleaner import data
from cleaner.data.file_types import ScriptKeys
from cleaner.language.characters import make_alternation, normalize_line, strip_whitespace
from cleaner.language.sentences import STOPS, is_unspaced

_MAX_DEPTH = 40
"""Nesting of values that is read: a bound on recursion."""
_MAX_STARTS, _MAX_STREAM_STARTS = 40, 4_000
"""Places in a script, and in all scripts of a stream, at which a value may begin: a bound on time."""
STREAM = "__next_f"
"""The name of the list by which Next.js sends the elements of a page piece by piece."""
_PROPERTIES = 3
"""Place of the properties in an element of React: a mark, name, key, properties."""
_MIN_BODY_CHARS = 300
"""Characters of an article's text; shorter ones are summaries. Chosen by reading pages; not measured."""
_MAX_BODY_CHARS = 300_000
"""Characters of markup; longer ones are the data of a site. Ten times the longest article seen."""
_MIN_BODY_SIZE = 240
"""The same without white space."""
_MIN_PARAGRAPH_CHARS = 40
_MIN_PARAGRAPHS = 3
"""Paragraphs by name in one value that are an article, as in the cache of Apollo."""
_MIN_SPACES, _MAX_SPACES = 0.08, 0.3
"""Share of white space in a text; style sheets, addresses and encoded pictures have less. Not measured."""
_VALUE_START = re.compile(r"(?:^|[=(,:]|return)\s*(?=[\[{\"'])")
_MAX_NAME_CHARS = 100
_NAME = re.compile(
    r"([\w$]+)[\"'\]]*\s*(?:=\s*(?:JSON\.parse|\(?JSON\.parse\(decodeURIComponent|decodeURIComponent)?\(?)?\s*$"
)
_LITERAL = re.compile(r"""\b(\w{1,40})["']?\s*:\s*("(?:[^"\\\n]|\\.){300,}"|'(?:[^'\\\n]|\\.){300,}')""")
_HEX_ESCAPE = re.compile(r"\\x([0-9a-fA-F]{2})")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PARAGRAPH_TAG = re.compile(r"<(?:p|br|div|h[2-6]|li)\b", re.IGNORECASE)
_BLANK_LINE, _LINE_END = re.compile(r"\n\s*\n"), re.compile(r"\r?\n")
_ENCODED = re.compile(r"&lt;(?:p|div|br|h2)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(rf"[{STOPS}](?=\s|[\"'”’»)\]]|$|(?<=[。！？]))")
_CODE = re.compile(r"^\s*[{\[]|function\s*\(|\":[\"\[{]|[;{]\s*[\w-]+\s*:\s*[\w#.]+;")
_KEYS, _TYPES = data.load_data(ScriptKeys).keys, data.load_data(ScriptKeys).types
_NOT_ARTICLES = re.compile(make_alternation(_KEYS.not_articles), re.IGNORECASE)
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


class StoredArticle(NamedTuple):
    """A text in a value, as markup."""

    path: str
    """Keys to it, such as ``props/pageProps/article/body``."""
    markup: str
    size: int
    """Characters of its text, without white space."""
    headline: str | None
    """The headline of the nearest value around it that has one."""


def parse_values(script: str, name: str | None = None) -> Iterator[tuple[str, Any]]:
    """The values in ``script``, each with the name it is given: JSON as such, assigned, or as a string to parse."""
    decoder = json.JSONDecoder(strict=False)
    at, found = 0, False
    for number, start in enumerate(_VALUE_START.finditer(script)):
        if number > (_MAX_STARTS if name is None else _MAX_STREAM_STARTS):
            break
        if start.end() < at:
            continue
        try:
            value, at = decoder.raw_decode(script, start.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, str):
            value = _parse_string(value)
        if isinstance(value, dict | list):
            found = True
            yield name or _name_before(script, start.start()), value
    if not found:
        literals = {key: text for key, quoted in _LITERAL.findall(script) if (text := _decode_literal(quoted))}
        if literals:
            yield "", literals


def parse_stream(script: str) -> list[Any]:
    """The elements of React that ``script``, all scripts of a page that write to its stream, contain."""
    pieces = [value[1] for _, value in parse_values(script, name=STREAM) if isinstance(value, list) and len(value) > 1]
    found = []
    lines = "".join(piece for piece in pieces if isinstance(piece, str)).split("\n")
    for line in lines[:_MAX_STREAM_STARTS]:
        _, _, value = line.partition(":")
        if value.startswith(("[", "{")) and (parsed := _parse_string(value)) is not None:
            found.append(_read_element(parsed, 0))
    return found


def _read_element(value: Any, depth: int) -> Any:
    """``value`` with each element of React as a node of a rich text."""
    if depth > _MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {key: _read_element(inner, depth + 1) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    if value[:1] == ["$"] and len(value) > _PROPERTIES and isinstance(value[_PROPERTIES], dict):
        return {"type": value[1], **_read_element(value[_PROPERTIES], depth + 1)}
    return [_read_element(inner, depth + 1) for inner in value]


def find_articles(value: Any, name: str = "") -> Iterator[StoredArticle]:
    """The texts in ``value`` that are long enough for an article."""
    yield from _walk(_resolve_references(value), name, None, 0, _RichText())


def make_markup(text: str) -> str:
    """A text with markup, escaped markup or line breaks as markup of paragraphs."""
    if _ENCODED.search(text):
        text = unescape(text)
    if _PARAGRAPH_TAG.search(text):
        return text
    lines = (_BLANK_LINE if "\n\n" in text else _LINE_END).split(text)
    return "".join(f"<p>{escape(unescape(_TAG.sub('', line)), quote=False)}</p>" for line in lines if line.strip())


def measure_text(markup: str) -> int:
    """Characters of the text in ``markup``, without white space; 0 if it is no prose."""
    text = unescape(_TAG.sub(" ", markup))
    size = len(strip_whitespace(text))
    if size < _MIN_PARAGRAPH_CHARS or not _SENTENCE_END.search(text):
        return 0
    spaces = 1 - size / len(text)
    is_prose = (
        is_unspaced(text)
        or _MIN_SPACES <= 1 - size / max(len(normalize_line(text)), size, 1) <= _MAX_SPACES
        or spaces == 0
    )
    return size if is_prose and not _CODE.search(text) else 0


def _parse_string(text: str) -> Any:
    text = unquote(text) if text.startswith(("%7B", "%5B")) else text
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _name_before(script: str, at: int) -> str:
    match = _NAME.search(script[max(at - _MAX_NAME_CHARS, 0) : at])
    return match[1] if match else ""


def _decode_literal(quoted: str) -> str | None:
    inner = _HEX_ESCAPE.sub(r"\\u00\1", quoted[1:-1]).replace("\\'", "'")
    try:
        return str(
            json.loads(
                f'"{inner if quoted[0] == chr(34) else inner.replace(chr(34), chr(92) + chr(34))}"', strict=False
            )
        )
    except ValueError:
        return None


def _resolve_references(value: Any) -> Any:
    """``value`` without the references by number in which Nuxt 3 and others write all objects of a page as one list."""
    if not (isinstance(value, list) and value and isinstance(value[0], dict | list) and len(value) > _MAX_DEPTH // 4):
        return value
    inside = list(value[0].values()) if isinstance(value[0], dict) else value[0]
    numbers = [item for item in inside if isinstance(item, int) and not isinstance(item, bool)]
    if not numbers or not all(0 <= number < len(value) for number in numbers):
        return value
    return _resolve(value, 0, 0)


def _resolve(values: list[Any], index: int, depth: int) -> Any:
    if depth > _MAX_DEPTH or not 0 <= index < len(values):
        return None
    value = values[index]
    if isinstance(value, dict):
        return {key: _resolve(values, inner, depth + 1) for key, inner in value.items() if isinstance(inner, int)}
    if isinstance(value, list):
        return [_resolve(values, inner, depth + 1) for inner in value if isinstance(inner, int)]
    return value


def _walk(value: Any, path: str, headline: str | None, depth: int, rich: _RichText) -> Iterator[StoredArticle]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, str):
        if len(value) >= _MIN_BODY_CHARS:
            yield from _make_article(path, make_markup(value), headline)
    elif isinstance(value, dict):
        headline = _read_headline(value) or headline
        if sum(map(_is_paragraph, value.values())) >= _MIN_PARAGRAPHS:
            yield from _make_article(path, rich.write_blocks(value.values(), depth), headline)
        for key in filter(_may_be_article, value):
            yield from _walk(value[key], f"{path}/{key}" if path else key, headline, depth + 1, rich)
    elif isinstance(value, list):
        yield from _make_article(path, rich.write_blocks(value, depth), headline)
        for inner in (inner for inner in value if isinstance(inner, dict | list)):
            yield from _walk(inner, path, headline, depth + 1, rich)


def _may_be_article(key: str) -> bool:
    return _NOT_ARTICLES.search(key) is None


def _make_article(path: str, markup: str, headline: str | None) -> Iterator[StoredArticle]:
    size = measure_text(markup) if _MIN_BODY_CHARS <= len(markup) <= _MAX_BODY_CHARS else 0
    if size >= _MIN_BODY_SIZE:
        yield StoredArticle(path, markup, size, headline)


def _read_headline(value: dict[str, Any]) -> str | None:
    for key in _KEYS.headlines:
        text = value.get(key)
        if isinstance(text, dict):
            text = next((inner for inner in text.values() if isinstance(inner, str)), None)
        if isinstance(text, str) and text.strip():
            return text
    return None


def _type_of(node: dict[str, Any]) -> str:
    return " ".join(str(node[key]) for key in _KEYS.types if isinstance(node.get(key), str))


def _is_paragraph(node: Any) -> bool:
    return isinstance(node, dict) and "aragraph" in _type_of(node) and any(key in node for key in _KEYS.texts)


class _RichText:
    """Writes the nodes of a rich text as markup, each once: lists are asked for the article at every level."""

    def __init__(self) -> None:
        self.written: dict[int, str] = {}

    def write_blocks(self, nodes: Iterable[Any], depth: int) -> str:
        """The markup of several nodes; empty for other articles."""
        return "".join(self.write_block(node, depth + 1) for node in nodes)

    def write_block(self, node: Any, depth: int) -> str:
        """The markup of a node: a text, a list or a value."""
        if depth > _MAX_DEPTH:
            return ""
        if isinstance(node, str):
            return make_markup(node) if len(node) >= _MIN_PARAGRAPH_CHARS else ""
        if not isinstance(node, list | dict):
            return ""
        known = self.written.get(id(node))
        if known is None:
            known = self.write_blocks(node, depth) if isinstance(node, list) else self.write_node(node, depth)
            self.written[id(node)] = known
        return known

    def write_node(self, node: dict[str, Any], depth: int) -> str:
        """The markup of a value with a type and a text."""
        kind, headline, inner = _type_of(node), _read_headline(node), _find_inner(node)
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
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(node, str):
        return node if _TAG.search(node) else escape(unescape(node), quote=False)
    if isinstance(node, list):
        return "".join(_join_inline(inner, depth + 1) for inner in node)
    if not isinstance(node, dict) or _UNREAD.search(_type_of(node)):
        return ""
    return _join_inline(_find_inner(node), depth + 1)

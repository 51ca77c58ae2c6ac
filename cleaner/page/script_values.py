"""The JSON values in scripts and attributes of a page, and the articles in them, as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import unquote

from cleaner import data
from cleaner.data.markup_types import ScriptKeys
from cleaner.language.characters import make_alternation, normalize_line, strip_whitespace
from cleaner.language.sentences import STOPS, is_unspaced
from cleaner.page.rich_text import (
    MAX_DEPTH,
    MIN_PARAGRAPH_CHARS,
    TAG,
    RichText,
    is_paragraph,
    make_markup,
    read_headline,
)

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
_SENTENCE_END = re.compile(rf"[{STOPS}](?=\s|[\"'”’»)\]]|$|(?<=[。！？]))")
_CODE = re.compile(r"^\s*[{\[]|function\s*\(|\":[\"\[{]|[;{]\s*[\w-]+\s*:\s*[\w#.]+;")
_KEYS = data.load_data(ScriptKeys).keys
_NOT_ARTICLES = re.compile(make_alternation(_KEYS.not_articles), re.IGNORECASE)


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
    if depth > MAX_DEPTH:
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
    yield from _walk(_resolve_references(value), name, None, 0, RichText())


def measure_text(markup: str) -> int:
    """Characters of the text in ``markup``, without white space; 0 if it is no prose."""
    text = unescape(TAG.sub(" ", markup))
    size = len(strip_whitespace(text))
    if size < MIN_PARAGRAPH_CHARS or not _SENTENCE_END.search(text):
        return 0
    spaces = 1 - size / max(len(normalize_line(text)), size)
    is_text = is_unspaced(text) or _MIN_SPACES <= spaces <= _MAX_SPACES
    return size if is_text and not _CODE.search(text) else 0


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
    if not (isinstance(value, list) and value and isinstance(value[0], dict | list) and len(value) > MAX_DEPTH // 4):
        return value
    inside = list(value[0].values()) if isinstance(value[0], dict) else value[0]
    numbers = [item for item in inside if isinstance(item, int) and not isinstance(item, bool)]
    if not numbers or not all(0 <= number < len(value) for number in numbers):
        return value
    return _resolve(value, 0, 0)


def _resolve(values: list[Any], index: int, depth: int) -> Any:
    if depth > MAX_DEPTH or not 0 <= index < len(values):
        return None
    value = values[index]
    if isinstance(value, dict):
        return {key: _resolve(values, inner, depth + 1) for key, inner in value.items() if isinstance(inner, int)}
    if isinstance(value, list):
        return [_resolve(values, inner, depth + 1) for inner in value if isinstance(inner, int)]
    return value


def _walk(value: Any, path: str, headline: str | None, depth: int, rich: RichText) -> Iterator[StoredArticle]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        if len(value) >= _MIN_BODY_CHARS:
            yield from _make_article(path, make_markup(value), headline)
    elif isinstance(value, dict):
        headline = read_headline(value) or headline
        if sum(map(is_paragraph, value.values())) >= _MIN_PARAGRAPHS:
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

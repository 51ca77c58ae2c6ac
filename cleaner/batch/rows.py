"""Rows of JSON lines, tables and other files: the names of their fields, and the page in a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from cleaner.batch.records import InputDocument
from cleaner.data import load_data
from cleaner.data.input_types import RowFields
from cleaner.storage.run_files import Failure

_KNOWN = load_data(RowFields)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TYPE_NAMES: dict[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    dict: "an object",
    list: "a list",
}
_PAGE = ("html", "text")
_MAX_NAMES = 20
"""Fields that a message lists."""


class FieldNames(msgspec.Struct, frozen=True):
    """The field names of a page and its metadata in rows; other fields are ignored.

    A name with dots is that of a field of a nested object. Where a name is not changed, the names that crawlers and sites
    give such a field are known too (``cleaner/data/row_fields.toml``).
    """

    html: str = "html"
    text: str = "text"
    url: str = "url"
    id: str = "id"
    fetched: str = "fetched"
    """Time of the download, in ISO 8601."""

    def candidates(self, ours: str) -> tuple[str, ...]:
        """The names under which the field ``ours`` is looked for, in order."""
        theirs: str = getattr(self, ours)
        # Names that the user gave to other fields are taken.
        taken = {getattr(self, other) for other in self.__struct_fields__ if other != ours and self.is_named(other)}
        return (theirs,) if self.is_named(ours) else tuple(n for n in getattr(_KNOWN, ours) if n not in taken)

    def is_named(self, ours: str) -> bool:
        """Whether the user gave the field ``ours`` its name."""
        theirs: str = getattr(self, ours)
        return theirs != ours

    @property
    def page_columns(self) -> frozenset[str]:
        """All names of fields that hold a page."""
        return frozenset(name for ours in _PAGE for name in self.candidates(ours))


class InputRow(msgspec.Struct):
    """The fields that are read from a row, as they are in it."""

    html: Any = None
    text: Any = None
    url: Any = None
    id: Any = None
    fetched: Any = None


class RowError(ValueError):
    """A row without a page that can be read; the message says which field is wrong, and how."""


def parse_field_names(pairs: Iterable[str]) -> FieldNames:
    """Parse field names such as ``html=body``. Raises :class:`ValueError` for an unknown name or a field used twice."""
    named = {ours: theirs for ours, _, theirs in (pair.partition("=") for pair in pairs)}
    defaults = msgspec.structs.asdict(FieldNames())
    if not named.keys() <= defaults.keys() or not all(named.values()):
        raise ValueError(f"write NAME=FIELD, with a NAME out of {', '.join(defaults)}")
    fields = FieldNames(**named)
    if len({*msgspec.structs.astuple(fields)}) < len(defaults):
        raise ValueError("two names have the same field")
    return fields


def select_fields(row: Mapping[str, Any], fields: FieldNames) -> InputRow:
    """The fields of ``row`` that are read; of several fields that may hold the same, the first that is not empty.

    Raises :class:`RowError` if a field that the user named is not there.
    """
    for ours in _PAGE:
        if fields.is_named(ours) and _look_up(row, getattr(fields, ours)) is _MISSING:
            raise RowError(f"no field is named {getattr(fields, ours)}; {describe_names(row)}")
    return InputRow(**{ours: _first_value(row, fields.candidates(ours)) for ours in fields.__struct_fields__})


def has_page(row: Mapping[str, Any], fields: FieldNames) -> bool:
    """Whether ``row`` has a field that may hold a page."""
    return any(_look_up(row, name) is not _MISSING for name in fields.page_columns)


def describe_names(names: Iterable[str]) -> str:
    """The names of fields for a message, and how to use them."""
    listed = [str(name) for name in names]
    more = f" and {len(listed) - _MAX_NAMES} more" if len(listed) > _MAX_NAMES else ""
    there = f"its fields are {', '.join(listed[:_MAX_NAMES])}{more}" if listed else "it has no fields"
    return f"{there} (--field html=NAME says which one has the page)"


def make_document(row: InputRow, place: str, names: Iterable[str] = ()) -> InputDocument | Failure:
    """The page in ``row``, which was read at ``place``; ``names`` are those of all its fields, for a message."""
    try:
        content = _read_content("html", row.html) or _read_content("text", row.text)
    except RowError as error:
        return Failure(place, "PageError", str(error))
    if content is None:
        problem = "the row has neither html nor text"
        is_blank = any(value is not None for value in (row.html, row.text))
        hint = "give it one of the two" if not names else describe_names(names)
        return Failure(place, "PageError", "the page in the row is empty" if is_blank else f"{problem}; {hint}")
    url = read_text(row.url)
    id_ = read_text(row.id) or _read_number(row.id) or url
    return InputDocument(id=id_ or place, path=place, content=content, url=url, fetched=_parse_date(row.fetched))


def read_text(value: Any) -> str | None:
    """The text in a field for a name or an address; None for an empty one, and for another type."""
    if isinstance(value, (bytes, bytearray)):
        value = bytes(value).decode("utf-8", "replace")
    return _mend(value).strip() or None if isinstance(value, str) else None


def _read_content(name: str, value: Any) -> str | bytes | None:
    """The page in a field; None if it is empty. A list is read as its paragraphs, an object by the text in it."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124  NaN: how pandas writes nothing
        return None
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value) if bytes(value).strip() else None
    if isinstance(value, str):
        return _mend(value) if value.strip() else None
    if isinstance(value, Mapping):
        inner = next((value[key] for key in _KNOWN.inner if value.get(key)), None)
        if isinstance(inner, (str, bytes)):
            return _read_content(name, inner)
        raise RowError(f"{name} is an object; {describe_names(f'{name}.{key}' for key in value)}")
    if isinstance(value, Sequence):
        parts = [_read_content(name, part) for part in value]
        texts = [part.decode("utf-8", "replace") if isinstance(part, bytes) else part for part in parts if part]
        return "\n\n".join(texts) or None
    raise RowError(f"{name} is {_TYPE_NAMES.get(type(value), type(value).__name__)}, not a text")


def _read_number(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:  # noqa: PLR0124  NaN
        return None
    return str(int(value)) if isinstance(value, int) or value.is_integer() else str(value)


def _mend(text: str) -> str:
    """``text`` with pairs of surrogates joined, and lone ones replaced."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_MISSING = object()


def _look_up(row: Mapping[str, Any], name: str) -> Any:
    """The value of the field called ``name``, also inside nested objects; ``_MISSING`` if there is none."""
    if name in row:
        return row[name]
    outer, dot, inner = name.partition(".")
    nested = row.get(outer) if dot else None
    return _look_up(nested, inner) if isinstance(nested, Mapping) else _MISSING


def _first_value(row: Mapping[str, Any], names: Sequence[str]) -> Any:
    values = [value for name in names if (value := _look_up(row, name)) is not _MISSING]
    return next((value for value in values if not _is_empty(value)), values[0] if values else None)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, (str, bytes)) and not value.strip())


def _parse_date(moment: object) -> date | None:
    if isinstance(moment, datetime):
        return moment.date()
    match = _DATE.match(moment.decode("utf-8", "replace") if isinstance(moment, bytes) else str(moment))
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None

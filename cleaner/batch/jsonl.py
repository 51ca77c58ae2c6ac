"""Documents from JSON lines, and the fields of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO, TypeAlias

import msgspec

from cleaner.batch.records import InputDocument
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import streams
from cleaner.storage.run_files import Failure

ReadMark: TypeAlias = tuple[int, int]
"""A reader's position in a file: in the unit it seeks by (bytes, rows), then in documents."""
MarkedDocuments: TypeAlias = Iterator[tuple[InputDocument | Failure, ReadMark]]
"""Documents, each with the position after it."""

# JSON may escape every byte of a page as six bytes.
_MAX_LINE_BYTES = 6 * MAX_SIZE
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class FieldNames(msgspec.Struct, frozen=True):
    """The field names of a page and its metadata in rows; other fields are ignored."""

    html: str = "html"
    text: str = "text"
    url: str = "url"
    id: str = "id"
    fetched: str = "fetched"
    """Time of the download, in ISO 8601."""


class InputRow(msgspec.Struct):
    """The fields that are read from a row."""

    html: str | bytes | None = None
    text: str | bytes | None = None
    url: str | None = None
    id: str | int | None = None
    fetched: Any = None


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


def make_row_decoder(fields: FieldNames) -> msgspec.json.Decoder[Any]:
    """A decoder of a line of JSON to the attributes of :class:`InputRow`, whose names are in ``fields``."""
    kinds: list[tuple[str, Any, Any]] = [("html", str | None, None), ("text", str | None, None)]
    kinds += [("url", str | None, None), ("id", str | int | None, None), ("fetched", Any, None)]
    return msgspec.json.Decoder(msgspec.defstruct("Row", kinds, rename=msgspec.structs.asdict(fields)))


def read_jsonl(
    stream: BinaryIO, display_name: str, start: ReadMark, decoder: msgspec.json.Decoder[Any]
) -> MarkedDocuments:
    """The rows of ``stream`` after the position ``start`` (bytes, lines). An invalid line affects no other."""
    offset, number = start
    streams.skip_bytes(stream, offset)
    while line := stream.readline(_MAX_LINE_BYTES):
        number += 1
        offset += len(line)
        rest = _skip_line(stream) if len(line) == _MAX_LINE_BYTES and not line.endswith(b"\n") else 0
        offset += rest
        place = f"{display_name}:{number}"
        if rest:
            yield Failure(place, "PageError", f"a line over the limit of {_MAX_LINE_BYTES:,} bytes"), (offset, number)
        elif line.strip():
            yield _decode_line(line, place, decoder), (offset, number)


def is_row(line: bytes, decoder: msgspec.json.Decoder[Any]) -> bool:
    """Whether ``line`` is a row that contains a page."""
    try:
        row = decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return row.html is not None or row.text is not None


def make_document(row: InputRow, place: str) -> InputDocument | Failure:
    """The page in ``row``, which was read at ``place``."""
    content = row.html if row.html is not None else row.text
    if content is None:
        return Failure(place, "PageError", "the row has neither html nor text; give it one of the two")
    id_ = row.url if row.id is None else str(row.id)
    return InputDocument(id=id_ or place, path=place, content=content, url=row.url, fetched=_parse_date(row.fetched))


def _decode_line(line: bytes, place: str, decoder: msgspec.json.Decoder[Any]) -> InputDocument | Failure:
    try:
        return make_document(decoder.decode(line), place)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Failure(place, "PageError", f"not a JSON object with html or text, url and id: {error}")


def _skip_line(stream: BinaryIO) -> int:
    """Read to the end of a line that is too long; return the number of bytes read."""
    skipped = 0
    while piece := stream.readline(1 << 20):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def _parse_date(moment: object) -> date | None:
    match = _DATE.match(str(moment))
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None

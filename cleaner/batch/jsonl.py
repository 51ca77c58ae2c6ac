"""Documents out of JSON lines, and what a row is made of."""

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
"""Where a reader stands in a file: in the unit it seeks by (bytes, rows), then in documents."""
MarkedDocuments: TypeAlias = Iterator[tuple[InputDocument | Failure, ReadMark]]
"""Documents, each with the mark behind it."""

# JSON may spell every byte of a page in six.
_LONGEST_LINE = 6 * MAX_SIZE
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class FieldNames(msgspec.Struct, frozen=True):
    """The names under which rows hold a page and what is known of it; their other fields are passed over."""

    html: str = "html"
    text: str = "text"
    url: str = "url"
    id: str = "id"
    fetched: str = "fetched"
    """Time of the download, in ISO 8601."""


class InputRow(msgspec.Struct):
    """What is read of a row."""

    html: str | bytes | None = None
    text: str | bytes | None = None
    url: str | None = None
    id: str | int | None = None
    fetched: Any = None


def parse_field_names(pairs: Iterable[str]) -> FieldNames:
    """Fields as a person names them, ``html=body`` for one. Raises :class:`ValueError` where that cannot be."""
    named = {ours: theirs for ours, _, theirs in (pair.partition("=") for pair in pairs)}
    known = msgspec.structs.asdict(FieldNames())
    if not named.keys() <= known.keys() or not all(named.values()):
        raise ValueError(f"write NAME=FIELD, with a NAME out of {', '.join(known)}")
    given = FieldNames(**named)
    if len({*msgspec.structs.astuple(given)}) < len(known):
        raise ValueError("two names stand for one field")
    return given


def row_decoder(fields: FieldNames) -> msgspec.json.Decoder[Any]:
    """Reads a line of JSON as a :class:`InputRow` whose fields are named as ``fields`` says, all differently."""
    kinds: list[tuple[str, Any, Any]] = [("html", str | None, None), ("text", str | None, None)]
    kinds += [("url", str | None, None), ("id", str | int | None, None), ("fetched", Any, None)]
    return msgspec.json.Decoder(msgspec.defstruct("Row", kinds, rename=msgspec.structs.asdict(fields)))


def read_jsonl(stream: BinaryIO, shown: str, start: ReadMark, lines: msgspec.json.Decoder[Any]) -> MarkedDocuments:
    """The rows of ``stream``, from a number of bytes and lines on. A line that is none fails alone."""
    offset, number = start
    streams.skip_bytes(stream, offset)
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        offset += len(line)
        rest = _skip_line(stream) if len(line) == _LONGEST_LINE and not line.endswith(b"\n") else 0
        offset += rest
        place = f"{shown}:{number}"
        if rest:
            yield Failure(place, "PageError", f"a line over the limit of {_LONGEST_LINE:,} bytes"), (offset, number)
        elif line.strip():
            yield _decode_line(line, place, lines), (offset, number)


def is_row(line: bytes, lines: msgspec.json.Decoder[Any]) -> bool:
    """Whether ``line`` is a row with a page in it."""
    try:
        row = lines.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return row.html is not None or row.text is not None


def document_of_row(row: InputRow, place: str) -> InputDocument | Failure:
    """The page in ``row``, which stands at ``place``."""
    content = row.html if row.html is not None else row.text
    if content is None:
        return Failure(place, "PageError", "the row has neither html nor text; give it one of the two")
    given = row.url if row.id is None else str(row.id)
    return InputDocument(id=given or place, path=place, content=content, url=row.url, fetched=_parse_day(row.fetched))


def _decode_line(line: bytes, place: str, lines: msgspec.json.Decoder[Any]) -> InputDocument | Failure:
    try:
        return document_of_row(lines.decode(line), place)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Failure(place, "PageError", f"not a JSON object with html or text, url and id: {error}")


def _skip_line(stream: BinaryIO) -> int:
    """Read to the end of a line that is too long; how many bytes that was."""
    passed = 0
    while piece := stream.readline(1 << 20):
        passed += len(piece)
        if piece.endswith(b"\n"):
            break
    return passed


def _parse_day(moment: object) -> date | None:
    found = _DAY.match(str(moment))
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None

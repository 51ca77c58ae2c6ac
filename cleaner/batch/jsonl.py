"""Documents from JSON: lines, arrays, and one document a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, TypeAlias

import msgspec

from cleaner.batch import rows
from cleaner.batch.records import InputDocument
from cleaner.batch.rows import FieldNames, RowError
from cleaner.errors import PageError
from cleaner.page import decode
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import streams
from cleaner.storage.run_files import Failure, Skipped

ReadMark: TypeAlias = tuple[int, int]
"""A reader's position in a file: in the unit it seeks by (bytes, rows), then in documents."""
MarkedDocuments: TypeAlias = Iterator[tuple[InputDocument | Failure | Skipped, ReadMark]]
"""Documents, each with the position after it."""

# JSON may escape every byte of a page as six bytes.
_MAX_LINE_BYTES = 6 * MAX_SIZE
_UTF8_MARK = b"\xef\xbb\xbf"
_PIECE_CHARS = 1 << 20
# Of the text of a page without markup. Chosen; not measured.
_MIN_TEXT_CHARS = 60
_JSON = json.JSONDecoder(strict=False)


class RowDecoder:
    """Decodes a line of JSON to the fields of an :class:`InputRow`."""

    def __init__(self, fields: FieldNames) -> None:
        self.fields = fields
        kinds: list[tuple[str, Any, Any]] = [("html", str | None, None), ("text", str | None, None)]
        kinds += [("url", str | None, None), ("id", str | int | None, None), ("fetched", Any, None)]
        struct = msgspec.defstruct("Row", kinds, rename=msgspec.structs.asdict(fields))
        self._fast: msgspec.json.Decoder[Any] = msgspec.json.Decoder(struct)

    def decode(self, line: bytes, place: str) -> InputDocument | Failure:
        """The page in a line; what strict JSON forbids and a page survives (NaN, lone surrogates) is accepted."""
        try:
            row = self._fast.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            row = None
        # Nearly all lines end here; any other is decoded again, and slowly.
        if row is not None and (row.html or "").strip():
            return rows.make_document(row, place)
        try:
            value = _decode_leniently(line, place)
        except (ValueError, RecursionError, PageError) as error:
            return Failure(place, "PageError", f"not JSON: {error}; each line holds one object")
        return make_row_document(value, self.fields, place)


def make_row_document(value: Any, fields: FieldNames, place: str) -> InputDocument | Failure:
    """The page in a row of JSON."""
    if not isinstance(value, Mapping):
        return Failure(place, "PageError", "the row is not an object with html or text, and url and id")
    try:
        row = rows.select_fields(value, fields)
    except RowError as error:
        return Failure(place, "PageError", str(error))
    return rows.make_document(row, place, value)


def read_jsonl(stream: BinaryIO, display_name: str, start: ReadMark, decoder: RowDecoder) -> MarkedDocuments:
    """The rows of ``stream`` after the position ``start`` (bytes, lines). An invalid line affects no other."""
    offset, number = start
    streams.skip_bytes(stream, offset)
    while line := stream.readline(_MAX_LINE_BYTES):
        number += 1
        row = line.removeprefix(_UTF8_MARK) if offset == 0 else line
        offset += len(line)
        rest = _skip_line(stream) if len(line) == _MAX_LINE_BYTES and not line.endswith(b"\n") else 0
        offset += rest
        place = f"{display_name}:{number}"
        if rest:
            yield Failure(place, "PageError", f"a line over the limit of {_MAX_LINE_BYTES:,} bytes"), (offset, number)
        elif row.strip():
            yield decoder.decode(row, place), (offset, number)


def read_json(stream: BinaryIO, display_name: str, fields: FieldNames) -> Iterator[InputDocument | Failure | Skipped]:
    """The pages in a file of JSON: an object with a page, an array of such objects, or an object around such an array.

    Raises :class:`PageError` if it is no JSON.
    """
    text = _TextReader(stream, display_name)
    if text.peek() == "[":
        yield from _read_array(text, display_name, fields)
        return
    value = text.read_value()
    if text.peek():
        yield from _read_values(value, text, display_name, fields)
        return
    listed = _find_rows(value, fields)
    if isinstance(value, Mapping) and rows.has_page(value, fields) and not _is_setting(value, fields):
        yield make_row_document(value, fields, display_name)
    elif listed is not None:
        for number, row in enumerate(listed, start=1):
            yield make_row_document(row, fields, f"{display_name}:{number}")
    else:
        yield _skip_data(value, display_name)


def _read_values(
    first: Any, text: _TextReader, display_name: str, fields: FieldNames
) -> Iterator[InputDocument | Failure | Skipped]:
    """Rows behind one another, which may be of several lines each."""
    yield make_row_document(first, fields, f"{display_name}:1")
    number = 1
    while text.peek():
        number += 1
        yield make_row_document(text.read_value(), fields, f"{display_name}:{number}")


def _read_array(
    text: _TextReader, display_name: str, fields: FieldNames
) -> Iterator[InputDocument | Failure | Skipped]:
    for number, value in enumerate(text.read_items(), start=1):
        if number == 1 and not (isinstance(value, Mapping) and rows.has_page(value, fields)):
            yield _skip_data(value, display_name)
            return
        yield make_row_document(value, fields, f"{display_name}:{number}")


def _is_setting(value: Mapping[str, Any], fields: FieldNames) -> bool:
    """Whether the page of the only object of a file is but a word or two: files of settings have such keys too."""
    document = make_row_document(value, fields, "")
    content = document.content if isinstance(document, InputDocument) else None
    return isinstance(content, str) and len(content) < _MIN_TEXT_CHARS and "<" not in content


def _find_rows(value: Any, fields: FieldNames) -> list[Any] | None:
    """The list of objects with pages in an object: the reply of a site, or a feed in JSON."""
    lists = (inner for inner in value.values() if isinstance(inner, list)) if isinstance(value, Mapping) else ()
    return next(
        (found for found in lists if found and isinstance(found[0], Mapping) and rows.has_page(found[0], fields)), None
    )


def _skip_data(value: Any, display_name: str) -> Skipped:
    names = rows.describe_names(value) if isinstance(value, Mapping) else "it is not an object with fields"
    return Skipped(display_name, "data file", f"JSON without a page: {names}")


class _TextReader:
    """JSON values out of a stream, read in pieces as far as they are needed."""

    def __init__(self, stream: BinaryIO, display_name: str) -> None:
        self._stream = stream
        self._name = display_name
        self._decode = streams.make_text_decoder("utf-8-sig")
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is not white space; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at].isspace():
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_piece():
                return ""

    def read_value(self) -> Any:
        """The next value. Raises :class:`PageError`."""
        self.peek()
        size = _PIECE_CHARS
        while True:
            try:
                value, self._at = _JSON.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise PageError(self._name, "not JSON: nested too deeply") from error
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > _MAX_LINE_BYTES or not self._read_piece(size):
                    line = f"line {error.lineno}: " if not self._at else ""
                    raise PageError(self._name, f"not JSON: {line}{error.msg}") from error
                size *= 2  # so that the tries for a long value cost no more than reading it
            else:
                if self._at > _PIECE_CHARS:
                    self._text, self._at = self._text[self._at :], 0
                return value

    def read_items(self) -> Iterator[Any]:
        """The items of the array that begins here. Raises :class:`PageError`."""
        self._at += 1
        while (mark := self.peek()) not in ("]", ""):
            if mark == ",":
                self._at += 1
                continue
            yield self.read_value()
        if not mark:
            raise PageError(self._name, "nothing after this can be read: the array was cut off")

    def _read_piece(self, size: int = _PIECE_CHARS) -> bool:
        if self._ended:
            return False
        data = streams.read_up_to(self._stream, size)
        self._ended = not data
        self._text += self._decode(data, self._ended)
        return bool(data)


def _decode_leniently(line: bytes, place: str) -> Any:
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = decode.decode_page(line, source=place)
    return _JSON.decode(text.strip())


def _skip_line(stream: BinaryIO) -> int:
    """Read to the end of a line that is too long; return the number of bytes read."""
    skipped = 0
    while piece := stream.readline(1 << 20):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped

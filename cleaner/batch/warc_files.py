"""Documents out of WARC and WET files: the only module that imports fastwarc."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any, BinaryIO

from cleaner.batch.jsonl import MarkedDocuments, ReadMark
from cleaner.batch.records import InputDocument
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import streams
from cleaner.storage.run_files import Failure

# What a file, or a record in it that can be read on its own, begins with.
_OPENINGS = (b"WARC/", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")
_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_OK = range(200, 300)
_CUT = "the file was cut off within this record"


def read_warc(stream: BinaryIO, shown: str, start: ReadMark) -> MarkedDocuments:
    """The pages in the records of ``stream``, packed or not, from a byte of it and a number of records on.

    Responses, resources and conversions (the texts of WET files) count if they are HTML or plain text, and responses
    if their status says that all went well; other records are passed over. Raises what the stream raises.
    """
    warc = streams.import_optional("fastwarc.warc", "warc", "reading WARC files")
    number = _seek_record(stream, start)
    wanted = warc.response | warc.resource | warc.conversion
    records = warc.ArchiveIterator(stream, record_types=warc.any_type, quirks_mode=True)
    seen = 0
    for seen, record in enumerate(records, start=1):
        if seen <= start[1] - number:
            continue
        place = f"{shown}:{number + seen}"
        # The byte is where this record begins: the next is found by passing over it.
        mark = (record.stream_pos, number + seen)
        if "Content-Length" not in record.headers:
            yield Failure(place, "PageError", _CUT), mark
        elif record.record_type & wanted and (found := _document_of_record(record, place)):
            yield found, mark
    if not seen and not start[1]:
        yield Failure(shown, "PageError", "no WARC file: it holds no record"), (0, 0)


def _seek_record(stream: BinaryIO, start: ReadMark) -> int:
    """Go to the record before ``start``; how many records come before it, which is none where only reading helps."""
    offset, number = start
    if not number or not stream.seekable():
        return 0
    stream.seek(offset)
    opening = stream.read(5)
    stream.seek(offset)
    if opening.startswith(_OPENINGS):
        return number - 1
    # One stream of gzip around all records: no record can be read on its own.
    stream.seek(0)
    return 0


def _is_page(record: Any) -> bool:
    if not record.is_http:
        kind = record.headers.get("Content-Type") or "text/plain"
        return kind.partition(";")[0].strip().lower() in _TYPES
    return record.http_headers.status_code in _OK and (record.http_content_type or "text/html").lower() in _TYPES


def _document_of_record(record: Any, place: str) -> InputDocument | Failure | None:
    content = record.reader.read(MAX_SIZE + 1)
    if len(content) < record.content_length <= MAX_SIZE:
        return Failure(place, "PageError", _CUT)
    if not _is_page(record):
        return None
    if record.is_http:
        try:
            content = _decode_payload(content, record.http_headers)
        except OSError as error:
            return Failure(place, "PageError", f"its transfer or content encoding is damaged: {error}")
    if len(content) > MAX_SIZE:
        return Failure(place, "PageError", f"over the limit of {MAX_SIZE:,} bytes")
    return InputDocument(
        id=(record.record_id or place).removeprefix("<").removesuffix(">").removeprefix("urn:uuid:"),
        path=place,
        content=content,
        url=record.headers.get("WARC-Target-URI"),
        charset=record.http_charset if record.is_http else None,
        fetched=_record_day(record.record_date),
    )


def _decode_payload(content: bytes, headers: Any) -> bytes:
    """The payload without its transfer and content encodings, at most a byte over the limit. Raises OSError."""
    io_of = streams.import_optional("fastwarc.stream_io", "warc", "reading WARC files")
    stream: Any = io.BytesIO(content)
    for name in _content_encodings(headers):
        if name == "chunked":
            stream = io_of.ChunkedReader(stream)
        elif name in {"gzip", "x-gzip"}:
            stream = io_of.GzipReader(stream)
        elif name == "deflate":
            stream = io_of.GzipReader(stream, zlib=True)
        elif name == "br":
            stream = io_of.BrotliReader(stream)
        elif name == "zstd":
            stream = io_of.ZstdReader(stream)
    unpacked: bytes = stream.read(MAX_SIZE + 1)
    return unpacked


def _content_encodings(headers: Any) -> list[str]:
    """Names of the encodings around a payload, the outermost first."""
    given = [headers.get(name) or "" for name in ("Content-Encoding", "Transfer-Encoding")]
    return [name.strip().lower() for name in ",".join(given).split(",")][::-1]


def _record_day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None

"""Documents from WARC and WET files: the only module that imports fastwarc."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any, BinaryIO

from cleaner.batch.jsonl import MarkedDocuments, ReadMark
from cleaner.batch.records import InputDocument
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import streams
from cleaner.storage.run_files import Failure

# First bytes of a file, or of a record that can be read on its own: plain, gzip, zstd.
_MAGIC_BYTES = (b"WARC/", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_SUCCESS_STATUSES = range(200, 300)
_TRUNCATED = "the file was cut off within this record"


def read_warc(stream: BinaryIO, display_name: str, start: ReadMark) -> MarkedDocuments:
    """The pages in the records of ``stream``, compressed or not, after the position ``start`` (bytes, records).

    Responses, resources and conversions (the texts of WET files) count if they are HTML or plain text, and responses
    only if their status is 2xx; other records are skipped. Raises what the stream raises.
    """
    warc = streams.import_optional("fastwarc.warc", "warc", "reading WARC files")
    number = _seek_record(stream, start)
    wanted = warc.response | warc.resource | warc.conversion
    records = warc.ArchiveIterator(stream, record_types=warc.any_type, quirks_mode=True)
    count = 0
    for count, record in enumerate(records, start=1):
        if count <= start[1] - number:
            continue
        place = f"{display_name}:{number + count}"
        # The offset is that of this record: the next one is found by skipping it.
        mark = (record.stream_pos, number + count)
        if "Content-Length" not in record.headers:
            yield Failure(place, "PageError", _TRUNCATED), mark
        elif record.record_type & wanted and (document := _document_of_record(record, place)):
            yield document, mark
    if not count and not start[1]:
        yield Failure(display_name, "PageError", "not a WARC file: it contains no record"), (0, 0)


def _seek_record(stream: BinaryIO, start: ReadMark) -> int:
    """Seek to the record before ``start``; return the number of records before it, 0 if all have to be read."""
    offset, number = start
    if not number or not stream.seekable():
        return 0
    stream.seek(offset)
    magic = stream.read(5)
    stream.seek(offset)
    if magic.startswith(_MAGIC_BYTES):
        return number - 1
    # One gzip stream around all records: no record can be read on its own.
    stream.seek(0)
    return 0


def _is_page(record: Any) -> bool:
    if not record.is_http:
        kind = record.headers.get("Content-Type") or "text/plain"
        return kind.partition(";")[0].strip().lower() in _PAGE_TYPES
    return (
        record.http_headers.status_code in _SUCCESS_STATUSES
        and (record.http_content_type or "text/html").lower() in _PAGE_TYPES
    )


def _document_of_record(record: Any, place: str) -> InputDocument | Failure | None:
    content = record.reader.read(MAX_SIZE + 1)
    if len(content) < record.content_length <= MAX_SIZE:
        return Failure(place, "PageError", _TRUNCATED)
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
    """The payload without its transfer and content encodings, up to one byte over the limit. Raises OSError."""
    stream_io = streams.import_optional("fastwarc.stream_io", "warc", "reading WARC files")
    stream: Any = io.BytesIO(content)
    for name in _content_encodings(headers):
        if name == "chunked":
            stream = stream_io.ChunkedReader(stream)
        elif name in {"gzip", "x-gzip"}:
            stream = stream_io.GzipReader(stream)
        elif name == "deflate":
            stream = stream_io.GzipReader(stream, zlib=True)
        elif name == "br":
            stream = stream_io.BrotliReader(stream)
        elif name == "zstd":
            stream = stream_io.ZstdReader(stream)
    unpacked: bytes = stream.read(MAX_SIZE + 1)
    return unpacked


def _content_encodings(headers: Any) -> list[str]:
    """Names of the encodings around a payload, the outermost first."""
    values = [headers.get(name) or "" for name in ("Content-Encoding", "Transfer-Encoding")]
    return [name.strip().lower() for name in ",".join(values).split(",")][::-1]


def _record_day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None

"""Documents from WARC and WET files: the only module that imports fastwarc."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from cleaner.batch import http_responses
from cleaner.batch.http_responses import HttpResponse
from cleaner.batch.jsonl import ReadMark
from cleaner.batch.records import InputDocument
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import streams
from cleaner.storage.run_files import Failure

# First bytes of a file, or of a record that can be read on its own: plain, gzip, zstd.
_MAGIC_BYTES = (b"WARC/", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")
_TRUNCATED = "the file was cut off within this record"


def is_readable(head: bytes) -> bool:
    """Whether a web archive that begins with ``head`` is read as it is, without being unpacked before."""
    return head.startswith(_MAGIC_BYTES)


def read_warc(
    stream: BinaryIO, display_name: str, start: ReadMark
) -> Iterator[tuple[InputDocument | Failure, ReadMark]]:
    """The pages in the records of ``stream``, compressed or not, after the position ``start`` (bytes, records).

    Responses, resources and conversions (the texts of WET files) count if they are HTML or plain text, and responses
    only if their status is 2xx; other records are skipped. Raises what the stream raises.
    """
    warc = streams.import_optional("fastwarc.warc", "warc", "reading WARC files")
    number = _seek_record(stream, start)
    wanted = warc.response | warc.resource | warc.conversion
    source = stream if stream.seekable() else streams.CountingStream(stream)
    records = warc.ArchiveIterator(source, record_types=warc.any_type, quirks_mode=True)
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


def _document_of_record(record: Any, place: str) -> InputDocument | Failure | None:
    content = record.reader.read(MAX_SIZE + 1)
    if len(content) < record.content_length <= MAX_SIZE:
        return Failure(place, "PageError", _TRUNCATED)
    headers = record.http_headers if record.is_http else None
    status = (headers.status_code or 0) if headers else 200
    kind = record.headers.get("Content-Type") or "text/plain" if headers is None else record.http_content_type or ""
    if not http_responses.is_page(status, kind, content):
        return None
    # Some crawlers write the address in angle brackets.
    url = (record.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">") or None
    return http_responses.make_document(
        HttpResponse(status, _lower_names(headers), content),
        url=url,
        place=place,
        id_=(record.record_id or place).removeprefix("<").removesuffix(">").removeprefix("urn:uuid:"),
        fetched=_record_day(record.record_date),
    )


def _lower_names(headers: Any) -> dict[str, str]:
    if headers is None:
        return {}
    return {name: headers.get(name) or "" for name in ("content-type", "content-encoding", "transfer-encoding")}


def _record_day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None

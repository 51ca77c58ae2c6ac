"""Documents from ARC files, the web archives of before 2009."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

from cleaner.batch import http_responses
from cleaner.batch.http_responses import MAX_HEADER_BYTES
from cleaner.batch.records import InputDocument
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import streams
from cleaner.storage.run_files import Failure


def read_arc(stream: BinaryIO, display_name: str) -> Iterator[InputDocument | Failure]:
    """The pages in ``stream``: responses with a status of 200 to 299 that are HTML or plain text."""
    number = 0
    while line := stream.readline(MAX_HEADER_BYTES):
        if not line.strip():
            continue
        number += 1
        place = f"{display_name}:{number}"
        parts = line.decode("utf-8", "replace").split()
        if len(parts) < 3 or not parts[-1].isdigit():  # noqa: PLR2004  url, …, length
            yield Failure(place, "PageError", "not a record of an ARC file; nothing after this can be read")
            return
        length = int(parts[-1])
        content = streams.read_all(stream, min(length, MAX_SIZE + MAX_HEADER_BYTES))
        rest = length - len(content)
        if rest and len(content) < min(length, MAX_SIZE + MAX_HEADER_BYTES):
            yield Failure(place, "PageError", "the file was cut off within this record")
            return
        streams.skip_bytes(stream, rest)
        if not parts[0].startswith("filedesc:"):
            yield from _read_record(content, parts, place)


def _read_record(content: bytes, parts: list[str], place: str) -> Iterator[InputDocument | Failure]:
    response = http_responses.parse_response(content)
    kind = response.content_type or (parts[3].lower() if len(parts) > 4 else "")  # noqa: PLR2004
    if http_responses.is_page(response.status, kind, response.body):
        yield http_responses.make_document(
            response, url=parts[0], place=place, id_=None, fetched=_parse_stamp(parts[2])
        )


def _parse_stamp(stamp: str) -> date | None:
    try:
        return datetime.strptime(stamp[:8], "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None

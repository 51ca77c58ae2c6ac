"""Documents out of one file, whatever it holds: one page, rows, records, messages, or an archive of all these."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, NamedTuple, TypeAlias

from cleaner.batch import arc_files, archives, csv_tables, formats, jsonl, parquet_tables, warc_files
from cleaner.batch.formats import Format
from cleaner.batch.jsonl import MarkedDocuments, ReadMark, RowDecoder
from cleaner.batch.records import InputDocument, make_failure
from cleaner.batch.rows import FieldNames
from cleaner.batch.selection import Selection
from cleaner.errors import ExtraError, PageError
from cleaner.page import encoding
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import streams
from cleaner.storage.compression import DAMAGED
from cleaner.storage.run_files import Failure, Skipped

Found: TypeAlias = Iterator[InputDocument | Failure | Skipped]

START: ReadMark = (0, 0)
_MAX_NESTING = 3
"""Archives in archives, at most."""
_MAX_FEED_BYTES = 10 * MAX_SIZE
_MAX_MAIL_BYTES = 10 * MAX_SIZE
"""A saved page has its pictures in it."""
_UTF16_ROWS = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32"})


class OpenFile(NamedTuple):
    """A file that is being read."""

    name: str
    format: Format
    head: bytes
    stream: BinaryIO
    """Its content, unpacked; of a web archive as it is."""
    depth: int = 0


class Reader:
    """Reads files; ``fields`` are the names of fields in rows, ``selection`` what is read out of archives."""

    def __init__(self, fields: FieldNames, selection: Selection) -> None:
        self._fields = fields
        self._decoder = RowDecoder(fields)
        self._selection = selection

    def recognize(self, head: bytes, name: str) -> Format | str:
        """The format of a file, or what it is if it has no pages; see :func:`cleaner.batch.formats.recognize`."""
        return formats.recognize(head, name, self._fields.page_columns)

    def read_records(self, file: OpenFile, start: ReadMark) -> MarkedDocuments:
        """The documents of a file that holds several, after ``start``. Raises what the streams raise."""
        if file.format is Format.WARC:
            return warc_files.read_warc(file.stream, file.name, start)
        if file.format is Format.PARQUET:
            return self._read_parquet(file, start)
        if file.format is Format.ROWS:
            return jsonl.read_jsonl(_as_utf8(file), file.name, start, self._decoder)
        return _mark_by_number(self._read_other(file), start)

    def _read_parquet(self, file: OpenFile, start: ReadMark) -> MarkedDocuments:
        with streams.make_seekable(file.stream) as stream:
            yield from parquet_tables.read_parquet(stream, file.name, start, self._fields)

    def _read_other(self, file: OpenFile) -> Found:
        if file.format is Format.PAGE:
            yield _read_page(file)
        elif file.format is Format.JSON:
            yield from jsonl.read_json(_as_utf8(file), file.name, self._fields)
        elif file.format is Format.TABLE:
            yield from csv_tables.read_table(file.stream, file.name, file.head, self._fields)
        elif file.format is Format.ARC:
            yield from arc_files.read_arc(file.stream, file.name)
        elif file.format is Format.FEED:
            from cleaner.batch import feeds  # this and mail are rare, and slow to load

            yield from feeds.read_feed(_read_limited(file, _MAX_FEED_BYTES), file.name)
        elif file.format is Format.MAIL:
            from cleaner.batch import mail_files

            yield mail_files.read_mail(_read_limited(file, _MAX_MAIL_BYTES), file.name)
        elif file.format is Format.TAR:
            yield from self._read_members(archives.read_tar(file.stream, file.name), file)
        else:
            with streams.make_seekable(file.stream) as stream:
                yield from self._read_members(archives.read_zip(stream, file.name), file)

    def _read_members(self, members: Iterator[archives.Member | Failure | Skipped], archive: OpenFile) -> Found:
        for member in members:
            if isinstance(member, (Failure, Skipped)):
                yield member
                continue
            place = f"{archive.name}/{member.name}"
            if reason := self._selection.find_reason(member.name) or _find_hidden(member.name):
                yield Skipped(place, reason)
                continue
            yield from self._read_member(member, place, archive.depth + 1)

    def _read_member(self, member: archives.Member, place: str, depth: int) -> Found:
        try:
            head, stream = streams.unpack_stream(member.stream)
            found = self.recognize(head, member.name)
            if isinstance(found, str):
                yield Skipped(place, found)
                return
            if depth > _MAX_NESTING:
                yield Skipped(place, "archive", f"more than {_MAX_NESTING} archives are around it")
                return
            for document, _ in self.read_records(OpenFile(place, found, head, stream, depth), START):
                yield document
        except (ExtraError, tarfile.TarError):
            raise
        except Exception as error:  # noqa: BLE001  a damaged file must not cost the others
            yield describe_damage(place, error)


def describe_damage(place: str, error: Exception) -> Failure:
    """The failure of a file that cannot be read, or not to its end."""
    if isinstance(error, PageError):
        return Failure(place, "PageError", error.problem)
    if isinstance(error, (zipfile.BadZipFile, tarfile.TarError)):
        kind = "zip" if isinstance(error, zipfile.BadZipFile) else "tar"
        return Failure(place, "PageError", f"the {kind} archive is damaged: {error}")
    if isinstance(error, DAMAGED):
        return Failure(place, "PageError", f"its compression is damaged: {error}")
    return make_failure(place, error)


def _read_page(file: OpenFile) -> InputDocument | Failure:
    content = _read_limited(file, MAX_SIZE)
    return InputDocument(id=file.name, path=file.name, content=content)


def _read_limited(file: OpenFile, limit: int) -> bytes:
    content = streams.read_all(file.stream, limit + 1)
    if len(content) > limit:
        raise PageError(file.name, f"over the limit of {limit:,} bytes")
    return content


def _as_utf8(file: OpenFile) -> BinaryIO:
    name = encoding.find_stream_encoding(file.head)
    return streams.recode_stream(file.stream, name) if name in _UTF16_ROWS else file.stream


def _find_hidden(name: str) -> str | None:
    is_hidden = any(part.startswith(".") or part == "__MACOSX" for part in PurePath(name).parts)
    return "hidden file" if is_hidden else None


def _mark_by_number(documents: Found, start: ReadMark) -> MarkedDocuments:
    """Documents with their numbers as positions: to read on, those before are read again and left out."""
    for number, document in enumerate(documents, start=1):
        if number > start[1]:
            yield document, (number, number)

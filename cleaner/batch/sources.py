"""Documents from files, folders, urls and standard input, in an order that does not depend on the machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

import msgspec

from cleaner.batch import jsonl, parquet_tables, warc_files
from cleaner.batch.jsonl import FieldNames, MarkedDocuments, ReadMark
from cleaner.batch.records import InputDocument, InputItem, InputPosition, make_failure
from cleaner.errors import ExtraError, ResumeError
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import streams
from cleaner.storage.run_files import Failure
from cleaner.storage.streams import COMPRESSED, Location

STDIN = Path("-")
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt", ".md"})
_START = (0, 0)


class _FileType(Enum):
    """The type of a file's content, by its name."""

    PAGE = auto()
    ROWS = auto()
    WARC = auto()
    PARQUET = auto()


_FILE_TYPES = {
    **dict.fromkeys(PAGE_SUFFIXES, _FileType.PAGE),
    **dict.fromkeys((".jsonl", ".ndjson"), _FileType.ROWS),
    **dict.fromkeys((".warc", ".wet"), _FileType.WARC),
    ".parquet": _FileType.PARQUET,
}


class _InputFile(NamedTuple):
    display_name: str
    """Its path below the input folder, or its name: the id of a page, and the place of its records."""
    location: Location
    file_type: _FileType = _FileType.PAGE
    problem: Failure | None = None
    path: str = ""
    """Its path, written as the input path was."""


class Inputs:
    """All documents at ``paths``: path after path, each folder in the order of its names, files before folders.

    From a folder, the files below it with a suffix of pages are read, except hidden ones, those in hidden folders, and
    those below ``skip``. An input path that is a file is always read: as one page, unless its suffix is that of another
    format. ``-`` is standard input: a page, JSON lines or WARC.

    Args:
        paths: files, folders, urls that fsspec supports, and ``-``.
        skip: a folder that is not read, such as the output folder.
        fields: the names of the fields in rows.

    Raises:
        ExtraError: a library is missing that one of the urls needs.
    """

    def __init__(
        self, paths: Sequence[Location], *, skip: Path | None = None, fields: FieldNames | None = None
    ) -> None:
        self._paths = [streams.parse_location(path) for path in paths]
        self._skip = skip.resolve() if skip else None
        self._fields = fields or FieldNames()
        self._decoder = jsonl.make_row_decoder(self._fields)
        for path in self._paths:
            streams.check_location(path)

    @property
    def rereadable(self) -> bool:
        """Whether the documents can be read more than once: standard input cannot."""
        return STDIN not in self._paths

    def count_documents(self) -> int | None:
        """The number of documents, or None if it is known only after reading them."""
        total = 0
        for path in self._paths:
            for file in self._list_files(path):
                if file.file_type is not _FileType.PAGE or file.location == STDIN:
                    return None
                total += 1
        return total

    def documents(self, after: InputPosition | None = None) -> Iterator[InputItem]:
        """The documents, or those ``after`` a position. What cannot be read is a :class:`Failure` in its place.

        Ids are as in the input, and may not be unique.

        Raises:
            ResumeError: the files before the position have changed since it was reached.
            ExtraError: a library is missing that a file needs.
        """
        skipping, listing = after is not None, ""
        for number, path in enumerate(self._paths):
            for file in self._list_files(path):
                listing = _digest_listing(f"{listing}\0{number}\0{file.display_name}")
                start: ReadMark | None = _START
                if after and skipping:
                    if (number, file.display_name) != (after.path, after.file):
                        continue
                    if listing != after.listing:
                        break
                    skipping, start = False, after.mark
                if start is not None:
                    for document, mark in self._read_file(file, start):
                        yield InputItem(
                            _with_path(document, file), InputPosition(number, file.display_name, mark, listing)
                        )
        if after and skipping:
            raise ResumeError(
                after.file, "the files before it are not those of the unfinished run; start again, without --resume"
            )

    def _list_files(self, path: Location) -> Iterator[_InputFile]:
        name = _replace_surrogates(PurePath(path).name)
        given = _replace_surrogates(path.as_posix() if isinstance(path, Path) else path)
        if path != STDIN and streams.is_folder(path):
            folder = "" if given == "." else given.rstrip("/") + "/"
            for file in self._walk_folder(path, "", ""):
                yield file._replace(path=folder + file.display_name)
        else:
            yield _InputFile(name, path, _find_file_type(name) or _FileType.PAGE, path=given)

    def _walk_folder(self, folder: Location, parent: str, name: str) -> Iterator[_InputFile]:
        try:
            entries = [entry for entry in streams.list_folder(folder) if not entry.name.startswith(".")]
        except Exception as error:  # noqa: BLE001  remote stores raise errors of their own
            yield _InputFile(parent + name, folder, problem=make_failure(parent + name, error))
            return
        for entry in entries:
            if not entry.is_folder and (file_type := _find_file_type(entry.name)):
                display_name = parent + _replace_surrogates(entry.name)
                yield _InputFile(display_name, entry.location, file_type, _check_regular(entry.location, display_name))
        for entry in entries:
            if entry.is_folder and not (isinstance(entry.location, Path) and entry.location.resolve() == self._skip):
                yield from self._walk_folder(entry.location, f"{parent}{_replace_surrogates(entry.name)}/", "")

    def _read_file(
        self, file: _InputFile, start: ReadMark
    ) -> Iterator[tuple[InputDocument | Failure, ReadMark | None]]:
        if file.problem:
            yield file.problem, None
        elif file.file_type is _FileType.PAGE and file.location != STDIN:
            yield InputDocument(id=file.display_name, path=file.display_name, file=file.location), None
        else:
            mark: ReadMark | None = start
            try:
                for document, mark in self._read_container(file, start):
                    yield document, mark
            except ExtraError:
                raise
            except Exception as error:  # noqa: BLE001  a damaged file must not end the run
                failure = make_failure(file.display_name, error)
                lead = "" if mark == _START else "nothing after this can be read: "
                yield msgspec.structs.replace(failure, message=lead + failure.message), None

    def _read_container(
        self, file: _InputFile, start: ReadMark
    ) -> Iterator[tuple[InputDocument | Failure, ReadMark | None]]:
        if file.location == STDIN:
            yield from self._read_standard_input(sys.stdin.buffer, start)
        elif file.file_type is _FileType.ROWS:
            with streams.open_unpacked(file.location) as stream:
                yield from jsonl.read_jsonl(stream, file.display_name, start, self._decoder)
        else:
            with streams.open_raw(file.location) as stream:
                yield from self._read_records(stream, file, start)

    def _read_records(self, stream: BinaryIO, file: _InputFile, start: ReadMark) -> MarkedDocuments:
        if file.file_type is _FileType.WARC:
            return warc_files.read_warc(stream, file.display_name, start)
        return parquet_tables.read_parquet(stream, file.display_name, start, self._fields)

    def _read_standard_input(
        self, stream: BinaryIO, start: ReadMark
    ) -> Iterator[tuple[InputDocument | Failure, ReadMark | None]]:
        first = stream.readline(MAX_SIZE)
        whole = streams.replay_stream(first, stream)
        if first.startswith(b"WARC/"):
            yield from warc_files.read_warc(whole, "-", start)
        elif jsonl.is_row(first, self._decoder):
            yield from jsonl.read_jsonl(whole, "-", start, self._decoder)
        else:
            yield InputDocument(id="stdin", path="-", content=whole.read(MAX_SIZE + 1)), None


def _with_path(document: InputDocument | Failure, file: _InputFile) -> InputDocument | Failure:
    """``document`` with its path within the input as its place, and its path written as the input path was."""
    path = file.path + document.path.removeprefix(file.display_name)
    if isinstance(document, Failure):
        return msgspec.structs.replace(document, path=path)
    return msgspec.structs.replace(document, path=path, place=document.path)


def strip_page_suffixes(name: str) -> str:
    """``name`` without the suffixes of a page and of compression; names of other files are unchanged.

    >>> strip_page_suffixes("news/a.html.gz")
    'news/a'
    """
    bare = _strip_compression_suffix(name)
    return bare.removesuffix(PurePath(bare).suffix) if _find_file_type(bare) is _FileType.PAGE else name


def _strip_compression_suffix(name: str) -> str:
    suffix = PurePath(name).suffix
    return name.removesuffix(suffix) if suffix.lower() in COMPRESSED else name


def _find_file_type(name: str) -> _FileType | None:
    file_type = _FILE_TYPES.get(PurePath(_strip_compression_suffix(name)).suffix.lower())
    # Parquet is read from its end, and compresses its columns itself.
    return None if file_type is _FileType.PARQUET and PurePath(name).suffix.lower() in COMPRESSED else file_type


def _check_regular(location: Location, display_name: str) -> Failure | None:
    """A failure for pipes, sockets and devices, as reading one may never end; None for regular files."""
    if not isinstance(location, Path) or location.is_file() or not location.exists():
        return None
    return Failure(display_name, "PageError", "not a regular file")


def _replace_surrogates(name: str) -> str:
    """``name`` with only characters that can be encoded as UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _digest_listing(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

"""Documents out of files, folders, urls and standard input, in an order that never depends on the machine."""

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


class _FileShape(Enum):
    """What a file holds, told by its name."""

    PAGE = auto()
    ROWS = auto()
    WARC = auto()
    PARQUET = auto()


_SHAPES = {
    **dict.fromkeys(PAGE_SUFFIXES, _FileShape.PAGE),
    **dict.fromkeys((".jsonl", ".ndjson"), _FileShape.ROWS),
    **dict.fromkeys((".warc", ".wet"), _FileShape.WARC),
    ".parquet": _FileShape.PARQUET,
}


class _InputFile(NamedTuple):
    shown: str
    """Its path below the folder that was given, or its name: the id of a page, and where its records are."""
    location: Location
    shape: _FileShape = _FileShape.PAGE
    problem: Failure | None = None
    path: str = ""
    """Its path, as it or the folder above it was given."""


class Inputs:
    """All documents at ``paths``: path after path, each folder in the order of its names, files before folders.

    A folder gives the files below it whose names say that they hold pages, but none whose name, or whose folder's
    name, starts with a dot, and none below ``skip``. A file that is named itself is read whatever it is called: as one
    page, if its name says nothing else. ``-`` is standard input: a page, JSON lines or WARC.

    Args:
        paths: files, folders, urls that fsspec knows, and ``-``.
        skip: a folder that is passed over, that of the output for instance.
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
        self._decoder = jsonl.row_decoder(self._fields)
        for path in self._paths:
            streams.check_location(path)

    @property
    def rereadable(self) -> bool:
        """Whether the documents can be gone through more than once: standard input cannot."""
        return STDIN not in self._paths

    def count(self) -> int | None:
        """How many documents there are, or None where only reading would tell."""
        total = 0
        for path in self._paths:
            for file in self._files(path):
                if file.shape is not _FileShape.PAGE or file.location == STDIN:
                    return None
                total += 1
        return total

    def documents(self, after: InputPosition | None = None) -> Iterator[InputItem]:
        """The documents one by one, or those ``after`` a position. What cannot be read comes as a Failure in its place.

        Ids are as the input gives them, and need not be unique.

        Raises:
            ResumeError: the files before the position are not those that were there when it was reached.
            ExtraError: a library is missing that a file needs.
        """
        skipping, listing = after is not None, ""
        for number, path in enumerate(self._paths):
            for file in self._files(path):
                listing = _digest_listing(f"{listing}\0{number}\0{file.shown}")
                start: ReadMark | None = _START
                if after and skipping:
                    if (number, file.shown) != (after.path, after.file):
                        continue
                    if listing != after.listing:
                        break
                    skipping, start = False, after.mark
                if start is not None:
                    for document, mark in self._read(file, start):
                        yield InputItem(_with_path(document, file), InputPosition(number, file.shown, mark, listing))
        if after and skipping:
            raise ResumeError(
                after.file, "the files before it are not those that were there before; start anew, without --resume"
            )

    def _files(self, path: Location) -> Iterator[_InputFile]:
        name = _shown_name(PurePath(path).name)
        given = _shown_name(path.as_posix() if isinstance(path, Path) else path)
        if path != STDIN and streams.is_folder(path):
            folder = "" if given == "." else given.rstrip("/") + "/"
            for file in self._below(path, "", ""):
                yield file._replace(path=folder + file.shown)
        else:
            yield _InputFile(name, path, _shape_of(name) or _FileShape.PAGE, path=given)

    def _below(self, folder: Location, parent: str, name: str) -> Iterator[_InputFile]:
        try:
            entries = [entry for entry in streams.list_folder(folder) if not entry.name.startswith(".")]
        except Exception as error:  # noqa: BLE001  what a store far away raises is its own affair
            yield _InputFile(parent + name, folder, problem=make_failure(parent + name, error))
            return
        for entry in entries:
            if not entry.is_folder and (shape := _shape_of(entry.name)):
                shown = parent + _shown_name(entry.name)
                yield _InputFile(shown, entry.location, shape, _is_irregular(entry.location, shown))
        for entry in entries:
            if entry.is_folder and not (isinstance(entry.location, Path) and entry.location.resolve() == self._skip):
                yield from self._below(entry.location, f"{parent}{_shown_name(entry.name)}/", "")

    def _read(self, file: _InputFile, start: ReadMark) -> Iterator[tuple[InputDocument | Failure, ReadMark | None]]:
        if file.problem:
            yield file.problem, None
        elif file.shape is _FileShape.PAGE and file.location != STDIN:
            yield InputDocument(id=file.shown, path=file.shown, file=file.location), None
        else:
            mark: ReadMark | None = start
            try:
                for document, mark in self._opened(file, start):
                    yield document, mark
            except ExtraError:
                raise
            except Exception as error:  # noqa: BLE001  a damaged file costs no more than what it holds
                told = make_failure(file.shown, error)
                lead = "" if mark == _START else "nothing more can be read of it: "
                yield msgspec.structs.replace(told, message=lead + told.message), None

    def _opened(self, file: _InputFile, start: ReadMark) -> Iterator[tuple[InputDocument | Failure, ReadMark | None]]:
        if file.location == STDIN:
            yield from self._standard_input(sys.stdin.buffer, start)
        elif file.shape is _FileShape.ROWS:
            with streams.open_unpacked(file.location) as stream:
                yield from jsonl.read_jsonl(stream, file.shown, start, self._decoder)
        else:
            with streams.open_raw(file.location) as stream:
                yield from self._records(stream, file, start)

    def _records(self, stream: BinaryIO, file: _InputFile, start: ReadMark) -> MarkedDocuments:
        if file.shape is _FileShape.WARC:
            return warc_files.read_warc(stream, file.shown, start)
        return parquet_tables.read_parquet(stream, file.shown, start, self._fields)

    def _standard_input(
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
    """``document``, named by its place within the input so far, with its path as the input was given."""
    path = file.path + document.path.removeprefix(file.shown)
    if isinstance(document, Failure):
        return msgspec.structs.replace(document, path=path)
    return msgspec.structs.replace(document, path=path, place=document.path)


def plain_name(name: str) -> str:
    """``name`` without the suffix that says what the file holds, and the one that says how it is packed.

    >>> plain_name("news/a.html.gz")
    'news/a'
    """
    bare = _name_unpacked(name)
    return bare.removesuffix(PurePath(bare).suffix) if _shape_of(bare) is _FileShape.PAGE else name


def _name_unpacked(name: str) -> str:
    suffix = PurePath(name).suffix
    return name.removesuffix(suffix) if suffix.lower() in COMPRESSED else name


def _shape_of(name: str) -> _FileShape | None:
    shape = _SHAPES.get(PurePath(_name_unpacked(name)).suffix.lower())
    # Parquet is read from its end, and packs its columns itself.
    return None if shape is _FileShape.PARQUET and PurePath(name).suffix.lower() in COMPRESSED else shape


def _is_irregular(location: Location, shown: str) -> Failure | None:
    """Pipes, sockets and devices: reading one that nobody feeds would never end."""
    if not isinstance(location, Path) or location.is_file() or not location.exists():
        return None
    return Failure(shown, "PageError", "not a regular file")


def _shown_name(name: str) -> str:
    """``name`` in characters that can be written as UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _digest_listing(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

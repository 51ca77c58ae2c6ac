"""Documents from files, folders, urls and standard input, in an order that does not depend on the machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

import msgspec

from cleaner.batch import warc_files
from cleaner.batch.formats import PAGE_SUFFIXES, Format, strip_compression
from cleaner.batch.jsonl import ReadMark
from cleaner.batch.readers import START, OpenFile, Reader, describe_damage
from cleaner.batch.records import InputDocument, InputItem, InputPosition, make_failure
from cleaner.batch.rows import FieldNames
from cleaner.batch.selection import Selection
from cleaner.errors import ExtraError, ResumeError
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import streams
from cleaner.storage.run_files import Failure, Skipped
from cleaner.storage.streams import Location

STDIN = Path("-")


class _InputFile(NamedTuple):
    display_name: str
    """Its path below the input folder, or its name: the id of a page, and the place of its records."""
    location: Location
    path: str = ""
    """Its path, written as the input path was."""
    is_named: bool = False
    """Whether it was given itself, not found in a folder."""
    result: Failure | Skipped | None = None
    """What becomes of a file that is not even opened."""


class Inputs:
    """All documents at ``paths``: path after path, each folder in the order of its names, files before folders.

    What a file holds is recognised by its first bytes: a page, rows, web archives, mail, a feed, an archive of all these, or
    nothing of the kind. In a folder the last is :class:`Skipped`; a file given itself is then a :class:`Failure`. ``-`` is
    standard input.

    Args:
        paths: files, folders, urls that fsspec supports, and ``-``.
        skip: a folder that is not read, such as the output folder.
        fields: the names of the fields in rows.
        selection: which files of folders and archives are read.

    Raises:
        ExtraError: a library is missing that one of the urls needs.
    """

    def __init__(
        self,
        paths: Sequence[Location],
        *,
        skip: Path | None = None,
        fields: FieldNames | None = None,
        selection: Selection | None = None,
    ) -> None:
        self._paths = [streams.parse_location(path) for path in paths]
        self._skip = skip.resolve() if skip else None
        self._selection = selection or Selection()
        self._reader = Reader(fields or FieldNames(), self._selection)
        for path in self._paths:
            streams.check_location(path)

    @property
    def rereadable(self) -> bool:
        """Whether the documents can be read more than once: standard input cannot."""
        return STDIN not in self._paths

    def documents(self, after: InputPosition | None = None) -> Iterator[InputItem]:
        """The documents, or those ``after`` a position.

        What cannot be read is a :class:`Failure` in its place, what is no page :class:`Skipped`. Ids are as in the input, and may not be unique.

        Raises:
            ResumeError: the files before the position have changed since it was reached.
            ExtraError: a library is missing that a file needs.
        """
        skipping, listing = after is not None, ""
        for number, path in enumerate(self._paths):
            for file in self._list_files(path):
                listing = _digest_listing(f"{listing}\0{number}\0{file.display_name}")
                start: ReadMark | None = START
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
            yield _InputFile(name, path, given, is_named=True)

    def _walk_folder(self, folder: Location, parent: str, name: str) -> Iterator[_InputFile]:
        try:
            entries = streams.list_folder(folder)
        except Exception as error:  # noqa: BLE001  remote stores raise errors of their own
            yield _InputFile(parent + name, folder, result=make_failure(parent + name, error))
            return
        for entry in entries:
            if not entry.is_folder:
                display_name = parent + _replace_surrogates(entry.name)
                yield _InputFile(display_name, entry.location, result=self._judge_file(entry.location, display_name))
        for entry in entries:
            inner = parent + _replace_surrogates(entry.name)
            if not entry.is_folder or (isinstance(entry.location, Path) and entry.location.resolve() == self._skip):
                continue
            if kind := self._judge_folder(entry, inner):
                yield _InputFile(inner, entry.location, result=Skipped(inner, kind))
            else:
                yield from self._walk_folder(entry.location, f"{inner}/", "")

    def _judge_file(self, location: Location, display_name: str) -> Failure | Skipped | None:
        """What becomes of a file of a folder that is not opened."""
        if PurePath(display_name).name.startswith("."):
            return Skipped(display_name, "hidden file")
        if reason := self._selection.find_reason(display_name):
            return Skipped(display_name, reason)
        return _check_regular(location, display_name)

    def _judge_folder(self, entry: streams.FolderEntry, display_name: str) -> str | None:
        """Why a folder is not searched."""
        if entry.is_link:
            return "link to a folder"
        if entry.name.startswith("."):
            return "hidden folder"
        return "excluded folder" if self._selection.excludes_folder(display_name) else None

    def _read_file(
        self, file: _InputFile, start: ReadMark
    ) -> Iterator[tuple[InputDocument | Failure | Skipped, ReadMark | None]]:
        if file.result:
            yield file.result, None
            return
        mark: ReadMark | None = start
        try:
            for document, mark in self._read_content(file, start):
                is_whole = file.is_named and document.path == file.display_name
                yield _refuse_skipped(document) if is_whole else document, mark
        except ExtraError:
            raise
        except Exception as error:  # noqa: BLE001  a damaged file must not end the run
            failure = describe_damage(file.display_name, error)
            lead = (
                "" if mark == START or "nothing after this" in failure.message else "nothing after this can be read: "
            )
            yield msgspec.structs.replace(failure, message=lead + failure.message), None

    def _read_content(
        self, file: _InputFile, start: ReadMark
    ) -> Iterator[tuple[InputDocument | Failure | Skipped, ReadMark | None]]:
        if _is_trusted(file):
            yield InputDocument(id=file.display_name, path=file.display_name, file=file.location), None
            return
        is_standard = file.location == STDIN
        with (
            streams.open_standard_input(sys.stdin.buffer) if is_standard else streams.open_raw(file.location) as packed
        ):
            head, stream = streams.unpack_stream(packed)
            found = self._reader.recognize(head, file.display_name)
            if isinstance(found, str):
                yield Skipped(file.display_name, found), None
            elif found is Format.PAGE:
                yield _make_page(file, stream if is_standard else None), None
            else:
                content = _at_start(packed) if found is Format.WARC and packed.seekable() else stream
                yield from self._reader.read_records(OpenFile(file.display_name, found, head, content), start)


def _at_start(packed: BinaryIO) -> BinaryIO:
    """A web archive as it is: its records may be packed one by one, and are then found by their position in the file."""
    packed.seek(0)
    return packed if warc_files.is_readable(streams.peek_stream(packed)[0]) else streams.unpack_stream(packed)[1]


def _make_page(file: _InputFile, stream: BinaryIO | None) -> InputDocument:
    """A page that is read only when it is cleaned, except from a stream that cannot be read again."""
    if stream is None:
        return InputDocument(id=file.display_name, path=file.display_name, file=file.location)
    return InputDocument(id="stdin", path="-", content=streams.read_all(stream, MAX_SIZE + 1))


def _is_trusted(file: _InputFile) -> bool:
    """Whether a file is read as a page without a look at it: one in a store elsewhere, where each look costs a request."""
    return not file.is_named and isinstance(file.location, str) and PurePath(file.display_name).suffix in PAGE_SUFFIXES


def _refuse_skipped(document: InputDocument | Failure | Skipped) -> InputDocument | Failure | Skipped:
    """A file that was given itself, and is no page, is a failure."""
    if not isinstance(document, Skipped):
        return document
    if document.kind == "empty file":
        return Failure(document.path, "PageError", "empty: nothing but whitespace")
    article = "an" if document.kind[0].lower() in "aeiou" else "a"
    more = f": {document.why}" if document.why else ""
    return Failure(document.path, "PageError", f"not a page, but {article} {document.kind}{more}")


def _with_path(document: InputDocument | Failure | Skipped, file: _InputFile) -> InputDocument | Failure | Skipped:
    """``document`` with its path within the input as its place, and its path written as the input path was."""
    path = file.path + document.path.removeprefix(file.display_name)
    if isinstance(document, (Failure, Skipped)):
        return msgspec.structs.replace(document, path=path)
    return msgspec.structs.replace(document, path=path, place=document.path)


def strip_page_suffixes(name: str) -> str:
    """``name`` without the suffixes of a page and of compression; names of other files are unchanged.

    >>> strip_page_suffixes("news/a.html.gz")
    'news/a'
    """
    bare = strip_compression(name)
    suffix = PurePath(bare).suffix
    return bare.removesuffix(suffix) if suffix.lower() in PAGE_SUFFIXES else name


def _check_regular(location: Location, display_name: str) -> Skipped | None:
    """Pipes, sockets and devices are skipped, as reading one may never end, and links to nothing; None for regular files."""
    if not isinstance(location, Path) or location.is_file():
        return None
    is_dangling = location.is_symlink() and not location.exists()
    return Skipped(display_name, "dangling link") if is_dangling else _skip_special(location, display_name)


def _skip_special(location: Location, display_name: str) -> Skipped | None:
    exists = isinstance(location, Path) and location.exists()
    return Skipped(display_name, "special file", "a pipe, socket or device") if exists else None


def _replace_surrogates(name: str) -> str:
    """``name`` with only characters that can be encoded as UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _digest_listing(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

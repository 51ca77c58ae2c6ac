"""Reading of files and of urls that fsspec supports, decompressed if they are compressed."""

from __future__ import annotations

import codecs
import errno
import importlib
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, NamedTuple, TypeAlias, cast

from cleaner.errors import ExtraError
from cleaner.storage import compression
from cleaner.storage.compression import DAMAGED, zstd

Location: TypeAlias = Path | str
"""A path, or a url that fsspec can open."""

_CHUNK = 1 << 20
HEAD_BYTES = 1 << 16
"""First bytes of a file by which its type is recognised: the first line of most rows fits."""
_MAX_LAYERS = 3
"""Compressions of one file around each other, at most."""


class FolderEntry(NamedTuple):
    """A file or folder in a folder."""

    name: str
    location: Location
    is_folder: bool
    is_link: bool = False


def parse_location(path: Location) -> Location:
    """``path`` as a :class:`Path`, unless it is a url."""
    return path if isinstance(path, Path) or "://" in path else Path(path)


def check_location(location: Location) -> None:
    """Raise :class:`ExtraError` if a library that is needed to read ``location`` is missing."""
    if isinstance(location, str):
        _remote_filesystem(location)


def is_folder(location: Location) -> bool:
    """Whether ``location`` is a folder."""
    if isinstance(location, Path):
        return location.is_dir()
    system, path = _remote_filesystem(location)
    return bool(system.isdir(path))


def list_folder(folder: Location) -> list[FolderEntry]:
    """The entries of ``folder``, sorted by name. Raises :class:`OSError`."""
    if isinstance(folder, Path):
        with os.scandir(folder) as found:
            listed = [FolderEntry(e.name, Path(e.path), e.is_dir(), e.is_symlink()) for e in found]
    else:
        system, path = _remote_filesystem(folder)
        listed = [
            FolderEntry(name.rstrip("/").rsplit("/", 1)[-1], system.unstrip_protocol(name), kind == "directory")
            for name, kind in ((item["name"], item["type"]) for item in system.ls(path, detail=True))
            if name.rstrip("/") != path.rstrip("/")
        ]
    return sorted(listed, key=lambda entry: entry.name)


@contextmanager
def open_unpacked(location: Location) -> Iterator[BinaryIO]:
    """Open ``location``, decompressed if its first bytes are those of a compression. Reading may raise OSError."""
    with open_raw(location) as packed:
        yield unpack_stream(packed)[1]


def unpack_stream(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of ``stream``, unpacked, and the stream from its beginning, unpacked.

    A stream that is not compressed comes back as it is if it can seek.
    """
    for _ in range(_MAX_LAYERS):
        head, stream = peek_stream(stream)
        unpack = compression.find_unpacker(head)
        if unpack is None:
            break
        stream = unpack(stream)
    return head, stream


def peek_stream(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first :data:`HEAD_BYTES` of ``stream``, and a stream that begins with them."""
    head = read_up_to(stream, HEAD_BYTES)
    if stream.seekable():
        stream.seek(-len(head), os.SEEK_CUR)
        return head, stream
    return head, replay_stream(head, stream)


def read_up_to(stream: BinaryIO, size: int) -> bytes:
    """``size`` bytes of ``stream``, fewer only at its end or before damage: some streams return less than they have."""
    # At most one piece at a time: where a packed stream is damaged, what is before the damage must not be lost.
    read = getattr(stream, "read1", stream.read)
    pieces: list[bytes] = []
    while size > 0:
        try:
            piece = read(size)
        except (*DAMAGED, OSError):
            if pieces:
                break  # the next reader meets the damage again
            raise
        if not piece:
            break
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


@contextmanager
def make_seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """``stream``, or a temporary copy on the disk if it cannot seek."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        while piece := stream.read(_CHUNK):
            copy.write(piece)
        copy.seek(0)
        yield cast("BinaryIO", copy)


@contextmanager
def open_standard_input(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Standard input, which stays open; also if it is a file, it is not read as one that can seek."""
    yield replay_stream(b"", stream)


def open_raw(location: Location) -> BinaryIO:
    """Open ``location`` without decompression."""
    if isinstance(location, Path):
        return location.open("rb")
    system, path = _remote_filesystem(location)
    return cast("BinaryIO", system.open(path, "rb"))


def read_unpacked(location: Location, limit: int) -> bytes:
    """The first ``limit`` bytes at ``location``, decompressed. Raises :class:`OSError`, also for damaged data."""
    try:
        with open_unpacked(location) as stream:
            return read_all(stream, limit)
    except DAMAGED as error:
        raise OSError(errno.EIO, f"its compression is damaged: {error}") from error


def read_all(stream: BinaryIO, limit: int) -> bytes:
    """The next ``limit`` bytes of ``stream``, fewer only at its end. Raises what the stream raises."""
    pieces = []
    while limit > 0 and (piece := stream.read(limit)):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


def make_text_decoder(encoding: str) -> Callable[[bytes, bool], str]:
    """A function that decodes pieces of a stream, the last one with True; invalid bytes become U+FFFD."""
    return codecs.getincrementaldecoder(encoding)("replace").decode


def recode_stream(stream: BinaryIO, encoding: str) -> BinaryIO:
    """A stream in ``encoding`` as one in UTF-8, without a byte order mark; it cannot seek."""
    return io.BufferedReader(_RecodedStream(stream, encoding), _CHUNK)


def skip_bytes(stream: BinaryIO, size: int) -> None:
    """Skip ``size`` bytes: by seeking if the stream can, else by reading."""
    if stream.seekable():
        stream.seek(size, os.SEEK_CUR)
        return
    while size and (skipped := len(stream.read(min(size, _CHUNK)))):
        size -= skipped


def replay_stream(first: bytes, rest: BinaryIO) -> BinaryIO:
    """A stream of ``first``, which was read already, followed by ``rest``."""
    return io.BufferedReader(_ReplayStream(first, rest), _CHUNK)


class CountingStream:
    """A stream that cannot seek, with its position, which FastWARC asks for."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        """The next ``size`` bytes."""
        piece = self._stream.read(size)
        self._position += len(piece)
        return piece

    def tell(self) -> int:
        """The number of bytes read."""
        return self._position


class _RecodedStream(io.RawIOBase):
    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decode = make_text_decoder(encoding)
        self._waiting = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        while not self._waiting and not self._ended:
            data = self._stream.read(_CHUNK)
            self._ended = not data
            self._waiting = self._decode(data, self._ended).removeprefix("\ufeff").encode("utf-8", "replace")
        piece, self._waiting = self._waiting[: len(view)], self._waiting[len(view) :]
        view[: len(piece)] = piece
        return len(piece)


class _ReplayStream(io.RawIOBase):
    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = io.BytesIO(first)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        piece = self._first.read(len(view)) or self._rest.read(len(view))
        view[: len(piece)] = piece
        return len(piece)


def pack_zst(source: Path, target: Path) -> None:
    """Compress the file ``source`` to ``target`` with zstd. Raises :class:`OSError`."""
    with source.open("rb") as plain, target.open("wb") as file:
        with zstd.ZstdFile(file, "wb") as packed:
            while chunk := plain.read(_CHUNK):
                packed.write(chunk)
        os.fsync(file.fileno())


def import_optional(module: str, extra: str, purpose: str) -> ModuleType:
    """Import a library of an optional dependency. Raises :class:`ExtraError`, which says how to install it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise ExtraError(purpose, extra) from error


def _remote_filesystem(url: str) -> tuple[Any, str]:
    core = import_optional("fsspec.core", "cloud", f"reading {url}")
    try:
        system, path = core.url_to_fs(url)
    except (ImportError, ValueError) as error:  # the library for this kind of url is missing, s3fs for instance
        raise ExtraError(f"reading {url}", "cloud", str(error)) from error
    return system, path

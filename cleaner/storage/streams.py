"""Reading of files and of urls that fsspec supports, decompressed if they are compressed."""

from __future__ import annotations

import errno
import gzip
import importlib
import io
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from types import ModuleType
from typing import Any, BinaryIO, NamedTuple, TypeAlias, cast

from cleaner.errors import ExtraError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Location: TypeAlias = Path | str
"""A path, or a url that fsspec can open."""

COMPRESSED = frozenset({".gz", ".zst"})
_CHUNK = 1 << 20


class FolderEntry(NamedTuple):
    """A file or folder in a folder."""

    name: str
    location: Location
    is_folder: bool


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
    """The entries of ``folder``, sorted by name; links to folders are left out. Raises :class:`OSError`."""
    if isinstance(folder, Path):
        with os.scandir(folder) as found:
            listed = [
                FolderEntry(e.name, Path(e.path), e.is_dir()) for e in found if not (e.is_dir() and e.is_symlink())
            ]
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
    """Open ``location``, decompressed if its name ends in ``.gz`` or ``.zst``. Reading may raise OSError."""
    with open_raw(location) as packed:
        suffix = PurePath(location).suffix.lower()
        if suffix == ".gz":
            yield cast("BinaryIO", gzip.GzipFile(fileobj=packed))
        elif suffix == ".zst":
            yield cast("BinaryIO", zstd.ZstdFile(packed))
        else:
            yield packed


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
            return stream.read(limit)
    except (EOFError, zlib.error, zstd.ZstdError) as error:
        raise OSError(errno.EIO, f"its compression is damaged: {error}") from error


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

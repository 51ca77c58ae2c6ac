"""Decompression of streams, by their first bytes: gzip, zstd, xz and bzip2."""

from __future__ import annotations

import bz2
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, TypeAlias, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["DAMAGED", "find_unpacker", "zstd"]

DAMAGED = (EOFError, zlib.error, zstd.ZstdError, lzma.LZMAError)
"""What reading of damaged data raises, besides :class:`OSError`."""
Unpacker: TypeAlias = Callable[[BinaryIO], BinaryIO]

_GZIP = b"\x1f\x8b\x08"
_CHUNK = 1 << 16


def find_unpacker(head: bytes) -> Unpacker | None:
    """The function that decompresses a stream with these first bytes; None if it is not compressed."""
    return next((unpack for magic, unpack in _UNPACKERS.items() if head.startswith(magic)), None)


class _GzipStream(io.RawIOBase):
    """Gzip, member after member. As ``gunzip`` does, what follows the last member and is none itself is ignored."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._member = zlib.decompressobj(wbits=31)
        self._input = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        piece = b""
        while not piece and not self._ended:
            piece = self._read_piece(len(view))
        view[: len(piece)] = piece
        return len(piece)

    def _read_piece(self, size: int) -> bytes:
        if self._member.eof:
            self._start_next_member()
            return b""
        data = self._input or self._packed.read(_CHUNK)
        if not data:
            raise EOFError("it was cut off")
        piece = self._member.decompress(data, size)
        self._input = self._member.unconsumed_tail
        return piece

    def _start_next_member(self) -> None:
        rest = self._member.unused_data or self._packed.read(_CHUNK)
        if len(rest) < len(_GZIP):
            rest += self._packed.read(_CHUNK)
        self._ended = not rest.startswith(_GZIP)
        self._input = rest
        self._member = zlib.decompressobj(wbits=31)


def _unpack_gzip(packed: BinaryIO) -> BinaryIO:
    return io.BufferedReader(_GzipStream(packed), _CHUNK)


def _unpack_zstd(packed: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", zstd.ZstdFile(packed))


def _unpack_xz(packed: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", lzma.LZMAFile(packed))


def _unpack_bzip2(packed: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", bz2.BZ2File(packed))


_UNPACKERS: dict[bytes, Unpacker] = {
    _GZIP: _unpack_gzip,
    b"\x28\xb5\x2f\xfd": _unpack_zstd,
    b"\xfd7zXZ\x00": _unpack_xz,
    b"BZh": _unpack_bzip2,
}

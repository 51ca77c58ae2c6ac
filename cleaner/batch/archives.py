"""Files in archives: zip, tar, and the zip archives that have a format of their own."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

from cleaner.storage import streams
from cleaner.storage.run_files import Failure, Skipped

_OFFICE_MIMETYPES = (b"application/vnd.oasis", b"application/vnd.sun")
_EBOOK_MIMETYPE = b"application/epub"
_PROGRAM_FILES = frozenset({"META-INF/MANIFEST.MF", "AndroidManifest.xml", "extension.vsixmanifest"})
_WACZ_FOLDER = "archive/"


class Member(NamedTuple):
    """A file in an archive."""

    name: str
    stream: BinaryIO


def read_zip(stream: BinaryIO, display_name: str) -> Iterator[Member | Failure | Skipped]:
    """The files of a zip archive, in its order; of WACZ only the web archives, as the others are about these.

    Raises :class:`zipfile.BadZipFile` if it is damaged.
    """
    with zipfile.ZipFile(stream) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        names = {info.filename for info in files}
        if kind := _find_zip_kind(archive, names):
            yield Skipped(display_name, kind)
            return
        if "datapackage.json" in names and any(name.startswith(_WACZ_FOLDER) for name in names):
            files = [info for info in files if info.filename.startswith(_WACZ_FOLDER)]
        for info in files:
            name = _clean_name(info.filename)
            if info.flag_bits & 1:
                yield Failure(
                    f"{display_name}/{name}", "PageError", "encrypted; unpack the zip archive with its password"
                )
                continue
            try:
                member = archive.open(info)
            except (NotImplementedError, zipfile.BadZipFile) as error:
                yield Failure(f"{display_name}/{name}", "PageError", f"cannot be read out of the zip archive: {error}")
                continue
            with member:
                yield Member(name, cast("BinaryIO", member))


def _find_zip_kind(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    """What a zip archive is, if it is a document or a program of its own."""
    if "[Content_Types].xml" in names:
        return "office document"
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            kind = file.read(64)
        if kind.startswith(_EBOOK_MIMETYPE):
            return "e-book"
        if kind.startswith(_OFFICE_MIMETYPES):
            return "office document"
    return "program" if names & _PROGRAM_FILES else None


def read_tar(stream: BinaryIO, display_name: str) -> Iterator[Member | Failure | Skipped]:
    """The files of a tar archive, in its order. Raises :class:`tarfile.TarError` if it is damaged."""
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            name = _clean_name(info.name)
            if info.isdir():
                continue
            member = archive.extractfile(info) if info.isreg() else None
            if member is None:
                yield Skipped(f"{display_name}/{name}", "link" if info.issym() or info.islnk() else "special file")
            else:
                yield Member(name, streams.replay_stream(b"", cast("BinaryIO", member)))


def _clean_name(name: str) -> str:
    """A name in an archive as a path below it."""
    parts = name.replace("\\", "/").split("/")
    clean = "/".join(part for part in parts if part not in ("", ".", ".."))
    return clean.encode("utf-8", "surrogateescape").decode("utf-8", "replace") or "_"

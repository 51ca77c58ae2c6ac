"""The files of a run. Each is written under a temporary name and renamed when it is whole."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import msgspec

from cleaner.batch.formats import Format
from cleaner.batch.records import Failure, Outcome
from cleaner.batch.sources import PAGE_SUFFIXES
from cleaner.errors import OutputError

ARTICLES = "articles.jsonl"
REMOVED = "removed.jsonl"
FAILURES = "failures.jsonl"
MANIFEST = "run.json"

# Bytes of UTF-8; most file systems allow 255 for a name, and the suffix and the mark of a part need some.
_LONGEST_NAME = 150
_UNSAFE = re.compile(r"[^\w.,+@ -]")


class RunFolder:
    """The output folder of one run, as a context: :meth:`write` every outcome, then :meth:`commit`.

    The tables of the run get their names in :meth:`commit`, ``run.json`` last: where it stands, all of them are whole
    and of one run. Left without a commit, the folder keeps the tables it had. Markdown and text files get their names
    one by one, as they are written.

    Raises:
        OutputError: the folder or a file in it cannot be written.
    """

    def __init__(self, folder: Path, form: Format) -> None:
        self._folder = folder
        self._form = form
        self._names = _Names()
        self._parts: dict[str, BinaryIO] = {}

    def __enter__(self) -> Self:
        tables = (REMOVED, FAILURES) if self._form is not Format.JSONL else (ARTICLES, REMOVED, FAILURES)
        try:
            with _reporting(self._folder):
                self._folder.mkdir(parents=True, exist_ok=True)
            for name in tables:
                with _reporting(self._folder / name):
                    self._parts[name] = _part(self._folder / name).open("wb")
        except OutputError:
            self._discard()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._discard()

    def write(self, outcome: Outcome) -> None:
        """Add one document's rows to the tables, and its article."""
        if isinstance(outcome, Failure):
            self._append(FAILURES, _line(outcome))
            return
        if self._form is Format.JSONL:
            self._append(ARTICLES, outcome.article)
        else:
            write_whole(self._folder / self._names.give(outcome.id, self._form), outcome.article)
        self._append(REMOVED, b"".join(map(_line, outcome.removed)))

    def commit(self, manifest: Mapping[str, Any]) -> None:
        """Give the tables their names, then write ``run.json``."""
        with _reporting(self._folder / MANIFEST):
            (self._folder / MANIFEST).unlink(missing_ok=True)
        for name in list(self._parts):
            with _reporting(self._folder / name):
                _finish(self._parts[name], self._folder / name)
                del self._parts[name]
        pretty = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
        write_whole(self._folder / MANIFEST, pretty + b"\n")

    def _append(self, name: str, rows: bytes) -> None:
        with _reporting(self._folder / name):
            self._parts[name].write(rows)

    def _discard(self) -> None:
        for name, part in self._parts.items():
            # What is still buffered may fail to be written; it is thrown away anyway.
            with suppress(OSError):
                part.close()
            with suppress(OSError):
                _part(self._folder / name).unlink()
        self._parts.clear()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that its name never stands for a half-written one. Raises :class:`OutputError`."""
    part = _part(path)
    with _reporting(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                file.write(content)
                _finish(file, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


class _Names:
    """File names for documents: safe, readable, and none given twice, not even up to case."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, document: str, form: Format) -> Path:
        name = file_name(document)
        if name.casefold() in self._given:
            name = f"{name}-{_digest(document)}"
        self._given.add(name.casefold())
        return Path(f"{name}.{form.value}")


def file_name(document: str) -> str:
    """The file of the document with this id, without a suffix: a relative path that stays inside its folder.

    >>> file_name("news/2023/page one.html")
    'news/2023/page one'
    >>> file_name("../../etc/passwd")
    '_/_/etc/passwd'
    """
    path = Path(document)
    stem = document.removesuffix(path.suffix) if path.suffix.lower() in PAGE_SUFFIXES else document
    return "/".join(_safe(part) for part in stem.split("/") if part) or "_"


def _safe(name: str) -> str:
    safe = _UNSAFE.sub("_", name)
    # Names of nothing but dots lead elsewhere, names that start with one are hidden, Windows cuts dots at the end.
    safe = safe.lstrip(".").rstrip(". ") or "_"
    if len(safe.encode()) > _LONGEST_NAME:
        safe = safe.encode()[:_LONGEST_NAME].decode("utf-8", "ignore") + f"-{_digest(name)}"
    return safe


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _finish(part: BinaryIO, path: Path) -> None:
    """Bring ``part`` to the disk and give it its name."""
    part.flush()
    os.fsync(part.fileno())
    part.close()
    _part(path).replace(path)


def _line(row: msgspec.Struct) -> bytes:
    return msgspec.json.encode(row) + b"\n"


@contextmanager
def _reporting(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error

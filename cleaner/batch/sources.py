"""Documents out of files, folders, JSON lines and standard input, in an order that never depends on the machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import msgspec

from cleaner.batch.records import Document, Failure

STDIN = "-"
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt", ".md"})
ROWS_SUFFIX = ".jsonl"


class _Row(msgspec.Struct):
    """What is read of a row; its other keys are passed over."""

    html: str | None = None
    text: str | None = None
    url: str | None = None
    id: str | int | None = None


def find(paths: Iterable[Path], *, skip: Path | None = None) -> Iterator[Document | Failure]:
    """The documents at ``paths``, one by one: path after path, each folder in the order of its names.

    A folder gives the files below it that look like pages or JSON lines, but none whose name, or whose folder's name,
    starts with a dot, and none below ``skip``. A file that is named itself is read whatever it is called. ``-`` is
    standard input: one page, or JSON lines. What cannot be read comes as a :class:`Failure` in its place.
    """
    seen: dict[str, int] = {}
    for document in chain.from_iterable(_at(path, skip) for path in paths):
        yield document if isinstance(document, Failure) else _unique(document, seen)


def count(paths: Sequence[Path], *, skip: Path | None = None) -> int | None:
    """How many documents :func:`find` will give, or None where only reading would tell."""
    total = 0
    for path in paths:
        if str(path) == STDIN:
            return None
        for file in _walk(path, skip) if path.is_dir() else [path]:
            if isinstance(file, Path) and file.suffix.lower() == ROWS_SUFFIX:
                return None
            total += 1
    return total


def _unique(document: Document, seen: dict[str, int]) -> Document:
    """``document`` under an id that ``seen`` does not hold yet, which holds it from now on."""
    wanted = name = document.id
    while name in seen:
        seen[wanted] += 1
        name = f"{wanted}~{seen[wanted]}"
    seen[name] = 1
    return document if name == wanted else msgspec.structs.replace(document, id=name)


def _at(path: Path, skip: Path | None) -> Iterator[Document | Failure]:
    if str(path) == STDIN:
        yield from _stream(sys.stdin.buffer)
    elif path.is_dir():
        for file in _walk(path, skip):
            if isinstance(file, Failure):
                yield file
            else:
                yield from _file(file, _shown(file.relative_to(path)))
    else:
        yield from _file(path, _shown(Path(path.name)))


def _walk(folder: Path, skip: Path | None) -> Iterator[Path | Failure]:
    unreadable: list[OSError] = []
    skipped = skip.resolve() if skip else None
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (Path(parent, name)).resolve() != skipped
        )
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in {*PAGE_SUFFIXES, ROWS_SUFFIX}:
                yield _regular(Path(parent, name), folder)
    for error in unreadable:
        yield failure(_shown(Path(error.filename).relative_to(folder)), error)


def _regular(file: Path, folder: Path) -> Path | Failure:
    """``file``, unless it is a pipe, a socket or a device: reading one that nobody feeds would never end."""
    if file.is_file() or not file.exists():
        return file
    return Failure(_shown(file.relative_to(folder)), "PageError", "not a regular file")


def _file(file: Path, shown: str) -> Iterator[Document | Failure]:
    if file.suffix.lower() != ROWS_SUFFIX:
        yield Document(id=shown, path=shown, file=file)
        return
    try:
        with file.open("rb") as lines:
            yield from _rows(lines, shown)
    except OSError as error:
        yield failure(shown, error)


def _stream(stream: BinaryIO) -> Iterator[Document | Failure]:
    first = stream.readline()
    if _is_row(first):
        yield from _rows(chain([first], stream), STDIN)
    else:
        yield Document(id="stdin", path=STDIN, content=first + stream.read())


def _is_row(line: bytes) -> bool:
    try:
        row = msgspec.json.decode(line, type=_Row)
    except msgspec.DecodeError:
        return False
    return row.html is not None or row.text is not None


def _rows(lines: Iterable[bytes], shown: str) -> Iterator[Document | Failure]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _row(line, f"{shown}:{number}")


def _row(line: bytes, place: str) -> Document | Failure:
    try:
        row = msgspec.json.decode(line, type=_Row)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Failure(place, "PageError", f"not a JSON object with html or text, url and id: {error}")
    content = row.html if row.html is not None else row.text
    if content is None:
        return Failure(place, "PageError", "the row has neither html nor text; give it one of the two")
    given = row.url if row.id is None else str(row.id)
    return Document(id=given or place, path=place, content=content, url=row.url)


def failure(path: str, error: Exception) -> Failure:
    """What ``error`` did to the document at ``path``, for a person."""
    message = error.strerror if isinstance(error, OSError) else str(error)
    return Failure(path, type(error).__name__, message or type(error).__name__)


def _shown(path: Path) -> str:
    """``path`` with forward slashes, in characters that can be written as UTF-8."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")

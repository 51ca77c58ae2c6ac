"""Reading the folder of a finished run: its articles, each with its dropped blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from cleaner.errors import RunError
from cleaner.labels import Label
from cleaner.storage import streams
from cleaner.storage.run_files import ARTICLES, FAILURES, MANIFEST, REMOVED, Failure

T = TypeVar("T")


class ArticleRow(msgspec.Struct, frozen=True, kw_only=True):
    """The fields that are read from a row of the articles; its other keys are ignored."""

    id: str
    text: str
    kind: str
    kept_share: float
    path: str = ""
    url: str | None = None
    site: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    description: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    score: float | None = None
    flags: tuple[str, ...] = ()
    suspect_rules: tuple[str, ...] = ()


class RunDropped(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the removed blocks."""

    id: str
    index: int
    label: Label
    judge: str
    why: str
    text: str
    at: int
    """Characters of the article's text above it."""
    rule: str | None = None
    score: float | None = None


class RunDocument(NamedTuple):
    """One cleaned document of a run."""

    row: ArticleRow
    dropped: tuple[RunDropped, ...]

    @property
    def kept(self) -> int:
        """Characters of the article's text, without the line ends between its blocks."""
        return len(self.row.text) - self.row.text.count("\n")


class FinishedRun(NamedTuple):
    """A finished run in its folder."""

    folder: Path
    manifest: Mapping[str, Any]
    """The content of its ``run.json``."""

    def documents(self) -> Iterator[RunDocument]:
        """Yield the documents in the order of the run. Both tables are read in parallel, one document at a time.

        Raises :class:`RunError` for an invalid row, and if the two tables are not of the same run.
        """
        rows = _read_rows(self.folder, REMOVED, RunDropped)
        waiting = next(rows, None)
        for row in _read_rows(self.folder, ARTICLES, ArticleRow):
            dropped = []
            while waiting is not None and waiting.id == row.id:
                dropped.append(waiting)
                waiting = next(rows, None)
            yield RunDocument(row, tuple(dropped))
        if waiting is not None:
            problem = f"the {REMOVED} blocks of {waiting.id!r} have no row of {ARTICLES}, or not in the same order"
            raise RunError(str(self.folder), f"{problem}; do the run again")

    def failures(self) -> Iterator[Failure]:
        """Yield the documents that could not be cleaned. Raises :class:`RunError` for an invalid row."""
        return _read_rows(self.folder, FAILURES, Failure)


def open_run(folder: Path) -> FinishedRun:
    """Open the run in ``folder``. Raises :class:`RunError` if there is none, or one without tables in JSON lines."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise RunError(str(folder), f"no finished run: there is no {MANIFEST}; name the --out folder of cleaner clean")
    for name in (ARTICLES, REMOVED, FAILURES):
        if not _table_files(folder, name):
            raise RunError(str(folder), f"there is no {name}.jsonl; do the run again with --format jsonl")
    try:
        content = msgspec.json.decode(manifest.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RunError(str(manifest), f"cannot be read: {error}") from error
    return FinishedRun(folder, content)


def _table_files(folder: Path, table: str) -> list[Path]:
    """Return the files of a table: one, or its shards in order; compressed or not."""
    name = re.compile(rf"{table}(-\d+)?\.jsonl(\.zst)?")
    return sorted(path for path in folder.iterdir() if name.fullmatch(path.name))


def _read_rows(folder: Path, table: str, kind: type[T]) -> Iterator[T]:
    decoder = msgspec.json.Decoder(kind)
    for path in _table_files(folder, table):
        try:
            with streams.open_unpacked(path) as lines:
                for number, line in enumerate(lines, start=1):
                    yield _decode_row(line, decoder, f"{path}:{number}")
        except (OSError, EOFError) as error:
            raise RunError(str(path), f"cannot be read: {error}") from error


def _decode_row(line: bytes, decoder: msgspec.json.Decoder[T], place: str) -> T:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RunError(place, f"not a row that cleaner wrote: {error}") from error

"""Reading the folder of a finished run: its articles, each with its dropped blocks.

Articles are read from JSON lines, Parquet and Markdown files.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from cleaner.analysis import markdown_articles
from cleaner.errors import RunError
from cleaner.labels import Label
from cleaner.storage import streams
from cleaner.storage.run_files import ARTICLES, FAILURES, MANIFEST, REMOVED, SKIPPED, Failure, Skipped

T = TypeVar("T")
_LINE_END = re.compile(r"\n+")
_BATCH_ROWS = 64
"""Rows of Parquet decoded at once, as in a run that reads pages from it."""


class ArticleRow(msgspec.Struct, frozen=True, kw_only=True):
    """The fields that are read from a row of the articles; its other keys are ignored."""

    id: str
    text: str
    kept_share: float
    kind: str = ""
    """Empty if the files of the run do not have it."""
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
    headings: tuple[str, ...] = ()


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


class _Owner(msgspec.Struct):
    """The document that a row belongs to."""

    id: str


_OWNER = msgspec.json.Decoder(_Owner)


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

    def documents(self, only: Collection[str] | None = None) -> Iterator[RunDocument]:
        """Yield the documents, or ``only`` those with these ids, one at a time.

        They are in the order of the run, except that of Markdown files those without a removed block are last.

        Raises :class:`RunError` for an invalid row, and if the two tables are not of the same run;
        :class:`~cleaner.errors.ExtraError` if the articles are in Parquet and pyarrow is missing.
        """
        removed = _read_rows(self.folder, REMOVED, RunDropped, only)
        if _list_tables(self.folder, ARTICLES):
            return _join_tables(self.folder, _read_rows(self.folder, ARTICLES, ArticleRow, only), removed)
        return _join_files(self.folder, _count_articles(self.manifest), removed, only)

    def failures(self) -> Iterator[Failure]:
        """Yield the documents that could not be cleaned. Raises :class:`RunError` for an invalid row."""
        return _read_rows(self.folder, FAILURES, Failure)

    def skipped(self) -> Iterator[Skipped]:
        """Yield the files that are no pages. Raises :class:`RunError` for an invalid row."""
        return _read_rows(self.folder, SKIPPED, Skipped)


def open_run(folder: Path) -> FinishedRun:
    """Open the run in ``folder``. Raises :class:`RunError` if there is none, or one whose articles cannot be read."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise RunError(str(folder), f"no finished run: there is no {MANIFEST}; name the --out folder of cleaner clean")
    for name in (REMOVED, FAILURES):
        if not _list_tables(folder, name):
            raise RunError(str(folder), f"there is no {name}.jsonl; do the run again")
    if not _list_tables(folder, ARTICLES) and next(folder.rglob("*.md"), None) is None:
        problem = f"there is no {ARTICLES}.jsonl or {ARTICLES}.parquet, and there are no Markdown files"
        raise RunError(str(folder), f"{problem}; do the run again with --format jsonl, parquet or md")
    try:
        content = msgspec.json.decode(manifest.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RunError(str(manifest), f"cannot be read: {error}") from error
    return FinishedRun(folder, content)


def _list_tables(folder: Path, table: str) -> list[Path]:
    """Return the files of a table: one, or its shards in order; compressed or not."""
    name = re.compile(rf"{table}(-\d+)?\.(jsonl(\.zst)?|parquet)")
    return sorted(path for path in folder.iterdir() if name.fullmatch(path.name))


def _join_tables(folder: Path, articles: Iterable[ArticleRow], removed: Iterator[RunDropped]) -> Iterator[RunDocument]:
    """Join the two tables, which are in the same order; one document is in memory at a time."""
    waiting = next(removed, None)
    for row in articles:
        dropped = []
        while waiting is not None and waiting.id == row.id:
            dropped.append(waiting)
            waiting = next(removed, None)
        yield RunDocument(row, tuple(dropped))
    if waiting is not None:
        problem = f"the {REMOVED} blocks of {waiting.id!r} have no row of {ARTICLES}, or not in the same order"
        raise RunError(str(folder), f"{problem}; do the run again")


def _join_files(
    folder: Path, expected: int | None, removed: Iterator[RunDropped], only: Collection[str] | None
) -> Iterator[RunDocument]:
    """Join Markdown files and their removed blocks; ``expected`` is the number of files, if known."""
    paths = markdown_articles.find_ids(folder)
    if expected is not None and len(paths) != expected:
        problem = f"{len(paths):,} Markdown files are there, and the run wrote {expected:,}"
        raise RunError(str(folder), f"{problem}; remove those of other runs, or do the run again")
    for document, blocks in groupby(removed, key=lambda block: block.id):
        path = paths.pop(document, None)
        if path is None:
            problem = f"the {REMOVED} blocks of {document!r} have no Markdown file, or are in two places"
            raise RunError(str(folder), f"{problem}; do the run again")
        yield _read_file(path, tuple(blocks))
    for document, path in paths.items():
        if only is None or document in only:
            yield _read_file(path, ())


def _read_file(path: Path, dropped: tuple[RunDropped, ...]) -> RunDocument:
    """Read a Markdown file; the share that was kept, which it does not have, is that of the text's characters."""
    found = markdown_articles.read_article(path)
    text = found["text"]
    kept = len(text) - text.count("\n")
    total = kept + sum(len(block.text) for block in dropped)
    ends = [0, *(match.start() for match in _LINE_END.finditer(text)), len(text)]
    dropped = tuple(msgspec.structs.replace(block, at=_find_nearest(ends, block.at)) for block in dropped)
    try:
        row = msgspec.convert({**found, "kept_share": kept / total if total else 0.0}, ArticleRow)
    except msgspec.ValidationError as error:
        raise RunError(str(path), f"front matter: {error}; do the run again") from error
    return RunDocument(row, dropped)


def _find_nearest(places: Sequence[int], wanted: int) -> int:
    """Return the place nearest to ``wanted``: the text of a table, read back, may be some spaces longer or shorter."""
    after = bisect_left(places, wanted)
    return min(places[max(after - 1, 0) : after + 1], key=lambda place: abs(place - wanted))


def _count_articles(manifest: Mapping[str, Any]) -> int | None:
    documents, failed = manifest.get("documents"), manifest.get("failed", 0)
    return documents - failed if isinstance(documents, int) and isinstance(failed, int) else None


def _read_rows(folder: Path, table: str, kind: type[T], only: Collection[str] | None = None) -> Iterator[T]:
    """Yield the rows of a table, or ``only`` those of documents with these ids."""
    decoder = msgspec.json.Decoder(kind)
    for path in _list_tables(folder, table):
        if path.suffix == ".parquet":
            yield from _read_parquet(path, kind, only)
            continue
        try:
            with streams.open_unpacked(path) as lines:
                for number, line in enumerate(lines, start=1):
                    # Decoding nothing but the id takes a fraction of the time.
                    if only is None or _decode_row(line, _OWNER, path, number).id in only:
                        yield _decode_row(line, decoder, path, number)
        except (OSError, EOFError) as error:
            raise RunError(str(path), f"cannot be read: {error}") from error


def _decode_row(line: bytes, decoder: msgspec.json.Decoder[T], path: Path, number: int) -> T:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RunError(f"{path}:{number}", f"not a row that cleaner wrote: {error}") from error


def _read_parquet(path: Path, kind: type[T], only: Collection[str] | None) -> Iterator[T]:
    arrow = streams.import_optional("pyarrow", "parquet", "reading a run in Parquet")
    parquet = streams.import_optional("pyarrow.parquet", "parquet", "reading a run in Parquet")
    wanted = {field.name for field in msgspec.structs.fields(kind)}  # type: ignore[arg-type]  # a struct
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            columns = [name for name in file.schema_arrow.names if name in wanted]
            for batch in file.iter_batches(_BATCH_ROWS, columns=columns, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    if only is None or row.get("id") in only:
                        yield _convert_row(row, kind, f"{path}:{number}")
    except (OSError, arrow.ArrowException) as error:
        raise RunError(str(path), f"cannot be read: {error}") from error


def _convert_row(row: Mapping[str, Any], kind: type[T], place: str) -> T:
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError as error:
        raise RunError(place, f"not a row that cleaner wrote: {error}") from error

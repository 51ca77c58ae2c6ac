"""The tables of a run: what they are called, how they grow, and how they are packed once they are whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from cleaner.batch import parquet_tables
from cleaner.errors import OutputError
from cleaner.render.output_formats import OutputFormat
from cleaner.storage import streams
from cleaner.storage.atomic_files import reporting_write_errors
from cleaner.storage.run_files import ARTICLES, FAILURES, REMOVED


class TableLayout(msgspec.Struct, frozen=True, kw_only=True):
    """Which tables a run has. Each grows as JSON lines, and is packed into its format when it is whole."""

    form: OutputFormat = OutputFormat.JSONL
    shard_size: int | None = None
    """Articles in one shard of the tables; None: one table for all."""

    @property
    def sharded(self) -> tuple[str, ...]:
        """The tables of a shard; that of the failures is one for all."""
        return (ARTICLES, REMOVED) if self.form.is_table else (REMOVED,)

    def spool(self, table: str, shard: int) -> str:
        """The file in which the table grows."""
        numbered = table in self.sharded and self.shard_size is not None
        return f"{table}-{shard:05}.jsonl" if numbered else f"{table}.jsonl"

    def final(self, table: str, shard: int) -> str:
        """The file that the table becomes."""
        suffix = ".jsonl"
        if self.form is OutputFormat.JSONL_ZST and table != FAILURES:
            suffix = ".jsonl.zst"
        elif self.form is OutputFormat.PARQUET and table == ARTICLES:
            suffix = ".parquet"
        return self.spool(table, shard).removesuffix(".jsonl") + suffix

    def finals(self, shards: int) -> list[str]:
        """The files of a run of this many shards."""
        return [self.final(table, shard) for table in self.sharded for shard in range(shards)] + [f"{FAILURES}.jsonl"]

    def pack(self, folder: Path, table: str, shard: int) -> None:
        """Make the final file out of the one in which the table grew, which stays. Raises :class:`OutputError`."""
        spool, final = folder / self.spool(table, shard), folder / self.final(table, shard)
        with reporting_write_errors(final):
            if final.suffix == ".zst":
                streams.pack_zst(spool, final)
            elif final.suffix == ".parquet":
                parquet_tables.pack_parquet(spool, final)


class Spool:
    """A file that only grows, from its first ``size`` bytes on; what came after them is cut off."""

    def __init__(self, path: Path, size: int) -> None:
        self.size = size
        self._path = path
        with reporting_write_errors(path):
            path.touch()
            if path.stat().st_size < size:
                raise OutputError(str(path), f"{size:,} bytes were there and are lost; start anew, without it")
            self._file = path.open("r+b")
            self._file.truncate(size)
            self._file.seek(size)

    def append(self, data: bytes) -> None:
        """Add ``data``. Raises :class:`OutputError`."""
        with reporting_write_errors(self._path):
            self._file.write(data)
        self.size += len(data)

    def sync(self) -> None:
        """Bring all of it to the disk. Raises :class:`OutputError`."""
        with reporting_write_errors(self._path):
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file; what was not synced may be lost."""
        with suppress(OSError):
            self._file.close()


class NamedFiles:
    """Files that get their names together, once all of them are on the disk: one by one would take far longer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unnamed: dict[Path, Path] = {}

    def add(self, path: Path, content: bytes) -> None:
        """Write the file that will be at ``path``. Raises :class:`OutputError`."""
        unnamed = self._folder / f"{len(self._unnamed)}.part"
        with reporting_write_errors(path):
            unnamed.write_bytes(content)
        self._unnamed[unnamed] = path

    def sync(self) -> None:
        """Bring all of them to the disk, and give them their names. Raises :class:`OutputError`."""
        if not self._unnamed:
            return
        os.sync()
        for unnamed, path in self._unnamed.items():
            with reporting_write_errors(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                unnamed.replace(path)
        self._unnamed.clear()

"""The tables of a run: their names, the files they are appended to, and the formats they are packed into."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from cleaner.batch import parquet_tables
from cleaner.errors import OutputError
from cleaner.fields import Column
from cleaner.render.output_formats import OutputFormat
from cleaner.storage import streams
from cleaner.storage.atomic_files import reporting_write_errors
from cleaner.storage.run_files import ARTICLES, FAILURES, REMOVED, SKIPPED

WHOLE_TABLES = (FAILURES, SKIPPED)
"""Tables that are one file, as JSON lines, in every format."""


class TableLayout(msgspec.Struct, frozen=True, kw_only=True):
    """Names and formats of a run's tables. Each is written as JSON lines, and packed into its format when complete."""

    form: OutputFormat = OutputFormat.JSONL
    shard_size: int | None = None
    """Articles in one shard of the tables; None: one shard."""

    columns: tuple[Column, ...] = ()
    """Optional fields of the articles."""

    @property
    def sharded_tables(self) -> tuple[str, ...]:
        """The tables that have one file per shard; failures and skipped files are each in one file."""
        return (ARTICLES, REMOVED) if self.form.is_table else (REMOVED,)

    def name_spool(self, table: str, shard: int) -> str:
        """The name of the file that the table is written to."""
        numbered = table in self.sharded_tables and self.shard_size is not None
        return f"{table}-{shard:05}.jsonl" if numbered else f"{table}.jsonl"

    def name_final(self, table: str, shard: int) -> str:
        """The name of the finished file of the table."""
        suffix = ".jsonl"
        if self.form is OutputFormat.JSONL_ZST and table not in WHOLE_TABLES:
            suffix = ".jsonl.zst"
        elif self.form is OutputFormat.PARQUET and table == ARTICLES:
            suffix = ".parquet"
        return self.name_spool(table, shard).removesuffix(".jsonl") + suffix

    def list_final_names(self, shards: int) -> list[str]:
        """The names of all tables of a run with this many shards."""
        return [self.name_final(table, shard) for table in self.sharded_tables for shard in range(shards)] + [
            f"{table}.jsonl" for table in WHOLE_TABLES
        ]

    def pack_table(self, folder: Path, table: str, shard: int) -> None:
        """Convert the spool of the table to its final file; the spool remains. Raises :class:`OutputError`."""
        spool, final = folder / self.name_spool(table, shard), folder / self.name_final(table, shard)
        with reporting_write_errors(final):
            if final.suffix == ".zst":
                streams.pack_zst(spool, final)
            elif final.suffix == ".parquet":
                parquet_tables.pack_parquet(spool, final, self.columns)


class Spool:
    """A file that is only appended to. It is opened with its first ``size`` bytes; what follows them is cut off."""

    def __init__(self, path: Path, size: int) -> None:
        self.size = size
        self._path = path
        with reporting_write_errors(path):
            path.touch()
            if path.stat().st_size < size:
                raise OutputError(
                    str(path), f"{size:,} bytes were there and are lost; to start again, remove {path.parent}"
                )
            self._file = path.open("r+b")
            self._file.truncate(size)
            self._file.seek(size)

    def append(self, data: bytes) -> None:
        """Append ``data``. Raises :class:`OutputError`."""
        with reporting_write_errors(self._path):
            self._file.write(data)
        self.size += len(data)

    def sync(self) -> None:
        """Flush the file to the disk. Raises :class:`OutputError`."""
        with reporting_write_errors(self._path):
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file; what was not synced may be lost."""
        with suppress(OSError):
            self._file.close()


class PendingFiles:
    """Files that are renamed to their paths together, once all are on the disk: a sync for each would be far slower."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: dict[Path, Path] = {}

    def add_file(self, path: Path, content: bytes) -> None:
        """Write the file that :meth:`publish` renames to ``path``. Raises :class:`OutputError`."""
        temporary = self._folder / f"{len(self._paths)}.part"
        with reporting_write_errors(path):
            temporary.write_bytes(content)
        self._paths[temporary] = path

    def publish(self) -> None:
        """Flush all files to the disk, and rename them to their paths. Raises :class:`OutputError`."""
        if not self._paths:
            return
        os.sync()
        for temporary, path in self._paths.items():
            with reporting_write_errors(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary.replace(path)
        self._paths.clear()

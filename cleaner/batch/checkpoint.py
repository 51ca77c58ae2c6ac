"""The progress of a run on disk: its last checkpoint, and all names it has assigned."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from cleaner.errors import OutputError

_TABLES = """
CREATE TABLE IF NOT EXISTS checkpoint (only INTEGER PRIMARY KEY CHECK (only = 0), state BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS names (
  name BLOB, times INTEGER, document INTEGER, PRIMARY KEY (name, times)
) WITHOUT ROWID;
"""


class CheckpointStore:
    """A database that survives ``kill -9`` and power cuts, for one run at a time.

    It takes about 40 bytes on disk per document, and in memory only a cache of two megabytes.

    Raises:
        OutputError: it cannot be written, or another run uses it.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        with self._convert_errors():
            self._database = sqlite3.connect(file, timeout=0)
            try:
                # Exclusive: one run at a time, and no shared memory, which some network file systems do not support.
                self._database.executescript(f"PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; {_TABLES}")
            except sqlite3.Error:
                self.close()
                raise

    def load_state(self) -> bytes | None:
        """The state saved last, or None."""
        with self._convert_errors():
            row = self._database.execute("SELECT state FROM checkpoint").fetchone()
        return row[0] if row else None

    def save_state(self, state: bytes) -> None:
        """Write ``state`` and the names assigned so far to the disk; both survive a crash."""
        with self._convert_errors():
            self._database.execute("REPLACE INTO checkpoint VALUES (0, ?)", (state,))
            self._database.commit()

    def delete_names_after(self, document: int) -> None:
        """Delete the names that were assigned to documents after this one."""
        with self._convert_errors():
            self._database.execute("DELETE FROM names WHERE document > ?", (document,))
            self._database.commit()

    def count_use(self, name: str, document: int) -> int:
        """Record that ``document`` (its number in the run) uses ``name``; return the number of uses, with this one."""
        key = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        with self._convert_errors():
            (times,) = self._database.execute("SELECT max(times) FROM names WHERE name = ?", (key,)).fetchone()
            self._database.execute("INSERT INTO names VALUES (?, ?, ?)", (key, (times or 0) + 1, document))
        return (times or 0) + 1

    def close(self) -> None:
        """Close the database; what was not saved is lost."""
        self._database.close()

    @contextmanager
    def _convert_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            busy = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY
            problem = "another run is writing there" if busy else str(error)
            raise OutputError(str(self._file.parent), problem) from error

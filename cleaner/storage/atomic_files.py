"""Files that are whole or not there, and errors that say which file cannot be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleaner.errors import OutputError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that its name never stands for a half-written one. Raises :class:`OutputError`."""
    part = path.with_name(f".{path.name}.part")
    with reporting_write_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


@contextmanager
def reporting_write_errors(path: Path) -> Iterator[None]:
    """Raise what goes wrong with the file at ``path`` as an :class:`OutputError`."""
    try:
        yield
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error

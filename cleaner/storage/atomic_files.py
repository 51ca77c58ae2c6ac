"""Atomic writing of files, and errors that name the file that cannot be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleaner.errors import OutputError


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file atomically: ``path`` is never a partly written file. Raises :class:`OutputError`."""
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
    """Convert an :class:`OSError` to an :class:`OutputError` that names ``path``."""
    try:
        yield
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error

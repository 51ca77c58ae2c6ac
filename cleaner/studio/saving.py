"""Writing the files of a draft, and taking the last saved one back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cleaner.errors import OutputError
from cleaner.storage.atomic_files import write_atomic
from cleaner.studio.drafts import SCHEMA, Draft, TriedDraft


class ConflictError(Exception):
    """A file changed after the draft was tried, or after it was saved."""


class SavedFiles:
    """The files of the last save, as they were before and after."""

    def __init__(self) -> None:
        self._before: dict[Path, bytes | None] = {}
        self._after: dict[Path, bytes | None] = {}

    @property
    def can_undo(self) -> bool:
        """Whether there is a save to take back."""
        return bool(self._after)

    def save(self, folder: Path, draft: Draft, tried: TriedDraft) -> list[str]:
        """Write the files of ``tried`` to ``folder``, the rule file last, and delete those of removed cases; return their paths.

        Raises :class:`ConflictError` if the rule file is not the one that ``draft`` was tried on, and
        :class:`~cleaner.errors.OutputError` if a file cannot be written; those before it are taken back.
        """
        if draft.base != tried.file.digest:
            raise ConflictError(f"{draft.site}.toml has changed since; look at the new preview before you save")
        paths: dict[Path, bytes | None] = {**_list_changed(folder, tried.files, last=f"{draft.site}.toml")}
        paths |= {path: None for name in tried.removed if (path := folder / name).is_file()}
        self._before = {path: path.read_bytes() if path.is_file() else None for path in paths}
        self._after = dict(paths)
        try:
            for path, data in paths.items():
                _put(path, data)
        except OutputError:
            self._restore()
            raise
        return [str(path.relative_to(folder)) for path in paths]

    def undo(self) -> list[str]:
        """Restore the files as they were before the last save; return their names.

        Raises :class:`ConflictError` if one was changed since.
        """
        for path, data in self._after.items():
            if (path.read_bytes() if path.is_file() else None) != data:
                raise ConflictError(f"{path.name} has changed since it was saved; edit it by hand")
        return self._restore()

    def _restore(self) -> list[str]:
        for path, data in self._before.items():
            _put(path, data)
        names = [path.name for path in self._before]
        self._before, self._after = {}, {}
        return names


def _put(path: Path, data: bytes | None) -> None:
    """Write a file, or delete it. Raises :class:`~cleaner.errors.OutputError`."""
    if data is not None:
        return write_atomic(path, data)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(str(path), f"cannot be deleted: {error.strerror}") from error


def _list_changed(folder: Path, files: Mapping[str, bytes], last: str) -> dict[Path, bytes]:
    """Return the files that differ from those in ``folder``; a schema that is there is left alone."""
    found = {}
    for name in sorted(files, key=lambda name: (name == last, name)):
        path = folder / name
        if name == SCHEMA and path.exists():
            continue
        if not path.is_file() or path.read_bytes() != files[name]:
            found[path] = files[name]
    return found

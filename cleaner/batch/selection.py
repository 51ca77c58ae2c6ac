"""Which files of a folder or archive are read, by patterns of their names."""

from __future__ import annotations

from fnmatch import fnmatchcase

import msgspec

EXCLUDED, NOT_INCLUDED = "excluded file", "file not included"


class Selection(msgspec.Struct, frozen=True):
    """Patterns as of a shell. One with a slash is compared with the path below the folder, any other with each part of it."""

    include: tuple[str, ...] = ()
    """Files to read; all, if there is none."""
    exclude: tuple[str, ...] = ()

    def find_reason(self, path: str) -> str | None:
        """Why the file at ``path`` is not read; None if it is.

        >>> Selection(exclude=("drafts", "*.tmp.html")).find_reason("may/drafts/a.html")
        'excluded file'
        """
        if any(_matches(path, pattern) for pattern in self.exclude):
            return EXCLUDED
        return NOT_INCLUDED if self.include and not any(_matches(path, pattern) for pattern in self.include) else None

    def excludes_folder(self, path: str) -> bool:
        """Whether nothing below the folder at ``path`` is read."""
        return any(_matches(path, pattern) for pattern in self.exclude)


def _matches(path: str, pattern: str) -> bool:
    if "/" in pattern.rstrip("/"):
        whole = pattern.strip("/")
        return fnmatchcase(path, whole) or fnmatchcase(path, f"{whole}/*") or fnmatchcase(path, f"*/{whole}")
    return any(fnmatchcase(part, pattern.rstrip("/")) for part in path.split("/"))

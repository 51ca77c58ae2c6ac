"""File names for documents: safe, readable, and inside the output folder."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from cleaner.batch.sources import strip_page_suffixes

# Bytes of UTF-8. Most file systems allow 255 for a name and 4,096 for a path; the rest is for suffixes and the folder.
_MAX_NAME_BYTES = 150
_MAX_PATH_BYTES = 1000
_UNSAFE = re.compile(r"[^\w.,+@ -]")
# Names that Windows reserves for devices, with any suffix.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)

_FILE_SUFFIXES = (".md", ".html", ".txt")


def file_name(document: str) -> str:
    """The file of the document with this id, without a suffix: a relative path that stays inside the output folder.

    >>> file_name("news/2023/page one.html")
    'news/2023/page one'
    >>> file_name("../../etc/passwd")
    '_/_/etc/passwd'
    """
    *folders, name = [part for part in strip_page_suffixes(document).split("/") if part] or ["_"]
    path = "/".join([*map(_make_safe_folder_name, folders), _make_safe_name(name)])
    return (
        path
        if len(path.encode()) <= _MAX_PATH_BYTES
        else f"{_make_safe_folder_name(folders[0])}/{short_digest(document)}"
    )


def fold_file_name(name: str) -> str:
    """``name`` in the form in which file systems that ignore case or normalise letters compare it."""
    return unicodedata.normalize("NFC", name).casefold()


def short_digest(text: str) -> str:
    """The first twelve hexadecimal digits of the SHA-256 of ``text``."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _make_safe_name(name: str) -> str:
    safe = _UNSAFE.sub("_", name)
    # "." and ".." are other folders, names that start with a dot are hidden, Windows drops dots at the end.
    safe = safe.lstrip(".").rstrip(". ") or "_"
    if _RESERVED.fullmatch(safe):
        safe = f"_{safe}"
    if len(safe.encode()) > _MAX_NAME_BYTES:
        safe = safe.encode()[:_MAX_NAME_BYTES].decode("utf-8", "ignore") + f"-{short_digest(name)}"
    return safe


def _make_safe_folder_name(name: str) -> str:
    safe = _make_safe_name(name)
    # The file of another document may have the same name.
    return f"{safe}_" if safe.lower().endswith(_FILE_SUFFIXES) else safe

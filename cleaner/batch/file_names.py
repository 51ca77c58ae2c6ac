"""File names for documents: safe, readable, and inside their folder."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from cleaner.batch.sources import plain_name

# Bytes of UTF-8; most file systems allow 255 for a name and 4,096 for a path, and marks and suffixes need some.
_LONGEST_NAME = 150
_LONGEST_PATH = 1000
_UNSAFE = re.compile(r"[^\w.,+@ -]")
# What Windows takes for a device, with any suffix.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)

_FILES = (".md", ".txt")


def file_name(document: str) -> str:
    """The file of the document with this id, without a suffix: a relative path that stays inside its folder.

    >>> file_name("news/2023/page one.html")
    'news/2023/page one'
    >>> file_name("../../etc/passwd")
    '_/_/etc/passwd'
    """
    *folders, name = [part for part in plain_name(document).split("/") if part] or ["_"]
    path = "/".join([*map(_safe_folder, folders), _safe_part(name)])
    return path if len(path.encode()) <= _LONGEST_PATH else f"{_safe_folder(folders[0])}/{short_digest(document)}"


def fold_file_name(name: str) -> str:
    """``name`` in the form in which file systems that ignore case or normalise letters compare it."""
    return unicodedata.normalize("NFC", name).casefold()


def short_digest(text: str) -> str:
    """Twelve characters that stand for ``text``."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _safe_part(name: str) -> str:
    safe = _UNSAFE.sub("_", name)
    # Names of nothing but dots lead elsewhere, names that start with one are hidden, Windows cuts dots at the end.
    safe = safe.lstrip(".").rstrip(". ") or "_"
    if _RESERVED.fullmatch(safe):
        safe = f"_{safe}"
    if len(safe.encode()) > _LONGEST_NAME:
        safe = safe.encode()[:_LONGEST_NAME].decode("utf-8", "ignore") + f"-{short_digest(name)}"
    return safe


def _safe_folder(name: str) -> str:
    safe = _safe_part(name)
    # A document's file may want the same name.
    return f"{safe}_" if safe.lower().endswith(_FILES) else safe

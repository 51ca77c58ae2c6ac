"""Files that are no pages, recognised by their first bytes and by their names."""

from __future__ import annotations

from pathlib import PurePath

from cleaner.data import load_data
from cleaner.data.input_types import FileKinds

_KINDS = load_data(FileKinds).kind
_STARTS: tuple[tuple[bytes, str], ...] = tuple(
    (text.encode("latin-1"), kind.called[0]) for kind in _KINDS for text in kind.starts
)
_AT: tuple[tuple[int, bytes, str], ...] = tuple(
    (int(offset), text.encode("latin-1"), kind.called[0])
    for kind in _KINDS
    for offset, texts in kind.at.items()
    for text in texts
)
_SUFFIXES: dict[str, str] = {suffix: kind.called[0] for kind in _KINDS for suffix in kind.suffixes}
_NAMES: dict[str, str] = {name: kind.called[0] for kind in _KINDS for name in kind.names}
_PLURALS: dict[str, str] = {
    **{kind.called[0]: kind.called[-1] for kind in _KINDS},
    "feed entry": "feed entries",
    "file not included": "files not included",
    "link to a folder": "links to folders",
    "list of feeds": "lists of feeds",
}
# A text may begin with a few letters of a mark, except with these.
_SHORT_SURE = (b"#!", b"%!PS")
_MIN_SURE_LETTERS = 5


def find_binary_kind(head: bytes) -> str | None:
    """The kind of file that begins with ``head``, such as "picture", by its mark; None if it has none."""
    is_binary = b"\0" in head
    for mark, kind in _STARTS:
        if head.startswith(mark) and (is_binary or _is_sure(mark)):
            return kind
    return next((kind for offset, mark, kind in _AT if is_binary and head.startswith(mark, offset)), None)


def _is_sure(mark: bytes) -> bool:
    is_text = mark.isascii() and mark.decode().isprintable()
    return not is_text or len(mark) >= _MIN_SURE_LETTERS or mark in _SHORT_SURE


def find_named_kind(name: str) -> str | None:
    """The kind of text file that is called ``name``, such as "script"; None if it may be a page."""
    suffix: str = PurePath(name).suffix
    return _NAMES.get(name.lower()) or _SUFFIXES.get(suffix.lower())


def describe_count(kind: str, count: int) -> str:
    """The ``kind`` with its number.

    >>> describe_count("picture", 2)
    '2 pictures'
    """
    return f"{count:,} {kind if count == 1 else _PLURALS.get(kind) or f'{kind}s'}"

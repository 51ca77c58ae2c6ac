"""The nouns of a run: a document that waits, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import msgspec


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A page that waits to be cleaned. A file's content is read only when its turn comes."""

    id: str
    """Unique within a run, the same in every run over the same input."""
    path: str
    """Where it came from, for a person: relative to the folder given, ``pages.jsonl:17``, or ``-``."""
    content: bytes | str | None = None
    """None: read ``file``."""
    file: Path | None = None
    url: str | None = None

    def read(self) -> bytes | str:
        """The content. Raises :class:`OSError` where the file cannot be read."""
        if self.content is not None:
            return self.content
        return self.file.read_bytes() if self.file else b""


class Failure(msgspec.Struct, frozen=True):
    """A document that could not be cleaned: one row of ``failures.jsonl``."""

    path: str
    error: str
    """Name of the kind of error, ``PageError`` for instance."""
    message: str


class Removed(msgspec.Struct, frozen=True, kw_only=True):
    """A block left out of its article's text: one row of ``removed.jsonl``."""

    id: str
    """The document's."""
    index: int
    """The block's place on its page, from 0."""
    label: str
    judge: str
    rule: str | None
    why: str
    text: str


class Cleaned(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was cleaned, ready to be written."""

    id: str
    article: bytes
    """The article in the format of the run."""
    removed: tuple[Removed, ...]
    characters: int
    """Of all blocks of the page."""
    kept: int
    """Characters of the blocks in the article's text."""


Outcome: TypeAlias = Cleaned | Failure
Labels: TypeAlias = Mapping[str, int]
"""How many blocks bear each label."""

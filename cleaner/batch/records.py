"""The nouns of a run: a document that waits, where the input goes on behind it, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec

from cleaner.errors import PageError
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import streams
from cleaner.storage.run_files import Failure


class InputDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A page that waits to be cleaned. A file's content is read only when its turn comes."""

    id: str
    """Unique within a run, the same in every run over the same input."""
    path: str
    """Where it came from, for a person: ``news/may/a.html``, ``pages.jsonl:17`` or ``-``, as the input was given."""
    place: str = ""
    """The same within the input, ``may/a.html``: it does not depend on where the input is, or how its path is written."""
    content: bytes | str | None = None
    """None: read ``file``."""
    file: Path | str | None = None
    """A file, or the url of one that fsspec can open; ``.gz`` and ``.zst`` are unpacked."""
    url: str | None = None
    charset: str | None = None
    """What the transport said of its encoding."""
    fetched: date | None = None

    def read(self) -> bytes | str:
        """The content. Raises :class:`OSError` where the file cannot be read, :class:`PageError` if it is too long."""
        if self.content is not None:
            return self.content
        content = streams.read_unpacked(self.file, MAX_SIZE + 1) if self.file else b""
        if len(content) > MAX_SIZE:
            raise PageError(self.path, f"over the limit of {MAX_SIZE:,} bytes")
        return content


class InputPosition(msgspec.Struct, frozen=True):
    """A place between two documents of an input, from which it can be read on."""

    path: int
    """Which of the paths given."""
    file: str
    """The file that the document before came from, as it is shown to people."""
    mark: tuple[int, int] | None
    """Place within that file, as its reader counts: bytes, then documents. None: at its end."""
    listing: str
    """Digest of the names of all files up to this one."""


class InputItem(NamedTuple):
    """One step of an input."""

    document: InputDocument | Failure
    after: InputPosition


class RemovedBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A block left out of its article's text: one row of ``removed.jsonl``."""

    id: str
    """The document's."""
    index: int
    """The block's place on its page, from 0."""
    label: str
    judge: str
    rule: str | None
    why: str
    score: float | None
    """Probability that it belongs to the text, from judges that weigh evidence."""
    at: int
    """Characters of the article's text above it."""
    text: str


class CleanedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was cleaned, ready to be written."""

    id: str
    article: bytes
    """The article in the format of the run."""
    removed: tuple[RemovedBlock, ...]
    characters: int
    """Of all blocks of the page."""
    kept: int
    """Characters of the blocks in the article's text."""


Outcome: TypeAlias = CleanedDocument | Failure
LabelCounts: TypeAlias = Mapping[str, int]
"""How many blocks bear each label."""


def make_failure(path: str, error: Exception) -> Failure:
    """What ``error`` did to the document at ``path``, for a person."""
    message = error.strerror if isinstance(error, OSError) else str(error)
    return Failure(path, type(error).__name__, message or str(error) or type(error).__name__)

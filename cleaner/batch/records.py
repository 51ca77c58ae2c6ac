"""The values of a run: an input document, the position of the input after it, and its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec

from cleaner.errors import PageError
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import streams
from cleaner.storage.run_files import Failure, Skipped


class InputDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A page to clean. The content of a file is read only when it is cleaned."""

    id: str
    """Unique within a run, the same in every run over the same input."""
    path: str
    """Where it came from, for messages: ``news/may/a.html``, ``pages.jsonl:17`` or ``-``, as the input was given."""
    place: str = ""
    """The same within the input, ``may/a.html``: independent of where the input is and how its path is written."""
    content: bytes | str | None = None
    """None: read ``file``."""
    file: Path | str | None = None
    """A file, or the url of one that fsspec can open; it is unpacked if it is compressed."""
    url: str | None = None
    charset: str | None = None
    """The encoding that the transport declared."""
    fetched: date | None = None

    def read(self) -> bytes | str:
        """The content. Raises :class:`OSError` if the file cannot be read, :class:`PageError` if it is too long."""
        if self.content is not None:
            return self.content
        content = streams.read_unpacked(self.file, MAX_SIZE + 1) if self.file else b""
        if len(content) > MAX_SIZE:
            raise PageError(self.path, f"over the limit of {MAX_SIZE:,} bytes")
        return content


class InputPosition(msgspec.Struct, frozen=True):
    """A position between two documents of an input, from which reading can resume."""

    path: int
    """Index of the input path."""
    file: str
    """The file of the document before the position, as messages show it."""
    mark: tuple[int, int] | None
    """Position within that file, in its reader's unit and in documents. None: at its end."""
    listing: str
    """Digest of the names of all files up to this one."""


class InputItem(NamedTuple):
    """A document of an input, and the position after it."""

    document: InputDocument | Failure | Skipped
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
    """Probability that it belongs to the text, from judges that compute one."""
    at: int
    """Number of characters of the article's text before it."""
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
ItemOutcome: TypeAlias = Outcome | Skipped
"""What becomes of an item of the input: a document is cleaned or fails, what is no page is skipped."""
LabelCounts: TypeAlias = Mapping[str, int]
"""Number of blocks by label."""


def make_failure(path: str, error: Exception) -> Failure:
    """The failure of the document at ``path``, with a message that people can read."""
    message = error.strerror if isinstance(error, OSError) else str(error)
    return Failure(path, type(error).__name__, message or str(error) or type(error).__name__)

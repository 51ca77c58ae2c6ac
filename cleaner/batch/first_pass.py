"""The first pass over a batch: its pages are read, and the lines that recur on their sites counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from cleaner.batch.records import Document, Failure, Item
from cleaner.batch.sources import Inputs
from cleaner.errors import OutputError
from cleaner.metadata import sites
from cleaner.pool import Limits, Pool
from cleaner.tally import FEWEST, Lines, Repeats, Tally

_Read: TypeAlias = tuple[str, Lines] | None
"""The site of a document and its lines; None where it cannot be read."""


def count(inputs: Inputs, file: Path, rules: Sequence[Path], *, jobs: int, limits: Limits) -> Repeats | None:
    """What recurs on the sites of ``inputs``, counted in ``file``: the same for any number of ``jobs``.

    None where nothing can recur, as the documents are too few, or can be read only once, as standard input is. Documents
    that fail, in whatever way, are passed over; the second pass tells of them.

    Raises:
        OutputError: ``file`` cannot be written.
    """
    documents = inputs.count()
    if not inputs.rereadable or (documents is not None and documents < FEWEST):
        return None
    pool: Pool[Document, _Read] = Pool(partial(_reading, rules), jobs=jobs, limits=limits, home="cleaner.batch.warm")
    try:
        with Tally(file) as tally:
            for document, read in pool.map(_wanted(inputs.documents(), tally)):
                if isinstance(read, tuple):
                    tally.add(read[0], document.path, read[1])
            return tally.freeze()
    except sqlite3.Error as error:
        raise OutputError(str(file), str(error)) from error


def _wanted(items: Iterator[Item], tally: Tally) -> Iterator[Document]:
    """The documents of ``items`` but those of sites of which enough has been read."""
    for item in items:
        document = item.document
        if not isinstance(document, Failure):
            site = sites.host(document.url)
            if site is None or tally.wants(site, document.path):
                yield document


def _reading(rules: Sequence[Path]) -> Callable[[Document], _Read]:
    # Imported in the processes only, as the pipeline takes a while to load.
    from cleaner.batch import work
    from cleaner.pipeline import Cleaner

    cleaner = Cleaner(rules)

    def read(document: Document) -> _Read:
        try:
            return cleaner.lines(work.load(document))
        except Exception:  # noqa: BLE001  one page must never end a run over many
            return None

    return read

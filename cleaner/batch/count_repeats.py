"""The first pass over a batch: its pages are read, and the lines that recur on their sites counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from cleaner.batch.records import InputDocument, InputItem
from cleaner.batch.sources import Inputs
from cleaner.errors import OutputError
from cleaner.page import urls
from cleaner.repeats import MIN_STORIES, Lines, Repeats, Tally
from cleaner.storage.run_files import Failure
from cleaner.worker_pool import WorkerPool, WorkLimits

_Read: TypeAlias = tuple[str, Lines] | None
"""The site of a document and its lines; None where it cannot be read."""


def count_repeats(
    inputs: Inputs, file: Path, rules: Sequence[Path], *, jobs: int, limits: WorkLimits
) -> Repeats | None:
    """What recurs on the sites of ``inputs``, counted in ``file``: the same for any number of ``jobs``.

    None where nothing can recur, as the documents are too few, or can be read only once, as standard input is. Documents
    that fail, in whatever way, are passed over; the second pass tells of them.

    Raises:
        OutputError: ``file`` cannot be written.
    """
    documents = inputs.count()
    if not inputs.rereadable or (documents is not None and documents < MIN_STORIES):
        return None
    pool: WorkerPool[InputDocument, _Read] = WorkerPool(
        partial(_make_line_reader, rules), jobs=jobs, limits=limits, home="cleaner.batch.preload"
    )
    try:
        with Tally(file) as tally:
            for document, read in pool.map(_wanted_sites(inputs.documents(), tally)):
                if isinstance(read, tuple):
                    tally.add(read[0], document.place, read[1])
            return tally.freeze()
    except sqlite3.Error as error:
        raise OutputError(str(file), str(error)) from error


def _wanted_sites(items: Iterator[InputItem], tally: Tally) -> Iterator[InputDocument]:
    """The documents of ``items`` but those of sites of which enough has been read."""
    for item in items:
        document = item.document
        if not isinstance(document, Failure):
            site = urls.host_of(document.url)
            if site is None or tally.accepts(site, document.place):
                yield document


def _make_line_reader(rules: Sequence[Path]) -> Callable[[InputDocument], _Read]:
    # Imported in the processes only, as the pipeline takes a while to load.
    from cleaner.batch import worker
    from cleaner.library import Cleaner

    cleaner = Cleaner(rules)

    def read(document: InputDocument) -> _Read:
        try:
            return cleaner.hash_lines(worker.load_page(document))
        except Exception:  # noqa: BLE001  one page must never end a run over many
            return None

    return read

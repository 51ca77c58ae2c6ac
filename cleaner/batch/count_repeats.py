"""The first pass over a batch: read its pages and count the lines that recur on their sites."""

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

_SiteLines: TypeAlias = tuple[str, Lines] | None
"""The site of a document and its lines; None if the document cannot be read."""


def count_repeats(
    inputs: Inputs, file: Path, rules: Sequence[Path], *, jobs: int, limits: WorkLimits
) -> Repeats | None:
    """Count in ``file`` what recurs on the sites of ``inputs``. The result is the same for any number of ``jobs``.

    None if there are too few documents for anything to recur, or if they can be read only once (standard input).
    Documents that fail are skipped; the second pass reports them.

    Raises:
        OutputError: ``file`` cannot be written.
    """
    documents = inputs.count_documents()
    if not inputs.rereadable or (documents is not None and documents < MIN_STORIES):
        return None
    pool: WorkerPool[InputDocument, _SiteLines] = WorkerPool(
        partial(_make_line_reader, rules), jobs=jobs, limits=limits, preload="cleaner.batch.preload"
    )
    try:
        with Tally(file) as tally:
            for document, read in pool.map(_skip_full_sites(inputs.documents(), tally)):
                if isinstance(read, tuple):
                    tally.add(read[0], document.place, read[1])
            return tally.freeze()
    except sqlite3.Error as error:
        raise OutputError(str(file), str(error)) from error


def _skip_full_sites(items: Iterator[InputItem], tally: Tally) -> Iterator[InputDocument]:
    """The documents of ``items``, without those of sites of which enough documents have been read."""
    for item in items:
        document = item.document
        if not isinstance(document, Failure):
            site = urls.host_of(document.url)
            if site is None or tally.accepts(site, document.place):
                yield document


def _make_line_reader(rules: Sequence[Path]) -> Callable[[InputDocument], _SiteLines]:
    # Imported only in the worker processes, as the pipeline is slow to load.
    from cleaner.batch import worker
    from cleaner.library import Cleaner

    cleaner = Cleaner(rules)

    def read(document: InputDocument) -> _SiteLines:
        try:
            return cleaner.hash_lines(worker.load_page(document))
        except Exception:  # noqa: BLE001  one page must never end a run over many
            return None

    return read

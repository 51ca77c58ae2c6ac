"""The first pass over a batch: read its pages and count the lines that recur on their sites."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

from cleaner.batch import PRELOAD
from cleaner.batch.records import InputDocument, InputItem
from cleaner.batch.sources import Inputs
from cleaner.errors import OutputError
from cleaner.page import urls
from cleaner.repeats import MIN_STORIES, Lines, Repeats, Tally
from cleaner.storage.run_files import Failure, Skipped
from cleaner.worker_pool import WorkerPool, WorkLimits

_SiteLines: TypeAlias = tuple[str, Lines] | None
"""The site of a document and its lines; None if the document cannot be read."""


class Counted(NamedTuple):
    """The result of a first pass."""

    repeats: Repeats | None = None
    """None if there are too few documents for anything to recur, or if they can be read only once (standard input)."""
    items: int | None = None
    """Number of documents and skipped files, if all were counted."""


def count_repeats(  # noqa: PLR0913  what a pool of processes needs
    inputs: Inputs,
    file: Path,
    rules: Sequence[Path],
    *,
    jobs: int,
    limits: WorkLimits,
    warn: Callable[[str], object] = lambda _: None,
) -> Counted:
    """Count in ``file`` what recurs on the sites of ``inputs``. The result is the same for any number of ``jobs``.

    Documents that fail are skipped; the second pass reports them.

    Raises:
        OutputError: ``file`` cannot be written.
    """
    if not inputs.rereadable:
        return Counted()
    first = list(islice(_list_documents(inputs.documents(), Counter()), MIN_STORIES))
    if len(first) < MIN_STORIES:
        return Counted(items=sum(1 for _ in inputs.documents()))
    seen = Counter[str]()
    pool: WorkerPool[InputDocument, _SiteLines] = WorkerPool(
        partial(_make_line_reader, rules), jobs=jobs, limits=limits, preload=PRELOAD, warn=warn
    )
    try:
        with Tally(file) as tally:
            for document, read in pool.map(_skip_full_sites(_list_documents(inputs.documents(), seen), tally)):
                if isinstance(read, tuple):
                    tally.add(read[0], document.place, read[1])
            return Counted(tally.freeze(), seen.total())
    except sqlite3.Error as error:
        raise OutputError(str(file), str(error)) from error


def _list_documents(items: Iterator[InputItem], seen: Counter[str]) -> Iterator[InputDocument]:
    """The documents of ``items`` that can be read; all items are counted in ``seen``."""
    for item in items:
        seen["items"] += 1
        if not isinstance(item.document, (Failure, Skipped)):
            yield item.document


def _skip_full_sites(documents: Iterator[InputDocument], tally: Tally) -> Iterator[InputDocument]:
    """The ``documents`` without those of sites of which enough have been read."""
    for document in documents:
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

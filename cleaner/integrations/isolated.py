"""Cleaning of pages in a separate process, so that a bad page cannot end the host's own process."""

from __future__ import annotations

import atexit
import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import partial
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import msgspec

from cleaner.batch import limits
from cleaner.batch.records import InputDocument, Outcome, make_failure
from cleaner.model import Lean
from cleaner.render.output_formats import OutputFormat
from cleaner.storage.run_files import Failure
from cleaner.worker_pool import CrashError, WorkerPool, WorkLimits

_PRELOAD = "cleaner.batch.preload"


class IsolatedSettings(msgspec.Struct, frozen=True):
    """The settings of cleaning; small enough to send to other machines."""

    rules: tuple[Path, ...] = ()
    """Folders of rules applied on top of the built-in ones, at the same paths on every machine."""
    lean: Lean = Lean.BALANCED
    limits: WorkLimits = WorkLimits(limits.SECONDS, limits.MEGABYTES)
    """Time and memory for one page."""


def make_settings(
    rules: Sequence[str | Path] = (), lean: str = Lean.BALANCED, limits: WorkLimits | None = None
) -> IsolatedSettings:
    """Make settings from plain values. Raises :class:`ValueError` for an unknown ``lean``."""
    settings = IsolatedSettings(tuple(map(Path, rules)), Lean(lean))
    return settings if limits is None else msgspec.structs.replace(settings, limits=limits)


def clean_isolated(documents: Iterable[InputDocument | Failure], settings: IsolatedSettings) -> Generator[Outcome]:
    """The outcome of each of ``documents``, in order; they are read only as they are needed.

    A page that hangs, crashes its process or needs too much memory becomes a :class:`Failure`, as does one that cannot
    be cleaned. Raises :class:`cleaner.RuleError` for an invalid rule file.
    """
    yield from (outcome for outcome in _stream_outcomes(documents, settings) if outcome)


def clean_batch(documents: Sequence[InputDocument | Failure], settings: IsolatedSettings) -> list[Outcome]:
    """Like :func:`clean_isolated`, in a process kept for later batches: starting one takes as long as many pages."""
    # A forked process cannot use the connections of its parent; hence the process id.
    key = (settings, os.getpid())
    pool = _pools.get(key) or _pools.setdefault(key, _PersistentPool(settings))
    try:
        return pool.clean_documents(documents)
    except BaseException:  # invalid rules, Control-C: its results no longer match its callers
        _pools.pop(key).close()
        raise


def end_workers() -> None:
    """End the processes that :func:`clean_batch` keeps; otherwise they end with this process."""
    for key in [key for key in _pools if key[1] == os.getpid()]:
        _pools.pop(key).close()


class _PersistentPool:
    """A process that is kept between batches."""

    def __init__(self, settings: IsolatedSettings) -> None:
        self._waiting: deque[InputDocument | Failure] = deque()
        self._results = _stream_outcomes(self._read_waiting(), settings)
        self.close = self._results.close

    def clean_documents(self, documents: Sequence[InputDocument | Failure]) -> list[Outcome]:
        self._waiting.extend(documents)
        outcomes: list[Outcome] = []
        while len(outcomes) < len(documents):
            if outcome := next(self._results):
                outcomes.append(outcome)
        return outcomes

    def _read_waiting(self) -> Iterator[InputDocument | Failure | None]:
        """The waiting documents; None if there is none, as the pool reads ahead."""
        while True:
            yield self._waiting.popleft() if self._waiting else None


_pools: dict[tuple[IsolatedSettings, int], _PersistentPool] = {}
# Runs while the modules that end a process are still loaded.
atexit.register(end_workers)


def _stream_outcomes(
    documents: Iterable[InputDocument | Failure | None], settings: IsolatedSettings
) -> Generator[Outcome | None]:
    pool: WorkerPool[InputDocument | Failure | None, Outcome | None]
    pool = WorkerPool(partial(_make_worker, settings), jobs=1, limits=settings.limits, preload=_PRELOAD)
    for document, result in pool.map(documents):
        if isinstance(result, CrashError):
            yield make_failure(document.path, result) if document else None
        else:
            yield result


def _make_worker(settings: IsolatedSettings) -> Callable[[Any], Outcome | None]:
    # Imported only in the worker process: the host's own process stays small.
    from cleaner.batch import worker
    from cleaner.library import Cleaner

    cleaner = Cleaner(settings.rules, lean=settings.lean)
    return lambda document: document and worker.clean_document(document, cleaner, OutputFormat.JSONL)


def _reset_fork_server() -> None:
    """In a process just forked, drop the parent's fork server: waiting for it would fail."""
    server = forkserver._forkserver  # noqa: SLF001  there is no public way, and hosts fork as they please
    type(server).__init__(server)


if sys.platform == "linux":
    os.register_at_fork(after_in_child=_reset_fork_server)

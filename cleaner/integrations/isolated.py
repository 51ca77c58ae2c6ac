"""Pages cleaned in a process apart, for hosts whose own processes must not be lost to a bad page."""

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

_HOME = "cleaner.batch.preload"


class IsolatedSettings(msgspec.Struct, frozen=True):
    """How pages are cleaned; small enough to travel to other machines."""

    rules: tuple[Path, ...] = ()
    """Folders of rules laid over the built-in ones, under the same paths on every machine."""
    lean: Lean = Lean.BALANCED
    limits: WorkLimits = WorkLimits(limits.SECONDS, limits.MEGABYTES)
    """What one page may cost."""


def make_settings(
    rules: Sequence[str | Path] = (), lean: str = Lean.BALANCED, limits: WorkLimits | None = None
) -> IsolatedSettings:
    """Settings as a person gives them. Raises :class:`ValueError` for a ``lean`` that there is not."""
    given = IsolatedSettings(tuple(map(Path, rules)), Lean(lean))
    return given if limits is None else msgspec.structs.replace(given, limits=limits)


def clean_isolated(documents: Iterable[InputDocument | Failure], settings: IsolatedSettings) -> Generator[Outcome]:
    """What becomes of each of ``documents``, in their order; they are taken only as they are needed.

    A page that hangs, crashes its process or needs too much memory becomes a :class:`Failure`, as does one that cannot
    be cleaned. Raises :class:`cleaner.RuleError` for rules that cannot be used.
    """
    yield from (outcome for outcome in _stream_outcomes(documents, settings) if outcome)


def clean_batch(documents: Sequence[InputDocument | Failure], settings: IsolatedSettings) -> list[Outcome]:
    """Like :func:`clean_isolated`, by a process that stays for the next batch: starting one takes as long as many pages."""
    # What is forked from a process has no part in its lines to others; hence the number.
    key = (settings, os.getpid())
    kept = _kept.get(key) or _kept.setdefault(key, _KeptPool(settings))
    try:
        return kept.outcomes(documents)
    except BaseException:  # broken rules, Control-C: it has lost step with its callers
        _kept.pop(key).close()
        raise


def end_workers() -> None:
    """End the processes that :func:`clean_batch` has kept; they end with this one in any case."""
    for key in [key for key in _kept if key[1] == os.getpid()]:
        _kept.pop(key).close()


class _KeptPool:
    """A process that waits for more when it is done with a batch."""

    def __init__(self, settings: IsolatedSettings) -> None:
        self._waiting: deque[InputDocument | Failure] = deque()
        self._results = _stream_outcomes(self._feed(), settings)
        self.close = self._results.close

    def outcomes(self, documents: Sequence[InputDocument | Failure]) -> list[Outcome]:
        self._waiting.extend(documents)
        found: list[Outcome] = []
        while len(found) < len(documents):
            if outcome := next(self._results):
                found.append(outcome)
        return found

    def _feed(self) -> Iterator[InputDocument | Failure | None]:
        """What waits; and as the pool looks ahead, nothing where nothing more is known of yet."""
        while True:
            yield self._waiting.popleft() if self._waiting else None


_kept: dict[tuple[IsolatedSettings, int], _KeptPool] = {}
# While the modules that end a process are still there.
atexit.register(end_workers)


def _stream_outcomes(
    documents: Iterable[InputDocument | Failure | None], settings: IsolatedSettings
) -> Generator[Outcome | None]:
    pool: WorkerPool[InputDocument | Failure | None, Outcome | None]
    pool = WorkerPool(partial(_make_worker, settings), jobs=1, limits=settings.limits, home=_HOME)
    for document, result in pool.map(documents):
        if isinstance(result, CrashError):
            yield make_failure(document.path, result) if document else None
        else:
            yield result


def _make_worker(settings: IsolatedSettings) -> Callable[[Any], Outcome | None]:
    # Imported in that process only: the host's own stays small.
    from cleaner.batch import worker
    from cleaner.library import Cleaner

    cleaner = Cleaner(settings.rules, lean=settings.lean)
    return lambda document: document and worker.clean_document(document, cleaner, OutputFormat.JSONL)


def _forget_server() -> None:
    """In a process just forked: what it knows of a fork server is its parent's, and waiting for that one would fail."""
    server = forkserver._forkserver  # noqa: SLF001  there is no public way, and hosts fork as they please
    type(server).__init__(server)


if sys.platform == "linux":
    os.register_at_fork(after_in_child=_forget_server)

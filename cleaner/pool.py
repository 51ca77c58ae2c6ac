"""Work on many items in processes: results in the order of the items, and a crash costs one item only."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Items under way for each process: enough that none idles while a slow item holds back the results behind it, few
# enough that all of them fit in memory.
_AHEAD = 4
# Items after which a process is replaced: the caches of the libraries underneath only grow.
_LIFETIME = 2000


class CrashError(Exception):
    """The process that worked on an item died: out of memory, or a fault in a C library."""


class Pool(Generic[Item, Result]):
    """``jobs`` processes that do ``work``, each on one item at a time.

    ``work``, items and results travel by pickle. Processes are spawned, so no state of the parent leaks into them.
    An exception that ``work`` raises is raised here; a dead process is not, see :meth:`map`.
    """

    def __init__(self, work: Callable[[Item], Result], *, jobs: int, lifetime: int = _LIFETIME) -> None:
        self._work = work
        self._jobs = jobs
        self._generation = lifetime * jobs

    def map(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result | CrashError]]:
        """Each item with its result, in order; its result is a :class:`CrashError` if it killed its process."""
        waiting = iter(items)
        for first in waiting:
            lost = yield from self._work_through(chain([first], islice(waiting, self._generation - 1)))
            yield from self._one_by_one(lost)

    def _work_through(self, items: Iterable[Item]) -> Generator[tuple[Item, Result], None, list[Item]]:
        """Results until a process dies; returns the items that were under way then, as any of them may be to blame."""
        waiting = iter(items)
        pending: deque[tuple[Item, Future[Result]]] = deque()
        executor = _executor(self._jobs)
        try:
            while True:
                for item in islice(waiting, self._jobs * _AHEAD - len(pending)):
                    pending.append((item, self._submit(executor, item)))
                if not pending:
                    return []
                item, future = pending[0]
                try:
                    result = future.result()
                except BrokenProcessPool:
                    return [item for item, _ in pending]
                pending.popleft()
                yield item, result
        finally:
            executor.shutdown(cancel_futures=True)

    def _one_by_one(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result | CrashError]]:
        for item in items:
            with _executor(1) as executor:
                try:
                    result: Result | CrashError = self._submit(executor, item).result()
                except BrokenProcessPool:
                    result = CrashError("the process that worked on it died: out of memory, or a fault in a C library")
            yield item, result

    def _submit(self, executor: ProcessPoolExecutor, item: Item) -> Future[Result]:
        try:
            return executor.submit(self._work, item)
        except BrokenProcessPool as error:
            broken: Future[Result] = Future()
            broken.set_exception(error)
            return broken


def _executor(jobs: int) -> ProcessPoolExecutor:
    # Control-C is for the parent; a worker that heard it too would print a traceback of its own.
    return ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )

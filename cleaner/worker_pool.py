"""Work on many items in processes: results in the order of the items, and a bad item costs itself only."""

from __future__ import annotations

import math
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from pathlib import Path
from time import monotonic
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Make: TypeAlias = Callable[[], Callable[[Any], Any]]

# Items, for each process, that may be under way or wait behind one that takes long: few enough to fit in memory.
_AHEAD = 16
# Items after which a process is replaced: the caches of the libraries underneath only grow.
_LIFETIME = 2000


class CrashError(Exception):
    """The process that worked on an item died: out of memory, or a fault in a C library."""


class TimeLimitError(CrashError):
    """An item took longer than it may, and its process was killed."""


class WorkLimits(NamedTuple):
    """What an item may cost."""

    seconds: float = math.inf
    megabytes: int | None = None
    """Memory beyond what a process has before its first item; allocations past it fail. Kept on Linux only."""


class WorkerPool(Generic[Item, Result]):
    """``jobs`` processes, each at work on one item at a time; they end with the process that made them.

    ``make`` is called once in each process and gives the function that does the work. ``make``, items and results
    travel by pickle, and no state of the parent leaks into the processes. A process is replaced after ``lifetime``
    items. An exception that the work raises is raised here; the end of a process is not, see :meth:`map`. ``home`` is
    the module that the work needs, imported once for all processes; by default that of ``make``.
    """

    def __init__(
        self,
        make: Callable[[], Callable[[Item], Result]],
        *,
        jobs: int,
        limits: WorkLimits | None = None,
        lifetime: int = _LIFETIME,
        home: str | None = None,
    ) -> None:
        self._make = make
        self._jobs = jobs
        self._limits = limits or WorkLimits()
        self._lifetime = lifetime
        self._context = _start_method(home or getattr(make, "func", make).__module__)

    def map(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result | CrashError]]:
        """Each item with its result, in order; its result is a :class:`CrashError` if its process did not survive it.

        Items are taken only as they are needed.
        """
        waiting = map(_Task, items)
        pending: deque[_Task] = deque()
        queued: deque[_Task] = deque()
        workers = [self._worker() for _ in range(self._jobs)]
        try:
            while True:
                self._hand_out(queued, workers)
                while pending and pending[0].done:
                    task = pending.popleft()
                    yield task.item, task.result()
                room = len(queued) < self._jobs and len(pending) < self._jobs * _AHEAD
                if room and (new := next(waiting, None)):
                    queued.append(new)
                    pending.append(new)
                elif pending:
                    self._hear(workers)
                else:
                    return
        finally:
            for worker in workers:
                worker.end()

    def _worker(self) -> _Worker:
        return _Worker(self._context, self._make, self._limits)

    def _hand_out(self, queued: deque[_Task], workers: list[_Worker]) -> None:
        for place, worker in enumerate(workers):
            if queued and worker.idle:
                if worker.take(queued[0]):
                    queued.popleft()
                else:
                    workers[place] = self._replaced(worker)

    def _hear(self, workers: list[_Worker]) -> None:
        """Wait until a process has something to say, or has been silent for too long."""
        deadline = min(worker.deadline for worker in workers)
        timeout = None if deadline == math.inf else max(deadline - monotonic(), 0)
        heard = wait([worker.connection for worker in workers if not worker.idle], timeout)
        for place, worker in enumerate(workers):
            alive = worker.listen() if worker.connection in heard else worker.is_in_time()
            if not alive or (worker.idle and worker.served >= self._lifetime):
                workers[place] = self._replaced(worker)

    def _replaced(self, worker: _Worker) -> _Worker:
        worker.end()
        return self._worker()


class _Task:
    """An item, and its result once it is there."""

    def __init__(self, item: Any) -> None:
        self.item = item
        self.done = False
        self._result: Any = None

    def finish(self, result: object) -> None:
        self.done = True
        self._result = result

    def result(self) -> Any:
        if isinstance(self._result, Exception) and not isinstance(self._result, CrashError):
            raise self._result
        return self._result


class _Worker:
    """A process and this end of the line to it; the process hears of this end's death by the line going dead."""

    def __init__(self, context: BaseContext, make: Make, limits: WorkLimits) -> None:
        self.connection, theirs = context.Pipe()
        self._process = context.Process(  # type: ignore[attr-defined]
            target=_serve_tasks, args=(theirs, make, limits.megabytes), daemon=True
        )
        self._process.start()
        theirs.close()
        self._seconds = limits.seconds
        self._task: _Task | None = None
        self._ready = False
        self.deadline = math.inf
        self.served = 0

    @property
    def idle(self) -> bool:
        """Whether it waits for an item."""
        return self._ready and self._task is None

    def take(self, task: _Task) -> bool:
        """Send the item there; False if the process has died meanwhile."""
        try:
            self.connection.send(task.item)
        except OSError:
            return False
        self._task = task
        self.deadline = monotonic() + self._seconds
        return True

    def listen(self) -> bool:
        """Receive what it says; False if that is its end."""
        try:
            result = self.connection.recv()
        except (EOFError, OSError):
            self._finish(CrashError(f"the process that worked on it died ({self._last_words()})"))
            return False
        if not self._ready and result is not None:
            raise result
        self._finish(result)
        return True

    def is_in_time(self) -> bool:
        """Whether it may work on; its item is given up if not."""
        if monotonic() < self.deadline:
            return True
        self._finish(TimeLimitError(f"not done within the limit of {self._seconds:g} seconds"))
        return False

    def end(self) -> None:
        """Kill the process; it holds nothing that has to be saved."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()

    def _finish(self, result: object) -> None:
        if self._task:
            self._task.finish(result)
            self.served += 1
        elif isinstance(result, CrashError):
            raise result
        self._task = None
        self._ready = True
        self.deadline = math.inf

    def _last_words(self) -> str:
        self._process.join()
        code = self._process.exitcode or 0
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _start_method(home: str) -> BaseContext:
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    # Forked from a process that has imported everything and done nothing: a start takes a hundredth of a second.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([home])
    return context


def _serve_tasks(line: Connection, make: Make, megabytes: int | None) -> None:
    """What a process does: receive an item, send its result, until the line goes dead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Control-C is for the parent
    try:
        work = make()
    except Exception as error:  # noqa: BLE001  raised in the parent
        line.send(error)
        return
    if megabytes:
        _limit_memory(megabytes)
    line.send(None)
    while True:
        try:
            item = line.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            result = work(item)
        except Exception as error:  # noqa: BLE001  raised in the parent
            result = error
        line.send(result)


def _limit_memory(megabytes: int) -> None:
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))

"""Work on many items in processes: results come in the order of the items, and a bad item affects no other."""

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

from cleaner.errors import WorkerError

Item = TypeVar("Item")
Result = TypeVar("Result")
WorkMaker: TypeAlias = Callable[[], Callable[[Any], Any]]

# Items per process that may be in progress or wait behind a slow one. Chosen so that they fit in memory; not measured.
_MAX_PENDING_PER_WORKER = 16
# Items after which a process is replaced: the caches of the libraries it uses only grow. Chosen; not measured.
_MAX_ITEMS_PER_WORKER = 2000

# Processes in a row that may die while they start: a system that lacks memory kills some, a broken one all. Chosen.
_MAX_FAILED_STARTS = 8


class CrashError(Exception):
    """The process that worked on an item died: out of memory, or a fault in a C library."""


class TimeLimitError(CrashError):
    """An item took longer than its limit, and its process was killed."""


class WorkLimits(NamedTuple):
    """The time and memory that one item may take."""

    seconds: float = math.inf
    megabytes: int | None = None
    """Memory beyond what a process has before its first item; larger allocations fail. Enforced on Linux only."""


class WorkerPool(Generic[Item, Result]):
    """``jobs`` processes, each working on one item at a time. They end with the process that started them.

    ``make`` is called once in each process and returns the function that does the work. ``make``, items and results
    are pickled, and the processes share no state with the parent. A process is replaced after ``max_items`` items. An
    exception that the work raises is raised in the parent; for a process that dies see :meth:`map`. ``preload`` is the
    module that the work needs, imported once for all processes; by default that of ``make``. A process that dies while it
    starts is replaced, and ``warn`` called with a message.
    """

    def __init__(  # noqa: PLR0913
        self,
        make: Callable[[], Callable[[Item], Result]],
        *,
        jobs: int,
        limits: WorkLimits | None = None,
        max_items: int = _MAX_ITEMS_PER_WORKER,
        preload: str | None = None,
        warn: Callable[[str], object] = lambda _: None,
    ) -> None:
        self._warn = warn
        self._failed_starts = 0
        self._make = make
        self._jobs = jobs
        self._limits = limits or WorkLimits()
        self._max_items = max_items
        self._context = _make_context(preload or getattr(make, "func", make).__module__)

    def map(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result | CrashError]]:
        """Each item with its result, in order; the result is a :class:`CrashError` if the process died on the item.

        Items are read only as they are needed. Raises :class:`WorkerError` if processes die again and again as they start.
        """
        tasks = map(_Task, items)
        pending: deque[_Task] = deque()
        queued: deque[_Task] = deque()
        workers = [self._start_worker() for _ in range(self._jobs)]
        try:
            while True:
                self._assign_tasks(queued, workers)
                while pending and pending[0].done:
                    task = pending.popleft()
                    yield task.item, task.get_result()
                room = len(queued) < self._jobs and len(pending) < self._jobs * _MAX_PENDING_PER_WORKER
                if room and (new := next(tasks, None)):
                    queued.append(new)
                    pending.append(new)
                elif pending:
                    self._receive_results(workers)
                else:
                    return
        finally:
            for worker in workers:
                worker.kill()

    def _start_worker(self) -> _Worker:
        return _Worker(self._context, self._make, self._limits)

    def _assign_tasks(self, queued: deque[_Task], workers: list[_Worker]) -> None:
        for index, worker in enumerate(workers):
            if queued and worker.is_idle:
                if worker.send_task(queued[0]):
                    queued.popleft()
                else:
                    workers[index] = self._replace_worker(worker)

    def _receive_results(self, workers: list[_Worker]) -> None:
        """Wait until a process sends a result, ends, or exceeds its time limit."""
        deadline = min(worker.deadline for worker in workers)
        timeout = None if deadline == math.inf else max(deadline - monotonic(), 0)
        ready = wait([worker.connection for worker in workers if not worker.is_idle], timeout)
        for index, worker in enumerate(workers):
            alive = worker.receive() if worker.connection in ready else worker.check_deadline()
            self._count_failed_start(worker, is_alive=alive)
            if not alive or (worker.is_idle and worker.completed >= self._max_items):
                workers[index] = self._replace_worker(worker)

    def _count_failed_start(self, worker: _Worker, *, is_alive: bool) -> None:
        if worker.is_ready:
            self._failed_starts = 0
        elif not is_alive:
            self._failed_starts += 1
            reason = worker.get_exit_reason()
            if self._failed_starts > _MAX_FAILED_STARTS:
                problem = f"{self._failed_starts} processes in a row ended while they started ({reason})"
                raise WorkerError(f"{problem}; there may be too little memory: give fewer --jobs, or free some")
            self._warn(f"a process ended while it started ({reason}); another takes its place")

    def _replace_worker(self, worker: _Worker) -> _Worker:
        worker.kill()
        return self._start_worker()


class _Task:
    """An item, and its result once the work is done."""

    def __init__(self, item: Any) -> None:
        self.item = item
        self.done = False
        self._result: Any = None

    def set_result(self, result: object) -> None:
        self.done = True
        self._result = result

    def get_result(self) -> Any:
        if isinstance(self._result, Exception) and not isinstance(self._result, CrashError):
            raise self._result
        return self._result


class _Worker:
    """A process and the parent's end of the connection to it. The process ends when the parent's end is closed."""

    def __init__(self, context: BaseContext, make: WorkMaker, limits: WorkLimits) -> None:
        self.connection, child_end = context.Pipe()
        self._process = context.Process(  # type: ignore[attr-defined]
            target=_serve_tasks, args=(child_end, make, limits.megabytes), daemon=True
        )
        self._process.start()
        child_end.close()
        self._seconds = limits.seconds
        self._task: _Task | None = None
        self._ready = False
        self.deadline = math.inf
        self.completed = 0

    @property
    def is_ready(self) -> bool:
        """Whether the process has started."""
        return self._ready

    @property
    def is_idle(self) -> bool:
        """Whether the process waits for an item."""
        return self._ready and self._task is None

    def send_task(self, task: _Task) -> bool:
        """Send the task's item to the process; False if the process has died."""
        try:
            self.connection.send(task.item)
        except OSError:
            return False
        self._task = task
        self.deadline = monotonic() + self._seconds
        return True

    def receive(self) -> bool:
        """Receive a result, or the message that the process is ready; False if the process has died."""
        try:
            result = self.connection.recv()
        except (EOFError, OSError):
            if self._task:
                self._complete_task(CrashError(f"the process that worked on it died ({self.get_exit_reason()})"))
            return False
        if not self._ready and result is not None:
            raise result
        self._complete_task(result)
        return True

    def check_deadline(self) -> bool:
        """Whether the deadline of the current item has not passed; if it has, the item fails."""
        if monotonic() < self.deadline:
            return True
        self._complete_task(TimeLimitError(f"not done within the limit of {self._seconds:g} seconds"))
        return False

    def kill(self) -> None:
        """Kill the process. It has no state to save."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()

    def _complete_task(self, result: object) -> None:
        if self._task:
            self._task.set_result(result)
            self.completed += 1
        self._task = None
        self._ready = True
        self.deadline = math.inf

    def get_exit_reason(self) -> str:
        """How the process ended, which it has: a signal or its exit code."""
        self._process.join()
        code = self._process.exitcode or 0
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def start_preload(preload: str) -> None:
    """Begin to import the module ``preload`` for the processes of pools while this process prepares their work.

    It must be the ``preload`` of all pools; where processes are not forked from one, nothing happens.
    """
    if _make_context(preload).get_start_method() == "forkserver":
        from multiprocessing import forkserver  # only where there is one

        forkserver.ensure_running()


def _make_context(preload: str) -> BaseContext:
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    # Forked from a process that has imported everything and done nothing else: a start takes about 10 ms.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    return context


def _serve_tasks(connection: Connection, make: WorkMaker, megabytes: int | None) -> None:
    """The loop of a worker process: receive an item, send its result, until the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Control-C
    try:
        work = make()
    except Exception as error:  # noqa: BLE001  raised in the parent
        connection.send(error)
        return
    if megabytes:
        _limit_memory(megabytes)
    connection.send(None)
    while True:
        try:
            item = connection.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            result = work(item)
        except Exception as error:  # noqa: BLE001  raised in the parent
            result = error
        connection.send(result)


def _limit_memory(megabytes: int) -> None:
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))

"""Cleaning of pages in processes that are kept: each works on one page at a time, with limits of time and memory."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias, cast

from cleaner.article import Article
from cleaner.batch.records import InputDocument, make_failure
from cleaner.errors import PageError, RuleError
from cleaner.library import Cleaner
from cleaner.model import Page
from cleaner.page import decode
from cleaner.rulebook import Rulebook
from cleaner.ruletools.item_pages import split_runs
from cleaner.storage.run_files import Failure
from cleaner.studio.evidence import BlockEvidence, gather_evidence
from cleaner.worker_pool import CrashError, WorkerPool, WorkLimits

Result: TypeAlias = Article | Failure
Evidence: TypeAlias = tuple[BlockEvidence, ...]
_PRELOAD = "cleaner.batch.preload"
_KEPT_CLEANERS = 2
"""Sets of rules that a process keeps: those in force, and those of a draft."""


class Rules(NamedTuple):
    """The rules that a page is cleaned by."""

    folders: tuple[Path, ...]
    digest: str
    """Digest of the rulebook: with another one the files are read again."""


class CleanTask(NamedTuple):
    """A page to clean, decoded or not, and the rules."""

    page: Page | InputDocument
    rules: Rules


class EvidenceTask(NamedTuple):
    """A page whose blocks are explained, and the rules."""

    page: Page
    rules: Rules


Task: TypeAlias = CleanTask | EvidenceTask


class BusyError(Exception):
    """All processes are busy, and too many requests wait; or the service is closed."""


class CleaningService:
    """``jobs`` processes that clean pages for the threads that call :meth:`clean`; each process has one page at a time.

    A page that hangs, crashes its process or needs too much memory becomes a :class:`Failure`, as does one that cannot be
    cleaned.
    """

    def __init__(self, *, jobs: int, limits: WorkLimits, max_waiting: int) -> None:
        self._free: list[_Slot] = [_Slot(limits) for _ in range(jobs)]
        self._freed = threading.Condition()
        self._asking = 0
        self._is_closed = False
        self._executors = [ThreadPoolExecutor(jobs), ThreadPoolExecutor(jobs)]
        self._max_waiting = max_waiting
        self.jobs = jobs
        self.waiting = 0
        """Callers of :meth:`clean` that have no result yet."""

    def clean(self, task: CleanTask) -> Result:
        """Return the article of ``task``, or its failure. Raises :class:`BusyError` if too many callers wait."""
        result = self._run_if_free(task)
        assert not isinstance(result, tuple)  # noqa: S101  it is what the task asks for
        return result

    def explain(self, task: EvidenceTask) -> Evidence | Failure:
        """Return what the classifier saw in the page of ``task``. Raises :class:`BusyError` as :meth:`clean` does."""
        result = self._run_if_free(task)
        assert not isinstance(result, Article)  # noqa: S101  it is what the task asks for
        return result

    def _run_if_free(self, task: Task) -> Result | Evidence:
        if self.waiting >= self._max_waiting + self.jobs:
            raise BusyError
        self.waiting += 1
        try:
            return self._run(task)
        finally:
            self.waiting -= 1

    def clean_many(self, tasks: Iterable[CleanTask], *, in_background: bool = False) -> Iterator[Result]:
        """Yield the result of each of ``tasks``, in order, from all processes; of a run of links, each is a block.

        Tasks ``in_background`` begin only while no other waits for a process.
        """
        run = self._run_in_background if in_background else self._run
        results = self._executors[in_background].map(cast("Callable[[CleanTask], Result]", run), tasks)
        return (split_runs(result) if isinstance(result, Article) else result for result in results)

    def _run(self, task: Task) -> Result | Evidence:
        with self._freed:
            self._asking += 1
            self._freed.wait_for(lambda: self._free or self._is_closed)
            self._asking -= 1
            slot = self._take_slot()
        return self._use(slot, task)

    def _run_in_background(self, task: Task) -> Result | Evidence:
        with self._freed:
            self._freed.wait_for(lambda: (self._free and not self._asking) or self._is_closed)
            slot = self._take_slot()
        return self._use(slot, task)

    def _take_slot(self) -> _Slot:
        if self._is_closed:
            raise BusyError
        return self._free.pop()

    def _use(self, slot: _Slot, task: Task) -> Result | Evidence:
        try:
            return slot.clean(task)
        finally:
            with self._freed:
                self._free.append(slot)
                self._freed.notify_all()

    def close(self) -> None:
        """End the threads and processes; tasks that have not begun are dropped."""
        for executor in self._executors:
            executor.shutdown(wait=False, cancel_futures=True)
        with self._freed:
            self._is_closed = True
            self._freed.notify_all()
            while self._free:  # a page that is being cleaned ends with this process
                self._free.pop().close()


class _Slot:
    """One process, started by its first page."""

    def __init__(self, limits: WorkLimits) -> None:
        self._waiting: deque[Task] = deque()
        pool: WorkerPool[Task | None, Result | Evidence | None]
        pool = WorkerPool(_make_worker, jobs=1, limits=limits, preload=_PRELOAD)
        self._results = pool.map(self._read_waiting())

    def clean(self, task: Task) -> Result | Evidence:
        self._waiting.append(task)
        for item, result in self._results:
            if item is not None:
                if isinstance(result, CrashError):
                    return make_failure(_name(item.page), result)
                if result is not None:
                    return result
        raise AssertionError("the process of a slot has ended")

    def close(self) -> None:
        self._results.close()  # type: ignore[attr-defined]

    def _read_waiting(self) -> Iterator[Task | None]:
        """The waiting task; None if there is none, as the pool reads ahead."""
        while True:
            yield self._waiting.popleft() if self._waiting else None


def _name(page: Page | InputDocument) -> str:
    return page.source if isinstance(page, Page) else page.path


def _make_worker() -> Callable[[Task | None], Result | Evidence | None]:
    return partial(_do_task, OrderedDict())


def _do_task(cleaners: OrderedDict[Rules, Cleaner], task: Task | None) -> Result | Evidence | None:
    if task is None:
        return None
    path = _name(task.page)
    try:
        if isinstance(task, EvidenceTask):
            return gather_evidence(task.page, Rulebook.load(task.rules.folders))
        page = task.page if isinstance(task.page, Page) else _read_request(task.page)
        return _get_cleaner(cleaners, task.rules).clean_page(page)
    except PageError as error:
        failure = Failure(path, "PageError", error.problem)
    except RuleError as error:
        failure = Failure(path, "RuleError", str(error))
    except MemoryError:
        failure = Failure(path, "MemoryError", "needs more memory than the limit for one page")
    except Exception as error:  # noqa: BLE001  one page must never end the server
        failure = make_failure(path, error)
    return failure


def _read_request(document: InputDocument) -> Page:
    """The page of a request; its id is a digest, as that of :func:`cleaner.clean` is."""
    return decode.read_page(
        document.read(), document.url, source=document.path, charset=document.charset, fetched=document.fetched
    )


def _get_cleaner(cleaners: OrderedDict[Rules, Cleaner], rules: Rules) -> Cleaner:
    if rules not in cleaners:
        cleaners[rules] = Cleaner(rules.folders)
    cleaners.move_to_end(rules)
    while len(cleaners) > _KEPT_CLEANERS:
        cleaners.popitem(last=False)
    return cleaners[rules]


def make_tasks(pages: Sequence[Page], rules: Rules) -> list[CleanTask]:
    """Return a task for each of ``pages``."""
    return [CleanTask(page, rules) for page in pages]

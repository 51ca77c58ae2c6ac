import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from itertools import count, islice
from pathlib import Path

import pytest

from cleaner.errors import WorkerError
from cleaner.worker_pool import CrashError, TimeLimitError, WorkerPool, WorkLimits

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is kept on Linux only")


@LINUX
def test_what_is_loaded_for_processes_can_be_loaded_before_there_are_any():
    script = (
        "import multiprocessing.forkserver as server; from cleaner.worker_pool import start_preload; "
        "start_preload('json.tool'); print(bool(server._forkserver._forkserver_pid))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout == "True\n"


def doing(work, *arguments):
    return partial(give, partial(work, *arguments))


def give(work):
    return work


def double(number):
    return number * 2


def double_unless(bad, end, number):
    if number == bad:
        end()
    return number * 2


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def leave():
    os._exit(5)


def hang():
    while True:
        time.sleep(60)


def devour():
    return len(bytearray(10**9))


def process(_item):
    return os.getpid()


def refuse(number):
    raise ValueError(number)


def no_work():
    raise LookupError("no rules")


def test_results_come_in_the_order_of_the_items():
    assert list(WorkerPool(doing(double), jobs=2).map(range(50))) == [(number, number * 2) for number in range(50)]


def test_no_items_no_results():
    assert list(WorkerPool(doing(double), jobs=2).map([])) == []


@pytest.mark.parametrize(
    ("end", "error", "message"),
    [
        (die, CrashError, "SIGKILL"),
        (leave, CrashError, "exit code 5"),
        (hang, TimeLimitError, "limit of 0.3 seconds"),
    ],
)
def test_item_that_ends_its_process_costs_itself_only(end, error, message):
    pool = WorkerPool(doing(double_unless, 7, end), jobs=2, limits=WorkLimits(seconds=0.3))
    results = dict(pool.map(range(20)))
    failed = results.pop(7)
    assert isinstance(failed, error)
    assert message in str(failed)
    assert results == {number: number * 2 for number in range(20) if number != 7}


@LINUX
def test_memory_is_limited_to_what_an_item_may_take():
    (result,) = WorkerPool(doing(double_unless, None, None), jobs=1, limits=WorkLimits(megabytes=100)).map([3])
    assert result == (3, 6)
    with pytest.raises(MemoryError):
        list(WorkerPool(doing(double_unless, 3, devour), jobs=1, limits=WorkLimits(megabytes=100)).map([3]))


def test_items_are_taken_only_as_they_are_needed():
    taken = []
    items = (taken.append(number) or number for number in count())
    assert len(list(islice(WorkerPool(doing(double), jobs=2).map(items), 3))) == 3
    assert len(taken) < 40


def test_processes_are_replaced():
    processes = [result for _, result in WorkerPool(doing(process), jobs=1, max_items=2).map(range(6))]
    assert len(set(processes)) == 3


@pytest.fixture
def list_own_processes():
    """Lists the processes that were started since; other tests may share theirs, or have some that are about to end."""
    others = set(multiprocessing.active_children())
    return lambda: [process for process in multiprocessing.active_children() if process not in others]


def test_no_process_is_left_when_the_results_are_no_longer_wanted(list_own_processes):
    results = WorkerPool(doing(process), jobs=2).map(count())
    next(results)
    assert list_own_processes()
    results.close()
    assert not list_own_processes()


def test_exception_of_the_work_is_raised():
    with pytest.raises(ValueError, match="3"):
        list(WorkerPool(doing(refuse), jobs=1).map([3]))


def test_exception_of_the_making_is_raised():
    with pytest.raises(LookupError, match="no rules"):
        list(WorkerPool(no_work, jobs=1).map([3]))


def process_unless(bad, item):
    if item == bad:
        die()
    return os.getpid()


def test_process_that_replaces_a_crashed_one_lives_as_long_as_any():
    first, crash, *later = (
        result for _, result in WorkerPool(doing(process_unless, 1), jobs=1, max_items=3).map(range(8))
    )
    assert isinstance(crash, CrashError)
    assert len(set(later[:3])) == 1
    assert len({first, later[0], later[3]}) == 3
    assert len(set(later[3:])) == 1


def make_or_die(folder, times):
    """The work, in a process that dies while it starts, until so many have died: each leaves a file in ``folder``."""
    for place in range(times):
        # Of two processes that start at once, only one makes the file.
        with suppress(FileExistsError), Path(folder, str(place)).open("x"):
            die()
    return double


def test_process_that_dies_while_it_starts_is_replaced_and_told_of(tmp_path):
    told = []
    # One at a time: of two, one may do all the work before it is noticed that the other has died.
    pool = WorkerPool(partial(make_or_die, tmp_path, 3), jobs=1, warn=told.append)
    assert [result for _, result in pool.map(range(4))] == [0, 2, 4, 6]
    assert len(told) == 3
    assert "ended while it started (SIGKILL)" in told[0]


def test_processes_that_all_die_while_they_start_end_the_run(tmp_path, list_own_processes):
    pool = WorkerPool(partial(make_or_die, tmp_path, 1000), jobs=2)
    with pytest.raises(WorkerError, match=r"in a row ended while they started \(SIGKILL\).*fewer --jobs"):
        list(pool.map(range(4)))
    assert not list_own_processes()

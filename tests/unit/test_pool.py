import os
import signal
from itertools import count, islice

import pytest

from cleaner.pool import CrashError, Pool


def double(number):
    return number * 2


def double_unless_seven(number):
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def process(_item):
    return os.getpid()


def refuse(number):
    raise ValueError(number)


def test_results_come_in_the_order_of_the_items():
    assert list(Pool(double, jobs=2).map(range(50))) == [(number, number * 2) for number in range(50)]


def test_no_items_no_results():
    assert list(Pool(double, jobs=2).map([])) == []


def test_item_that_kills_its_process_costs_itself_only():
    results = dict(Pool(double_unless_seven, jobs=2).map(range(20)))
    assert isinstance(results.pop(7), CrashError)
    assert results == {number: number * 2 for number in range(20) if number != 7}


def test_items_are_taken_only_as_they_are_needed():
    taken = []
    items = (taken.append(number) or number for number in count())
    assert len(list(islice(Pool(double, jobs=2).map(items), 3))) == 3
    assert len(taken) < 20


def test_processes_are_replaced():
    processes = [result for _, result in Pool(process, jobs=1, lifetime=2).map(range(6))]
    assert len(set(processes)) == 3


def test_exception_of_the_work_is_raised():
    with pytest.raises(ValueError, match="3"):
        list(Pool(refuse, jobs=1).map([3]))

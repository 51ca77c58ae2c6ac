"""Runs that are killed at any moment and resumed: no document is missing, none is there twice, all bytes are equal."""

import os
import random
import signal
import subprocess
import time
from contextlib import suppress

import pytest

from .conftest import contents, write_pages

KILLS = 50
PLANS = [("jsonl", 0), ("jsonl.zst", 70), ("md", 0), ("jsonl", 100)]


def finished(process):
    _, error = process.communicate()
    assert process.returncode == 0, error


def killed(process, out, delay):
    """Kill it ``delay`` seconds after it has got on; False if it was done before."""
    before = size(out)
    while process.poll() is None and size(out) == before:
        time.sleep(0.001)
    with suppress(subprocess.TimeoutExpired):
        process.wait(delay)
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def size(out):
    total = 0
    for table in (out / ".unfinished").glob("*.jsonl"):
        with suppress(FileNotFoundError):
            total += table.stat().st_size
    return total


def wait_for_orphans(group):
    """The processes that worked for a killed run end by themselves."""
    for _ in range(500):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise AssertionError("a process outlives the run that made it")


@pytest.mark.slow
def test_fifty_kills_at_random_moments(light, memory_path):
    pages = write_pages(memory_path / "pages")
    dice = random.Random(20231)  # noqa: S311  moments, not secrets
    expected = {}
    for plan in PLANS:
        out = memory_path / f"whole-{len(expected)}"
        finished(light(out, 1, *plan, pages))
        expected[plan] = contents(out)
    survived = runs = 0
    while survived < KILLS:
        plan = PLANS[runs % len(PLANS)]
        runs += 1
        out = memory_path / f"killed-{runs}"
        for _ in range(5):
            process = light(out, 2, *plan, pages)
            if not killed(process, out, dice.uniform(0, 0.2)):
                assert process.returncode == 0
                break
            survived += 1
            wait_for_orphans(process.pid)
        finished(light(out, 2, *plan, pages))
        assert contents(out) == expected[plan], f"{plan} after {survived} kills"
    assert runs > len(PLANS)

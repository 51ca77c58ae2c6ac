"""Peak memory of a system, measured in a separate process.

As a script, ``python -m bench.memory --corpora CORPORA``: that of a worker as it cleans more and more pages.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from bench.corpora import Sample, Shape, read
from bench.measure import prepare_systems, run_system
from cleaner.batch import PRELOAD
from cleaner.errors import PageError
from cleaner.library import Cleaner

_STEPS = 20
"""Lines that are printed."""
_STATUS = Path("/proc/self/status")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak_memory(name: str, shape: Shape, samples: Sequence[Sample]) -> float | None:
    """Peak memory in MiB of a new process in which system ``name`` reads ``samples``, interpreter and pages included.

    None if the system is not installed, or the platform is not Linux.
    """
    # Spawned: a forked process would include what is loaded here.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (name, shape, list(samples)))


def _peak(name: str, shape: Shape, samples: Sequence[Sample]) -> float | None:
    systems = prepare_systems(shape, [name])
    if not systems:
        return None
    for sample in samples:
        run_system(sample, *systems[0])
    return _read_peak()


def _read_peak() -> float | None:
    # The kernel's peak for this address space; getrusage would include the parent's peak.
    held = _PEAK.search(_STATUS.read_text()) if _STATUS.exists() else None
    return int(held[1]) / 1024 if held else None


def main() -> None:
    """Clean pages as a worker does, and print the most memory that it has held, in MiB."""
    parser = argparse.ArgumentParser(prog="memory", description=main.__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds html/")
    parser.add_argument("--pages", type=int, default=10_000)
    options = parser.parse_args()
    importlib.import_module(PRELOAD)
    clean = Cleaner().clean
    print("| pages | MiB |\n| --: | --: |")
    print(f"| 0 | {_read_peak():.0f} |")
    for number, sample in enumerate(islice(read(options.corpora, Shape.HTML), options.pages), start=1):
        with suppress(PageError):
            clean(sample.content, url=sample.url)
        if number % max(options.pages // _STEPS, 1) == 0:
            print(f"| {number:,} | {_read_peak():.0f} |", flush=True)


if __name__ == "__main__":
    main()

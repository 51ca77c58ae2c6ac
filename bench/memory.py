"""Memory a system takes, measured in a process of its own."""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Sequence
from pathlib import Path

from bench.corpora import Sample, Shape
from bench.measure import begin, run

_STATUS = Path("/proc/self/status")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak_memory(name: str, shape: Shape, samples: Sequence[Sample]) -> float | None:
    """MiB that a fresh process holds at most while system ``name`` reads ``samples``, interpreter and pages included.

    None where the system is not installed, or the platform (other than Linux) does not say.
    """
    # A spawned process shares nothing with this one; a forked one would count what is loaded here.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (name, shape, list(samples)))


def _peak(name: str, shape: Shape, samples: Sequence[Sample]) -> float | None:
    systems = begin(shape, [name])
    if not systems:
        return None
    for sample in samples:
        run(sample, *systems[0])
    # The kernel's own mark for this address space; getrusage would carry over the parent's peak.
    held = _PEAK.search(_STATUS.read_text()) if _STATUS.exists() else None
    return int(held[1]) / 1024 if held else None

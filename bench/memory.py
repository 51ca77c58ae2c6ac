"""Peak memory of a system, measured in a separate process."""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Sequence
from pathlib import Path

from bench.corpora import Sample, Shape
from bench.measure import prepare_systems, run_system

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
    # The kernel's peak for this address space; getrusage would include the parent's peak.
    held = _PEAK.search(_STATUS.read_text()) if _STATUS.exists() else None
    return int(held[1]) / 1024 if held else None

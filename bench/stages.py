"""The time of each stage of the pipeline on one page."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any, TypeAlias

from bench import report
from cleaner import pipeline
from cleaner.model import Lean
from cleaner.page import decode
from cleaner.rulebook import Rulebook

Lap: TypeAlias = Mapping[str, float]
"""Milliseconds of one page by stage, in the order of :data:`cleaner.pipeline.STAGES`."""
DECODE = "decode"
"""The step before the first stage: from bytes or text to a page."""


def time_stages(data: str | bytes, url: str | None, book: Rulebook) -> Lap:
    """The time that each stage takes on one page. Raises :class:`cleaner.PageError`."""
    lap: dict[str, float] = {}
    start = time.perf_counter()
    values: dict[str, Any] = {
        "page": decode.read_page(data, url=url),
        "book": book,
        "lean": Lean.BALANCED,
        "repeats": None,
        "structure": True,
    }
    lap[DECODE] = (time.perf_counter() - start) * 1000
    start = time.perf_counter()
    for stage in pipeline.run_stages(values):
        now = time.perf_counter()
        lap[stage.name] = lap.get(stage.name, 0.0) + (now - start) * 1000  # front matter is judged twice
        start = now
    return lap


def format_table(laps: Sequence[Lap]) -> str:
    """One row per stage: its mean over all pages, and its share of the total time."""
    if not laps:
        return "No page.\n"
    total = sum(sum(lap.values()) for lap in laps)
    rows = []
    for stage in dict.fromkeys((DECODE, *(stage.name for stage in pipeline.STAGES))):
        times = [lap.get(stage, 0.0) for lap in laps]
        rows.append([stage, f"{fmean(times):.2f}", f"{100 * sum(times) / total:.1f} %"])
    rows.append(["all", f"{total / len(laps):.2f}", "100 %"])
    return report.format_table(["stage", "ms a page", "share"], rows)

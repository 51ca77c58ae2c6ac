"""Start of a run, overhead of a batch over the cleaning itself, speed-up by a second worker, and memory of the processes.

    python -m bench.batch [--pages 400] [--documents 200000] [--rounds 3]

Pages are those of ``tests/gate/pages`` and ``seeds``, repeated. Each round times a bare loop, a run with one worker and
a run with two, one after the other, as the load of a machine changes by the minute; ratios are of the best times.
Wall-clock times are meaningful only on a quiet machine; processor times tolerate some other load. The documents for the
measurement of the parent's memory have one line each, and the workers hardly process them. The first pass that finds what
recurs is timed alone, without reading; the start is that of the process from which workers are forked, until it has loaded all.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from multiprocessing import active_children
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

from cleaner.batch import PRELOAD, run, worker
from cleaner.batch.records import CleanedDocument, InputDocument, InputItem, InputPosition, ItemOutcome
from cleaner.library import Cleaner
from cleaner.model import Lean
from cleaner.page import decode
from cleaner.page.decode import decode_page
from cleaner.render.output_formats import OutputFormat

ROOT = Path(__file__).parents[1]
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
_WARM_UP_PAGES = 50
_NO_POSITION = InputPosition(0, "", None, "")


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=400, help="pages to clean in each timed run")
    parser.add_argument("--documents", type=int, default=200_000, help="documents of the larger run for memory")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("| | |\n| --- | --: |")
        _print_start(_measure_start(), _run_isolated(_time_lines))
        if given.rounds:
            _print_times(*_measure_times(Path(folder), given.pages, given.rounds))
        if given.documents:
            _print_memory(Path(folder), (1_000, given.documents))


class Cost(NamedTuple):
    """Seconds per page, without the first fifty pages, in which caches are filled."""

    clock: float
    parent: float
    """Processor time."""
    workers: float

    def best(self, other: Cost) -> Cost:
        """The smaller of each."""
        return Cost(*map(min, self, other))


def _print_start(start: tuple[float, float], lines: tuple[float, float]) -> None:
    print(f"| load what workers need, by the processor | {start[0]:.2f} s |")
    print(f"| memory then | {start[1]:.0f} MiB |")
    print(f"| the pass that finds what recurs, of cleaning, by the processor | {lines[0] / lines[1]:.1%} |")


def _measure_start() -> tuple[float, float]:
    """Processor seconds that a new process takes to load what workers need, and its memory in MiB."""
    script = f"import {PRELOAD}, time; from bench.batch import _read_peak; print(time.process_time(), _read_peak())"
    seconds, peak = subprocess.run(  # noqa: S603  this Python
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    return float(seconds), float(peak)


def _time_lines() -> tuple[float, float]:
    """Processor seconds for the lines of all pages, and for cleaning them."""
    cleaner = Cleaner()
    pages = [decode.read_page(file.read_bytes(), source=file.name) for file in _list_pages()]
    took = []
    for work in (cleaner.hash_lines, cleaner.clean_page):
        for _ in range(2):  # the second time counts
            start = process_time()
            for page in pages:
                work(page)
            seconds = process_time() - start
        took.append(seconds)
    return took[0], took[1]


def _print_times(bare: Cost, one: Cost, two: Cost) -> None:
    print(f"| pages a second, bare loop | {1 / bare.clock:.1f} |")
    print(f"| overhead of a run over it, one worker, by the clock | {one.clock / bare.clock - 1:.1%} |")
    print(
        f"| the same, by the processor, all processes together | {(one.parent + one.workers) / bare.parent - 1:.1%} |"
    )
    print(f"| of that in the parent, which works while the worker does | {one.parent / bare.parent:.1%} |")
    print(f"| speed-up of two workers over one, by the clock | {one.clock / two.clock:.2f} |")


def _print_memory(folder: Path, sizes: tuple[int, int]) -> None:
    held = [_run_isolated(_measure_memory, folder, size) for size in sizes]
    for size, megabytes in zip(sizes, held, strict=True):
        print(f"| parent memory, {size:,} documents | {megabytes:.1f} MiB |")
    print(f"| growth | {held[1] / held[0] - 1:.1%} |")


def _measure_times(folder: Path, pages: int, rounds: int) -> list[Cost]:
    """The best costs of a bare loop, a run with one worker, and one with two."""
    contents = [decode_page(file.read_bytes(), source=file.name) for file in _list_pages()]
    rows = folder / "pages.jsonl"
    with rows.open("w", encoding="utf-8") as lines:
        for number in range(pages):
            lines.write(json.dumps({"html": contents[number % len(contents)], "id": number}) + "\n")
    best = [Cost(*[float("inf")] * 3)] * 3
    for number in range(rounds):
        took = [
            _run_isolated(_time_loop, rows),
            *(_time_run(rows, folder / f"out-{number}-{jobs}", jobs, pages) for jobs in (1, 2)),
        ]
        best = [before.best(now) for before, now in zip(best, took, strict=True)]
    return best


def _list_pages() -> list[Path]:
    return sorted([*(ROOT / "tests" / "gate" / "pages").iterdir(), *(ROOT / "seeds").glob("*.txt")])


def _time_loop(rows: Path) -> Cost:
    clean = worker.make_cleaner((), Lean.BALANCED, OutputFormat.JSONL, None)
    lines = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()]
    items = [InputItem(InputDocument(id=str(row["id"]), path="", content=row["html"]), _NO_POSITION) for row in lines]
    for item in items[:_WARM_UP_PAGES]:
        clean(item)
    clock, own = perf_counter(), process_time()
    for item in items[_WARM_UP_PAGES:]:
        clean(item)
    pages = len(items) - _WARM_UP_PAGES
    return Cost((perf_counter() - clock) / pages, (process_time() - own) / pages, 0.0)


def _time_run(rows: Path, out: Path, jobs: int, pages: int) -> Cost:
    marks: list[tuple[float, float, float]] = []
    numbers = count(1)

    class Look(run.RunObserver):
        def finish_item(self, outcome: ItemOutcome) -> None:  # noqa: ARG002
            if next(numbers) in {_WARM_UP_PAGES, pages}:
                marks.append((perf_counter(), process_time(), _read_worker_seconds()))

    run.run_batch([rows], out, run.RunSettings(jobs=jobs, repeats=False), observer=Look())
    return Cost(*((end - start) / (pages - _WARM_UP_PAGES) for start, end in zip(*marks, strict=True)))


def _read_worker_seconds() -> float:
    """Processor seconds of the child processes."""
    fields = [Path(f"/proc/{process.pid}/stat").read_text().rsplit(") ", 1)[1] for process in active_children()]
    return sum(sum(map(int, field.split()[11:13])) for field in fields) / os.sysconf("SC_CLK_TCK")


def _measure_memory(folder: Path, documents: int) -> float:
    """Peak memory in MiB of the parent of a run over ``documents`` documents."""
    rows = folder / f"{documents}.jsonl"
    with rows.open("w", encoding="utf-8") as lines:
        for number in range(documents):
            lines.write(f'{{"text": "The ferry with number {number} crosses the sound.", "id": "ferry-{number}"}}\n')
    # The real parent, with workers that hardly do anything: cleaning so many would take an hour.
    run._make_worker, run._PRELOAD = _make_light_worker, __name__  # type: ignore[assignment]  # noqa: SLF001
    run.run_batch([rows], folder / f"out-{documents}", run.RunSettings(jobs=4, repeats=False))
    return _read_peak()


def _read_peak() -> float:
    """Peak memory of this process in MiB."""
    found = _PEAK.search(Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else float("nan")


def _make_light_worker(_settings: run.RunSettings, _repeats: object) -> Callable[[InputItem], ItemOutcome]:
    def clean(item: InputItem) -> ItemOutcome:
        if not isinstance(item.document, InputDocument):
            return item.document
        row = json.dumps({"id": item.document.id}).encode() + b"\n"
        return CleanedDocument(id=item.document.id, article=row, removed=(), characters=50, kept=50)

    return clean


def _run_isolated(function: Callable[..., Any], *arguments: object) -> Any:
    """The result of ``function`` in a new process, which shares no memory with this one."""
    # Not a pool, whose processes may not have children.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_send_result, args=(theirs, function, arguments))
    process.start()
    result = ours.recv()
    process.join()
    return result


def _send_result(line: Connection, function: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    line.send(function(*arguments))


if __name__ == "__main__":
    main()

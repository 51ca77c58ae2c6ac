"""What a batch costs over the cleaning itself, what a second worker brings, and what the parent process holds.

    python -m bench.batch [--pages 400] [--documents 200000] [--rounds 3]

Pages are those of ``tests/gate/pages`` and ``seeds``, over and over. Each round times a bare loop, a run with one worker
and a run with two, one after the other, as other work on the machine changes from minute to minute; ratios are of the
best times. Times of the clock mean something on a quiet machine only; those of the processor bear some company. The
documents for memory are a line each, and the workers do next to nothing with them: what is measured is the parent.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import tempfile
from collections.abc import Callable
from itertools import count
from multiprocessing import active_children
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

from cleaner.batch import run, worker
from cleaner.batch.records import CleanedDocument, InputDocument, InputItem, InputPosition, Outcome
from cleaner.model import Lean
from cleaner.page.decode import decode_page
from cleaner.render.output_formats import OutputFormat

ROOT = Path(__file__).parents[1]
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
_WARM = 50
_NOWHERE = InputPosition(0, "", None, "")


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=400, help="pages to clean in each timed run")
    parser.add_argument("--documents", type=int, default=200_000, help="documents of the larger run for memory")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("| | |\n| --- | --: |")
        if given.rounds:
            _print_times(*_times(Path(folder), given.pages, given.rounds))
        if given.documents:
            _print_memory(Path(folder), (1_000, given.documents))


class Cost(NamedTuple):
    """Seconds a page, from the fiftieth page on, when everything is warm."""

    clock: float
    parent: float
    """Of processor time."""
    workers: float

    def best(self, other: Cost) -> Cost:
        """The smaller of each."""
        return Cost(*map(min, self, other))


def _print_times(bare: Cost, one: Cost, two: Cost) -> None:
    print(f"| pages a second, bare loop | {1 / bare.clock:.1f} |")
    print(f"| overhead of a run over it, one worker, by the clock | {one.clock / bare.clock - 1:.1%} |")
    print(
        f"| the same, by the processor, all processes together | {(one.parent + one.workers) / bare.parent - 1:.1%} |"
    )
    print(f"| of that in the parent, which works while the worker does | {one.parent / bare.parent:.1%} |")
    print(f"| speed-up of two workers over one, by the clock | {one.clock / two.clock:.2f} |")


def _print_memory(folder: Path, sizes: tuple[int, int]) -> None:
    held = [_apart(_memory, folder, size) for size in sizes]
    for size, megabytes in zip(sizes, held, strict=True):
        print(f"| parent memory, {size:,} documents | {megabytes:.1f} MiB |")
    print(f"| growth | {held[1] / held[0] - 1:.1%} |")


def _times(folder: Path, pages: int, rounds: int) -> list[Cost]:
    """Best costs of a bare loop, a run with one worker, and one with two."""
    files = sorted([*(ROOT / "tests" / "gate" / "pages").iterdir(), *(ROOT / "seeds").glob("*.txt")])
    contents = [decode_page(file.read_bytes(), source=file.name) for file in files]
    rows = folder / "pages.jsonl"
    with rows.open("w", encoding="utf-8") as lines:
        for number in range(pages):
            lines.write(json.dumps({"html": contents[number % len(contents)], "id": number}) + "\n")
    best = [Cost(*[float("inf")] * 3)] * 3
    for number in range(rounds):
        took = [_apart(_loop, rows), *(_run(rows, folder / f"out-{number}-{jobs}", jobs, pages) for jobs in (1, 2))]
        best = [before.best(now) for before, now in zip(best, took, strict=True)]
    return best


def _loop(rows: Path) -> Cost:
    clean = worker.make_cleaner((), Lean.BALANCED, OutputFormat.JSONL, None)
    lines = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()]
    items = [InputItem(InputDocument(id=str(row["id"]), path="", content=row["html"]), _NOWHERE) for row in lines]
    for item in items[:_WARM]:
        clean(item)
    clock, own = perf_counter(), process_time()
    for item in items[_WARM:]:
        clean(item)
    pages = len(items) - _WARM
    return Cost((perf_counter() - clock) / pages, (process_time() - own) / pages, 0.0)


def _run(rows: Path, out: Path, jobs: int, pages: int) -> Cost:
    marks: list[tuple[float, float, float]] = []
    numbers = count(1)

    def look(_outcome: Outcome) -> None:
        if next(numbers) in {_WARM, pages}:
            marks.append((perf_counter(), process_time(), _workers()))

    run.run_batch([rows], out, run.RunSettings(jobs=jobs, repeats=False), progress=look)
    return Cost(*((end - start) / (pages - _WARM) for start, end in zip(*marks, strict=True)))


def _workers() -> float:
    """Processor seconds of the processes that work for this one."""
    fields = [Path(f"/proc/{process.pid}/stat").read_text().rsplit(") ", 1)[1] for process in active_children()]
    return sum(sum(map(int, field.split()[11:13])) for field in fields) / os.sysconf("SC_CLK_TCK")


def _memory(folder: Path, documents: int) -> float:
    """MiB that the parent of a run over so many documents holds at most."""
    rows = folder / f"{documents}.jsonl"
    with rows.open("w", encoding="utf-8") as lines:
        for number in range(documents):
            lines.write(f'{{"text": "The ferry with number {number} crosses the sound.", "id": "ferry-{number}"}}\n')
    # The real parent with workers that do next to nothing: cleaning so many would take an hour.
    run._make_worker, run._PRELOAD = _light, __name__  # type: ignore[assignment]  # noqa: SLF001
    run.run_batch([rows], folder / f"out-{documents}", run.RunSettings(jobs=4, repeats=False))
    found = _PEAK.search(Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else float("nan")


def _light(_settings: run.RunSettings, _repeats: object) -> Callable[[InputItem], Outcome]:
    def clean(item: InputItem) -> Outcome:
        if not isinstance(item.document, InputDocument):
            return item.document
        row = json.dumps({"id": item.document.id}).encode() + b"\n"
        return CleanedDocument(id=item.document.id, article=row, removed=(), characters=50, kept=50)

    return clean


def _apart(function: Callable[..., Any], *arguments: object) -> Any:
    """The result of ``function`` in a process of its own, which shares nothing with this one."""
    # Not a pool, whose processes may have none of their own.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_answer, args=(theirs, function, arguments))
    process.start()
    result = ours.recv()
    process.join()
    return result


def _answer(line: Connection, function: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    line.send(function(*arguments))


if __name__ == "__main__":
    main()

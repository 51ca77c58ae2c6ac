"""The cost of a page as it grows, and the most expensive inputs of the size of the limits.

    python -m bench.growth [--worst 12] [--write docs/benchmarks.md]

Inputs are composed (``bench/composed.toml``). Times are those of the processor, the least of some, in a process that has cleaned
other pages before; they are shown for inputs that grow: in bytes, in blocks, and in the number of rule files. With ``--worst``, all
kinds of input are timed at a moderate size, and those that would take the most at the size of the limits are timed there.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from bench import composed, report
from bench.chart import Curves, draw_curves
from bench.rule_cost import write_rules
from cleaner.errors import PageError
from cleaner.page.decode import MAX_SIZE
from cleaner.stages import MAX_BLOCKS
from cleaner.worker_pool import CrashError, WorkerPool, WorkLimits

LARGEST = MAX_SIZE * 99 // 100
"""Characters of the largest inputs, which may end a piece later."""
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, LARGEST)
"""Characters of pages; of ordinary ones the largest has fewer blocks than the limit."""
BLOCKS = (10, 100, 1_000, 10_000, MAX_BLOCKS - 1_000)
RULE_FILES = (1, 10, 100, 1_000, 5_000)
TRIED_SIZE = 200_000
"""Characters of each kind of input when those that may be expensive are searched."""
_QUICK, _ROUNDS = 0.5, 4
"""Seconds; what takes less is timed so many times."""
_LIMITS = WorkLimits(seconds=900, megabytes=6_000)
"""Of one input; the time is long as others may use the machine."""
_WARM_UP = ("html.page", "text.page")
_CHART = "benchmarks-growth.svg"


class InputCost(NamedTuple):
    """Processor seconds for an input of some size."""

    size: int
    blocks: int
    seconds: float


class Task(NamedTuple):
    """An input to time: its recipe and size, and the number of rule files."""

    name: str
    size: int
    files: int = 0


Timed: TypeAlias = dict[Task, InputCost | str]
"""Costs, or for an input that is refused or breaks a limit the reason."""


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; exit code 0."""
    parser = argparse.ArgumentParser(prog="growth", description=__doc__.splitlines()[0])
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="also time the N worst kinds at the limits")
    parser.add_argument("--write", type=Path, help="document whose section to replace; the chart is written beside it")
    options = parser.parse_args(arguments)
    parts, curves = zip(*(_grow(*plan) for plan in PLANS), strict=True)
    text = "".join(parts)
    if options.worst:
        text += f"\n### The most expensive inputs\n\n{format_worst(find_worst(options.worst))}"
    if options.write:
        options.write.with_name(_CHART).write_text(draw_curves(curves), encoding="utf-8")
        text += f"\n![Processor time by size, blocks and rule files]({_CHART})\n"
        report.replace_section(options.write, "growth", text)
    print(text)
    return 0


def _grow(title: str, of: str, tasks: Sequence[Task]) -> tuple[str, Curves]:
    """The table and the curves of inputs that grow: one for each recipe."""
    lines: dict[str, list[tuple[float, float]]] = {}
    rows = []
    for task, cost in time_tasks(tasks).items():
        if isinstance(cost, str):
            rows.append([task.name, cost, "", ""])
            continue
        x = {"characters": cost.size, "blocks": cost.blocks, "rule files": task.files}[of]
        lines.setdefault(task.name, []).append((x, cost.seconds))
        rows.append([task.name, f"{x:,}", f"{1000 * cost.seconds:.1f}", f"{1e6 * cost.seconds / cost.size:.2f}"])
    table = report.format_table(["input", of, "ms", "µs a character"], rows)
    return f"\n### {title}\n\n{table}", Curves(title, of, "s", lines)


def _by_blocks(name: str) -> list[Task]:
    """Tasks of a recipe whose pieces are of about the same size, a block each."""
    piece = composed.load_recipes()[name].measure_piece()
    return [Task(name, int(count * piece)) for count in BLOCKS]


PLANS = (
    ("Time by size", "characters", [Task(name, size) for name in ("html.page", "text.page") for size in SIZES]),
    ("Time by blocks", "blocks", [*_by_blocks("html.short-paragraphs"), *_by_blocks("text.short-lines")]),
    ("Time of a page by rule files", "rule files", [Task("html.page", 30_000, files) for files in RULE_FILES]),
)


def find_worst(number: int) -> list[tuple[Task, InputCost | str]]:
    """The inputs of the limits' size that take the most, of all recipes."""
    tried = time_tasks([Task(name, TRIED_SIZE) for name in composed.load_recipes()])
    whole = {Task(task.name, size): cost.seconds * size / TRIED_SIZE for task, cost in tried.items()
             if isinstance(cost, InputCost) and (size := _fit_limits(cost))}  # fmt: skip
    worst = sorted(whole, key=lambda task: -whole[task])[:number]
    timed = time_tasks(worst)
    return sorted(
        timed.items(), key=lambda item: -item[1].seconds if isinstance(item[1], InputCost) else -_LIMITS.seconds
    )


def _fit_limits(cost: InputCost) -> int:
    """The largest size at which an input of this kind has no more bytes and blocks than allowed."""
    return min(LARGEST, int(0.95 * MAX_BLOCKS / max(cost.blocks, 1) * cost.size))


def format_worst(worst: Sequence[tuple[Task, InputCost | str]]) -> str:
    """One row per input."""
    rows = [
        [task.name, f"{task.size:,}", "", cost] if isinstance(cost, str)
        else [task.name, f"{cost.size:,}", f"{cost.blocks:,}", f"{cost.seconds:.1f}"]
        for task, cost in worst
    ]  # fmt: skip
    return report.format_table(["input", "characters", "blocks", "s"], rows)


def time_tasks(tasks: Sequence[Task]) -> Timed:
    """The cost of each task, in a process of its own for each number of rule files."""
    timed: Timed = {}
    for files in dict.fromkeys(task.files for task in tasks):
        with tempfile.TemporaryDirectory() as folder:
            if files:
                write_rules(Path(folder), files)
            pool: WorkerPool[Task, InputCost | str] = WorkerPool(
                partial(make_timer, folder), jobs=1, limits=_LIMITS, preload="cleaner.batch.preload"
            )
            for task, result in pool.map([task for task in tasks if task.files == files]):
                timed[task] = str(result) if isinstance(result, CrashError) else result
                print(f"growth: {task.name} {task.size:,}", file=sys.stderr)
    return timed


def make_timer(rules: str) -> Callable[[Task], InputCost | str]:
    """A function that times a task with the rules in a folder."""
    from cleaner.library import Cleaner

    clean = Cleaner([rules]).clean
    for name in _WARM_UP:
        clean(composed.compose(name, 5_000))
    return partial(_time_task, clean)


def _time_task(clean: Callable[[str], object], task: Task) -> InputCost | str:
    text = composed.compose(task.name, task.size)
    took: list[float] = []
    while not took or (took[0] < _QUICK and len(took) < _ROUNDS):
        start = time.process_time()
        try:
            article = clean(text)
        except PageError as error:
            return error.problem
        took.append(time.process_time() - start)
    return InputCost(len(text), len(article.blocks), min(took))  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())

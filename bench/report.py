"""Results as tables: one row per system, in Markdown that is legible in a terminal too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import TypeAlias

from bench import score
from bench.corpora import LEAK_CLASSES, WITH_FRONT
from bench.measure import SystemResult

Row: TypeAlias = Sequence[str]
Outcomes: TypeAlias = Sequence[SystemResult]
NONE = "–"
ALL = "all"
BUT_FRONT = f"all but {WITH_FRONT}"
FACTS = ("title", "authors", "date")


def group_by_system(outcomes: Iterable[SystemResult]) -> dict[str, Outcomes]:
    """The outcomes by system, in the order of first occurrence."""
    groups: defaultdict[str, list[SystemResult]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.system].append(outcome)
    return dict(groups)


def average_scores(outcomes: Outcomes) -> score.Average:
    """Precision and recall over the pages that have a gold; over snippets if no page has one."""
    marked = [outcome.marks.counts for outcome in outcomes if outcome.marks.exact is not None]
    return score.average_pages(marked) if marked else score.pool_pages(outcome.marks.counts for outcome in outcomes)


def format_quality(outcomes: Iterable[SystemResult]) -> str:
    """Two tables, system by source: F1, and precision / recall."""
    return _by_source(outcomes, lambda group: _share(average_scores(group).f1)) + "\n" + _by_source(outcomes, _both)


def format_details(outcomes: Iterable[SystemResult], memory: Mapping[str, float | None]) -> str:
    """One table of the other measures of each system, over all pages. ``memory`` is in MiB by system."""
    head = ["system", "exact", "lost", "empty", "failed", *(f"leaked {name}" for name in LEAK_CLASSES)]
    rows = [[name, *_detail(group), _number(memory.get(name))] for name, group in group_by_system(outcomes).items()]
    return format_table([*head, "ms median", "ms mean", "MiB"], rows)


def format_facts(outcomes: Iterable[SystemResult]) -> str:
    """One table, system by source: title / authors / date, share of correct pages; empty without metadata."""
    known = [outcome for outcome in outcomes if outcome.facts]
    return _by_source(known, _facts, totals=False) if known else ""


def format_table(head: Row, rows: Sequence[Row]) -> str:
    """A Markdown table with padded columns: the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = [f"{'-' * (width - 1)}{':' if number else '-'}" for number, width in enumerate(widths)]
    lines = [
        [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        for row in (head, *rows)
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in (lines[0], rule, *lines[1:]))


def replace_section(file: Path, section: str, text: str) -> None:
    """Write ``text`` to ``file`` between ``<!-- section -->`` and ``<!-- /section -->``, or at its end."""
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    start, end = f"<!-- {section} -->\n", f"<!-- /{section} -->\n"
    head, found, rest = before.partition(start)
    tail = rest.partition(end)[2] if found else ""
    file.write_text(f"{head}{start}{text}{end}{tail}", encoding="utf-8")


def _by_source(outcomes: Iterable[SystemResult], cell: Callable[[Outcomes], str], *, totals: bool = True) -> str:
    systems = group_by_system(outcomes)
    sources = sorted({outcome.source for group in systems.values() for outcome in group})
    columns = {source: frozenset([source]) for source in sources}
    if totals and len(sources) > 1:
        columns[ALL] = frozenset(sources)
        if WITH_FRONT in sources:
            columns[BUT_FRONT] = columns[ALL] - {WITH_FRONT}
    rows = []
    for name, group in systems.items():
        parts = ([outcome for outcome in group if outcome.source in column] for column in columns.values())
        rows.append([name, *(cell(part) if part else NONE for part in parts)])
    return format_table(["system", *columns], rows)


def _both(group: Outcomes) -> str:
    average = average_scores(group)
    return f"{_share(average.precision)} / {_share(average.recall)}"


def _facts(group: Outcomes) -> str:
    return " / ".join(_mean(outcome.facts[name] for outcome in group if name in outcome.facts) for name in FACTS)


def _detail(group: Outcomes) -> Row:
    times = [outcome.milliseconds for outcome in group]
    marks = [outcome.marks for outcome in group]
    return [
        _mean(mark.exact for mark in marks if mark.exact is not None),
        _mean(mark.lost for mark in marks if mark.lost is not None),
        str(sum(outcome.empty for outcome in group)),
        str(sum(outcome.failed is not None for outcome in group)),
        *(_mean(mark.leaked[name] for mark in marks if name in mark.leaked) for name in LEAK_CLASSES),
        _number(median(times)),
        _number(fmean(times)),
    ]


def _mean(values: Iterable[float]) -> str:
    values = tuple(values)
    return _share(fmean(values)) if values else NONE


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def _number(value: float | None) -> str:
    return NONE if value is None else f"{value:.1f}"

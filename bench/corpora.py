"""Marked pages, read from a corpora folder: ``html/<source>.jsonl.gz`` and ``dumps/{main,full}.jsonl.gz``."""

from __future__ import annotations

import gzip
import hashlib
import heapq
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

from bench.facts import parse_day
from bench.front import strip_front

LEAK_CLASSES = ("related", "comments", "supplemental")
WITH_FRONT = "dragnet"
"""The only source whose golds include the title and byline above the article."""


class Shape(StrEnum):
    """The form of a page: its markup, or text flattened to lines, of the main part or of the whole page."""

    HTML = "html"
    MAIN = "main"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One marked page. What its source does not mark is None or empty, and is not scored."""

    id: str
    source: str
    shape: Shape
    content: str
    url: str | None = None
    golds: tuple[str, ...] = ()
    """Texts of the article; each is an equally correct answer."""
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    """Snippets that must, and must not, be in the text of a page without a gold."""
    title: str | None = None
    authors: tuple[str, ...] = ()
    day: date | None = None
    boilerplate: Mapping[str, str] = field(default_factory=dict)
    """Lines that do not belong to the article, by class."""


def read(corpora: Path, shape: Shape, sources: Iterable[str] = (), sample: int | None = None) -> Iterator[Sample]:
    """The pages of ``corpora`` in ``shape``, of all or the named sources; at most ``sample`` of each source.

    The selection of a sample depends only on ids. Raises :class:`FileNotFoundError` with the missing path.
    """
    wanted = frozenset(sources)
    everything = chain.from_iterable(map(_read_rows, _find_files(corpora, shape, wanted)))
    asked = (row for row in everything if not wanted or row["source"] in wanted)
    return (_make_sample(row, shape) for row in (asked if sample is None else _select_rows(asked, sample)))


def _find_files(corpora: Path, shape: Shape, sources: frozenset[str]) -> list[Path]:
    if shape is not Shape.HTML:
        files = [corpora / "dumps" / f"{shape}.jsonl.gz"]
    elif sources:
        files = [corpora / "html" / f"{source}.jsonl.gz" for source in sorted(sources)]
    else:
        files = sorted((corpora / "html").glob("*.jsonl.gz"))
    missing = [file for file in files if not file.is_file()]
    if missing or not files:
        raise FileNotFoundError(f"no corpus at {missing[0] if missing else corpora / 'html'}; see --corpora, --sources")
    return files


def _read_rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _select_rows(rows: Iterable[dict[str, Any]], size: int) -> Iterator[dict[str, Any]]:
    """The ``size`` rows of each source whose ids hash lowest, in that order; only these are held in memory."""
    heaps: defaultdict[str, list[tuple[int, int, dict[str, Any]]]] = defaultdict(list)
    for number, row in enumerate(rows):
        heap, digest = heaps[row["source"]], hashlib.sha256(row["id"].encode()).digest()
        entry = (-int.from_bytes(digest), number, row)
        if len(heap) < size:
            heapq.heappush(heap, entry)
        else:
            heapq.heappushpop(heap, entry)
    return (row for heap in heaps.values() for _, _, row in sorted(heap, reverse=True))


def _make_sample(row: Mapping[str, Any], shape: Shape) -> Sample:
    content = row["html" if shape is Shape.HTML else "text"]
    golds = tuple(gold for key in ("gold", "gold_required") if (gold := row.get(key)))
    if row["source"] == WITH_FRONT and shape is Shape.HTML:
        golds = tuple(strip_front(gold, content) for gold in golds)
    return Sample(
        id=row["id"],
        source=row["source"],
        shape=shape,
        content=content,
        url=row.get("url"),
        golds=golds,
        wanted=_as_tuple(row.get("with")),
        unwanted=_as_tuple(row.get("without")),
        title=row.get("gold_title"),
        authors=_as_tuple(row.get("gold_author")),
        day=_read_day(row.get("gold_date")),
        boilerplate={name: "\n".join(lines) for name in LEAK_CLASSES if (lines := _as_tuple(row.get(name)))},
    )


def _read_day(value: object) -> date | None:
    """The day of a gold; rows of some sources hold NaN where there is none."""
    return parse_day(value) if isinstance(value, str) else None


def _as_tuple(value: str | list[str] | None) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)

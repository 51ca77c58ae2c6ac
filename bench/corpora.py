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

from bench.facts import as_day
from bench.front import strip_front

LEAK_CLASSES = ("related", "comments", "supplemental")
WITH_FRONT = "dragnet"
"""The source whose golds hold title and byline above the article, which the others' golds do not."""


class Shape(StrEnum):
    """What a page is given as: its markup, or flattened to lines, the main part or the whole page."""

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
    """Texts of the article, each as good an answer as the others."""
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    """Snippets that must, and must not, stand in the text of a page without gold."""
    title: str | None = None
    authors: tuple[str, ...] = ()
    day: date | None = None
    boilerplate: Mapping[str, str] = field(default_factory=dict)
    """Lines that are not the article's, by class."""


def read(corpora: Path, shape: Shape, sources: Iterable[str] = (), sample: int | None = None) -> Iterator[Sample]:
    """The pages of ``corpora`` in ``shape``: of all sources or of those named; at most ``sample`` of each source.

    Which pages a sample holds hangs on their ids alone. Raises :class:`FileNotFoundError` naming what is not there.
    """
    wanted = frozenset(sources)
    everything = chain.from_iterable(map(_rows, _files(corpora, shape, wanted)))
    asked = (row for row in everything if not wanted or row["source"] in wanted)
    return (_page(row, shape) for row in (asked if sample is None else _sampled(asked, sample)))


def _files(corpora: Path, shape: Shape, sources: frozenset[str]) -> list[Path]:
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


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _sampled(rows: Iterable[dict[str, Any]], size: int) -> Iterator[dict[str, Any]]:
    """The ``size`` rows of each source whose ids hash lowest, in that order; no more than these are held in memory."""
    heaps: defaultdict[str, list[tuple[int, int, dict[str, Any]]]] = defaultdict(list)
    for number, row in enumerate(rows):
        heap, digest = heaps[row["source"]], hashlib.sha256(row["id"].encode()).digest()
        entry = (-int.from_bytes(digest), number, row)
        if len(heap) < size:
            heapq.heappush(heap, entry)
        else:
            heapq.heappushpop(heap, entry)
    return (row for heap in heaps.values() for _, _, row in sorted(heap, reverse=True))


def _page(row: Mapping[str, Any], shape: Shape) -> Sample:
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
        wanted=_texts(row.get("with")),
        unwanted=_texts(row.get("without")),
        title=row.get("gold_title"),
        authors=_texts(row.get("gold_author")),
        day=as_day(row.get("gold_date")),
        boilerplate={name: "\n".join(lines) for name in LEAK_CLASSES if (lines := _texts(row.get(name)))},
    )


def _texts(value: str | list[str] | None) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)

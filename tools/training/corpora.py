"""The pages that training may use, and the folds of their sites."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cleaner.classifier.label_model import KEPT, LABELS

SOURCES = (
    "fundus-eval", "fundus-tests", "htmldate", "mercury-jocmp", "metascraper", "misinfo-crawler", "newspaper",
    "newspaper4k", "newspaper4k-dataset", "readability-mozilla", "readability-swift", "pankaj-article-extractor",
    "trafilatura-eval", "wcxb", "wcxb-articles-2", "wcxb-other", "zh-wce",
)  # fmt: skip
"""Sources whose licence lets weights be learned from them; no other page is ever read."""
_LOOSE = frozenset({"wcxb-listing", "wcxb-collection", "wcxb-product", "wcxb-service", "wcxb-forum"})
"""Golds of pages that are no articles say little of what is text there; those of forums hold the answers, which are comments."""
_GOLD_OF_LABELS = frozenset({"trafilatura-eval", "htmldate", "metascraper", "mercury-jocmp"})
"""Sources whose gold is the blocks labelled as body."""

Row = dict[str, Any]


def read_rows(corpora: Path) -> Iterator[Row]:
    """The rows of pages with a gold, or read block by block."""
    for source in SOURCES:
        for row in read_lines(corpora / "html" / f"{source}.jsonl.gz"):
            if row.get("gold") or "blocks" in row:
                yield row


def is_loose(row: Row) -> bool:
    """Whether the gold of a page says too little to learn labels from; its type counts all the same."""
    return row["source"] in _LOOSE


def read_lines(file: Path) -> Iterator[Row]:
    """The rows of a packed file of JSON lines."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_dumps(files: Iterable[Path], share: int) -> Iterator[Row]:
    """The dumps in ``files``, one in ``share`` of them, which depends on the page and the way of flattening alone."""
    for dump in (dump for file in files for dump in read_lines(file)):
        name = dump["id"] + dump["flattener"]
        if hashlib.md5(name.encode(), usedforsecurity=False).digest()[0] % share == 0:
            yield dump


def list_golds(row: Row) -> tuple[str, ...]:
    """Texts that count as right. If the gold is made of the labels, it is the body and the standfirst."""
    if "blocks" in row and row["source"] in _GOLD_OF_LABELS:
        return ("\n".join(text for label, text in row["blocks"] if LABELS.index(label) < KEPT),)
    return tuple(row[key] for key in ("gold", "gold_required") if row.get(key))


def find_host(row: Row) -> str:
    """What the row's folds are split by: its site, or the page itself if the site is unknown."""
    if row.get("url"):
        parts = (urlsplit(row["url"]).hostname or "").removeprefix("www.").split(".")
        keep = 2 if len(parts) > 1 and len(parts[-2]) > 3 else 3
        return ".".join(parts[-keep:])
    return re.sub(r"\d+$", "", row["id"]) if row["source"] == "newspaper" else row["source"] + row["id"]


def choose_fold(host: str, folds: int) -> int:
    """The fold of a site, the same on every machine."""
    return int(hashlib.md5(host.encode(), usedforsecurity=False).hexdigest(), 16) % folds

"""The pages that training may use, as rows and as examples."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import dump_features, html_features, text_features, trafilatura_evidence, word_hashes
from cleaner.front_matter import html_metadata
from cleaner.model import Blocks
from cleaner.page import blocks_dump as text_segment
from cleaner.page import blocks_html as html_segment
from cleaner.page import dom
from cleaner.page.blocks_html import SegmentedPage
from cleaner.page.dom import Dom
from training import labels

SOURCES = ("fundus-eval", "fundus-tests", "newspaper", "newspaper4k", "wcxb", "zh-wce")
"""Sources whose licence lets weights be learned from them and that hold whole golds; no other page is ever read."""

Row = dict[str, Any]

_MOST_BLOCKS = 4000
_HEAVIEST, _LIGHTEST, _FEWEST_WORDS = 0.3, 0.004, 20
_WORDS = text_features.FEATURES.index("words")
"""This feature is the logarithm of the number of words plus one."""


@dataclass(frozen=True)
class Example:
    """One page as the network sees it. ``features`` are not scaled yet."""

    source: str
    host: str
    features: NDArray[np.float32]
    buckets: NDArray[np.int64]
    targets: NDArray[np.float32]
    texts: tuple[str, ...]
    golds: tuple[str, ...]
    """Texts that count as right; the better match counts."""


def rows(corpora: Path, shape: str) -> Iterator[Row]:
    """The trainable rows of one shape: ``html``, or the dumps ``main`` or ``full``."""
    if shape == "html":
        files = [corpora / "html" / f"{source}.jsonl.gz" for source in SOURCES]
    else:
        files = [corpora / "dumps" / f"{shape}.jsonl.gz"]
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["source"] in SOURCES and row.get("gold"):
                    yield row


def host(row: Row) -> str:
    """What the row's folds are split by: its site, or the page itself where the site is unknown."""
    if row.get("url"):
        labels_of_host = (urlsplit(row["url"]).hostname or "").removeprefix("www.").split(".")
        keep = 2 if len(labels_of_host) > 1 and len(labels_of_host[-2]) > 3 else 3
        return ".".join(labels_of_host[-keep:])
    return re.sub(r"\d+$", "", row["id"]) if row["source"] == "newspaper" else row["source"] + row["id"]


def fold(host_name: str, folds: int) -> int:
    """The fold of a site, the same on every machine."""
    return int(hashlib.md5(host_name.encode(), usedforsecurity=False).hexdigest(), 16) % folds


def of_html(row: Row, tree: Dom, segmented: SegmentedPage) -> Example:
    """The example that a parsed and segmented page makes, with what trafilatura keeps as its last feature."""
    said = html_metadata.read_html_metadata(tree, row.get("url"), blocks=segmented.blocks)
    features = html_features.measure_html(*segmented, said.title, said.description)
    kept = np.array(
        trafilatura_evidence.extract_evidence(tree.root, segmented.blocks, row.get("url")), dtype=np.float32
    )
    return _example(row, segmented.blocks, np.concatenate([features, kept[:, None]], 1))


def of_dump(row: Row, blocks: Blocks, targets: NDArray[np.float32], shape_of_dump: str) -> Example:
    """The example that a segmented dump makes."""
    example = _example(row, blocks, dump_features.measure_dump(blocks), targets)
    return replace(example, source=f"{example.source} {shape_of_dump}")


def weights(example: Example) -> NDArray[np.float32]:
    """What each block of a page weighs in training; a page weighs 1.

    A block weighs what it costs: its share of the article's words, up to a limit so that one long block does not drown
    a page's short ones, and never nothing, so that headings are learned too.
    """
    count = np.expm1(example.features[:, _WORDS])
    article = max(float(count[example.targets >= 0.5].sum()), _FEWEST_WORDS)
    weighed = np.minimum(count / article, _HEAVIEST) + _LIGHTEST
    return np.asarray(weighed / weighed.sum(), dtype=np.float32)


def parse(row: Row) -> tuple[Dom, SegmentedPage] | None:
    """The tree and the blocks of an HTML row; None where it has no text."""
    tree = dom.parse_html(row["html"])
    segmented = html_segment.segment_html(tree.root) if tree else None
    return (tree, segmented) if tree and segmented and segmented.blocks else None


def segment_again(tree: Dom) -> tuple[Dom, SegmentedPage] | None:
    """The blocks of a tree that was changed; None where that left none, or too many to be a page."""
    segmented = html_segment.segment_html(tree.root)
    return (tree, segmented) if 0 < len(segmented.blocks) <= _MOST_BLOCKS else None


def dump_blocks(row: Row) -> Blocks:
    """The blocks of a dump's row, as the classifier sees them."""
    return dump_features.omit_item_numbers(text_segment.segment_dump(row["text"]))


def _example(
    row: Row, blocks: Blocks, features: NDArray[np.float32], targets: NDArray[np.float32] | None = None
) -> Example:
    texts = tuple(block.text for block in blocks)
    found = labels.of_gold(texts, row["gold"]) if targets is None else targets
    golds = tuple(row[key] for key in ("gold", "gold_required") if row.get(key))
    return Example(row["source"], host(row), features, word_hashes.hash_words(texts), found, texts, golds)

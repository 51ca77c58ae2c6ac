"""The pages that training may use, as examples: what the models see of each, and what its blocks are."""

from __future__ import annotations

import copy
import gzip
import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tagger import augment
from tagger import labels as alignment
from tagger.corpora import fold, host

from classifier_training.fitting import Targets
from cleaner import dom
from cleaner.classifier import html_features, html_model
from cleaner.classifier.html_model import KEPT, LABELS, Sight
from cleaner.dom import Dom, Element
from cleaner.metadata import html as html_metadata
from cleaner.segment import html as segmenter
from cleaner.segment.html import Segmented

SOURCES = (
    "fundus-eval", "fundus-tests", "htmldate", "mercury-jocmp", "metascraper", "misinfo-crawler", "newspaper",
    "newspaper4k", "newspaper4k-dataset", "readability-mozilla", "readability-swift", "pankaj-article-extractor",
    "trafilatura-eval", "wcxb", "wcxb-articles-2", "wcxb-other", "zh-wce",
)  # fmt: skip
"""Sources whose licence lets weights be learned from them; no other page is ever read."""
_LOOSE = frozenset({"wcxb-listing", "wcxb-collection", "wcxb-product", "wcxb-service"})
"""Golds of pages that are no articles say little of what is text there."""
_SILVER = frozenset(
    {"readability-mozilla", "readability-swift", "pankaj-article-extractor", "wcxb-forum", "wcxb-documentation"}
)
_SILVER_WEIGHT = 0.4
_MOST_BLOCKS = 4000
_SURE = (0.2, 0.8)
_BODY = 0.5
_WORDS = html_features.NAMES.index("words")
_FULL_PAGE = 200
"""Blocks from which on a page's labels weigh less each, so that long pages do not drown the short ones."""
_KEPT_WEIGHT, _HEAVIEST, _LIGHTEST, _FEWEST_WORDS = 100.0, 0.3, 0.004, 20.0
_RARE, _RARITY, _RARITY_RANGE = 0.05, 0.3, (0.6, 2.5)
"""A rarer label than this share weighs more, by this power, within these bounds."""
_MARK = "data-training"
_POOL_SHARE, _GRAFTS_A_PAGE = 0.25, 12
SEED = 7

Row = dict[str, Any]


class Example(NamedTuple):
    """One page."""

    id: str
    source: str
    host: str
    language: str | None
    sight: Sight
    labels: NDArray[np.int8]
    """Numbers of :data:`LABELS`, -1 where nobody has read the block."""
    shares: NDArray[np.float32]
    """How much of each block is in the gold; -1 unknown."""
    texts: tuple[str, ...]
    golds: tuple[str, ...]


def read(corpora: Path) -> list[list[Example]]:
    """For each page its example, then that of its augmented copy, if it has one."""
    chance = Random(SEED)
    rows = list(_rows(corpora))
    pages: list[list[Example]] = []
    known: list[tuple[Row, list[int], list[float]]] = []
    pool: list[Element] = []
    for row in rows:
        parsed = _parse(row)
        if parsed is None:
            continue
        labels, shares = _read_labels(row, parsed[1])
        pages.append([_example(row, *parsed, labels, shares)])
        known.append((row, labels, shares))
        if chance.random() < _POOL_SHARE:
            _attach(parsed[1], labels, shares)
            junk = augment.junk_elements(parsed[1], np.array(shares, np.float32))
            pool += [copy.deepcopy(element) for element in chance.sample(junk, min(_GRAFTS_A_PAGE, len(junk)))]
    for page, (row, labels, shares) in zip(pages, known, strict=True):
        changed = _augmented(row, labels, shares, pool, chance)
        if changed is not None:
            page.append(changed)
    return pages


def fold_of(example: Example, folds: int) -> int:
    """The fold of the page's site."""
    return fold(example.host, folds)


def targets(examples: list[Example]) -> Targets:
    """The targets of all blocks of ``examples``, in their order."""
    parts = [_targets(example) for example in examples]
    together = Targets(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))
    labelled = together.label >= 0
    share = np.bincount(together.label[labelled], minlength=len(LABELS)) / max(labelled.sum(), 1)
    rarity = np.clip((np.maximum(share, 1e-6) / _RARE) ** -_RARITY, *_RARITY_RANGE).astype(np.float32)
    weight = np.where(labelled, together.label_weight * rarity[together.label], 0).astype(np.float32)
    return together._replace(label_weight=weight)


def _targets(example: Example) -> Targets:
    words = np.expm1(example.sight.features[:, _WORDS])
    kept = (example.shares >= _BODY).astype(np.int8)
    labelled = bool((example.labels >= 0).any())
    unsure = example.labels < 0 if labelled else (example.shares > _SURE[0]) & (example.shares < _SURE[1])
    kept[unsure | (example.shares < 0)] = -1
    weight = np.minimum(words / max(float(words[kept == 1].sum()), _FEWEST_WORDS), _HEAVIEST) + _LIGHTEST
    silver = example.source in _SILVER and not (labelled and example.source == "readability-mozilla")
    weight *= _KEPT_WEIGHT * (_SILVER_WEIGHT if silver else 1) / weight.sum()
    each = np.full(len(words), min(1.0, _FULL_PAGE / len(words)), np.float32)
    return Targets(example.labels, kept, each, weight.astype(np.float32))


def _rows(corpora: Path) -> Iterator[Row]:
    for source in SOURCES:
        with gzip.open(corpora / "html" / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["source"] not in _LOOSE and (row.get("gold") or "blocks" in row):
                    yield row


def _parse(row: Row) -> tuple[Dom, Segmented] | None:
    tree = dom.parse(row["html"])
    return _segmented(tree) if tree else None


def _segmented(tree: Dom) -> tuple[Dom, Segmented] | None:
    found = segmenter.segment(tree.root)
    return (tree, found) if 0 < len(found.blocks) <= _MOST_BLOCKS else None


def _read_labels(row: Row, segmented: Segmented) -> tuple[list[int], list[float]]:
    """Labels laid onto today's blocks by their texts, or what the gold holds of each block."""
    texts = [block.text for block in segmented.blocks]
    if "blocks" not in row:
        return [-1] * len(texts), alignment.of_gold(texts, row["gold"]).tolist()
    labels = [-1] * len(texts)
    matcher = SequenceMatcher(None, [text for _, text in row["blocks"]], texts, autojunk=False)
    for old, new, size in matcher.get_matching_blocks():
        for step in range(size):
            labels[new + step] = LABELS.index(row["blocks"][old + step][0])
    return labels, [float(0 <= label < KEPT) if label >= 0 else -1.0 for label in labels]


def _attach(segmented: Segmented, labels: list[int], shares: list[float]) -> None:
    """Write onto each element what its blocks are, so that a copy of it elsewhere takes that along."""
    said: dict[Element, list[tuple[str, int, float]]] = {}
    for element, block, label, share in zip(segmented.elements, segmented.blocks, labels, shares, strict=True):
        said.setdefault(element, []).append((block.text, label, share))
    for element, entries in said.items():
        element.set(_MARK, json.dumps(entries))


def _augmented(row: Row, labels: list[int], shares: list[float], pool: list[Element], chance: Random) -> Example | None:
    parsed = _parse(row)
    if parsed is None:
        return None
    _attach(parsed[1], labels, shares)
    if not augment.html(parsed[1], np.array(shares, np.float32), pool, chance):
        return None
    changed = _segmented(parsed[0])
    if changed is None:
        return None
    entries = []
    for element, block in zip(changed[1].elements, changed[1].blocks, strict=True):
        own = {text: (label, share) for text, label, share in json.loads(element.get(_MARK, "[]"))}
        entries.append(own.get(block.text, (-1, -1.0)))
    return _example(row, *changed, [label for label, _ in entries], [share for _, share in entries])


def _example(row: Row, tree: Dom, segmented: Segmented, labels: list[int], shares: list[float]) -> Example:
    said = html_metadata.read(tree, row.get("url"), blocks=segmented.blocks)
    sight = html_model.see(segmented.blocks, segmented.boxes, said, segmenter.BLOCK_TAGS)
    texts = tuple(block.text for block in segmented.blocks)
    return Example(
        row["id"], row["source"], host(row), row.get("lang"), sight,
        np.array(labels, np.int8), np.array(shares, np.float32), texts, _golds(row),
    )  # fmt: skip


def _golds(row: Row) -> tuple[str, ...]:
    """Texts that count as right. Where the gold is made of the labels, that is the body and the standfirst."""
    if "blocks" in row and row.get("gold_required") is None and row["source"] in _GOLD_OF_LABELS:
        return ("\n".join(text for label, text in row["blocks"] if LABELS.index(label) < KEPT),)
    return tuple(row[key] for key in ("gold", "gold_required") if row.get(key))


_GOLD_OF_LABELS = frozenset({"trafilatura-eval", "htmldate", "metascraper", "mercury-jocmp"})

"""One page as the trainer sees it, and what its blocks should be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Metadata
from cleaner.classifier import text_features
from cleaner.classifier.label_model import LABELS
from cleaner.classifier.page_input import PageInput
from cleaner.classifier.page_type import LEARNED, PageOutline, measure_outline
from cleaner.model import Blocks
from training.corpora import Row, find_host, is_loose, list_golds
from training.fitting import Targets

_SILVER = frozenset({"readability-mozilla", "readability-swift", "pankaj-article-extractor", "wcxb-documentation"})
"""Sources whose golds another extractor made."""
_SILVER_WEIGHT = 0.4
_SURE = (0.2, 0.8)
"""Shares of a block in the gold between which it is neither in nor out."""
BODY = 0.5
_WORDS = text_features.FEATURES.index("words")
"""This feature is the logarithm of the number of words plus one; it is the same column for both kinds of page."""
_TAUGHT_WEIGHT = 0.5
"""Weight of labels that nobody has given, beside those of readers."""
_FULL_PAGE = 200
"""Blocks from which on a page's labels weigh less each, so that long pages do not drown the short ones."""
_KEPT_WEIGHT, _HEAVIEST, _LIGHTEST, _FEWEST_WORDS = 100.0, 0.3, 0.004, 20.0
_RARE, _RARITY, _RARITY_RANGE = 0.05, 0.3, (0.6, 2.5)
"""A rarer label than this share weighs more, by this power, within these bounds."""


_TYPES = {**{name: name for name in LEARNED}, "collection": "listing"}
"""Types of pages by their name in the corpora."""


class Example(NamedTuple):
    """One page."""

    id: str
    source: str
    host: str
    language: str | None
    form: str
    """``html``, or the way in which it was flattened."""
    page: PageInput
    labels: NDArray[np.int8]
    """Numbers of :data:`LABELS`, -1 if nobody has read the block."""
    shares: NDArray[np.float32]
    """How much of each block is in the gold; -1 unknown."""
    texts: tuple[str, ...]
    golds: tuple[str, ...]
    outline: PageOutline
    page_type: str
    for_labels: bool
    """Whether labels are learned from it; else only the type of the page."""
    is_read: bool
    """Whether somebody has read it block by block; the labels of another page are the classifier's, or of planted lines."""


def make_example(  # noqa: PLR0913  # settings by name
    row: Row, form: str, page: PageInput, blocks: Blocks, claims: Metadata, *, labels: Sequence[int],
    shares: Sequence[float],
) -> Example:  # fmt: skip
    """The example of a page in ``row``."""
    return Example(
        row["id"], row["source"], find_host(row), row.get("lang"), form, page,
        np.array(labels, np.int8), np.array(shares, np.float32), tuple(block.text for block in blocks), list_golds(row),
        measure_outline(blocks, claims), _TYPES.get(row.get("page_type") or "", "article"), not is_loose(row),
        "blocks" in row,
    )  # fmt: skip


def make_targets(examples: Sequence[Example]) -> Targets:
    """The targets of all blocks of ``examples``, in their order."""
    parts = [_weigh_blocks(example) for example in examples]
    together = Targets(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))
    labelled = together.label >= 0
    share = np.bincount(together.label[labelled], minlength=len(LABELS)) / max(labelled.sum(), 1)
    rarity = np.clip((np.maximum(share, 1e-6) / _RARE) ** -_RARITY, *_RARITY_RANGE).astype(np.float32)
    weight = np.where(labelled, together.label_weight * rarity[together.label], 0).astype(np.float32)
    return together._replace(label_weight=weight)


def _weigh_blocks(example: Example) -> Targets:
    words = np.expm1(example.page.features[:, _WORDS])
    kept = (example.shares >= BODY).astype(np.int8)
    labelled = example.is_read
    unsure = example.labels < 0 if labelled else (example.shares > _SURE[0]) & (example.shares < _SURE[1])
    kept[unsure | (example.shares < 0)] = -1
    weight = np.minimum(words / max(float(words[kept == 1].sum()), _FEWEST_WORDS), _HEAVIEST) + _LIGHTEST
    silver = example.source in _SILVER and not (labelled and example.source == "readability-mozilla")
    weight *= _KEPT_WEIGHT * (_SILVER_WEIGHT if silver else 1) / weight.sum()
    # Of an HTML page that nobody has read, only planted blocks have labels, which are those of readers.
    trust = 1.0 if labelled or example.form == "html" else _TAUGHT_WEIGHT
    each = np.full(len(words), trust * min(1.0, _FULL_PAGE / len(words)), np.float32)
    return Targets(example.labels, kept, each, weight.astype(np.float32))

"""What the classifier saw in each block of a page: its labels by all evidence, by words, and by words and names."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from cleaner.classifier.label_model import LABELS, Shares
from cleaner.model import Lean, Page
from cleaner.pipeline import run_stages
from cleaner.rulebook import Rulebook
from cleaner.stages import label_lines

_MAX_LABELS = 3
_MIN_SHARE = 0.02
"""Labels that are less likely are left out, except the likeliest; chosen."""


class LabelShare(NamedTuple):
    """A label, and how likely it is."""

    label: str
    share: float


class BlockEvidence(msgspec.Struct, frozen=True):
    """The likeliest labels of a block."""

    all: tuple[LabelShare, ...]
    """By all evidence: words, names of elements, form, and the blocks around it."""
    names: tuple[LabelShare, ...]
    """By its words and the names of the elements around it."""
    words: tuple[LabelShare, ...]
    """By its words alone."""


def gather_evidence(page: Page, book: Rulebook) -> tuple[BlockEvidence, ...]:
    """Return what the classifier saw in each block of ``page``, and in each link of a run. Raises :class:`~cleaner.PageError`."""
    known: dict[str, Any] = {"page": page, "book": book, "lean": Lean.BALANCED, "repeats": None, "structure": False}
    for stage in run_stages(known):
        if stage.run is label_lines:
            break
    views = zip(*(_list_labels(known[name]) for name in ("shares", "linear", "by_words")), strict=True)
    seen = [BlockEvidence(*one) for one in views]
    return tuple(seen[block.index] for block in known["blocks"] for _ in range(block.items))


def _list_labels(shares: Shares) -> list[tuple[LabelShare, ...]]:
    order = (-shares).argsort(1)[:, :_MAX_LABELS]
    return [
        tuple(
            LabelShare(LABELS[label], round(float(row[label]), 3))
            for place, label in enumerate(best.tolist())
            if not place or row[label] >= _MIN_SHARE
        )
        for row, best in zip(shares, order, strict=True)
    ]

"""What a model made of pages that it had not learned from: texts against golds, and labels against those read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench import score
from classifier_training.pages import Example
from cleaner.classifier.html_model import KEPT, LABELS

_KEEP = 0.5


class Result(NamedTuple):
    """One page, and the distributions of its blocks."""

    page: Example
    shares: NDArray[np.float32]


def show(results: Sequence[Result]) -> None:
    """Print F1 by source, then how labels of dropped blocks are named, then how far probabilities can be trusted."""
    for source, counts in sorted(texts(results).items()):
        mean = score.average(counts)
        print(f"{source:26} {len(counts):4}  F1 {mean.f1:.4f}  P {mean.precision:.3f}  R {mean.recall:.3f}")
    _show_labels(results)
    _show_calibration(results)


def texts(results: Sequence[Result]) -> dict[str, list[score.Counts]]:
    """The counts of each page with a gold, by source."""
    found: dict[str, list[score.Counts]] = defaultdict(list)
    for page, shares in results:
        if page.golds:
            keep = shares[:, :KEPT].sum(1) >= _KEEP
            text = "\n".join(text for text, yes in zip(page.texts, keep, strict=True) if yes)
            found[page.source].append(score.best(text, page.golds)[0])
    return found


def _read(results: Sequence[Result]) -> tuple[NDArray[np.int_], NDArray[np.float32]]:
    """The labels of all blocks that were read, and their distributions."""
    known = [page.labels >= 0 for page, _ in results]
    labels = np.concatenate([page.labels[is_known] for (page, _), is_known in zip(results, known, strict=True)])
    return labels.astype(int), np.concatenate([r.shares[is_known] for r, is_known in zip(results, known, strict=True)])


def _show_labels(results: Sequence[Result]) -> None:
    labels, shares = _read(results)
    if not len(labels):
        return
    said = np.where(shares[:, :KEPT].sum(1) >= _KEEP, shares[:, :KEPT].argmax(1), shares[:, KEPT:].argmax(1) + KEPT)
    dropped = labels >= KEPT
    confusion = np.zeros((len(LABELS), len(LABELS)), int)
    np.add.at(confusion, (labels, said), 1)
    right, true = np.diag(confusion)[KEPT:], confusion.sum(1)[KEPT:]
    f1 = 2 * right / np.maximum(true + confusion[KEPT:].sum(0)[KEPT:], 1)
    named = (shares[dropped][:, KEPT:].argmax(1) + KEPT == labels[dropped]).mean()
    print(
        f"labels of {dropped.sum():,} dropped blocks: accuracy {(said == labels)[dropped].mean():.4f}  macro F1 {f1[true > 0].mean():.4f}"
        f"  (named as if dropped: {named:.4f})"
    )
    print(f"all {len(labels):,} blocks: keep or drop {((said < KEPT) == (labels < KEPT)).mean():.4f}")
    for number, label in enumerate(LABELS):
        worst = [k for k in np.argsort(-confusion[number])[:4] if k != number and confusion[number, k]]
        confused = ", ".join(
            f"{LABELS[k]} {confusion[number, k] / max(confusion[number].sum(), 1):.2f}" for k in worst[:3]
        )
        f = f1[number - KEPT] if number >= KEPT else float("nan")
        recall = confusion[number, number] / max(confusion[number].sum(), 1)
        print(f"  {label:14} {confusion[number].sum():7,}  F1 {f:.2f}  recall {recall:.2f}  taken for {confused}")


def _show_calibration(results: Sequence[Result]) -> None:
    labels, shares = _read(results)
    if not len(labels):
        return
    kept = shares[:, :KEPT].sum(1)
    for low in np.arange(0, 1, 0.1):
        inside = (kept >= low) & (kept < low + 0.1 + (low > 0.85))
        if inside.any():
            print(
                f"  kept {low:.1f}  {inside.sum():7,} blocks  said {kept[inside].mean():.3f}  is {(labels[inside] < KEPT).mean():.3f}"
            )

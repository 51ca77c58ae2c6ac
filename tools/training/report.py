"""What a model made of pages that it had not learned from: texts against golds, and labels against those read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench import score
from bench.labels import print_calibration, print_label_scores
from cleaner.classifier.label_model import KEPT
from training.examples import Example

_KEEP = 0.5


class Result(NamedTuple):
    """One page, and the distributions of its blocks."""

    page: Example
    shares: NDArray[np.float32]
    page_type: str


def show(results: Sequence[Result]) -> None:
    """Print F1 by source, then how labels of dropped blocks are named, then how far probabilities can be trusted."""
    for source, counts in sorted(texts(results).items()):
        mean = score.average_pages(counts)
        print(f"{source:42} {len(counts):4}  F1 {mean.f1:.4f}  P {mean.precision:.3f}  R {mean.recall:.3f}")
    _show_labels(results)
    _show_page_types(results)


def texts(results: Sequence[Result]) -> dict[str, list[score.Counts]]:
    """The counts of each page with a gold, by source."""
    found: dict[str, list[score.Counts]] = defaultdict(list)
    for page, shares, _ in results:
        if page.golds and page.for_labels:
            keep = shares[:, :KEPT].sum(1) >= _KEEP
            text = "\n".join(text for text, yes in zip(page.texts, keep, strict=True) if yes)
            found[f"{page.source} {page.form}"].append(score.compare_best(text, page.golds)[0])
    return found


def _read(results: Sequence[Result]) -> tuple[NDArray[np.int_], NDArray[np.float32]]:
    """The labels of all blocks that were read, and their distributions."""
    known = [(page.labels >= 0) & page.is_read for page, *_ in results]
    labels = np.concatenate([page.labels[is_known] for (page, *_), is_known in zip(results, known, strict=True)])
    return labels.astype(int), np.concatenate([r.shares[is_known] for r, is_known in zip(results, known, strict=True)])


def _show_labels(results: Sequence[Result]) -> None:
    labels, shares = _read(results)
    if len(labels):
        kept = shares[:, :KEPT].sum(1)
        said = np.where(kept >= _KEEP, shares[:, :KEPT].argmax(1), shares[:, KEPT:].argmax(1) + KEPT)
        print_label_scores(labels.tolist(), said.tolist())
        print_calibration((labels < KEPT).tolist(), kept.tolist())


def _show_page_types(results: Sequence[Result]) -> None:
    found = Counter((result.page.page_type, result.page_type) for result in results)
    for name in sorted({true for true, _ in found}):
        taken = {said: count for (true, said), count in sorted(found.items()) if true == name}
        print(f"  {name:14} {sum(taken.values()):5} pages, taken for {taken}")

"""How well cleaned pages are labelled, block by block, on pages that people labelled.

    python -m bench.labels --corpora CORPORA [--sources NAME …] [--sample N]

Pages that the weights were learned from are too easy; ``tools/train_classifier.py --folds 4`` prints the same tables for
pages of sites that a model has not seen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

import cleaner
from cleaner.classifier.label_model import KEPT, LABELS
from cleaner.labels import Group, Label
from cleaner.page.link_runs import split_into_items

Pair = tuple[int, int, float | None]
"""Numbers of the true label and of the one found, and the score."""


def main() -> None:
    """Read the arguments, clean the pages, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--sources", nargs="*", default=[])
    parser.add_argument("--sample", type=int)
    arguments = parser.parse_args()
    files = sorted((arguments.corpora / "html").glob("*.jsonl.gz"))
    pairs: list[Pair] = []
    for file in files:
        source = file.name.partition(".")[0]
        if not arguments.sources or source in arguments.sources:
            found = list(compare_source(file, arguments.sample))
            if found:
                right = [true == said for true, said, _ in found if true >= KEPT]
                print(f"{source:26} {len(right):7,} dropped blocks  accuracy {np.mean(right):.3f}", flush=True)
            pairs += found
    print_label_scores([true for true, *_ in pairs], [said for _, said, _ in pairs])
    scored = [(true, score) for true, _, score in pairs if score is not None]
    print_calibration([true < KEPT for true, _ in scored], [score for _, score in scored])


def compare_source(file: Path, sample: int | None) -> Iterator[Pair]:
    """The labelled blocks of the pages in ``file``, by text."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = (row for row in map(json.loads, lines) if "blocks" in row)
        for row in islice(rows, sample):
            try:
                blocks = split_into_items(cleaner.clean(row["html"], row.get("url")).blocks)
            except cleaner.PageError:
                continue
            texts = [text for _, text in row["blocks"]]
            matcher = SequenceMatcher(None, texts, [block.text for block in blocks], autojunk=False)
            for old, new, size in matcher.get_matching_blocks():
                for step in range(size):
                    verdict = blocks[new + step].verdict
                    if verdict is not None:
                        true = LABELS.index(row["blocks"][old + step][0])
                        yield true, number_label(verdict.label), verdict.score


def number_label(label: Label) -> int:
    """The number of a verdict's label among those of the model."""
    is_body = label.group is Group.BODY and label is not Label.DESCRIPTION
    return 0 if is_body else LABELS.index(label.value)


def print_label_scores(true: Sequence[int], said: Sequence[int]) -> None:
    """Print accuracy and macro F1 over the blocks that are to be dropped, and for each label what it is taken for."""
    confusion = np.zeros((len(LABELS), len(LABELS)), int)
    np.add.at(confusion, (np.array(true), np.array(said)), 1)
    totals, right = confusion.sum(1), np.diag(confusion)
    f1 = 2 * right / np.maximum(totals + confusion.sum(0), 1)
    dropped = totals[KEPT:]
    print(
        f"labels of {dropped.sum():,} dropped blocks: accuracy {right[KEPT:].sum() / max(dropped.sum(), 1):.4f}"
        f"  macro F1 {f1[KEPT:][dropped > 0].mean():.4f}"
    )
    agree = confusion[:KEPT, :KEPT].sum() + confusion[KEPT:, KEPT:].sum()
    print(f"all {confusion.sum():,} blocks: keep or drop {agree / max(confusion.sum(), 1):.4f}")
    for number, label in enumerate(LABELS):
        if totals[number]:
            others = [int(k) for k in np.argsort(-confusion[number]) if k != number and confusion[number, k]][:3]
            taken = ", ".join(f"{LABELS[k]} {confusion[number, k] / totals[number]:.2f}" for k in others)
            share = right[number] / totals[number]
            print(f"  {label:14} {totals[number]:7,}  F1 {f1[number]:.2f}  recall {share:.2f}  taken for {taken}")


def print_calibration(is_text: Sequence[bool], scores: Sequence[float]) -> None:
    """Print, for each tenth of the scores, how many of its blocks are text."""
    truth, values = np.array(is_text), np.array(scores)
    tenths = np.minimum((values * 10).astype(int), 9)
    for tenth in range(10):
        inside = tenths == tenth
        if inside.any():
            print(
                f"  score {tenth / 10:.1f}  {inside.sum():7,} blocks  mean {values[inside].mean():.3f}  text {truth[inside].mean():.3f}"
            )


if __name__ == "__main__":
    main()

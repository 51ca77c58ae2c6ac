"""Which blocks of a page stand in its gold text, and what runs of links are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import trafilatura_evidence
from cleaner.language.characters import strip_whitespace
from cleaner.model import Blocks

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4
# A block of so many words is judged by its shingles; a shorter one by where it stands and what stands around it.
_OWN_EVIDENCE = 6
_ALIGNED_TOO = 12
_NEIGHBOURS = 4
_MOSTLY = 0.5


def of_gold(texts: Sequence[str], gold: str) -> NDArray[np.float32]:
    """For each text the share of it, 0 to 1, that stands in ``gold``.

    A page may say a short thing twice, once in the article and once in a menu: a short text counts only where the
    alignment of the two puts it, or where it is a line of the gold and longer texts beside it are in the gold too.
    """
    aligned = trafilatura_evidence.align_extract(
        [strip_whitespace(text) for text in texts], [strip_whitespace(line) for line in gold.split("\n")]
    )
    shingles = set(_shingles(_TOKEN.findall(gold)))
    lines = Counter(" ".join(_TOKEN.findall(line)) for line in gold.split("\n"))
    tokens = [_TOKEN.findall(text) for text in texts]
    shares = np.zeros(len(texts), dtype=np.float32)
    for index, own in enumerate(tokens):
        if len(own) >= _OWN_EVIDENCE:
            found = float(np.mean([shingle in shingles for shingle in _shingles(own)]))
            shares[index] = max(found, aligned[index]) if len(own) < _ALIGNED_TOO else found
    sure = shares >= _MOSTLY
    for index, own in enumerate(tokens):
        if len(own) < _OWN_EVIDENCE:
            beside = sure[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1].any()
            known = bool(own) and (
                lines[" ".join(own)] > 0 or (len(own) >= _SHINGLE and tuple(own[:_SHINGLE]) in shingles)
            )
            shares[index] = 1.0 if aligned[index] < _MOSTLY and beside and known else aligned[index]
    return shares


def _shingles(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(tokens[at : at + _SHINGLE]) for at in range(len(tokens) - _SHINGLE + 1)]


def fold_runs(blocks: Blocks, found: Sequence[int], shares: Sequence[float]) -> list[tuple[int, float]]:
    """Label and share in the gold of each of ``blocks``; ``found`` and ``shares`` are those of the items of runs of links.

    A run has the label of most of its characters, -1 if it is that of most. If an item is text, so is the run.
    """
    entries, at = [], 0
    for block in blocks:
        items = slice(at, at + block.items)
        at = items.stop
        if block.items == 1:
            entries.append((found[items.start], shares[items.start]))
        else:
            sizes = list(map(len, block.text.split("\n")))
            entries.append(_fold_run(list(zip(sizes, found[items], shares[items], strict=True))))
    return entries


def _fold_run(items: Sequence[tuple[int, int, float]]) -> tuple[int, float]:
    kept = [item for item in items if item[2] >= _MOSTLY]
    sizes = Counter[int]()
    for size, label, _ in kept or items:
        sizes[label] += size
    known = [(size, share) for size, _, share in items if share >= 0]
    total = sum(size for size, _ in known)
    share = 1.0 if kept else sum(size * share for size, share in known) / total if known else -1.0
    return sizes.most_common(1)[0][0], share

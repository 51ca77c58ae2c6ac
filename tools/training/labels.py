"""Which blocks of a page stand in its gold text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import trafilatura_evidence
from cleaner.language.characters import strip_whitespace

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

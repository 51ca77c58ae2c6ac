"""Fitting the types of pages: a softmax regression over what the linear models say of a page, and its outline."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.label_model import Shares
from cleaner.classifier.label_trees import compute_softmax
from cleaner.classifier.page_type import LEARNED, scale_summary, summarize_page
from training.examples import Example

_STEPS, _RATE, _DECAY = 1500, 0.3, 0.002
_BALANCE = 0.5
"""Power of a type's frequency by which its pages weigh less: there are ten articles to one of anything else."""


def fit_page_types(pages: Sequence[Example], linear: Sequence[Shares]) -> dict[str, NDArray[np.float32]]:
    """The weights of the regression, for pages and the distributions of their blocks by models that had not seen them."""
    rows = np.stack([summarize_page(page.outline, shares) for page, shares in zip(pages, linear, strict=True)])
    types = np.array([LEARNED.index(page.page_type) for page in pages])
    mean, scale = rows.mean(0), rows.std(0) + 1e-3
    inputs = scale_summary(rows, mean, scale)
    weight = (len(types) / np.bincount(types, minlength=len(LEARNED))[types]) ** _BALANCE
    weight = (weight / weight.sum())[:, None]
    wanted = np.eye(len(LEARNED), dtype=np.float32)[types]
    table, bias = np.zeros((inputs.shape[1], len(LEARNED)), np.float32), np.zeros(len(LEARNED), np.float32)
    for _ in range(_STEPS):
        pull = weight * (compute_softmax(inputs @ table + bias) - wanted)
        table -= _RATE * (inputs.T @ pull + _DECAY * table)
        bias -= _RATE * pull.sum(0)
    arrays = {"mean": mean, "scale": scale, "table": table, "bias": bias}
    return {name: array.astype(np.float32) for name, array in arrays.items()}

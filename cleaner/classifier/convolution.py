"""A small convolutional network over the blocks of a page, in numpy.

The input of each block is its features and the mean of its words' embeddings; residual convolutions with growing gaps
reach about twenty blocks to either side, and the middle layer adds the mean of the page to every block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import word_hashes
from cleaner.classifier.text_features import Matrix

Array = NDArray[np.float32]

_LIMIT = 4.0
"""Standard deviations to which a feature is clipped."""
_EPSILON = 1e-5


class ConvolutionNetwork:
    """One trained network: probabilities that blocks belong to the article.

    Args:
        weights: arrays by name, as ``tools/train_classifier.py`` writes them. If several networks were trained, each
            array except those that scale the features has one more dimension in front; the result is their mean.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        arrays = {name: array.astype(np.float32) for name, array in weights.items() if array.dtype.kind == "f"}
        self._mean, self._scale = arrays.pop("mean"), arrays.pop("scale")
        members = len(arrays["out.bias"])
        self._members = [{name: array[member] for name, array in arrays.items()} for member in range(members)]
        self._gaps = [int(gap) for gap in weights["gaps"]]
        self.features = tuple(str(name) for name in weights["features"])

    def predict(self, features: Matrix, texts: Sequence[str]) -> Array:
        """Probabilities of blocks from their ``features`` and texts; shape (blocks,)."""
        scaled = np.clip((features - self._mean) / self._scale, -_LIMIT, _LIMIT)
        buckets = word_hashes.hash_words(texts)
        word_counts = np.maximum((buckets > 0).sum(1, keepdims=True), 1).astype(np.float32)
        logits = [self._compute_logits(member, scaled, buckets, word_counts) for member in self._members]
        probabilities = [1 / (1 + np.exp(-logit)) for logit in logits]
        return np.asarray(np.mean(probabilities, axis=0), dtype=np.float32)

    def _compute_logits(
        self, w: Mapping[str, Array], scaled: Matrix, buckets: NDArray[np.int64], word_counts: Array
    ) -> Array:
        embedded = w["embedding"][buckets].sum(1) / word_counts
        x = _apply_silu(_multiply_in_chunks(np.concatenate([scaled, embedded], 1), w["in.weight"].T) + w["in.bias"])
        middle = len(self._gaps) // 2
        for layer, gap in enumerate(self._gaps):
            normed = _normalize_rows(x) * w[f"norm.{layer}.weight"] + w[f"norm.{layer}.bias"]
            x = x + _apply_silu(_convolve_rows(normed, w[f"conv.{layer}.weight"], gap) + w[f"conv.{layer}.bias"])
            if layer == middle:
                x = x + _apply_silu(x.mean(0, keepdims=True) @ w["page.weight"].T + w["page.bias"])
        return np.asarray(np.concatenate([x, _apply_silu(x)], 1) @ w["out.weight"] + w["out.bias"], dtype=np.float32)


@cache
def load_network(name: str) -> ConvolutionNetwork:
    """The network ``name`` of the package; loaded once."""
    with files("cleaner.data").joinpath(f"weights/{name}.npz").open("rb") as file:
        return ConvolutionNetwork(dict(np.load(file)))


def _apply_silu(x: Array) -> Array:
    return np.asarray(x / (1 + np.exp(-x)), dtype=np.float32)


def _normalize_rows(x: Array) -> Array:
    centred = x - x.mean(1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred * centred).mean(1, keepdims=True) + _EPSILON), dtype=np.float32)


def _convolve_rows(x: Array, kernel: Array, gap: int) -> Array:
    """Convolution of ``x`` with the three matrices of ``kernel``, for ``gap`` blocks before, at, and after each block."""
    size, width = x.shape
    padded = np.pad(x, ((gap, gap), (0, 0)))
    shifted = (padded[:size], x, padded[2 * gap : 2 * gap + size])
    products = [
        _multiply_in_chunks(part, kernel[step * width : (step + 1) * width]) for step, part in enumerate(shifted)
    ]
    return products[0] + products[1] + products[2]


def _multiply_in_chunks(x: Array, matrix: Array) -> Array:
    """``x @ matrix``, in chunks so small that OpenBLAS does not use threads.

    It uses them from 2 to the power of 18 multiplications; for products of this size, in many processes at once, threads
    wait for each other many times longer than they compute.
    """
    rows = max(1, (1 << 18) // matrix.size)
    return np.concatenate([x[start : start + rows] @ matrix for start in range(0, len(x), rows)])

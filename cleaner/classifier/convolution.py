"""A small convolutional network over the blocks of a page, in numpy.

Each block is its features and the mean of its words' embeddings; residual convolutions with growing gaps let it see
some twenty blocks to either side, and in the middle of them every block is told the mean of the page.
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
"""Standard deviations at which a feature is cut off."""
_EPSILON = 1e-5


class ConvolutionNetwork:
    """One trained network: probabilities that blocks belong to the article.

    Args:
        weights: arrays by name, as ``tools/train_classifier.py`` writes them. Where several networks were trained, each
            array but those that scale the features has one more dimension in front, and their mean is the answer.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        arrays = {name: array.astype(np.float32) for name, array in weights.items() if array.dtype.kind == "f"}
        self._mean, self._scale = arrays.pop("mean"), arrays.pop("scale")
        members = len(arrays["out.bias"])
        self._members = [{name: array[member] for name, array in arrays.items()} for member in range(members)]
        self._gaps = [int(gap) for gap in weights["gaps"]]
        self.features = tuple(str(name) for name in weights["features"])

    def probabilities(self, features: Matrix, texts: Sequence[str]) -> Array:
        """One probability a block, from its row of ``features`` and its text."""
        scaled = np.clip((features - self._mean) / self._scale, -_LIMIT, _LIMIT)
        buckets = word_hashes.hash_words(texts)
        used = np.maximum((buckets > 0).sum(1, keepdims=True), 1).astype(np.float32)
        logits = [self._logits(member, scaled, buckets, used) for member in self._members]
        chances = [1 / (1 + np.exp(-logit)) for logit in logits]
        return np.asarray(np.mean(chances, axis=0), dtype=np.float32)

    def _logits(self, w: Mapping[str, Array], scaled: Matrix, buckets: NDArray[np.int64], used: Array) -> Array:
        embedded = w["embedding"][buckets].sum(1) / used
        x = _apply_silu(_multiply_in_pieces(np.concatenate([scaled, embedded], 1), w["in.weight"].T) + w["in.bias"])
        middle = len(self._gaps) // 2
        for layer, gap in enumerate(self._gaps):
            normed = _normalise_rows(x) * w[f"norm.{layer}.weight"] + w[f"norm.{layer}.bias"]
            x = x + _apply_silu(_convolve_rows(normed, w[f"conv.{layer}.weight"], gap) + w[f"conv.{layer}.bias"])
            if layer == middle:
                x = x + _apply_silu(x.mean(0, keepdims=True) @ w["page.weight"].T + w["page.bias"])
        return np.asarray(np.concatenate([x, _apply_silu(x)], 1) @ w["out.weight"] + w["out.bias"], dtype=np.float32)


@cache
def load_network(name: str) -> ConvolutionNetwork:
    """The network ``name`` that comes with the package; read once."""
    with files("cleaner.data").joinpath(f"weights/{name}.npz").open("rb") as file:
        return ConvolutionNetwork(dict(np.load(file)))


def _apply_silu(x: Array) -> Array:
    return np.asarray(x / (1 + np.exp(-x)), dtype=np.float32)


def _normalise_rows(x: Array) -> Array:
    centred = x - x.mean(1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred * centred).mean(1, keepdims=True) + _EPSILON), dtype=np.float32)


def _convolve_rows(x: Array, kernel: Array, gap: int) -> Array:
    """``x`` at ``gap`` blocks before, at, and after each block, through the three matrices of ``kernel``."""
    size, width = x.shape
    padded = np.pad(x, ((gap, gap), (0, 0)))
    seen = (padded[:size], x, padded[2 * gap : 2 * gap + size])
    pieces = [_multiply_in_pieces(part, kernel[step * width : (step + 1) * width]) for step, part in enumerate(seen)]
    return pieces[0] + pieces[1] + pieces[2]


def _multiply_in_pieces(x: Array, matrix: Array) -> Array:
    """``x @ matrix``, in pieces so small that OpenBLAS does not wake its threads.

    It does from 2 to the power of 18 multiplications on; for products of this size, and in many processes at once, the
    threads wait for one another many times longer than they work.
    """
    rows = max(1, (1 << 18) // matrix.size)
    return np.concatenate([x[start : start + rows] @ matrix for start in range(0, len(x), rows)])

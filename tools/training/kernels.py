"""The loops of training that numba compiles. Types are what they are called with."""

# mypy: allow-untyped-defs, allow-untyped-decorators, allow-untyped-calls
# ruff: noqa: ANN001, ANN201, ANN202, C901, PLR0913, PLR0917  # compiled loops take arrays, not objects

from __future__ import annotations

import numpy as np
from numba import njit

BINS = 64
SMOOTHING = 4.0  # cleaner.classifier.linear.SMOOTHING: compiled code takes no imported value in its place
_LEAST = np.float32(1e-4)
_ADAGRAD = np.float32(0.05)


@njit(cache=True, fastmath=True)
def _pull(z, out, label, kept, label_weight, kept_weight, first_dropped):
    """Turn the scores ``z`` into probabilities, and write the loss's gradient by them into ``out``."""
    top, total, body = np.float32(-1e9), np.float32(0), np.float32(0)
    for k in range(len(z)):
        top = max(top, z[k])
    for k in range(len(z)):
        z[k] = np.exp(z[k] - top)
        total += z[k]
    for k in range(len(z)):
        z[k] /= total
        if k < first_dropped:
            body += z[k]
    by_label = label_weight if label >= 0 else np.float32(0)
    by_kept = kept_weight if kept >= 0 else np.float32(0)
    side = max(body if kept == 1 else 1 - body, _LEAST)
    for k in range(len(z)):
        inside = (k < first_dropped) == (kept == 1)
        out[k] = by_label * z[k] + by_kept * (z[k] - (z[k] / side if inside else np.float32(0)))
    if label >= 0:
        out[label] -= by_label


@njit(cache=True, fastmath=True)
def fit_linear(hashes, starts, rows, label, kept, label_weight, kept_weight, buckets, epochs, rate, labels, dropped):
    """The table and the bias of a linear model after so many rounds of AdaGrad over ``rows``."""
    table = np.zeros((buckets, labels), np.float32)
    squares = np.zeros(buckets, np.float32)
    bias = np.zeros(labels, np.float32)
    bias_squares = np.float32(1)
    z, pull = np.zeros(labels, np.float32), np.zeros(labels, np.float32)
    mask = np.uint32(buckets - 1)
    for epoch in range(epochs):
        step = np.float32(rate * (1 - 0.8 * epoch / epochs))
        for i in rows:
            begin, end = starts[i], starts[i + 1]
            factor = np.float32(1 / np.sqrt(end - begin + SMOOTHING))
            z[:] = 0
            for t in range(begin, end):
                row = hashes[t] & mask
                for k in range(labels):
                    z[k] += table[row, k]
            for k in range(labels):
                z[k] = z[k] * factor + bias[k]
            _pull(z, pull, label[i], kept[i], label_weight[i], kept_weight[i], dropped)
            length = np.float32(0)
            for k in range(labels):
                length += pull[k] * pull[k]
            bias_squares += length
            for k in range(labels):
                bias[k] -= step / np.sqrt(bias_squares) * pull[k]
            length *= factor * factor
            for t in range(begin, end):
                row = hashes[t] & mask
                squares[row] += length
                move = step * factor / np.sqrt(squares[row] + _ADAGRAD)
                for k in range(labels):
                    table[row, k] -= move * pull[k]
    return table, bias


@njit(cache=True, fastmath=True)
def best_cut(bins, sketch, weight, leaf, leaves, penalty):
    """For each feature the gain of its best cut of all leaves at once, and where that is."""
    size, width = bins.shape[1], sketch.shape[1]
    best, where = np.full(len(bins), -1e30, np.float32), np.zeros(len(bins), np.int32)
    sums = np.zeros((leaves, BINS, width + 1), np.float32)
    for f in range(len(bins)):
        sums[:] = 0
        for i in range(size):
            cell = sums[leaf[i], bins[f, i]]
            for j in range(width):
                cell[j] += sketch[i, j]
            cell[width] += weight[i]
        gain = np.zeros(BINS, np.float64)
        for own in range(leaves):
            total, left = np.zeros(width + 1, np.float32), np.zeros(width + 1, np.float32)
            for b in range(BINS):
                for j in range(width + 1):
                    total[j] += sums[own, b, j]
            for b in range(BINS - 1):
                for j in range(width + 1):
                    left[j] += sums[own, b, j]
                below, above = left[width] + penalty, total[width] - left[width] + penalty
                for j in range(width):
                    right = total[j] - left[j]
                    gain[b] += left[j] * left[j] / below + right * right / above
        for b in range(BINS - 1):
            if gain[b] > best[f]:
                best[f], where[f] = gain[b], b
    return best, where


@njit(cache=True, fastmath=True)
def gradients(scores, rows, label, kept, label_weight, kept_weight, dropped, pulls, curves):
    """The loss's gradients and curvatures of ``rows``, by label, into ``pulls`` and ``curves``."""
    z, out = np.zeros(scores.shape[1], np.float32), np.zeros(scores.shape[1], np.float32)
    for place in range(len(rows)):
        i = rows[place]
        z[:] = scores[i]
        _pull(z, out, label[i], kept[i], label_weight[i], kept_weight[i], dropped)
        weight = (label_weight[i] if label[i] >= 0 else np.float32(0)) + (
            kept_weight[i] if kept[i] >= 0 else np.float32(0)
        )
        for k in range(len(z)):
            pulls[place, k] = -out[k]
            curves[place, k] = weight * z[k] * (1 - z[k])


@njit(cache=True)
def add(scores, bins, columns, cuts, values):
    """Add to each row's scores the values of the leaf that it falls into."""
    for i in range(len(scores)):
        leaf = 0
        for level in range(len(columns)):
            if bins[columns[level], i] > cuts[level]:
                leaf |= 1 << level
        for k in range(scores.shape[1]):
            scores[i, k] += values[leaf, k]

"""Fitting the network over the lines of dumps, with torch on one thread: the same bytes from the same pages."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from cleaner.classifier.label_model import KEPT, LABELS
from cleaner.classifier.line_network import MAX_DEVIATION
from training.fitting import Targets


class NetworkPlan(NamedTuple):
    """How the network is made and fitted. Chosen on an eighth of the sites."""

    width: int = 96
    """Numbers that the input and the middle layer have of a line."""
    carried: int = 64
    """Numbers that each of the two units carries."""
    epochs: int = 5
    rate: float = 0.003
    decay: float = 0.001
    dropout: float = 0.15
    lines_a_step: int = 10_000
    longest: int = 512
    """Lines of a longer page that are read in an epoch, from a line that is drawn."""
    seed: int = 1


_WARM_UP, _LEAST_RATE, _STEEPEST = 200, 0.01, 1.0
"""Steps in which the rate rises, the share of it in the last ones, and the length of the longest gradient."""
_PAGES_SORTED, _PAGE_WEIGHT = 2_000, 100
"""Pages that are put in batches by their lengths at a time, and what the lines of a page weigh together."""
_LEAST_DEVIATION = 1e-3


class _Batch(NamedTuple):
    lines: Tensor
    sizes: Tensor
    label: Tensor
    kept: Tensor
    label_weight: Tensor
    kept_weight: Tensor


class _Network(nn.Module):
    def __init__(self, columns: int, plan: NetworkPlan) -> None:
        super().__init__()
        self.input = nn.Linear(columns, plan.width)
        self.units = nn.GRU(plan.width, plan.carried, bidirectional=True, batch_first=True)
        self.middle = nn.Linear(plan.width + 2 * plan.carried, plan.width)
        self.output = nn.Linear(plan.width, len(LABELS))
        self.dropout = nn.Dropout(plan.dropout)

    def forward(self, lines: Tensor, sizes: Tensor) -> Tensor:
        seen = self.dropout(torch.relu(self.input(lines)))
        packed = pack_padded_sequence(seen, sizes, batch_first=True, enforce_sorted=False)
        carried, _ = pad_packed_sequence(self.units(packed)[0], batch_first=True, total_length=lines.shape[1])
        middle = torch.relu(self.middle(torch.cat([seen, carried], -1)))
        scores: Tensor = self.output(self.dropout(middle))
        return scores


class _Pages(NamedTuple):
    """What is learned from: the columns of each page, and where its targets start."""

    columns: Sequence[NDArray[np.float32]]
    starts: NDArray[np.int_]
    targets: Targets
    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]


def fit_network(columns: Sequence[NDArray[np.float32]], targets: Targets, plan: NetworkPlan) -> dict[str, NDArray[Any]]:
    """The arrays of a :class:`cleaner.classifier.line_network.LineNetwork` fitted to the ``columns`` of pages.

    The ``targets`` of all pages are one under the other.
    """
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    torch.manual_seed(plan.seed)
    count = sum(map(len, columns))
    mean = sum(page.sum(0, dtype=np.float64) for page in columns) / count
    deviation = np.sqrt(sum(((page - mean) ** 2).sum(0) for page in columns) / count) + _LEAST_DEVIATION
    starts = np.concatenate([[0], np.cumsum([len(page) for page in columns])])
    network = _Network(columns[0].shape[1], plan)
    _train(network, _Pages(columns, starts, targets, mean, deviation), plan)
    return {"mean": mean.astype(np.float32), "deviation": deviation.astype(np.float32), **_list_arrays(network)}


def _train(network: _Network, pages: _Pages, plan: NetworkPlan) -> None:
    random = np.random.default_rng(plan.seed)
    optimizer = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=plan.decay)
    steps = plan.epochs * len(_choose_batches(pages.columns, plan, random))
    done = 0
    network.train()
    for epoch in range(plan.epochs):
        total = 0.0
        for spans in _choose_batches(pages.columns, plan, random):
            batch = _load_batch(spans, pages)
            loss = _measure_loss(network(batch.lines, batch.sizes), batch) / (len(spans) * _PAGE_WEIGHT)
            falling = (1 + cos(pi * min(1.0, done / steps))) / 2 + _LEAST_RATE
            for group in optimizer.param_groups:
                group["lr"] = plan.rate * min(1.0, (done + 1) / _WARM_UP) * falling
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
            optimizer.step()
            done += 1
            total += len(spans) * float(loss.detach())
        print(f"epoch {epoch + 1}: loss {total / len(pages.columns):.4f}", flush=True)


def _choose_batches(
    pages: Sequence[NDArray[np.float32]], plan: NetworkPlan, random: np.random.Generator
) -> list[list[tuple[int, int, int]]]:
    """All pages in batches of about one length and a number of lines: the number of each, and its first and last line."""
    spans = []
    for page in random.permutation(len(pages)).tolist():
        size = len(pages[page])
        start = int(random.integers(0, max(size - plan.longest, 0) + 1))
        spans.append((page, start, min(size, start + plan.longest)))
    batches: list[list[tuple[int, int, int]]] = []
    for first in range(0, len(spans), _PAGES_SORTED):
        batch: list[tuple[int, int, int]] = []
        for span in sorted(spans[first : first + _PAGES_SORTED], key=lambda span: span[2] - span[1]):
            if batch and (len(batch) + 1) * (span[2] - span[1]) > plan.lines_a_step:
                batches.append(batch)
                batch = []
            batch.append(span)
        batches.append(batch)
    return [batches[place] for place in random.permutation(len(batches))]


def _load_batch(spans: Sequence[tuple[int, int, int]], pages: _Pages) -> _Batch:
    sizes = [end - start for _, start, end in spans]
    lines = np.zeros((len(spans), max(sizes), len(pages.mean)), np.float32)
    arrays: list[NDArray[Any]] = [*pages.targets]
    padded = [np.zeros(lines.shape[:2], array.dtype) for array in arrays]
    for row, (page, start, end) in enumerate(spans):
        seen = (pages.columns[page][start:end] - pages.mean) / pages.deviation
        lines[row, : end - start] = np.clip(seen, -MAX_DEVIATION, MAX_DEVIATION)
        own = slice(pages.starts[page] + start, pages.starts[page] + end)
        for into, array in zip(padded, arrays, strict=True):
            into[row, : end - start] = array[own]
    tensors = [torch.from_numpy(array) for array in padded]
    return _Batch(torch.from_numpy(lines), torch.tensor(sizes), *tensors)


def _measure_loss(scores: Tensor, batch: _Batch) -> Tensor:
    """Surprise at the labels, and at which lines are kept; padding weighs nothing."""
    chances = torch.log_softmax(scores, -1)
    labelled = (batch.label >= 0) * batch.label_weight
    by_label = chances.gather(-1, batch.label.clamp(min=0).long()[..., None])[..., 0] * labelled
    known = (batch.kept >= 0) * batch.kept_weight
    kept, dropped = torch.logsumexp(chances[..., :KEPT], -1), torch.logsumexp(chances[..., KEPT:], -1)
    return -(by_label.sum() + (torch.where(batch.kept == 1, kept, dropped) * known).sum())


def _list_arrays(network: _Network) -> dict[str, NDArray[Any]]:
    """Tables by what they make of a row, so that a row times a table is the result."""
    arrays = {name: tensor.detach().numpy() for name, tensor in network.named_parameters()}
    found = {}
    for own in ("input", "middle", "output"):
        found[f"{own}_table"], found[f"{own}_bias"] = arrays[f"{own}.weight"].T, arrays[f"{own}.bias"]
    for own, suffix in (("down", "_l0"), ("up", "_l0_reverse")):
        for name, part in ((own, "ih"), (f"{own}_state", "hh")):
            found[f"{name}_table"] = arrays[f"units.weight_{part}{suffix}"].T
            found[f"{name}_bias"] = arrays[f"units.bias_{part}{suffix}"]
    return {name: np.ascontiguousarray(array) for name, array in found.items()}

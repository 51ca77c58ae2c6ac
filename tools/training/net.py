"""The network of cleaner.classifier.convolution, in torch, and how it is fitted."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from cleaner.classifier import word_hashes
from training.corpora import Example, weights

GAPS = (1, 2, 4, 8, 1, 2, 4)
_WIDTH = 64
_EMBEDDING = 24
_LIMIT = 4.0
_DROPOUT = 0.3
_FEATURE_DROPOUT = 0.1
_WORD_DROPOUT = 0.15
_LEARNING_RATE = 3e-3
_WEIGHT_DECAY = 0.02
# Targets are shares; what is nearly all or nearly nothing counts as that.
_ALL, _NOTHING = 0.8, 0.2
_SMOOTHING = 0.02
_BLOCKS_A_BATCH = 6000

torch.set_num_threads(1)  # sums in one order, so that the same pages give the same bytes
torch.use_deterministic_algorithms(mode=True)


class Net(nn.Module):
    """See :mod:`cleaner.classifier.convolution`, which computes the same in numpy."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(word_hashes.BUCKETS, _EMBEDDING, padding_idx=0)
        nn.init.normal_(self.embedding.weight, 0, 0.1)
        with torch.no_grad():
            self.embedding.weight[0] = 0
        self.into = nn.Linear(features + _EMBEDDING, _WIDTH)
        self.convs = nn.ModuleList([nn.Linear(3 * _WIDTH, _WIDTH) for _ in GAPS])
        self.norms = nn.ModuleList([nn.LayerNorm(_WIDTH) for _ in GAPS])
        self.page = nn.Linear(_WIDTH, _WIDTH)
        self.out = nn.Linear(2 * _WIDTH, 1)

    def forward(self, features: Tensor, buckets: Tensor, mask: Tensor) -> Tensor:
        """Logits; ``mask`` is 1 for blocks and 0 for the padding behind them."""
        size, shown = features.shape[1], mask[..., None]
        used = (buckets > 0).sum(-1, keepdim=True).clamp(min=1)
        embedded = functional.dropout(self.embedding(buckets).sum(2) / used, _DROPOUT, self.training)
        features = functional.dropout(features, _FEATURE_DROPOUT, self.training)
        x = functional.silu(self.into(torch.cat([features, embedded], -1))) * shown
        for layer, (conv, norm, gap) in enumerate(zip(self.convs, self.norms, GAPS, strict=True)):
            y = norm(x) * shown
            padded = functional.pad(y, (0, 0, gap, gap))
            wide = torch.cat([padded[:, :size], y, padded[:, 2 * gap : 2 * gap + size]], -1)
            x = (x + functional.dropout(functional.silu(conv(wide)), _DROPOUT, self.training)) * shown
            if layer == len(GAPS) // 2:
                mean = x.sum(1) / mask.sum(1, keepdim=True)
                x = (x + functional.silu(self.page(mean))[:, None]) * shown
        return self.out(torch.cat([x, functional.silu(x)], -1)).squeeze(-1)


def scaling(examples: Sequence[Example]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and standard deviation of each feature."""
    rows = np.concatenate([example.features for example in examples]).astype(np.float64)
    return rows.mean(0).astype(np.float32), (rows.std(0) + 1e-3).astype(np.float32)


def fit(examples: Sequence[Example], scale: tuple[NDArray[Any], NDArray[Any]], *, epochs: int, seed: int) -> Net:
    """A network fitted to ``examples``."""
    torch.manual_seed(seed)
    np.random.seed(seed)  # noqa: NPY002  one seed for all three libraries
    random.seed(seed)
    net = Net(examples[0].features.shape[1])
    optimizer = torch.optim.AdamW(net.parameters(), lr=_LEARNING_RATE, weight_decay=_WEIGHT_DECAY)
    steps = (len(list(_batches(examples))) + 8) * epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _LEARNING_RATE, total_steps=steps, pct_start=0.2)
    net.train()
    for _ in range(epochs):
        for batch in _batches(examples):
            features, buckets, mask, targets, weighed = _tensors([examples[index] for index in batch], scale)
            buckets[torch.rand(buckets.shape) < _WORD_DROPOUT] = 0
            smooth = targets * (1 - 2 * _SMOOTHING) + _SMOOTHING
            losses = functional.binary_cross_entropy_with_logits(net(features, buckets, mask), smooth, reduction="none")
            optimizer.zero_grad()
            ((losses * weighed).sum() / len(batch)).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            if schedule.last_epoch < steps - 1:
                schedule.step()
    net.eval()
    return net


def arrays(nets: Sequence[Net]) -> dict[str, NDArray[np.float16]]:
    """The weights of ``nets``, stacked, under the names that :mod:`cleaner.classifier.convolution` reads."""
    stacked: dict[str, list[NDArray[np.float16]]] = {}
    for net in nets:
        named = {"embedding": net.embedding.weight, "out.weight": net.out.weight[0], "out.bias": net.out.bias[0]}
        named |= {"in.weight": net.into.weight, "in.bias": net.into.bias}
        named |= {"page.weight": net.page.weight, "page.bias": net.page.bias}
        for layer, (conv, norm) in enumerate(zip(net.convs, net.norms, strict=True)):
            named |= {f"conv.{layer}.weight": conv.weight.T, f"conv.{layer}.bias": conv.bias}
            named |= {f"norm.{layer}.weight": norm.weight, f"norm.{layer}.bias": norm.bias}
        for name, tensor in named.items():
            stacked.setdefault(name, []).append(tensor.detach().numpy().astype(np.float16))
    return {name: np.stack(members) for name, members in stacked.items()}


def _batches(examples: Sequence[Example]) -> Iterator[list[int]]:
    """Pages of about one length together, in random order."""
    lengths = {index: len(example.targets) for index, example in enumerate(examples)}
    order = sorted(lengths, key=lambda index: lengths[index] + random.random() * 60)
    batches: list[list[int]] = [[]]
    for index in order:
        if batches[-1] and (len(batches[-1]) + 1) * lengths[index] > _BLOCKS_A_BATCH:
            batches.append([])
        batches[-1].append(index)
    random.shuffle(batches)
    yield from batches


def _tensors(examples: Sequence[Example], scale: tuple[NDArray[Any], NDArray[Any]]) -> list[Tensor]:
    pages, size = len(examples), max(len(example.targets) for example in examples)
    features = np.zeros((pages, size, examples[0].features.shape[1]), np.float32)
    buckets = np.zeros((pages, size, word_hashes.WORDS), np.int64)
    mask, targets, weighed = (np.zeros((pages, size), np.float32) for _ in range(3))
    for page, example in enumerate(examples):
        count = len(example.targets)
        features[page, :count] = np.clip((example.features - scale[0]) / scale[1], -_LIMIT, _LIMIT)
        buckets[page, :count] = example.buckets
        mask[page, :count] = 1
        targets[page, :count] = np.select(
            [example.targets >= _ALL, example.targets <= _NOTHING], [1, 0], example.targets
        )
        weighed[page, :count] = weights(example)
    return [torch.from_numpy(array) for array in (features, buckets, mask, targets, weighed)]

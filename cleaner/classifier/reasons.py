"""Why a block has its label: the word, the name of an element and the heading that support it most."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import label_model, name_tokens, text_tokens
from cleaner.classifier.label_model import KEPT, LABELS, Shares
from cleaner.classifier.linear_model import Scores
from cleaner.labels import Label
from cleaner.model import Blocks, Kind, Role

# Numbers of this module were chosen by reading reasons; not measured.
_MAX_WORDS = 12
"""Words at the start of a block that are looked at."""
_MIN_LIFT = 0.5
"""How far above the mean of all labels a word or a name must lift the label to be named."""
_MIN_HEADING_SHARE = 0.3
"""Probability of the label for a heading that supports it for the blocks below."""
_MAX_HEADING_CHARS = 40
_MAX_HEADING_DISTANCE = 60
_MAX_STEPS = 4
"""Elements around a block whose names are looked at."""
_MAX_REMEMBERED = 1 << 16
_LABELS = {label.value: label for label in Label}
_WORD = re.compile(r"\w[\w'’-]*|©")
_STEP = re.compile(r"[#.]([^#./]+)")

_Key = TypeVar("_Key", bound=Hashable)
_Name = tuple[str, int]
"""A class or id, and the distance of its element from the block."""


class _LiftTable(Generic[_Key]):
    """How far each word, or each name, lifts each label above the mean of all; remembered, as pages have much in common."""

    def __init__(self, score: Callable[[list[_Key]], Scores]) -> None:
        self._score = score
        self._known: dict[_Key, NDArray[np.float32]] = {}

    def add(self, keys: Iterable[_Key]) -> None:
        """Measure those of ``keys`` that are not known, all at once."""
        asked = dict.fromkeys(keys)
        missing = [key for key in asked if key not in self._known]
        if missing:
            if len(self._known) > _MAX_REMEMBERED:
                self._known.clear()
                missing = list(asked)
            scores = self._score(missing)
            self._known.update(zip(missing, scores - scores.mean(1, keepdims=True), strict=True))

    def find_strongest(self, keys: Sequence[_Key], label: int) -> int | None:
        """The place of the key that lifts ``label`` most, if far enough."""
        lifts = [float(self._known[key][label]) for key in keys]
        best = max(range(len(keys)), key=lifts.__getitem__, default=None)
        return best if best is not None and lifts[best] > _MIN_LIFT else None


def choose_label(shares: Shares, index: int) -> Label:
    """The likeliest label of a block that is dropped."""
    return _LABELS[LABELS[KEPT + int(shares[index, KEPT:].argmax())]]


def list_labels(shares: Shares) -> list[tuple[Label, float]]:
    """The likeliest label of each block outside the body, with its probability."""
    return [(choose_label(shares, index), float(shares[index, KEPT:].max())) for index in range(len(shares))]


def explain_labels(
    blocks: Blocks, shares: Shares, indices: Sequence[int], kind: Kind
) -> Iterator[tuple[int, Label, str]]:
    """For each of ``indices`` the block's likeliest label outside the body, and its reason."""
    words = {index: _WORD.findall(blocks[index].text)[:_MAX_WORDS] for index in indices}
    folded = {index: [word.casefold() for word in found] for index, found in words.items()}
    names = {index: _list_names(blocks[index].path) for index in indices}
    word_table, name_table = _word_table(kind), _name_table()
    word_table.add(word for found in folded.values() for word in found)
    name_table.add(name for found in names.values() for name in found)
    headings = _find_headings(blocks)
    for index in indices:
        label = choose_label(shares, index)
        number = LABELS.index(label)
        parts = [f"{shares[index, number]:.2f} {label}"]
        if (place := word_table.find_strongest(folded[index], number)) is not None:
            parts.append(f"the word “{words[index][place]}”")
        if (place := name_table.find_strongest(names[index], number)) is not None:
            parts.append(f"inside “{names[index][place][0]}”")
        heading = headings[index]
        if heading is not None and shares[heading, number] > _MIN_HEADING_SHARE:
            parts.append(f"below “{blocks[heading].text}”")
        yield index, label, ", ".join(parts)


@cache
def _word_table(kind: Kind) -> _LiftTable[str]:
    model = label_model.load_model(kind).words
    return _LiftTable(lambda words: model.score_tokens(text_tokens.hash_texts(words).tokens))


@cache
def _name_table() -> _LiftTable[_Name]:
    model = label_model.load_model(Kind.HTML).names
    if model is None:
        raise ValueError("the model of HTML has no names")
    return _LiftTable(lambda names: model.score_tokens(name_tokens.hash_single_names(names)))


def _list_names(path: str) -> list[_Name]:
    """The classes and ids in the last steps of ``path``."""
    steps = path.rsplit("/", _MAX_STEPS)[-_MAX_STEPS:]
    return [(name, distance) for distance, step in enumerate(reversed(steps)) for name in _STEP.findall(step)]


def _find_headings(blocks: Blocks) -> list[int | None]:
    """For each block the index of the short heading above it, if it is near."""
    found: list[int | None] = []
    last: int | None = None
    for block in blocks:
        found.append(last if last is not None and block.index - last <= _MAX_HEADING_DISTANCE else None)
        if block.role is Role.HEADING:
            last = block.index if len(block.text) <= _MAX_HEADING_CHARS else None
    return found

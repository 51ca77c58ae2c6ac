"""Why a block has its label: the word, the name of an element and the heading that support it most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

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
_LABELS = {label.value: label for label in Label}
_WORD = re.compile(r"\w[\w'’-]*|©")
_STEP = re.compile(r"[#.]([^#./]+)")
_MAX_STEPS = 4
"""Elements around a block whose names are looked at."""


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
    headings = _find_headings(blocks)
    for index in indices:
        label = choose_label(shares, index)
        number = LABELS.index(label)
        parts = [f"{shares[index, number]:.2f} {label}"]
        if word := _find_word(blocks[index].text, number, kind):
            parts.append(f"the word “{word}”")
        if name := _find_name("/".join(blocks[index].path.split("/")[-_MAX_STEPS:]), number):
            parts.append(f"inside “{name}”")
        heading = headings[index]
        if heading is not None and shares[heading, number] > _MIN_HEADING_SHARE:
            parts.append(f"below “{blocks[heading].text}”")
        yield index, label, ", ".join(parts)


def _find_headings(blocks: Blocks) -> list[int | None]:
    """For each block the index of the short heading above it, if it is near."""
    found: list[int | None] = []
    last: int | None = None
    for block in blocks:
        found.append(last if last is not None and block.index - last <= _MAX_HEADING_DISTANCE else None)
        if block.role is Role.HEADING:
            last = block.index if len(block.text) <= _MAX_HEADING_CHARS else None
    return found


def _find_word(text: str, label: int, kind: Kind) -> str | None:
    """The word at the start of ``text`` that supports ``label`` most."""
    words = _WORD.findall(text)[:_MAX_WORDS]
    lifts = [_lift_of_word(word.casefold(), kind)[label] for word in words]
    return words[int(np.argmax(lifts))] if words and max(lifts) > _MIN_LIFT else None


@lru_cache(maxsize=65536)
def _lift_of_word(word: str, kind: Kind) -> NDArray[np.float32]:
    model = label_model.load_model(kind)
    lifts: NDArray[np.float32] = _measure_lifts(model.words.score_tokens(text_tokens.hash_texts([word]).tokens))[0]
    return lifts


@lru_cache(maxsize=65536)
def _find_name(path: str, label: int) -> str | None:
    """The class or id in ``path`` that supports ``label`` most."""
    model = label_model.load_model(Kind.HTML).names
    names = [
        (name, distance) for distance, step in enumerate(reversed(path.split("/"))) for name in _STEP.findall(step)
    ]
    if not names or model is None:
        return None
    lifts = _measure_lifts(model.score_tokens(name_tokens.hash_single_names(names)))[:, label]
    return names[int(lifts.argmax())][0] if lifts.max() > _MIN_LIFT else None


def _measure_lifts(scores: Scores) -> NDArray[np.float32]:
    """How far each row lifts each label above the mean of all."""
    return np.asarray(scores - scores.mean(1, keepdims=True), dtype=np.float32)

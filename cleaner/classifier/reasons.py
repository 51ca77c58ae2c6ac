"""Why a block has its label: the word, the name of an element and the heading that support it most."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import label_model, name_tokens, text_tokens
from cleaner.classifier.label_model import KEPT, LABELS, Shares
from cleaner.classifier.linear_model import Scores
from cleaner.compiled import serve_compiled
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
_MAX_REMEMBERED = 1 << 14
"""Words, and names, whose lifts are remembered; each takes some 300 bytes, and a page has some hundreds."""
_LABELS = {label.value: label for label in Label}
_LABEL_OF_NUMBER = {number: _LABELS[name] for number, name in enumerate(LABELS) if number >= KEPT}
_WORD = re.compile(r"\w[\w'’-]*|©")
_STEP = re.compile(r"[#.]([^#./]+)")

_Key = TypeVar("_Key", bound=Hashable)
_Name = tuple[str, int]
"""A class or id, and the distance of its element from the block."""


class _LiftTable(Generic[_Key]):
    """How far each word, or each name, lifts each label above the mean of all; remembered, as pages have much in common."""

    def __init__(self, score: Callable[[list[_Key]], Scores]) -> None:
        self._score = score
        self._row_of_key: dict[_Key, int] = {}
        self._lifts = np.zeros((0, len(LABELS)), dtype=np.float32)

    def find_strongest(self, rows: list[Sequence[_Key]], labels: NDArray[np.intp]) -> list[int | None]:
        """For each of ``rows`` the place of the key that lifts its label most, if far enough."""
        if missing := list_missing(rows, self._row_of_key):
            if len(self._row_of_key) > _MAX_REMEMBERED:
                self._row_of_key.clear()
                missing = list_missing(rows, self._row_of_key)
            self._add(missing)
        return find_highest(rows, self._row_of_key, self._lifts, np.ascontiguousarray(labels), _MIN_LIFT)

    def _add(self, missing: list[_Key]) -> None:
        """Measure the keys that are not known, all at once."""
        start, end = len(self._row_of_key), len(self._row_of_key) + len(missing)
        if end > len(self._lifts):
            grown = np.empty((2 * end, len(LABELS)), dtype=np.float32)
            grown[:start] = self._lifts[:start]
            self._lifts = grown
        scores = self._score(missing)
        self._lifts[start:end] = scores - scores.mean(1, keepdims=True)
        self._row_of_key.update(zip(missing, range(start, end), strict=True))


@serve_compiled("feature_arrays")
def list_missing(rows: list[Sequence[Any]], known: dict[Any, int]) -> list[Any]:
    """The keys in ``rows`` that are not ``known``, each once."""
    return list(dict.fromkeys([key for row in rows for key in row if key not in known]))


@serve_compiled("feature_arrays")
def find_highest(
    rows: list[Sequence[Any]],
    places: dict[Any, int],
    table: NDArray[np.float32],
    columns: NDArray[np.intp],
    least: float,
) -> list[int | None]:
    """For each of ``rows`` of keys the place of the one with the highest number above ``least``, of equal ones the first.

    The number of a key is in its row of ``table``, of which ``places`` gives the number, and in the column of the row of keys.
    """
    found: list[int | None] = []
    for keys, column in zip(rows, columns.tolist(), strict=True):
        numbers = [float(table[places[key], column]) for key in keys]
        highest = max(numbers, default=least)
        found.append(numbers.index(highest) if highest > least else None)
    return found


def choose_label(shares: Shares, index: int) -> Label:
    """The likeliest label of a block that is dropped."""
    return _LABEL_OF_NUMBER[KEPT + int(shares[index, KEPT:].argmax())]


def list_labels(shares: Shares) -> list[tuple[Label, float]]:
    """The likeliest label of each block outside the body, with its probability."""
    labels = [_LABEL_OF_NUMBER[number] for number in _number_labels(shares).tolist()]
    return list(zip(labels, shares[:, KEPT:].max(1).tolist(), strict=True))


def explain_labels(
    blocks: Blocks, shares: Shares, indices: Sequence[int], kind: Kind
) -> Iterator[tuple[int, Label, str]]:
    """For each of ``indices`` the block's likeliest label outside the body, and its reason."""
    numbers = _number_labels(shares)[list(indices)]
    words: list[Sequence[str]] = [list_first_words(blocks[index].text, _MAX_WORDS) for index in indices]
    names: list[Sequence[_Name]] = [_list_names(blocks[index].path) for index in indices]
    strongest_words = _word_table(kind).find_strongest(words, numbers)
    strongest_names = _name_table().find_strongest(names, numbers) if any(names) else [None] * len(names)
    headings = _find_headings(blocks)
    chances = shares[list(indices), numbers].tolist()
    for row, (index, number) in enumerate(zip(indices, numbers.tolist(), strict=True)):
        label = _LABEL_OF_NUMBER[number]
        parts = [f"{chances[row]:.2f} {label}"]
        if (place := strongest_words[row]) is not None:
            parts.append(f"the word “{words[row][place]}”")
        if (place := strongest_names[row]) is not None:
            parts.append(f"inside “{names[row][place][0]}”")
        heading = headings[index]
        if heading is not None and shares[heading, number] > _MIN_HEADING_SHARE:
            parts.append(f"below “{blocks[heading].text}”")
        yield index, label, ", ".join(parts)


def _number_labels(shares: Shares) -> NDArray[np.intp]:
    """The number of the likeliest label of each block outside the body."""
    return np.asarray(KEPT + shares[:, KEPT:].argmax(1))


@serve_compiled("word_reader")
def list_first_words(text: str, most: int) -> list[str]:
    """The first ``most`` words of ``text``, as it writes them; a sign of copyright is one."""
    return [found[0] for found in islice(_WORD.finditer(text), most)]


@cache
def _word_table(kind: Kind) -> _LiftTable[str]:
    """The lifts of words as texts write them: a spelling is folded once, when it is measured."""
    model = label_model.load_model(kind).words
    return _LiftTable(
        lambda words: model.score_tokens(text_tokens.hash_texts([word.casefold() for word in words]).tokens)
    )


@cache
def _name_table() -> _LiftTable[_Name]:
    model = label_model.load_model(Kind.HTML).names
    if model is None:
        raise ValueError("the model of HTML has no names")
    return _LiftTable(lambda names: model.score_tokens(name_tokens.hash_single_names(names)))


@lru_cache(maxsize=16384)
def _list_names(path: str) -> tuple[_Name, ...]:
    """The classes and ids in the last steps of ``path``."""
    steps = path.rsplit("/", _MAX_STEPS)[-_MAX_STEPS:]
    return tuple((name, distance) for distance, step in enumerate(reversed(steps)) for name in _STEP.findall(step))


def _find_headings(blocks: Blocks) -> list[int | None]:
    """For each block the index of the short heading above it, if it is near."""
    found: list[int | None] = []
    last: int | None = None
    for block in blocks:
        found.append(last if last is not None and block.index - last <= _MAX_HEADING_DISTANCE else None)
        if block.role is Role.HEADING:
            last = block.index if len(block.text) <= _MAX_HEADING_CHARS else None
    return found

"""Why a block has its label: the word, the element's name and the heading that speak most for it. Worked out on demand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier import element_names, ngrams
from cleaner.classifier.html_model import LABELS, HtmlModel
from cleaner.classifier.linear import Scores
from cleaner.classifier.ngrams import Tokens
from cleaner.dom import Box

_WORDS = 24
_TELLING = 0.5
"""How far above the mean of all labels a word or a name must lift the label to be named."""
_LONGEST_HEADING = 40


class Reason(NamedTuple):
    """The evidence for one label of one block."""

    label: str
    probability: float
    word: str | None
    name: str | None
    heading: str | None

    def __str__(self) -> str:
        parts = [f"{self.probability:.0%} {self.label}"]
        parts += [f"the word {self.word!r}"] if self.word else []
        parts += [f"inside {self.name!r}"] if self.name else []
        parts += [f"below {self.heading!r}"] if self.heading else []
        return ", ".join(parts)


def explain(  # noqa: PLR0913, PLR0917  # one argument a piece of evidence
    model: HtmlModel, text: str, box: Box, heading: str | None, label: str, probability: float
) -> Reason:
    """The reason why a block with ``text`` in ``box``, below ``heading``, has ``label``."""
    number = LABELS.index(label)
    shown = heading if heading and len(heading) <= _LONGEST_HEADING else None
    return Reason(label, probability, _word(model, text, number), _name(model, box, number), shown)


def _word(model: HtmlModel, text: str, label: int) -> str | None:
    words = [word.strip(".,:;!?()\"'") for word in text.split()[:_WORDS]]
    words = [word for word in words if word]
    if not words:
        return None
    lift = _lifts(model.words.of_texts(ngrams.of_texts(words).tokens), label)
    return words[int(lift.argmax())] if lift.max() > _TELLING else None


def _name(model: HtmlModel, box: Box, label: int) -> str | None:
    named = element_names.by_name(box)
    if not named:
        return None
    sizes = [len(tokens) for _, tokens in named]
    hashes = np.array([token for _, tokens in named for token in tokens], dtype=np.uint32)
    lift = _lifts(model.names.of_texts(Tokens(ngrams.mixed(hashes), np.concatenate([[0], np.cumsum(sizes)]))), label)
    return named[int(lift.argmax())][0] if lift.max() > _TELLING else None


def _lifts(scores: Scores, label: int) -> NDArray[np.float32]:
    """How far each row lifts ``label`` above the mean of all, from where it is without evidence."""
    return np.asarray(scores[:, label] - scores.mean(1), dtype=np.float32)

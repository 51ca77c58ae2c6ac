"""More pages out of few: what pages and dumps are changed with, beside what other pages give.

Real pages hold few kinds of boilerplate each. A model that has met each widget in one place only learns the place; one
that meets it anywhere learns the widget.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.label_model import LABELS

Targets = NDArray[np.float32]

STORY = LABELS.index("related")
"""The label of a second article."""
JUNK, BODY = 0.2, 0.5
"""Shares in the gold below which a block is boilerplate, and from which it is text."""
SENTENCE = re.compile(r"(?<=[.!?。！？])\s*(?=\S)")
TEASERS, _LONGEST_LEAD = (2, 3, 4, 6), 240
"""Numbers of other stories below an article, and the characters of their first sentences."""


def take_sentence(text: str) -> str:
    """The first sentence of an article."""
    return SENTENCE.split(text, maxsplit=1)[0][:_LONGEST_LEAD]

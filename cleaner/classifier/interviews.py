"""Interviews and lists of questions without names: short questions and answers read like what is around an article."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.language.sentences import CLOSING, ends_like_sentence
from cleaner.model import Block, Blocks, Role

_QUESTION_MARKS = frozenset("?？؟\u037e")
"""Marks of a question; the last is the Greek one."""
_MAX_QUESTION = 250
"""Characters of a question."""
_MIN_SURE, _MIN_SURE_SHARE = 3, 0.5
"""Questions with an answer that both score as text, and their share of all questions of the page."""
_MIN_SCORE, _MIN_ANSWER_SCORE = 0.4, 0.6
"""Score of a sure question and its answer, and of an answer directly above which a question is kept whatever its score."""


def find_interview(blocks: Blocks, scores: NDArray[np.float32]) -> list[int]:
    """Indices of the questions and answers that continue a series of likelier ones without a gap; none without a series."""
    free = [block.verdict is None and block.role is not Role.CONTROL for block in blocks]
    asked = [at for at, block in enumerate(blocks[:-1]) if free[at] and free[at + 1] and _is_question(block)]
    pairs = [at for at in asked if not _is_question(blocks[at + 1]) and ends_like_sentence(blocks[at + 1].text)]
    sure = {at for at in pairs if min(scores[at], scores[at + 1]) >= _MIN_SCORE}
    if len(sure) < max(_MIN_SURE, _MIN_SURE_SHARE * len(asked)):
        return []
    found: set[int] = set()
    for at in pairs:
        is_joined = at in sure or at - 1 in found or (at > 0 and scores[at - 1] >= _MIN_ANSWER_SCORE)
        if is_joined or scores[at + 1] >= _MIN_ANSWER_SCORE:
            found |= {at, at + 1}
    return sorted(found)


def _is_question(block: Block) -> bool:
    return len(block.text) <= _MAX_QUESTION and block.text.rstrip(CLOSING)[-1:] in _QUESTION_MARKS

"""Dialogues: interviews, debates and hearings with the name of who speaks before each line, which reads like a comment."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from cleaner.language.sentences import ends_like_sentence
from cleaner.model import Blocks

_WORD = r"[^\W\d_a-zß-ÿ][^\s:：]{0,19}"
_NAME = re.compile(rf"({_WORD}(?: {_WORD}){{0,3}})(?::\s+|：\s*)(?=\S)")
_MAX_NAME, _COLONS = 60, frozenset(":：")
_MIN_LINES, _MIN_TURNS, _MIN_SHARE = 10, 4, 0.8
"""Lines with a name of a dialogue; lines of each of its speakers, two or more; the speakers' share of all lines that begin with a
word and a colon. Chosen by reading; not measured."""
_MAX_BETWEEN = 8
"""Blocks from one line with a name to the next, on average: a speaker's paragraphs."""
_MIN_MEAN_SCORE = 0.5
"""Mean score of the lines with names, by characters: readers who answer each other are less likely the article."""


def find_dialogue(blocks: Blocks, scores: NDArray[np.float32]) -> list[int]:
    """Indices of the blocks with what each of two or more speakers says; none without a dialogue.

    These are the lines that begin with a speaker's name, and the sentences between them.
    """
    names = {
        block.index: found[1]
        for block in blocks
        if not _COLONS.isdisjoint(block.text[:_MAX_NAME]) and (found := _NAME.match(block.text))
    }
    if len(names) < _MIN_LINES:
        return []
    speakers = {name for name, turns in Counter(names.values()).items() if turns >= _MIN_TURNS}
    spoken = [index for index, name in names.items() if name in speakers]
    if len(speakers) < 2 or len(spoken) < max(_MIN_LINES, _MIN_SHARE * len(names)):  # noqa: PLR2004  # two make a dialogue
        return []
    if spoken[-1] - spoken[0] > _MAX_BETWEEN * len(spoken):
        return []
    sizes = [len(blocks[index].text) for index in spoken]
    if np.average(scores[spoken], weights=sizes) < _MIN_MEAN_SCORE:
        return []
    said = frozenset(spoken)
    inside = range(spoken[0], spoken[-1] + 1)
    return [index for index in inside if index in said or ends_like_sentence(blocks[index].text)]

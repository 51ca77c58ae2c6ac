"""Live blogs: short entries below times of the day, the first and last of which read like what is around an article."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleaner.language.sentences import ends_like_sentence
from cleaner.model import Blocks

_TIME = re.compile(r"\(?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s?(?:[A-Z]{2,4}|uhr))?\)?", re.IGNORECASE)
_MAX_TIME_CHARS = 16
_MIN_TIMES, _MIN_WITH_TEXT = 4, 0.6
"""Times of a live blog, and the share of them that have a sentence which scores as text below. Of 2,083 dumps with four such
lines or more, tickers and timetables have up to a fifth, transcripts four fifths. Chosen by reading."""
_MIN_TEXT_SCORE, _MIN_ENTRY_SCORE = 0.6, 0.2
"""Score of that sentence, and of the other sentences of an entry; its heading may have any."""


def find_live_entries(blocks: Blocks, scores: NDArray[np.float32]) -> list[int]:
    """Indices of the headings and sentences of the entries of a live blog; none on other pages."""
    times = [
        block.index
        for block in blocks
        if len(block.text) <= _MAX_TIME_CHARS and _TIME.fullmatch(block.text) is not None
    ]
    if len(times) < _MIN_TIMES:
        return []
    is_text = [
        score >= _MIN_ENTRY_SCORE and ends_like_sentence(block.text)
        for block, score in zip(blocks, scores, strict=True)
    ]
    entries = [range(time + 1, end) for time, end in pairwise(times)]
    with_text = sum(any(is_text[index] and scores[index] >= _MIN_TEXT_SCORE for index in entry) for entry in entries)
    if with_text < _MIN_WITH_TEXT * len(entries):
        return []
    below_heading = times[-1] + 2
    end = next((index for index in range(below_heading, len(blocks)) if not is_text[index]), len(blocks))
    found = [index for index in range(times[0] + 1, end) if is_text[index]]
    headings = {time + 1 for time in times}.intersection(index - 1 for index in found)
    return sorted({*found, *headings}.difference(times))

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
_MIN_WITH_TEXT_IN_ORDER, _MAX_ENTRY = 0.3, 12
"""The same share where each time is earlier than the one before and has a sentence, and blocks of an entry."""
_NUMBER = re.compile(r"\d+")
_MIN_TEXT_SCORE, _MIN_ENTRY_SCORE = 0.6, 0.2
"""Score of that sentence, and of the other sentences of an entry; its heading may have any."""


def _is_in_order(blocks: Blocks, times: list[int], is_text: list[bool], entries: list[range]) -> bool:
    """Whether the times fall, and each has a sentence below it before the next."""
    seconds = [tuple(map(int, _NUMBER.findall(blocks[time].text)[:2])) for time in times]
    falls = all(later > earlier for later, earlier in pairwise(seconds))
    return falls and all(len(entry) <= _MAX_ENTRY and any(is_text[index] for index in entry) for entry in entries)


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
    least = _MIN_WITH_TEXT_IN_ORDER if _is_in_order(blocks, times, is_text, entries) else _MIN_WITH_TEXT
    if with_text < least * len(entries):
        return []
    below_heading = times[-1] + 2
    end = next((index for index in range(below_heading, len(blocks)) if not is_text[index]), len(blocks))
    found = [index for index in range(times[0] + 1, end) if is_text[index]]
    headings = {time + 1 for time in times}.intersection(index - 1 for index in found)
    return sorted({*found, *headings}.difference(times))

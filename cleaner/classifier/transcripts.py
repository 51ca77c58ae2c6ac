"""Transcripts: what was said, in short lines below names and running times, which read like readers' comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cleaner.language.sentences import ends_like_sentence
from cleaner.model import Blocks

MIN_SAID_SCORE = 0.8
"""Score of a block of a transcript, whatever the models say of it."""
_MAX_LINE_CHARS, _MAX_WORDS = 60, 5
"""Characters and words of a line with a time and the name of who speaks."""
_TIME = re.compile(r"(?<![\d:.])(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?![\d:]|\s*(?:[ap]\.?m\b|uhr\b))", re.IGNORECASE)
_MIN_TIMES, _MIN_RISING = 12, 0.95
"""Times of a transcript, and the share of them that are no earlier than the one before. Chosen by reading; not measured."""
_LATEST_START, _LATEST_BARE_START = 1800, 120
"""Seconds up to which the first time is that of a recording: 00:14:23 and (14:23) are, 14:23 alone may be a comment's."""


class _Stamp(NamedTuple):
    """A line with a running time."""

    block: int
    seconds: int
    is_plain: bool
    """Whether it is minutes and seconds without brackets."""


def find_transcript(blocks: Blocks) -> range:
    """Indices of the blocks from the first line with a running time to what is said below the last; empty without a transcript.

    The times of a recording begin near zero and rise. Those of comments are times of the day.
    """
    stamps = list(_list_stamps(blocks))
    if len(stamps) < _MIN_TIMES:
        return range(0)
    if stamps[0].seconds > (_LATEST_BARE_START if stamps[0].is_plain else _LATEST_START):
        return range(0)
    rising = sum(after.seconds >= before.seconds for before, after in pairwise(stamps))
    if rising < _MIN_RISING * (len(stamps) - 1) or stamps[-1].seconds == stamps[0].seconds:
        return range(0)
    return range(stamps[0].block, min(stamps[-1].block + 2 + _has_names_below(blocks, stamps), len(blocks)))


def _list_stamps(blocks: Blocks) -> Iterator[_Stamp]:
    for block in blocks:
        if ":" not in block.text:
            continue
        line = block.text.partition("\n")[0]
        if ":" not in line or len(line) > _MAX_LINE_CHARS:
            continue
        found = _TIME.search(line)
        if found and len(_TIME.sub(" ", line).split()) <= _MAX_WORDS:
            hours, minutes, seconds = (int(part or 0) for part in found.groups())
            is_plain = found[1] is None and line[found.start() - 1 : found.start()] not in {"(", "["}
            yield _Stamp(block.index, 3600 * hours + 60 * minutes + seconds, is_plain)


def _has_names_below(blocks: Blocks, stamps: list[_Stamp]) -> bool:
    """Whether names have lines of their own below the times: then what is said is one line further down."""
    below = [blocks[stamp.block + 1].text for stamp in stamps[:-1]]
    return 2 * sum(len(text) <= _MAX_LINE_CHARS and not ends_like_sentence(text) for text in below) > len(below)

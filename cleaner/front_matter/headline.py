"""The headline among the blocks of an HTML page, given the title that its head says."""

from __future__ import annotations

from cleaner.front_matter import titles
from cleaner.language.characters import normalize_phrase
from cleaner.model import Block, Blocks, Role

# Numbers of this module were chosen by reading pages; not measured.
_MAX_TOP_BLOCKS = 40
"""Blocks from the top that are searched for a headline that is no heading."""
_MIN_SIMILARITY = 0.8
"""Share of words that a reworded headline has in common with the title."""
_MAX_HEADINGS = 3
"""Headings from the top that are searched for a reworded headline."""


def find_headline(blocks: Blocks, title: str | None) -> Block | None:
    """The visible block that equals ``title`` (a heading, else a line near the top), else an ``<h1>`` similar to it."""
    wanted = normalize_phrase(title or "")
    if not wanted:
        return None
    shown = [block for block in blocks if not block.hidden]
    headings = [block for block in shown if block.role is Role.HEADING]
    same = next(
        (block for block in (*headings, *shown[:_MAX_TOP_BLOCKS]) if normalize_phrase(block.text) == wanted), None
    )
    return same or next((block for block in headings[:_MAX_HEADINGS] if _is_reworded(block, title or "")), None)


def _is_reworded(block: Block, title: str) -> bool:
    is_longer = normalize_phrase(block.text).endswith(normalize_phrase(title))  # a kicker is before the title
    return "h1" in block.path and (is_longer or titles.measure_similarity(block.text, title) >= _MIN_SIMILARITY)

"""The headline among the blocks of an HTML page, given the title that its head says."""

from __future__ import annotations

from cleaner.front_matter import titles
from cleaner.language.characters import normalize_phrase
from cleaner.model import Block, Blocks, Role

_NEAR_TOP = 40
"""Blocks of a page among which a line that is no heading may be the headline."""
_SIMILAR = 0.8
"""Share of words that a heading has in common with the title, from which it is the headline reworded."""
_FIRST_HEADINGS = 3
"""Headings of a page among which a reworded headline is looked for."""


def find_headline(blocks: Blocks, title: str | None) -> Block | None:
    """The visible block that says ``title``: a heading, or else a line near the top, or else an ``<h1>`` close to it."""
    wanted = normalize_phrase(title or "")
    if not wanted:
        return None
    shown = [block for block in blocks if not block.hidden]
    headings = [block for block in shown if block.role is Role.HEADING]
    same = next((block for block in (*headings, *shown[:_NEAR_TOP]) if normalize_phrase(block.text) == wanted), None)
    return same or next((block for block in headings[:_FIRST_HEADINGS] if _rewords(block, title or "")), None)


def _rewords(block: Block, title: str) -> bool:
    return "h1" in block.path and titles.title_similarity(block.text, title) >= _SIMILAR

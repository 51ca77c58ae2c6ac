"""Readers' comments, known by the button to reply below each of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner import data
from cleaner.data.word_types import LineWords
from cleaner.language.characters import normalize_phrase
from cleaner.model import Blocks

_REPLY = frozenset(data.flatten_words(data.load_data(LineWords).reply))
_MAX_BUTTON_CHARS = 25
_MIN_BUTTONS, _MAX_PARAGRAPHS = 2, 6
"""Buttons of a thread, and blocks of a comment above its button. Chosen by reading; not measured."""
_MIN_ARTICLE_CHARS = 100
"""Characters that must be left of the article; where there are fewer, as in a forum, the posts are the text."""


def find_thread(blocks: Blocks, kept: NDArray[np.bool_], about_comments: NDArray[np.bool_]) -> frozenset[int]:
    """Indices of the ``kept`` blocks between a line about a comment, such as who wrote it, and the button to reply.

    ``about_comments`` says which blocks are likeliest about comments.
    """
    buttons = [
        block.index
        for block in blocks
        if len(block.text) <= _MAX_BUTTON_CHARS and normalize_phrase(block.text) in _REPLY
    ]
    if len(buttons) < _MIN_BUTTONS:
        return frozenset()
    found = {index for button in buttons for index in _find_comment(button, kept, about_comments)}
    rest = sum(len(blocks[index].text) for index in np.flatnonzero(kept).tolist() if index not in found)
    return frozenset(found) if rest >= _MIN_ARTICLE_CHARS else frozenset()


def _find_comment(button: int, kept: NDArray[np.bool_], about_comments: NDArray[np.bool_]) -> range:
    """The kept blocks directly above a ``button`` up to a line about the comment; none without such a line."""
    top = button - 1
    while top >= 0 and kept[top] and button - top <= _MAX_PARAGRAPHS + 1:
        top -= 1
    is_comment = top >= 0 and not kept[top] and bool(about_comments[top])
    return range(top + 1, button) if is_comment else range(0)

"""Pointers to other stories: a headline below "Also read" among the paragraphs, and a list of them below "Most read"."""

from __future__ import annotations

from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from cleaner import data
from cleaner.data.word_types import LineWords
from cleaner.labels import Label
from cleaner.language.characters import normalize_phrase
from cleaner.language.sentences import ends_like_sentence, is_prose
from cleaner.model import Block, Blocks, Role

_LEADS = frozenset(data.flatten_words(data.load_data(LineWords).pointers))
_LISTS = frozenset(data.flatten_words(data.load_data(LineWords).other_stories))
_MAX_HEADLINE_CHARS = 150
"""Characters of a headline. Chosen by reading; not measured."""
_MAX_LISTED = 10
"""Lines of a list of headlines; longer ones may be what a page is about. On 1,200 dumps of unseen sites, of 116 kept lines below
such a heading and a sentence of the text, 110 are boilerplate; on 1,183 of others, which nothing was chosen on, 32 of 46, of which 5 are
one list. F1 rises by .0004 and .0001."""


def find_pointed_headlines(blocks: Blocks) -> frozenset[int]:
    """Indices of the single lines between "Also read" and the next paragraph.

    Below such a heading without a paragraph soon is a list, of which the classifier sees more.
    """
    return frozenset(
        block.index + 1
        for block in blocks[:-2]
        if block.dropped
        and normalize_phrase(block.text) in _LEADS
        and _is_headline(blocks[block.index + 1])
        and is_prose(blocks[block.index + 2].text)
    )


def find_listed_headlines(blocks: Blocks, text: NDArray[np.bool_]) -> frozenset[int]:
    """Indices of the headlines of a dump below "Most read", up to the next paragraph or dropped line.

    ``text`` says which blocks are sentences of the article: above the first, such a list may have its headline.
    """
    found: set[int] = set()
    for block in blocks[int(text.argmax()) + 1 :] if text.any() else ():
        if block.dropped and normalize_phrase(block.text) in _LISTS:
            below = blocks[block.index + 1 : block.index + 2 + _MAX_LISTED]
            listed = list(takewhile(_is_headline, below))
            if len(listed) <= _MAX_LISTED:
                found.update(headline.index for headline in listed)
    return frozenset(found)


def _is_headline(block: Block) -> bool:
    is_free = block.role is not Role.CONTROL and (block.verdict is None or block.verdict.label is Label.RELATED)
    return is_free and len(block.text) <= _MAX_HEADLINE_CHARS and not ends_like_sentence(block.text, ".。।")

"""Pointers to other stories among the paragraphs, whose headline is a line of its own below "Also read"."""

from __future__ import annotations

from cleaner import data
from cleaner.data.word_types import LineWords
from cleaner.labels import Label
from cleaner.language.characters import normalize_phrase
from cleaner.language.sentences import ends_like_sentence, is_prose
from cleaner.model import Block, Blocks, Role

_LEADS = frozenset(data.flatten_words(data.load_data(LineWords).pointers))
_MAX_HEADLINE_CHARS = 150
"""Characters of a headline. Chosen by reading; not measured."""


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


def _is_headline(block: Block) -> bool:
    is_free = block.role is not Role.CONTROL and (block.verdict is None or block.verdict.label is Label.RELATED)
    return is_free and len(block.text) <= _MAX_HEADLINE_CHARS and not ends_like_sentence(block.text, ".。।")

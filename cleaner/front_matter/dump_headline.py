"""The headline of a dump: of the lines above the first paragraph the likeliest."""

from __future__ import annotations

import re
from collections.abc import Collection
from math import exp

from cleaner import data
from cleaner.data.file_types import LineWords
from cleaner.front_matter.dump_view import DumpView, is_boilerplate
from cleaner.language import person_names
from cleaner.language.characters import make_alternation
from cleaner.language.sentences import UNSPACED, ends_like_sentence
from cleaner.model import Block, Blocks, Role

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_NOT_AT_END_OF_HEADLINE = ".。।"
"""Marks that end a sentence and never a headline."""
_WORDS = data.load_data(LineWords).not_headline
_BREADCRUMB = re.compile(
    rf"\s[>»›/]\s|^{make_alternation(_WORDS.first_words)}\b|\b{make_alternation(_WORDS.last_words)}$", re.IGNORECASE
)
_LISTED = re.compile(r"\|.*\|")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\b|uhr|[A-Z]{3,4}\b)|\bmin(?:ute)?s? read\b", re.IGNORECASE)
_HEADLINE_CHARS = range(15, 220)
"""Characters of a headline."""
_MIN_HEADLINE_WORDS = 3
"""Words of the shortest headline in scripts with spaces."""
_UNSPACED_HEADLINE_CHARS = range(8, 81)
"""Characters of a headline in a script without spaces."""
_MAX_BLOCKS_ABOVE = 20
"""Blocks above the first paragraph that are searched for the headline."""
_USUAL_CHARS, _MEDIAN_CHARS, _RARE_CHARS = 28, 45, 120
"""Characters that most headlines reach, and section names, buttons and person names do not; that half reach; that few."""
_USUAL_WORDS = 5
"""Words that most headlines have."""
_WORD = re.compile(rf"[^\W\d_{UNSPACED}]{{4,}}")
_PAIR = re.compile(rf"(?=([{UNSPACED}]{{2}}))")
_BODY_BLOCKS = 12
"""Blocks from the opening on that are compared with the headline's words."""
_SHARED = 0.4
"""Share of a headline's words that usually appear in the article's first paragraphs too."""
_CLOSE, _MAX_LEAD = 0.7, 2
"""Of lines whose scores differ by no more than the first number, within so many blocks, the first is the headline and the
next the standfirst; without this, 12 of 813 headlines are missed."""
_EVEN_SCORE = 3.0
"""Score at which the likeliest line is the headline half of the time; the confidence is the logistic function of the distance
to it. Measured on dumps of other sites than the weights come from: of the lines above it, 75 % of whole pages and 78 % of main
parts are the headline; half a point below it, 15 right and 20 wrong ones."""


def find_dump_headline(page: DumpView) -> tuple[Block | None, float]:
    """The likeliest headline above the first paragraph, and the confidence that it is the headline."""
    above = [
        block
        for block in page.blocks[max(0, page.opening - _MAX_BLOCKS_ABOVE) : page.opening]
        if _can_be_headline(page, block)
    ]
    if not above:
        return None, 0.0
    body = _content_words(" ".join(block.text for block in page.blocks[page.opening : page.opening + _BODY_BLOCKS]))
    scores = [_score_headline(page, block, body) for block in above]
    best = max(scores)
    likeliest = above[scores.index(best)]
    near = (block for block, score in zip(above, scores, strict=True) if score >= best - _CLOSE)
    headline = next(block for block in near if likeliest.index - block.index <= _MAX_LEAD)
    return headline, 1 / (1 + exp(_EVEN_SCORE - best))


def continues_below(blocks: Blocks, block: Block) -> bool:
    """Whether the next line continues a line in lower case: it is the first of a wrapped paragraph that was not joined."""
    below = blocks[block.index + 1 : block.index + 2]
    return any(not other.spaced and other.text[:1].islower() for other in below)


def _can_be_headline(page: DumpView, block: Block) -> bool:
    text = block.text
    if (
        not page.is_unclassified(block)
        or page.is_byline(block.index)
        or ends_like_sentence(text, _NOT_AT_END_OF_HEADLINE)
        or text.endswith((":", ","))
        or continues_below(page.blocks, block)
    ):
        return False
    if person_names.has_glued_words(text) or _CLOCK.search(text):
        return False
    if len(text.split()) < _MIN_HEADLINE_WORDS:
        return len(text) in _UNSPACED_HEADLINE_CHARS and len(_PAIR.findall(text)) * 2 > len(text)
    return len(text) in _HEADLINE_CHARS and not _BREADCRUMB.search(text) and not _LISTED.search(text)


def _score_headline(page: DumpView, block: Block, body: Collection[str]) -> float:
    """How much a line looks like the headline.

    The weights are those of a logistic choice among the lines above the opening, fitted on 813 dumps, rounded. The
    strongest evidence is that the article uses the headline's words.
    """
    text, words = block.text, _content_words(block.text)
    shared = sum(word in body for word in words) / len(words) if words else 0.0
    below = page.blocks[block.index + 1 : page.opening]
    return sum(
        (
            1.4 * shared,
            1.1 * (shared >= _SHARED),
            0.6 * (len(text) >= _USUAL_CHARS or not text.isascii()),
            0.6 * (len(text) >= _MEDIAN_CHARS),
            -0.3 * (len(text) > _RARE_CHARS),
            0.4 * (len(text.split()) >= _USUAL_WORDS),
            1.2 * block.spaced,
            0.6 * any(page.is_byline_or_date(other.index) for other in below[:3]),
            -0.7 * (block.role is Role.LIST_ITEM),
            -0.3 * any(map(is_boilerplate, below)),
        )
    )


def _content_words(text: str) -> frozenset[str]:
    """The words of 4 letters and more of a text, and pairs of letters of scripts without spaces."""
    folded = text.casefold()
    return frozenset(_WORD.findall(folded)) | frozenset(_PAIR.findall(folded))

"""What is to be told of a block's text by itself, wherever it stands; remembered, for menus come with every page."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cleaner.classifier.labelling import keywords, line_types, text_forms
from cleaner.classifier.labelling.keyword_index import pad_words
from cleaner.classifier.labelling.line_types import LineType
from cleaner.labels import Label

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_LOOKED_AT = 400
"""Characters of a text whose words are looked up."""
_RECURRING = 80
"""Characters of the longest text that is remembered; longer ones are seldom seen again."""
_REMEMBERED = 1 << 14
"""Lines remembered: a bound on memory, a few megabytes."""


class LineEvidence(NamedTuple):
    """What is to be told of a text by itself."""

    spaced: str
    """Its words, as lexicons read them."""
    shape: LineType
    strip: LineType | None
    """What stands between its bars or line breaks: lines or short words."""
    is_share_bar: bool
    is_stamped: bool
    """Whether it says who wrote at what time."""
    form: Label | None = None
    """What its form alone says; of prose, nothing."""
    words: Label | None = None
    """What its words speak of, in whatever sense they stand there; of a long text, nothing."""


def read_line_evidence(text: str) -> LineEvidence:
    """What is to be told of ``text``."""
    return _short_evidence(text) if len(text) <= _RECURRING else _long_evidence(text)


@lru_cache(maxsize=_REMEMBERED)
def _short_evidence(text: str) -> LineEvidence:
    padded = pad_words(text)
    return LineEvidence(
        padded,
        line_types.classify_line(text),
        text_forms.classify_strip(text),
        keywords.is_share_bar(padded),
        text_forms.is_stamped(text),
        _label_of_form(text, padded),
        keywords.WORDS.find(padded),
    )


def _label_of_form(text: str, padded: str) -> Label | None:
    return text_forms.label_by_form(text) or (Label.TAGS if keywords.is_filing(padded) else None)


def _long_evidence(text: str) -> LineEvidence:
    padded, shape = pad_words(text[:_LOOKED_AT]), line_types.classify_line(text)
    line = LineEvidence(
        padded, shape, text_forms.classify_strip(text), keywords.is_share_bar(padded), text_forms.is_stamped(text)
    )
    if shape is LineType.PROSE:
        return line
    return line._replace(form=_label_of_form(text, padded), words=keywords.WORDS.find(padded))

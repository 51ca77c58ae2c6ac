"""What is to be told of a block's text by itself, wherever it stands; remembered, for menus come with every page."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cleaner.judges.naming import forms, shapes, words
from cleaner.judges.naming.lexicon import spaced
from cleaner.judges.naming.shapes import Shape
from cleaner.labels import Label

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_LOOKED_AT = 400
"""Characters of a text whose words are looked up."""
_RECURRING = 80
"""Characters of the longest text that is remembered; longer ones are seldom seen again."""
_REMEMBERED = 1 << 14
"""Lines remembered: a bound on memory, a few megabytes."""


class Line(NamedTuple):
    """What is to be told of a text by itself."""

    spaced: str
    """Its words, as lexicons read them."""
    shape: Shape
    strip: Shape | None
    """What stands between its bars or line breaks: lines or short words."""
    is_share_bar: bool
    is_stamped: bool
    """Whether it says who wrote at what time."""
    form: Label | None = None
    """What its form alone says; of prose, nothing."""
    words: Label | None = None
    """What its words speak of, in whatever sense they stand there; of a long text, nothing."""


def read(text: str) -> Line:
    """What is to be told of ``text``."""
    return _short(text) if len(text) <= _RECURRING else _long(text)


@lru_cache(maxsize=_REMEMBERED)
def _short(text: str) -> Line:
    said = spaced(text)
    return Line(
        said,
        shapes.shape(text),
        forms.strip(text),
        words.is_share_bar(said),
        forms.is_stamped(text),
        _form(text, said),
        words.WORDS.find(said),
    )


def _form(text: str, said: str) -> Label | None:
    return forms.told(text) or (Label.TAGS if words.is_filing(said) else None)


def _long(text: str) -> Line:
    said, shape = spaced(text[:_LOOKED_AT]), shapes.shape(text)
    line = Line(said, shape, forms.strip(text), words.is_share_bar(said), forms.is_stamped(text))
    if shape is Shape.PROSE:
        return line
    return line._replace(form=_form(text, said), words=words.WORDS.find(said))

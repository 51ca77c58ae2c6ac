"""Pages on one line: cut into sentences, and into menus, dates and bars of buttons between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.language.sentences import ends_like_sentence
from cleaner.page.notation.pieces import Piece, SourceLine
from cleaner.page.notation.plain import read_marks

_SENTENCE_END = re.compile(
    r"(?<=[\w)\]%\"'”’»])(?:[.!?…]++[\"'”’»)]*+)(?=\s+[\"'“‘«(\[¿¡–—-]?\s?[^\W\da-zà-ÿ_])|[。！？][”’」』）]*|[।؟]"
)
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|Gen|Col|Lt|Sgt|Rep|Sen|Gov|Rev|Hon|No|Nr|vs|etc|Inc|Ltd|Co|Corp|Jan|Feb|"
    r"Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|ca|bzw|usw|Abs|Art|Mme|Sra|Dra|Ing)|\b\d{1,2})$"
)
_BAR = re.compile(r"\s[|•·›»▪■●►▸]\s|\s{2,}")
_MIN_LONG_SENTENCE = 25


def read_one_line(lines: Sequence[SourceLine], *, has_paragraphs: bool) -> list[Piece]:
    """The pieces of a page whose text is on one line or a few.

    ``has_paragraphs`` says whether the ends of paragraphs are known; then the sentences of one stay together.
    """
    return [
        piece._replace(spaced=not place)
        for line in lines
        if line.text
        for place, piece in enumerate(map(read_marks, _cut(line, has_paragraphs=has_paragraphs)))
    ]


def _cut(line: SourceLine, *, has_paragraphs: bool) -> Iterator[SourceLine]:
    texts: list[str] = []
    for sentence in _split_sentences(line.text):
        parts = list(_split_head(sentence))
        if has_paragraphs and texts and _are_prose(texts[-1], parts[0]):
            texts[-1] += " " + parts.pop(0)
        texts += parts
    return (line._replace(text=text) for text in texts)


def _are_prose(before: str, sentence: str) -> bool:
    """Whether a sentence follows a sentence; an entry of a menu has no stop."""
    return len(before) >= _MIN_LONG_SENTENCE and ends_like_sentence(before) and ends_like_sentence(sentence)


def _split_sentences(text: str) -> Iterator[str]:
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if text[found.start()] == "." and _ABBREVIATION.search(text, max(0, found.start() - 6), found.start()):
            continue
        sentence = text[start : found.end()].strip()
        if sentence:
            yield sentence
        start = found.end()
    if rest := text[start:].strip():
        yield rest


_SHORT_TOKEN = re.compile(r"[^\s]+")
_MIN_MENU_WORDS = 8
_WINDOW = 6
_MAX_MENU_SHARE = 0.55
"""Share of words in small letters: fewer are a menu, more the start of the sentence, before a name in it. Chosen by reading."""


def _split_head(sentence: str) -> Iterator[str]:
    """A sentence, and what is glued before it: entries of menus, which have no stops between them."""
    words = sentence.split(" ")
    start = _find_prose(words)
    if 0 < start < len(words):
        yield from _split_bars(" ".join(words[:start]))
        yield " ".join(words[start:])
    else:
        yield from _split_bars(sentence) if start else (sentence,)


def _find_prose(words: Sequence[str]) -> int:
    """Position of the first word of the sentence: the last capital before words that are mostly in lower case."""
    if len(words) < _MIN_MENU_WORDS:
        return 0
    lower = [word[:1].islower() for word in words]
    for place in range(len(words) - _WINDOW):
        window = lower[place + 1 : place + 1 + _WINDOW]
        if sum(window) >= _WINDOW - 1 and not lower[place]:
            return place if place >= _MIN_MENU_WORDS and sum(lower[:place]) < _MAX_MENU_SHARE * place else 0
    return 0 if sum(lower) * 2 > len(words) else len(words)


def _split_bars(text: str) -> Iterator[str]:
    for part in _BAR.split(text):
        if part.strip():
            yield part.strip()

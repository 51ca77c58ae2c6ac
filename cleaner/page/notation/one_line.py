"""Pages on one line: cut into sentences, and into menus, dates and bars of buttons between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaner.language.sentences import ends_like_sentence, is_unspaced
from cleaner.page.notation.line_cuts import find_cuts
from cleaner.page.notation.pieces import Piece, SourceLine
from cleaner.page.notation.plain import read_marks

# A pattern that begins with a mark, behind which it looks back, is searched many times as fast as one that looks back first.
_SENTENCE_END = re.compile(
    r"[.!?…。！？।؟](?:"
    r"(?<=[\w)\]%\"'”’»][.!?…])[.!?…]*+[\"'”’»)]*+(?=\s+[\"'“‘«(\[¿¡–—-]?\s?[^\W\da-zà-ÿ_])|(?<=[。！？])[”’」』）]*|(?<=[।؟]))"
)
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|Gen|Col|Lt|Sgt|Rep|Sen|Gov|Rev|Hon|No|Nr|vs|etc|Inc|Ltd|Co|Corp|Jan|Feb|"
    r"Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|ca|bzw|usw|Abs|Art|Mme|Sra|Dra|Ing)|\b\d{1,2})$"
)
_BAR_SIGNS, _LONE_BARS = frozenset("|•·›»▪■●►▸"), frozenset("|·›►▸")
_BAR = re.compile(rf"\s[{''.join(sorted(_BAR_SIGNS))}]\s|\s{{2,}}")
_SITE_BEFORE = re.compile(r"[^.!?|:–—]{2,40}?(?:\s?[|:»]|\s[–—-])\s")
_MIN_SENTENCE = 10
_GLUED_DOUBT = 1.0
"""How much less a text may begin behind a space, as log-odds, where most have nothing before them. On 150 pages, 1.8 % of
paragraphs are in pieces, against 2.7 % without; with more, menus are one with the sentence behind them."""
_MIN_HEADLINE_WORDS, _MIN_UNSPACED_HEADLINE, _MAX_HEADLINE = 4, 8, 200
"""Words of the shortest headline that is looked for further down, its characters in a script without spaces, and the
characters of the longest: a menu that is repeated is longer."""


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
    headline = _find_headline(line.text)
    for sentence in split_sentences(line.text, headline):
        doubt = _GLUED_DOUBT if has_paragraphs else 0.0
        parts = [sentence] if sentence == headline else list(split_joined(sentence, doubt))
        if has_paragraphs and texts and _are_prose(texts[-1], parts[0]):
            texts[-1] += " " + parts.pop(0)
        texts += parts
    return (line._replace(text=text) for text in texts)


def _are_prose(before: str, sentence: str) -> bool:
    """Whether a sentence follows a sentence; an entry of a menu has no stop."""
    return len(before) >= _MIN_SENTENCE and ends_like_sentence(before) and ends_like_sentence(sentence)


def _find_headline(text: str) -> str:
    """What is repeated further down of the first words, or of those behind the name of the site; else nothing.

    It is the title in the head of the page, and the heading.
    """
    site = _SITE_BEFORE.match(text)
    starts = (0, site.end()) if site else (0,)
    return next(filter(None, (_find_repeated(text, start) for start in starts)), "")


def _find_repeated(text: str, start: int) -> str:
    words = text[start : start + _MAX_HEADLINE].split()
    first = " ".join(words[:_MIN_HEADLINE_WORDS])
    if is_unspaced(first):
        first = text[start : start + _MIN_UNSPACED_HEADLINE]
    place = text.find(first, start + len(first))
    if place < 0 or len(first) < _MIN_UNSPACED_HEADLINE:
        return ""
    most = min(place - start, _MAX_HEADLINE)
    pairs = zip(text[start : start + most], text[place:], strict=False)
    size = next((at for at, (sign, again) in enumerate(pairs) if sign != again), most)
    headline = text[start : start + size]
    behind = (text[start + size : start + size + 1], text[place + size : place + size + 1])
    if not is_unspaced(first) and all(sign.strip() for sign in behind):
        headline = headline.rpartition(" ")[0]
    headline = headline.rstrip(" |–—-·:_")
    return headline if len(headline) < _MAX_HEADLINE - 1 else ""


def split_sentences(text: str, headline: str = "") -> Iterator[str]:
    """The sentences of a line, each with what is before it; ``headline`` stays whole where it is."""
    parts = text.split(headline) if headline else [text]
    for place, part in enumerate(parts):
        if place:
            yield headline
        yield from _split_at_stops(part)


def _split_at_stops(text: str) -> Iterator[str]:
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


def split_joined(sentence: str, doubt: float = 0.0) -> Iterator[str]:
    """A sentence, and what is joined to it: entries of menus and headlines, which have no stops between them."""
    words = sentence.split()
    places = [0, *find_cuts(words, doubt=doubt), len(words)]
    for start, stop in pairwise(places):
        part = words[start:stop]
        if not _LONE_BARS.isdisjoint((part[0], part[-1])):
            part = _strip_bars(part)
        text = " ".join(part)
        has_bar = not _BAR_SIGNS.isdisjoint(part) and _BAR.search(text) is not None
        if has_bar and 2 * sum(word[0].islower() for word in part) <= len(part):
            yield from _split_bars(text)
        elif text:
            yield text


def _strip_bars(words: list[str]) -> list[str]:
    """``words`` without the bars before the first and behind the last word."""
    places = [place for place, word in enumerate(words) if word not in _LONE_BARS]
    return words[places[0] : places[-1] + 1] if places else []


def _split_bars(text: str) -> Iterator[str]:
    for part in _BAR.split(text):
        if part.strip():
            yield part.strip()

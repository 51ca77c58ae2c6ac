"""Paragraphs that a flattener wrote one behind the other with nothing between: ``… on Monday.The tower …``.

BeautifulSoup's ``get_text()`` does that where the page's source has no white space between two elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from cleaner.language.sentences import ends_like_sentence
from cleaner.page.notation.inline_cuts import is_function_word
from cleaner.page.notation.line_cuts import weigh_cut
from cleaner.page.notation.one_line import split_joined
from cleaner.page.notation.pieces import SourceLine, make_line

_GLUE = re.compile(r"[.!?…][”\"’)»]?+(?=[“\"‘(„«¿¡]?[^\W\d_a-zß-ÿ][^\W\d_]*+[ ’',:-]|\d{1,2}[.)] [^\W\d_a-zß-ÿ])")
_WORD_END = re.compile(r"(?:[^\W\d_A-ZÀ-Þ]{2}|[^\W\d_A-ZÀ-Þ][)”\"’»]|\d{4})[.!?…]*+$")
_WORD_CHARS = 6
"""A word in small letters or a year, its stop, and a capitalised word that a space follows: neither an abbreviation nor an
address."""
_SPACES = re.compile(r"(?<=[.!?…”\"’)»]) {3,}(?=[“\"‘(„«¿¡]?[^\W\d_a-zß-ÿ])")
_JOINT = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ]{3})[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]*+(?=[ ’',:-])")
_MAX_WORD, _AROUND = 40, 600
"""Letters of a word before such a capital, and characters on each side of it that are read."""
_MIN_ODDS = -1.0
"""Log-odds above which a capital within a word begins a text, in a dump where texts have nothing between them. On 150 pages,
290 of 320 such places are beyond it, and one of 60 names such as ``WireGuard``."""
_MIN_GLUED, _MIN_SURE = 3, 2
"""Ends of paragraphs without white space in a dump, and of those between two texts. Of 132 pages in each of thirteen notations,
all but two have fewer; buttons behind teasers and the names of companies are short."""
_MIN_JOINTS = 2
_MIN_TEXT = 30
"""Characters of a text beside such an end."""

_LOWER, _UPPER = "a-zß-öø-ÿα-ωа-яё", "A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ"
# Capitals are few, so they are searched first.
_ENTRY_START = re.compile(rf"[{_UPPER}](?<=[{_LOWER}]{{2}}.)(?=[{_LOWER}])")
_MIN_ENTRIES, _MAX_ENTRY = 3, 80
"""Starts of entries within a line, and the characters of each on average: a paragraph has some names such as ``WordPress``."""
_MIN_JOINED = 150
"""Characters of a line that may be several entries with a blank between: ``get_text(" ")`` puts one between all elements."""
_MIN_CAPITALISED = 0.5
"""Share of words with a capital from which a line is entries, or headlines: a paragraph has fewer."""


def split_entries(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """``lines`` divided between the entries of menus, and headlines, that are on one line: ``HomeNewsSport``."""
    return [part for line in lines for part in _split_line(line)]


def _split_line(line: SourceLine) -> list[SourceLine]:
    text = line.text
    starts = [found.start() for found in _ENTRY_START.finditer(text)]
    is_glued = len(starts) >= _MIN_ENTRIES and len(text) <= _MAX_ENTRY * len(starts)
    may_be_joined = len(text) > _MIN_JOINED and not ends_like_sentence(text)
    if not (is_glued or may_be_joined) or not _is_capitalised(text):
        return [line]
    places = [0, *(starts if is_glued else ()), len(text)]
    entries = [text[start:end] for start, end in pairwise(places)]
    parts = [part for entry in entries for part in (split_joined(entry) if len(entry) > _MIN_JOINED else (entry,))]
    return [line] if len(parts) == 1 else [make_line(line.number, part) for part in parts]


def _is_capitalised(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) >= _MIN_CAPITALISED * len(words)


def has_glue(lines: Sequence[SourceLine], *, is_tidy: bool) -> bool:
    """Whether the dump has paragraphs with nothing between them; a name such as ``News.Desk`` counts once.

    In a tidy dump, whose blank lines end paragraphs, authors who forget the space behind a stop look the same: headings and
    entries of menus must have nothing between them too.
    """
    glued: set[str] = set()
    sure: set[str] = set()
    for text in [line.text for line in lines if _GLUE.search(line.text)]:
        ends = [0, *_find_ends(text), len(text)]
        for start, end, stop in zip(ends, ends[1:], ends[2:], strict=False):
            place = text[end - _WORD_CHARS : end + 3]
            glued.add(place)
            if min(end - start, stop - end) >= _MIN_TEXT:
                sure.add(place)
    if len(glued) < _MIN_GLUED or len(sure) < _MIN_SURE:
        return False
    return not is_tidy or sum(any(True for _ in _find_joints(line.text)) for line in lines) >= _MIN_JOINTS


def split_glued(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """``lines`` divided where a text ends within one; a blank line stays between the parts."""
    divided: list[SourceLine] = []
    for line in lines:
        parts = list(_split(line.text)) if line.text else [line.text]
        divided += _divide(line, parts) if len(parts) > 1 else [line]
    return divided


def _find_ends(text: str) -> Iterator[int]:
    """The ends of paragraphs within a text."""
    for found in _GLUE.finditer(text):
        if _WORD_END.search(text, max(0, found.start() - _WORD_CHARS), found.start()):
            yield found.end()


def _find_joints(text: str) -> Iterator[int]:
    """The places within words at which another text begins: behind a heading or an entry of a menu, which has no stop."""
    for found in _JOINT.finditer(text):
        place = found.start()
        before = takewhile(str.isalpha, reversed(text[max(0, place - _MAX_WORD) : place]))
        is_begun = is_function_word(found[0].lower()) or not any(map(str.isupper, before))
        if is_begun and weigh_cut(text[max(0, place - _AROUND) : place], text[place : place + _AROUND]) > _MIN_ODDS:
            yield place


def _split(text: str) -> Iterator[str]:
    start = 0
    for end in sorted([*_find_ends(text), *_find_joints(text)]):
        if text[end - 1] == '"' and not text.count('"', start, end - 1) % 2:
            end -= 1  # noqa: PLW2901  # the quote opens what follows
        yield text[start:end]
        start = end
    yield text[start:]


def split_spaced(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """``lines`` divided at rows of spaces behind a sentence, which the source has between elements."""
    divided: list[SourceLine] = []
    for line in lines:
        parts = _SPACES.split(line.raw.strip()) if "   " in line.raw else []
        divided += _divide(line, [" ".join(part.split()) for part in parts]) if len(parts) > 1 else [line]
    return divided


def _divide(line: SourceLine, parts: Sequence[str]) -> Iterator[SourceLine]:
    """The parts of a line, with blank lines between."""
    for place, text in enumerate(parts):
        if place:
            yield SourceLine(line.number, "", "", 0, 0)
        indent = 0 if place else line.indent
        yield SourceLine(line.number, " " * indent + text, text, indent, indent + len(text))

"""Text with the line ends of the page's source, as BeautifulSoup's ``get_text()`` writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from cleaner.language.sentences import ends_like_sentence
from cleaner.page.notation import wraps
from cleaner.page.notation.inline_cuts import BULLETS, GOES_ON, MIN_LONG, MIN_START, is_function_word
from cleaner.page.notation.pieces import Piece, SourceLine
from cleaner.page.notation.plain import LINE_ENDS
from cleaner.page.notation.runs import join_run

_MAX_LINE = 1000
"""Columns of a line of a page's source that was not wrapped."""
_MIN_SPACES = 3
_MIN_GOING_ON = 2
"""Lines between two blank ones that go on in the next; then shorter lines, which are indented far, are wrapped too."""


def read_source(lines: Sequence[SourceLine], width: int | None) -> list[Piece]:
    """The pieces of a dump with the line ends of the page's source, which may be wrapped at ``width``."""
    pieces: list[Piece] = []
    for filled, group in groupby(lines, key=lambda line: bool(line.text)):
        if filled:
            found = [join_run(list(run)) for run in _split_source(list(group), width)]
            found[0] = found[0]._replace(spaced=True)
            pieces += found
    return pieces


def _split_source(lines: Sequence[SourceLine], width: int | None) -> Iterator[list[SourceLine]]:
    """The lines between two blank lines, divided where one ends."""
    going_on = sum(_goes_on_in_source(before.text, line.text, within=False) for before, line in pairwise(lines))
    width = min(width or _MAX_LINE, max(line.end for line in lines)) if going_on else None
    min_full = MIN_LONG if going_on < _MIN_GOING_ON else MIN_START
    run = [lines[0]]
    for before, line in pairwise(lines):
        full = width is not None and len(before.text) >= min_full and wraps.is_wrapped(before, line, width)
        # Entries of a list may all begin in lower case.
        within = len(run) > 1 and not run[0].text[0].islower()
        if _goes_on_in_source(before.text, line.text, within=within) or (full and line.text[0] not in BULLETS):
            run.append(line)
        else:
            yield run
            run = [line]
    yield run


def _goes_on_in_source(before: str, text: str, *, within: bool) -> bool:
    """Whether a text goes on behind a line; ``within`` if that line went on."""
    if ends_like_sentence(before, LINE_ENDS) or text[0] in BULLETS or (len(before) < MIN_START and not within):
        return False
    if len(before) < MIN_LONG and not within:
        return text[0].islower() and before[-1].islower() and before.count(" ") >= _MIN_SPACES
    return (
        text[0].islower()
        or bool(GOES_ON.match(text))
        or before[-1] in ",("
        or is_function_word(before.rsplit(" ", 1)[-1])
    )

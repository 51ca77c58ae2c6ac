"""Evidence that a flattener cut sentences at links, emphasis and names: cuts that can be no ends of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.language.sentences import ends_like_sentence
from cleaner.page.notation.inline_cuts import BULLETS, MIN_LONG, MIN_PROSE, MIN_START, is_left_open
from cleaner.page.notation.pieces import SourceLine

_STARTS_WITH_STOP = re.compile(r"[,:.)](?: [\w\"'“‘(]|$)")
_STARTS_WITH_ENDING = re.compile(r"['’](?:s|ll|ve|re)\b")
_ENDS_WITH_OPENING = re.compile(r"\w,? ?[\s(][(\[“‘«„\"']$")
_OPENING_CHARS = 5


class Cuts(NamedTuple):
    """Numbers of cuts that are no ends of lines."""

    inline: int
    """Around names and links, and before stops."""
    certain: int
    """Of these, those that are cuts even alone: a line begins with a comma, or ends with an article before a name."""
    others: int


def count_cuts(lines: Sequence[SourceLine]) -> Cuts:
    """The cuts between lines."""
    inline = certain = others = 0
    for before, line, after in zip(lines, lines[1:], [*lines[2:], *lines[-1:]], strict=False):
        if begins_within(before, line):
            inline += 1
            certain += len(line.text) > 1 and not line.indent
        elif len(before.text) >= MIN_START and is_left_open(before.text, line.text, after.text):
            inline += 1
            certain += not line.text[0].islower()
        elif _is_cut_at_mark(before.text, line.text):
            inline += 1
            certain += 1
        elif _is_name_within(before.text, line.text, after.text):
            inline += 1
            certain += len(after.text) >= MIN_PROSE and ends_like_sentence(after.text)
        elif _is_second_half(before.text, line.text):
            inline += 1
        elif line.text[0].islower() and len(before.text) >= MIN_LONG and _is_open(before.text):
            others += 1
    return Cuts(inline, certain, others)


def begins_within(before: SourceLine, line: SourceLine) -> bool:
    """Whether a line begins with a stop, or with the indent of a line in the page's source."""
    if line.indent:
        return not (line.text[0] in BULLETS or line.text[0].isdigit() or before.indent)
    return bool(
        line.text[0] in ",:.)"
        and before.text[-1].isalnum()
        and len(before.text) > 1
        and _STARTS_WITH_STOP.match(line.text)
    )


def _is_cut_at_mark(before: str, text: str) -> bool:
    """Whether a line ends with a quote or bracket that opens, or the next begins with the ending of a word: ``'s``."""
    if text[0] in "'’" and before[-1].isalpha():
        return _STARTS_WITH_ENDING.match(text) is not None
    return (
        len(before) >= MIN_START
        and before[-1] in "([“‘«„\"'"
        and _ENDS_WITH_OPENING.search(before, len(before) - _OPENING_CHARS) is not None
    )


def _is_name_within(before: str, text: str, after: str) -> bool:
    """Whether a short line is between two halves of a sentence."""
    return (
        len(text) < MIN_LONG
        and len(before) >= MIN_START
        and len(after) >= MIN_START
        and after[0].islower()
        and not (text[0].islower() and before[0].islower())
        and text[-1].isalnum()
        and before[-1].islower()
        and before.rsplit(" ", 1)[-1].islower()
    )


def _is_second_half(before: str, text: str) -> bool:
    """Whether a line is the rest of a sentence that began with a name."""
    return (
        len(before) < MIN_START
        and before[0].isupper()
        and before[-1].isalnum()
        and text[0].islower()
        and len(text) >= MIN_PROSE
        and ends_like_sentence(text)
    )


def _is_open(text: str) -> bool:
    return text[-1].isalnum() or text[-1] == ","

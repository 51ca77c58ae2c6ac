"""Paragraphs that a flattener wrapped at a fixed width: finding the width, and the lines that were one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from cleaner.language.sentences import STOPS, UNSPACED, ends_like_sentence, is_unspaced
from cleaner.page.notation.pieces import SourceLine, measure_columns

_MIN_LINE, _MAX_WIDTH = 40, 132
"""Columns of the shortest line that votes, and of the widest wrap: twice as wide as books, and line printers."""
_FIRST_WORD = re.compile(
    rf"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{{1,8}}|[{UNSPACED}]|[^\s{UNSPACED}]+(?:(?<=\w)-)?"
)
# Thai, Lao, Burmese and Khmer are broken between words that nothing divides; most have up to eight characters.
# Python's textwrap, and so html2text, breaks lines behind the hyphen between two words of letters.
_HYPHENATED_WORD = re.compile(
    r"\S+?-(?:(?<=[^\d\W]{2}-)|(?<=[^\d\W]-[^\d\W]-))(?=[^\d\W]-?[^\d\W])|\S+?(?<=[\w.,!?\"'&])-{2,}(?=\w)"
)
_MIN_PROSE_LINE = 60
"""Characters of a line that a writer of prose may have ended anywhere."""
_MIN_LOCAL_VOTES, _MIN_LOCAL_SHARE = 3, 0.6
"""Lines that show another width for an indent, and their share."""
_MIN_LONG = 45
"""Characters of a line that is long for an entry of a menu."""
_MIN_UNSPACED_COLUMNS = 60
"""Columns of a line in a script without spaces that is long for a headline: thirty characters."""
_MIN_START = 25
"""Characters of a line within a paragraph."""
_BLANK = SourceLine(0, "", "", 0, 0)
USUAL_WIDTHS = (64, 65, *range(70, 81), 100, 120)
"""Widths of flatteners and editors."""
_MIN_USUAL = 0.6
"""Share of the most votes with which a usual width counts: other widths get many in lists of entries of one length."""
_NEARLY_ALL = 0.95
"""Share of the most votes with which a narrower width counts: a few lines are wider, such as those of tables."""
_SLACK = 1
"""Columns that a line may stay short of the width: flatteners count some characters in their own way."""
_NO_BREAK_BEFORE = 2
"""Columns that a line without spaces may stay short of the width, so that no stop starts the next."""


class Wrap(NamedTuple):
    """The width at which a dump is wrapped, and the lines by which it was found."""

    width: int
    votes: int
    """Lines that end where the first word of the next had no room."""
    against: int
    """Lines that end otherwise, or are wider."""
    lower: int
    """Of the lines that it explains, those before a line that goes on in lower case."""

    @property
    def share(self) -> float:
        """Share of the lines that it explains."""
        return self.votes / (self.votes + self.against)


def find_wrap(lines: Sequence[SourceLine], *, hyphens: bool = False) -> Wrap | None:
    """The width that explains the most line ends of the dump."""
    changes, lower = [0] * (_MAX_WIDTH + 2), [0] * (_MAX_WIDTH + 2)
    ends = []
    for line, following in pairwise(lines):
        end = line.end
        if end >= _MIN_LINE and following.text:
            ends.append(end)
            if end <= _MAX_WIDTH:
                stop = min(end + measure_room(_get_text(following), hyphens=hyphens), _MAX_WIDTH + 1)
                changes[end] += 1
                changes[stop] -= 1
                if following.text[0].islower():
                    lower[end] += 1
                    lower[stop] -= 1
    votes = list(accumulate(changes))
    most = max(votes)
    if not most:
        return None
    width = next(width for width, count in enumerate(votes) if count >= _NEARLY_ALL * most)
    if width not in USUAL_WIDTHS:
        usual = max(USUAL_WIDTHS, key=votes.__getitem__)
        width = usual if votes[usual] >= _MIN_USUAL * most else width
    return Wrap(width, votes[width], len(ends) - votes[width], sum(lower[: width + 1]))


def measure_room(following: str, *, hyphens: bool = False) -> int:
    """The columns that the first word of ``following`` would take at the end of the line before it."""
    if following[0].isascii():
        word = following.split(" ", 1)[0]
        if hyphens and "-" in word and (found := _HYPHENATED_WORD.match(word)):
            word = found[0]
        return (len(word) if word.isascii() else measure_columns(word)) + 1
    found = _FIRST_WORD.match(following)
    if found is None:
        return 2
    columns = measure_columns(found[0])
    return columns + (_NO_BREAK_BEFORE if len(found[0]) == 1 and columns > 1 else 1)


def is_wrapped(line: SourceLine, following: SourceLine, width: int, *, hyphens: bool = False) -> bool:
    """Whether ``line`` ends because the first word of ``following`` had no room in it.

    A line that is wider than the width ends with something that cannot be broken, such as an address.
    """
    return line.end + measure_room(_get_text(following), hyphens=hyphens) > width - _SLACK


def _get_text(line: SourceLine) -> str:
    """The text of a line, with spaces that do not break."""
    return line.raw.strip(" \t") if "\u00a0" in line.raw else line.text


def find_local_widths(lines: Sequence[SourceLine], width: int) -> dict[int, int]:
    """The widths of indented text that ends before ``width``, by its indent: browsers indent quotes on both sides."""
    by_indent: dict[int, list[SourceLine]] = {}
    for before, line in pairwise(lines):
        if before.text and line.text and line.indent >= before.indent:
            by_indent.setdefault(line.indent, []).extend((before, line, _BLANK))
    widths = {}
    for indent, pairs in by_indent.items():
        found = find_wrap(pairs)
        if found and found.width < width and found.votes >= _MIN_LOCAL_VOTES and found.share >= _MIN_LOCAL_SHARE:
            widths[indent] = found.width
    return widths


def goes_on(before: str, text: str, *, within: bool) -> bool:
    """Whether ``text`` continues a line that ended within a sentence; ``within`` if that line continued one."""
    if is_unspaced(text[:1]):
        return measure_columns(before) >= _MIN_UNSPACED_COLUMNS and not ends_like_sentence(before, f"{STOPS}…：:；;")
    return (
        text[0].islower()
        and len(before) >= (_MIN_START if within else _MIN_LONG)
        and (before[-1].isalnum() or before[-1] in ',)”"’–-')
    )


def looks_broken(text: str, following: str) -> bool:
    """Whether a line ends where its writer wanted: it is short, and the next begins as a line does."""
    return len(text) < _MIN_PROSE_LINE and not following[0].islower()

"""Sentences that a flattener cut at links, emphasis and names.

A cut is no end of a line if what follows goes on: with a stop or comma, in lower case, or behind words that cannot end a
line; and if what the lines make together is prose. Entries of menus stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import groupby

from cleaner import data
from cleaner.data.word_types import FunctionWords
from cleaner.language.sentences import STOPS, ends_like_sentence, is_unspaced
from cleaner.page.notation import wraps
from cleaner.page.notation.pieces import Piece, SourceLine
from cleaner.page.notation.plain import LINE_ENDS, read_marks
from cleaner.page.notation.runs import join_run, write_run

GOES_ON = re.compile(
    r"[,;:!?)\]”’…，。；：！？）」』](?=[\s\w\"'”’)—–,.]|$)|\.(?=[\s\"'”’)]|$)|»[,.;:)]|['’](?:s|t|re|ve|ll|d|m)\b|\" ?(?:[,.)]|[^\W\d_A-Z])|[—–-] [^\W\d_A-Z]|"
    r"-[^\W\d_A-Z]"
)
_GOES_ON_IN_MARKS = re.compile(r"[(\[«»“”„\"'‘–—-]++ ?[^\W\d_A-Z]|(?:--|[–—]) |\([^()]{1,20}\) \w")
BULLETS = "•‣◦▪▸►●○■*+-–(#"
_COMPOUND = re.compile(r"-[^\W\d_]{3}")
_DATELINE = re.compile(r"(?:[—–]|\([^\W\d_][\w.]+\) ?[—–-]) ?[\"“„«]?[^\W\d_]")
_NUMBER = re.compile(r"\d{1,2}[.)]")
_OPENS = re.compile(r"(?:^|[\s(])[(\[“‘«„\"']$")
_LONE = re.compile(r"[\"'“”‘’(\[«‹„]+")
_BRACKETS = (("(", ")"), ("«", "»"), ("“", "”"))
_SEPARATOR = re.compile(r"[|•·/›»>‹«→▪■●◦►▸*_=+~–—-]+")
_INITIALS = re.compile(r"(?:^|\s)(?:[^\W\d_]\.){1,4}$")
_INITIALS_CHARS = 9
_ADDRESS = re.compile(r"(?:^|\s)(?:Mr|Mrs|Ms|Dr|Prof|Sra?|Mme|Sen|Rep|Gov|Gen|bzw|vs)\.$")
_ADDRESS_CHARS = 6
"""A form of address before a name, and how much of a line may be one. On 1,300 pages, all 12 such lines go on."""
MIN_START = 25
"""Characters of the start of a sentence that is longer than most entries of menus."""
MIN_LONG = 45
"""Characters of a line that is long for an entry of a menu."""
_MAX_LINK = 100
"""Characters of a title or name that a stop follows."""
MIN_PROSE, _MIN_UNSPACED_PROSE = 60, 20
"""Characters of the shortest text that can be prose."""
_MAX_FUNCTION_WORD = 4
"""Letters of a word in lower case, in other letters than a to z, behind which no line ends: articles and prepositions."""
_FUNCTION_WORDS = frozenset(data.flatten_words(data.load_data(FunctionWords).words))
_MAX_LABEL = 60
"""Characters of a label such as ``Battery life:`` before the text that it is the start of. On 110 pages, five of six short
lines with a colon, whose last word has a capital, are the start of the sentence below them."""
_MIN_LABELS, _MAX_LABEL_WORDS = 4, 5
"""Labels of a page of which others may end in lower case, and their words. On 1,300 pages, 230 of 270 such lines are the start of
the sentence below them; of longer ones, half are, and on pages with fewer labels, four of ten."""


class _Link(IntEnum):
    """How two lines belong together."""

    APART = 0
    MAYBE = 1
    """If they make prose."""
    SURE = 2


def read_cut(lines: Sequence[SourceLine], width: int | None) -> list[Piece]:
    """The pieces of a dump with a line for each piece of text between two tags.

    ``width`` is that of the lines of the page's source, if they are wrapped.
    """
    pieces: list[Piece] = []
    has_labels = _has_labels([line for line in lines if line.text])
    for filled, group in groupby(lines, key=lambda line: bool(line.text)):
        if filled:
            found = [piece for chain in _chain(list(group), width, has_labels=has_labels) for piece in chain]
            found[0] = found[0]._replace(spaced=True)
            pieces += found
    return pieces


def _has_labels(lines: Sequence[SourceLine]) -> bool:
    """Whether labels such as ``Battery life:`` are how the page begins its paragraphs."""
    around = zip(lines, lines[1:], [*lines[2:], *lines[-1:]], strict=False)
    found = sum(label.text[-1] == ":" and _is_label([label], line.text, after.text) for label, line, after in around)
    return found >= _MIN_LABELS


def _chain(lines: Sequence[SourceLine], width: int | None, *, has_labels: bool) -> Iterator[list[Piece]]:
    """The pieces of lines without blank ones between, one list for each run of lines that may belong together."""
    run, links, size = [lines[0]], [_Link.APART], len(lines[0].text)
    for place in range(1, len(lines)):
        line = lines[place]
        after = lines[place + 1].text if place + 1 < len(lines) else ""
        link = _link(run, line, after, size)
        if link is _Link.APART and width and _is_wrapped_prose(run[-1], line, width):
            link = _Link.MAYBE
        if has_labels and link is not _Link.SURE:
            link = _link_labels(run, line, after, link)
        if link is _Link.APART:
            yield _close(run, links)
            run, links, size = [], [], 0
        run.append(line)
        links.append(link)
        size += len(line.text)
    yield _close(run, links)


def _link_labels(run: Sequence[SourceLine], line: SourceLine, after: str, link: _Link) -> _Link:
    """How two lines belong together where a page has labels, if ``link`` says so without."""
    if _is_phrase([line]):
        return _Link.APART
    return _Link.MAYBE if _is_phrase(run) and _begins_prose(line.text, after) else link


def _is_wrapped_prose(line: SourceLine, following: SourceLine, width: int) -> bool:
    return len(line.text) >= MIN_LONG and wraps.is_wrapped(line, following, width)


def _link(run: Sequence[SourceLine], line: SourceLine, after: str, size: int) -> _Link:
    before, text = run[-1].text, line.text
    is_numbered = before[0].isdigit() and text[0].isalpha() and _NUMBER.fullmatch(before)
    if not is_numbered and text[0].isupper() and before[-1] in STOPS and not line.indent:
        # Most lines: a sentence ends, and another begins.
        is_initial = size >= MIN_LONG and _INITIALS.search(before[-_INITIALS_CHARS:])
        return _Link.MAYBE if is_initial or _ADDRESS.search(before[-_ADDRESS_CHARS:]) else _Link.APART
    if (line.indent or run[-1].raw[-1].isspace()) and text[0] not in BULLETS:
        return _Link.SURE
    if _SEPARATOR.fullmatch(text) or _SEPARATOR.fullmatch(before):
        return _Link.APART
    # Of 39 lines below a number alone, 30 are one with it; the others are headings that it counts.
    if is_numbered or GOES_ON.match(text) or _LONE.fullmatch(before) or is_left_open(before, text, after):
        return _Link.SURE
    if _is_in_brackets(before, text, after) or _is_cut_at_name(run, text):
        return _Link.SURE
    return _Link.MAYBE if _may_go_on(run, text, after, size) else _Link.APART


def is_left_open(before: str, text: str, after: str) -> bool:
    """Whether a line cannot be whole: it is one function word, or ends with one before a name that is within a sentence."""
    if " " not in before:
        is_start = len(text) >= MIN_LONG and ends_like_sentence(text)
        return before.casefold() in _FUNCTION_WORDS and (before.islower() or is_start or _is_followed(text, after))
    return is_function_word(before.rsplit(" ", 1)[-1]) and _is_followed(text, after)


def _is_in_brackets(before: str, text: str, after: str) -> bool:
    """Whether a line opens a bracket that one of the next two closes. On 220 pages, all such lines belong together."""
    return any(
        before.count(opening) > before.count(closing)
        and (text if closing in text else after).count(closing) > (text if closing in text else after).count(opening)
        for opening, closing in _BRACKETS
    ) and not ends_like_sentence(before)


def _is_cut_at_name(run: Sequence[SourceLine], text: str) -> bool:
    """Whether a line goes on behind a name: with a dash, brackets, or the second part of a compound.

    On 420 pages, 33 of 37 such lines do.
    """
    before = run[-1].text
    if not before[-1].isalnum():
        return False
    if text[0] == "-":
        return before[0] != "-" and not before.rsplit(" ", 1)[-1].islower() and _COMPOUND.match(text) is not None
    if len(text) < MIN_LONG:
        return False
    if len(before) < MIN_LONG and _DATELINE.match(text):
        return True
    return text[0] == "(" and (len(run) > 1 or " " in before) and 0 < text.count("(") <= text.count(")")


def _may_go_on(run: Sequence[SourceLine], text: str, after: str, size: int) -> bool:
    """Whether a line goes on with ``text`` if both are prose."""
    before = run[-1].text
    if before[-1] in ",，、" or _OPENS.search(before[-2:]):
        return True
    if text[0].islower() or _GOES_ON_IN_MARKS.match(text):
        if before[-1] == ":":
            # Of 14 such lines on 1,300 pages, 13 go on; below a shorter one, or without an end, many are lists or code.
            return text[0].islower() and min(len(before), len(text)) >= MIN_LONG and ends_like_sentence(text)
        return before[-1] != "|" and not (ends_like_sentence(before, STOPS) and _begins_anew(before, text))
    if before[-1] == ":":
        return _is_followed(text, after) if len(before) >= MIN_LONG else _is_label(run, text, after)
    if ends_like_sentence(before, LINE_ENDS):
        return False
    return _weigh(run, text, after, size) > 1


def _begins_anew(before: str, text: str) -> bool:
    """Whether a line with a small letter or a quote is new behind a full stop: not behind quoted speech or "etc."."""
    if not text[0].islower():
        return True
    return before[-1] == "." and before.rsplit(" ", 1)[-1].rstrip(".").islower() and not ends_like_sentence(text)


def _is_label(run: Sequence[SourceLine], text: str, after: str) -> bool:
    """Whether a short line with a colon is the start of the sentence below it, and no heading or announcement."""
    label = run[-1].text
    if len(run) > 1 or len(label) > _MAX_LABEL or len(text) < MIN_LONG:
        return False
    is_name = " " not in label or not label[:-1].rsplit(" ", 1)[-1].islower() or label[0].isdigit()
    is_text = ends_like_sentence(text) or _is_followed(text, after) or len(text) > _MAX_LINK
    return (is_name or after.endswith(":")) and is_text


def _is_phrase(run: Sequence[SourceLine]) -> bool:
    """Whether lines may be a label where a page has others: ``The bottom line:``."""
    if run[-1].text[-1] != ":" or run[0].text[0].islower():
        return False
    label = write_run(run)
    return len(label) <= _MAX_LABEL and label.count(" ") < _MAX_LABEL_WORDS


def _begins_prose(text: str, after: str) -> bool:
    """Whether a line is a sentence, or the start of one that is cut further down."""
    if ends_like_sentence(text):
        return len(text) >= MIN_START
    return len(text) > _MAX_LINK or (len(text) >= MIN_PROSE and _is_followed(text, after))


def _weigh(run: Sequence[SourceLine], text: str, after: str, size: int) -> int:
    """How much says that a line goes on with a capital, a number, or in a script without case."""
    before = run[-1].text
    if len(run) == 1 and before[0].islower() and size < MIN_LONG:
        return 0
    unspaced = is_unspaced(text) or is_unspaced(before)
    word = before.rsplit(" ", 1)[-1]
    weight = (1 + word.islower()) * _is_followed(text, after)
    weight += 2 * (is_function_word(word) and not unspaced)
    weight += size >= (_MIN_UNSPACED_PROSE if unspaced else MIN_PROSE) and len(run) > 1
    weight += len(before) >= MIN_PROSE
    return weight


def is_function_word(word: str) -> bool:
    """Whether no line ends with a word: an article, a preposition, or a short word in other letters than a to z."""
    if word.isascii():
        return word in _FUNCTION_WORDS
    return len(word) <= _MAX_FUNCTION_WORD and word.isalpha() and word.islower()


def _is_followed(text: str, after: str) -> bool:
    """Whether a line is a name or a link within a sentence: it is short, and what follows goes on."""
    if not after:
        return False
    return len(text) < _MAX_LINK if GOES_ON.match(after) else len(text) < MIN_LONG and after[0].islower()


def _close(run: Sequence[SourceLine], links: Sequence[_Link]) -> list[Piece]:
    """The pieces of a run: one if it is prose, else divided where the lines are not sure to belong together."""
    if len(run) == 1:
        return [read_marks(run[0])]
    text = write_run(run)
    long = max(len(line.text) for line in run) >= MIN_LONG
    if (ends_like_sentence(text) and len(text) >= MIN_LONG) or (long and len(text) >= MIN_PROSE):
        return [read_marks(run[0]._replace(text=text))]
    pieces = []
    part: list[SourceLine] = []
    for line, link in zip(run, links, strict=True):
        if part and link is not _Link.SURE:
            pieces.append(join_run(part))
            part = []
        part.append(line)
    return [*pieces, join_run(part)]

"""Features of a block's text: lengths, punctuation, case, digits, repetition and position; almost without vocabulary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleaner import data
from cleaner.classifier import text_tokens
from cleaner.classifier.feature_arrays import Matrix, Numbers, stack_columns
from cleaner.classifier.text_tokens import BMP
from cleaner.compiled import serve_compiled
from cleaner.data.word_types import LineWords
from cleaner.language.characters import contains_any, make_alternation
from cleaner.language.sentences import CLOSING, STOPS, UNSPACED_RANGES
from cleaner.language.words import count_words
from cleaner.model import Block

FEATURES = (
    "characters", "words", "word_length", "sentences", "ends_sentence", "ends_ellipsis", "ends_colon", "commas",
    "digits", "capitals", "capitalised", "short_words", "starts_upper", "starts_lower", "starts_digit",
    "starts_quote", "bar", "copyright", "address", "time", "ago", "question", "quotation", "lines",
)  # fmt: skip

# Classes of characters as bits, by Unicode's properties and these lists.
_UPPER, _LOWER, _DIGIT, _SPACE, _UNSPACED, _COMMA, _STOP, _CLOSE, _QUOTE, _DASH, _BAR, _RIGHT, _QUESTION = (
    1 << place for place in range(13)
)
_LISTED = {
    _COMMA: ",;:，、；،",
    _STOP: STOPS,
    _CLOSE: "'\"”’»)]」』",
    _QUOTE: '"“«„',
    _DASH: "‘'—–-",
    _BAR: "|",
    _RIGHT: "©",
    _QUESTION: "?",
}
# In scripts without spaces, two characters are about a word.
# The weights were trained with the numbers of this module: a change of one needs new weights.
_CHARS_PER_WORD = 2
_UNSPACED_WORD_LENGTH = 6.0
"""Letters of a word, for texts in scripts without spaces."""
_ENDS = re.compile(f"[{re.escape(STOPS)}][{re.escape(CLOSING)}]*$")
# Patterns that begin with a digit behind which they look back are searched many times as fast as those that begin with \b.
_TIME = re.compile(r"\d(?<!\w\d)(?:\d?[:.h]\d{2}\b|(?:(?<=1)9|(?<=2)0)\d\d\b|\d?[/.-]\d{1,2}[/.-]\d{2,4}\b)")
_SPANS = data.load_data(LineWords).spans
_AGO = re.compile(rf"\d(?<!\w\d)\d*\s*{make_alternation(_SPANS.behind_number)}\b", re.IGNORECASE)
_SINCE = re.compile(rf"\b{make_alternation(_SPANS.before_number)} \d", re.IGNORECASE)
_SINCE_STARTS = tuple(f"{word} " for word in _SPANS.before_number)
_ADDRESS = re.compile(r"https?:|www\.|@\w|\.com\b")
_ADDRESS_PARTS = ("http", "www.", "@", ".com")
"""Every address contains one of these."""
# Only the start of a long text is measured: the rest takes time and adds no information.
_MAX_MEASURED_CHARS = 240
_MAX_LINES = 20
"""Line breaks of a text that are counted."""
_MAX_SHORT_WORD = 3
"""Letters of a short word."""
_MAX_AGO_CHARS = 80
"""Characters of a text that is searched for a span of time until now."""

PROSE_WORDS = 7
"""Words from which a text that ends like a sentence is prose."""
LONG_WORDS = 25
"""Words from which a text is prose with any ending."""


@cache
def _character_classes() -> NDArray[np.uint16]:
    """The bits of every character of the basic plane; other characters count as its last."""
    letters = text_tokens.list_characters()
    tests = ((_UPPER, np.char.isupper), (_LOWER, np.char.islower), (_DIGIT, np.char.isdigit), (_SPACE, np.char.isspace))
    kinds = np.zeros(BMP, dtype=np.uint16)
    for bit, test in tests:
        kinds[test(letters)] |= bit
    for bit, listed in _LISTED.items():
        kinds[[ord(letter) for letter in listed]] |= bit
    for first, last in UNSPACED_RANGES:
        kinds[first : last + 1] |= _UNSPACED
    return kinds


def measure_text(blocks: Sequence[Block]) -> tuple[Matrix, Numbers, Numbers]:
    """The text features of each block (:data:`FEATURES`), its number of words, and its words of prose (0 or all of them)."""
    texts = [block.text for block in blocks]
    heads = [text[:_MAX_MEASURED_CHARS] for text in texts]
    classes = _character_classes()
    counts = count_characters(heads, classes, _COUNTED, (_UPPER, _LOWER, _SPACE, _STOP, _CLOSE), _MAX_SHORT_WORD).T
    *counted, tokens, capitalised, short, sentences = counts
    count = dict(zip(_COUNTED, counted, strict=True))
    tokens = np.maximum(tokens, 1)
    edges = measure_edges(texts, classes, _MAX_MEASURED_CHARS, _MAX_LINES)
    characters, first, last, lines, ellipsis, colon, marked = edges
    length, size = characters.astype(np.float32), np.minimum(characters, _MAX_MEASURED_CHARS).astype(float)
    spaced = np.array(
        count_words([text if len(text) > _MAX_MEASURED_CHARS else "" for text in texts]), dtype=np.float32
    )
    dense = count[_UNSPACED] * length / size
    words = np.maximum(spaced, tokens) + dense / _CHARS_PER_WORD
    ends = (last & _STOP) != 0
    for index in np.flatnonzero(last & _CLOSE).tolist():
        ends[index] = _ENDS.search(texts[index], max(0, len(texts[index]) - 8)) is not None
    columns = [
        np.log1p(length),
        np.log1p(words),
        np.where(dense > 0, _UNSPACED_WORD_LENGTH, size / tokens),
        sentences,
        ends,
        ellipsis,
        colon,
        count[_COMMA] / tokens,
        count[_DIGIT] / size,
        count[_UPPER] / size,
        capitalised / tokens,
        short / tokens,
        *((first & bit) != 0 for bit in (_UPPER, _LOWER, _DIGIT, _QUOTE | _DASH)),
        count[_BAR] > 0,
        count[_RIGHT] > 0,
        _find_addresses(heads, marked),
        *_count_per_block(texts, heads, count[_DIGIT]),
        count[_QUESTION] > 0,
        count[_QUOTE] > 0,
        lines,
    ]
    is_prose = (ends & (words >= PROSE_WORDS)) | (words >= LONG_WORDS)
    return stack_columns(columns), words, np.where(is_prose, words, 0.0)


_COUNTED = (_UPPER, _DIGIT, _COMMA, _UNSPACED, _BAR, _RIGHT, _QUESTION, _QUOTE)


@serve_compiled("text_arrays")
def count_characters(
    texts: list[str],
    classes: NDArray[np.uint16],
    counted: tuple[int, ...],
    marks: tuple[int, int, int, int, int],
    short: int,
) -> Matrix:
    """What there is of each text, none of them empty, in columns.

    These are the characters of each class that is ``counted``; words between spaces, of these those that begin with a capital,
    and those of up to ``short`` characters that begin with a small letter; and full stops before a space or closing mark.

    Args:
        texts: texts.
        classes: the bits of each character of the basic plane.
        counted: one bit a column.
        marks: the bits of capitals, small letters, spaces, full stops and closing marks.
        short: characters of a short word.
    """
    upper, lower, space, stop, close = marks
    kinds, starts = _join_texts(texts, classes)
    columns = [np.add.reduceat((kinds & bit) != 0, starts, dtype=np.float32) for bit in counted]
    words = _count_words(kinds, starts, (upper, lower, space), short)
    return np.stack([*columns, *words, _count_sentences(kinds, starts, stop, space | close)], 1)


def _join_texts(texts: Sequence[str], classes: NDArray[np.uint16]) -> tuple[NDArray[np.uint16], NDArray[np.intp]]:
    """The bits of all characters of ``texts``, with a space after each, and the start of each text."""
    starts = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    return _read_codes(" ".join(texts) + " ", classes), starts


def _read_codes(text: str, classes: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """The bits of each character of ``text``."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return classes[np.minimum(codes, BMP - 1)]


def _count_words(
    kinds: NDArray[np.uint16], starts: NDArray[np.intp], marks: tuple[int, int, int], short: int
) -> list[NDArray[np.float32]]:
    """For each text its number of words between spaces, of capitalised, and of short ones."""
    upper, lower, space = marks
    inside = np.concatenate([[False], (kinds & space) == 0])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    begins, ends = edges[::2], edges[1::2]
    owner = np.searchsorted(starts, begins, side="right") - 1
    capitalised = (kinds[begins] & upper) != 0
    are_short = (ends - begins <= short) & ((kinds[begins] & lower) != 0)
    counts = [np.bincount(owner, weights, minlength=len(starts)) for weights in (None, capitalised, are_short)]
    return [count.astype(np.float32) for count in counts]


def _count_sentences(kinds: NDArray[np.uint16], starts: NDArray[np.intp], stop: int, after: int) -> NDArray[np.float32]:
    """For each text its number of full stops before a space or a closing mark."""
    stops = (kinds[:-1] & stop) != 0
    stops &= (kinds[1:] & after) != 0
    return np.add.reduceat(np.append(stops, False), starts, dtype=np.float32)


def _find_addresses(heads: Sequence[str], marked: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the texts contain an address, of those that are ``marked`` by one of its signs."""
    found = np.zeros(len(heads), dtype=bool)
    for index in np.flatnonzero(marked).tolist():
        head = heads[index]
        found[index] = contains_any(head, _ADDRESS_PARTS) and _ADDRESS.search(head) is not None
    return found


@serve_compiled("text_arrays")
def measure_edges(texts: list[str], classes: NDArray[np.uint16], head: int, most_lines: int) -> NDArray[np.int64]:
    """Seven rows of numbers of each text, none of which is empty.

    These are its characters, the bits of the first and of the last, its line breaks up to ``most_lines``; whether it ends with
    an ellipsis, or with a colon, and whether there is a full stop, a colon or an ``@`` among its first ``head`` characters.
    """
    firsts, lasts = (_read_codes("".join([text[at] for text in texts]), classes) for at in (0, -1))
    rows = [
        [len(text) for text in texts],
        firsts,
        lasts,
        [min(text.count("\n"), most_lines) for text in texts],
        [text[-1] == "…" or text.endswith("...") for text in texts],
        [text[-1] == ":" for text in texts],
        [not {".", "@", ":"}.isdisjoint(text[:head]) for text in texts],
    ]
    return np.array(rows, dtype=np.int64)


def _count_per_block(
    texts: Sequence[str], heads: Sequence[str], digits: NDArray[np.float32]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which texts contain a time or a date, and which are short and contain a span of time until now."""
    time, ago = np.zeros((2, len(texts)), dtype=bool)
    for index in np.flatnonzero(digits).tolist():
        time[index] = _TIME.search(heads[index]) is not None
        ago[index] = len(texts[index]) < _MAX_AGO_CHARS and _has_span(texts[index])
    return time, ago


def _has_span(text: str) -> bool:
    """Whether ``text`` contains a span of time until now."""
    if _AGO.search(text):
        return True
    return contains_any(text.casefold(), _SINCE_STARTS) and _SINCE.search(text) is not None

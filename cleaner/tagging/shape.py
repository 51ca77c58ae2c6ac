"""The shape of a block's text: lengths, punctuation, case, digits. Nothing here knows a word of any language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import log1p
from string import ascii_uppercase
from string import digits as digits_of_ascii

import numpy as np
from numpy.typing import NDArray

from cleaner.model import Block

Matrix = NDArray[np.float32]
"""Blocks in rows, features in columns."""

FEATURES = (
    "characters", "words", "word_length", "sentences", "ends_sentence", "ends_ellipsis", "ends_colon", "commas",
    "digits", "capitals", "capitalised", "short_words", "starts_upper", "starts_lower", "starts_digit",
    "starts_quote", "bar", "copyright", "address", "time", "ago", "question", "quotation", "lines",
)  # fmt: skip

# Scripts that write no space between words; there, two characters are about a word.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_CHARACTERS_A_WORD = 2
_TYPICAL_WORD = 6.0
_ENDS = re.compile(r"[.!?。！？।؟։]['\"”’»)\]」』]*$")
_SENTENCES = re.compile(r"[.!?؟।][\s'\"”’»)\]]|[。！？]")
_COMMAS = re.compile("[,;:，、；،]")
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d\d\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_AGO = re.compile(
    r"\b\d+\s*(?:h|m|d|min|mins|hrs?|hours?|days?|minutes?|weeks?|months?|years?)\b|\b(?:vor|il y a|hace|há|fa) \d",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|@\w|\.com\b")
# What tells a line from a paragraph shows in its first part; the rest of a long text costs time and says no more.
_HEAD = 240
_SHORT_WORD = 3
_UPPER = ascii_uppercase.encode()
_DIGITS = digits_of_ascii.encode()
_LONG_AGO = 80

PROSE_WORDS = 7
"""Words of the shortest text that counts as prose when it ends as a sentence does."""
LONG_WORDS = 25
"""Words from which on a text counts as prose whatever it ends with."""


def measure(blocks: Iterable[Block]) -> tuple[Matrix, NDArray[np.float32], NDArray[np.float32]]:
    """The shape of each block, its number of words, and how many of those are prose (0 for a line that is none)."""
    rows, words, prose = [], [], []
    for block in blocks:
        row, count = _row(block.text)
        rows.append(row)
        words.append(count)
        prose.append(count if (row[4] and count >= PROSE_WORDS) or count >= LONG_WORDS else 0.0)
    return (
        np.array(rows, dtype=np.float32).reshape(-1, len(FEATURES)),
        np.array(words, dtype=np.float32),
        np.array(prose, dtype=np.float32),
    )


def _row(text: str) -> tuple[list[float], float]:
    head = text[:_HEAD]
    size = len(head)
    tokens = head.split()
    count = len(tokens)
    spaced = len(text.split()) if len(text) > _HEAD else count
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    words = spaced + unspaced / _CHARACTERS_A_WORD
    first = text[0]
    capitals, digits = _cases(head)
    numbered = digits > 0
    row = [
        log1p(len(text)),
        log1p(words),
        _TYPICAL_WORD if unspaced else size / count,
        float(len(_SENTENCES.findall(text))),
        1.0 if _ENDS.search(text, max(0, len(text) - 8)) else 0.0,
        1.0 if text[-1] == "…" or text.endswith("...") else 0.0,
        1.0 if text[-1] == ":" else 0.0,
        len(_COMMAS.findall(head)) / count,
        digits / size,
        capitals / size,
        sum([token[0].isupper() for token in tokens]) / count,
        sum([len(token) <= _SHORT_WORD and token.islower() for token in tokens]) / count,
        1.0 if first.isupper() else 0.0,
        1.0 if first.islower() else 0.0,
        1.0 if first.isdigit() else 0.0,
        1.0 if first in "\"“«„‘'—–-" else 0.0,
        1.0 if "|" in head else 0.0,
        1.0 if "©" in head else 0.0,
        1.0 if _ADDRESS.search(head) else 0.0,
        1.0 if numbered and _TIME.search(head) else 0.0,
        1.0 if numbered and len(text) < _LONG_AGO and _AGO.search(text) else 0.0,
        1.0 if "?" in head else 0.0,
        1.0 if '"' in head or "“" in head or "«" in head else 0.0,
        float(min(text.count("\n"), 20)),
    ]
    return row, words


def _cases(text: str) -> tuple[int, int]:
    """How many capitals and digits; for plain ASCII by the fastest way Python has."""
    if text.isascii():
        raw = text.encode()
        return len(raw) - len(raw.translate(None, _UPPER)), len(raw) - len(raw.translate(None, _DIGITS))
    return sum(map(str.isupper, text)), sum(map(str.isdigit, text))


def repeats(blocks: Iterable[Block]) -> Matrix:
    """For each block how often its text stands on the page (up to 5), and whether it has stood there before."""
    seen: dict[str, int] = {}
    order = []
    for block in blocks:
        before = seen.get(block.text, 0)
        order.append((block.text, before))
        seen[block.text] = before + 1
    return np.array([(min(seen[text], 5), min(before, 1)) for text, before in order], dtype=np.float32).reshape(-1, 2)


def distances(flags: NDArray[np.bool_], limit: int = 50) -> Matrix:
    """For each block, how many blocks back and ahead the nearest flagged one stands (0 for itself), up to ``limit``."""
    index = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, index, -limit))
    following = np.minimum.accumulate(np.where(flags, index, len(flags) + limit)[::-1])[::-1]
    return np.stack([np.minimum(index - last, limit), np.minimum(following - index, limit)], 1).astype(np.float32)


def box_mean(values: NDArray[np.float32], radius: int) -> NDArray[np.float32]:
    """Mean of ``values`` over the blocks at most ``radius`` away."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    index = np.arange(len(values))
    low, high = np.maximum(0, index - radius), np.minimum(len(values), index + radius + 1)
    return np.asarray((sums[high] - sums[low]) / (high - low), dtype=np.float32)


POSITION = (
    "prose", "prose_before", "prose_after", "position", "from_start", "from_end", "blocks", "page_prose",
    "prose_near_2", "prose_near_5", "prose_near_12", "prose_near_30", "words_near_3", "words_near_10",
    "prose_back", "prose_ahead", "long_prose_back", "long_prose_ahead",
)  # fmt: skip
_LONG_PROSE = 20


def position(words: NDArray[np.float32], prose: NDArray[np.float32]) -> Matrix:
    """Where each block stands in its page, and where the page's prose stands around it."""
    count = len(words)
    index = np.arange(count, dtype=np.float32)
    total = max(float(prose.sum()), 1.0)
    sums = np.cumsum(prose)
    is_prose = (prose > 0).astype(np.float32)
    columns = [
        np.log1p(prose),
        (sums - prose) / total,
        (total - sums) / total,
        index / max(count - 1, 1),
        np.log1p(index),
        np.log1p(count - 1 - index),
        np.full(count, np.log1p(count)),
        np.full(count, np.log1p(total)),
        *(box_mean(is_prose, radius) for radius in (2, 5, 12, 30)),
        *(np.log1p(box_mean(words, radius)) for radius in (3, 10)),
    ]
    near = np.concatenate([distances(prose > 0), distances(prose >= _LONG_PROSE)], 1)
    return np.concatenate([np.stack(columns, 1), near], 1).astype(np.float32)

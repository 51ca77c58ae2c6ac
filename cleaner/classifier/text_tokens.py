"""Hashed n-grams of the texts of a page, all at once: its characters are one array, over which hashes roll."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.compiled import serve_compiled

Hashes = NDArray[np.uint32]
Index = NDArray[np.intp]


class Tokens(NamedTuple):
    """The hashed tokens of rows, one row after the other: row ``i`` has ``hashes[starts[i]:starts[i + 1]]``."""

    hashes: Hashes
    starts: Index


class TextTokens(NamedTuple):
    """All tokens of each text, and those of them that are pairs of neighbouring words."""

    tokens: Tokens
    pairs: Tokens


_Owned = tuple[Index, Hashes]
"""Tokens, with the row that each belongs to."""

_HEAD, _TAIL = 120, 40
"""Characters at the start and at the end of a text that are read: what a block is shows there."""
_GRAM = 4
_SHORT = 40
"""Characters up to which a text as a whole is a token as well: labels of buttons, headings of lists."""
_PRIME, _SPREAD, _BASE = np.uint32(0x01000193), np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)
_WORD, _PAIR, _CHARACTERS, _DENSE, _FIRST, _LAST, _WHOLE = (
    np.uint32(0x9E3779B1 * salt & 0xFFFFFFFF) for salt in range(1, 8)
)
_FIRST_DENSE = 0x2E80
"""From this character on (East Asian scripts) no blank separates words, and two characters are about a word."""
_SPACE = ord(" ")
BMP = 1 << 16
"""Characters of the basic plane; others count as its last."""


@cache
def _fold_characters() -> Hashes:
    """What each character of the basic plane counts as: its lower case, any digit as 0, any white space as a blank."""
    letters = list_characters()
    folded = np.arange(BMP, dtype=np.uint32)
    folded[np.char.isspace(letters)] = _SPACE
    folded[np.char.isdigit(letters)] = ord("0")
    capitals = np.char.isupper(letters)
    capitals[ord("İ")] = False  # the only one whose lower case is two characters
    folded[capitals] = np.char.lower(letters[capitals]).view(np.uint32)
    return folded


@cache
def _find_letters() -> NDArray[np.bool_]:
    return np.asarray(np.char.isalnum(list_characters()))


def list_characters() -> NDArray[np.str_]:
    """The characters of the basic plane; numpy's functions of texts take a fifth of the time of a loop over them."""
    return np.arange(BMP, dtype=np.uint32).view("U1")


class _JoinedTexts(NamedTuple):
    """All texts in a row, two blanks before and behind each."""

    codes: Hashes
    owner: Index
    """The text that each character belongs to; of the blanks, the two behind a text are its own."""
    begins: Index
    sizes: Index


def hash_texts(texts: Sequence[str]) -> TextTokens:
    """Words, pairs of words, runs of characters, first and last word of each text, and short texts whole."""
    hashes, starts, pairs, pair_starts = roll_hashes(
        list(texts), _fold_characters(), _find_letters().view(np.uint8), _SHORT, _FIRST_DENSE
    )
    return TextTokens(Tokens(hashes, starts), Tokens(pairs, pair_starts))


@serve_compiled("text_arrays")
def roll_hashes(
    texts: list[str], folded: Hashes, letters: NDArray[np.uint8], short: int, dense: int
) -> tuple[Hashes, Index, Hashes, Index]:
    """The hashes of all tokens of each text and their starts, and those of its pairs of words.

    Args:
        texts: none of them empty.
        folded: what each character of the basic plane counts as.
        letters: 1 for each that is a letter or digit.
        short: characters up to which a text as a whole is a token.
        dense: the first character of scripts without blanks.
    """
    line = _join_texts(texts, folded)
    words = _hash_words(line, letters.view(bool))
    pairs = _hash_pairs(*words)
    are_short = np.flatnonzero([len(text) <= short for text in texts])
    found = [
        (words[0], words[1] ^ _WORD),
        pairs,
        *_hash_ends(*words),
        _hash_runs(line),
        _hash_dense(line, dense),
        _hash_whole(line, are_short),
    ]
    return *_gather_tokens(found, len(texts)), *_gather_tokens([pairs], len(texts))


def mix_bits(hashes: Hashes) -> Hashes:
    """``hashes`` with their bits stirred, so that the lowest make good bucket numbers."""
    hashes = (hashes ^ (hashes >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    return hashes ^ (hashes >> np.uint32(12))


def _join_texts(texts: Sequence[str], folded: Hashes) -> _JoinedTexts:
    heads = [text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]} {text[-_TAIL:]}" for text in texts]
    raw = np.frombuffer(f"  {'  '.join(heads)}  ".encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    sizes = np.array([len(head) for head in heads])
    owner = np.concatenate([[0, 0], np.repeat(np.arange(len(texts)), sizes + 2)])
    return _JoinedTexts(folded[np.minimum(raw, BMP - 1)], owner, np.cumsum([2, *(sizes[:-1] + 2)]), sizes)


def _spread_codes(codes: Hashes) -> Hashes:
    return (codes * _SPREAD) ^ (codes >> np.uint32(3))


@cache
def _compute_powers(count: int) -> Hashes:
    powers = np.full(count, _BASE, dtype=np.uint32)
    powers[0] = 1
    return np.multiply.accumulate(powers, dtype=np.uint32)


def _hash_words(line: _JoinedTexts, is_letter: NDArray[np.bool_]) -> _Owned:
    """The runs of letters and digits, each as the value of a polynomial."""
    letters = is_letter[line.codes]
    edges = np.flatnonzero(letters[1:] != letters[:-1])
    starts = edges[::2] + 1
    if not len(starts):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.uint32)
    place = np.arange(len(letters)) - np.repeat(np.r_[0, starts], np.diff(np.r_[0, starts, len(letters)]))
    terms = np.where(
        letters, _spread_codes(line.codes) * _compute_powers(_HEAD + _TAIL + 4)[place % (_HEAD + _TAIL + 4)], 0
    )
    return line.owner[starts], np.add.reduceat(terms.astype(np.uint32), starts, dtype=np.uint32)


def _hash_pairs(owner: Index, words: Hashes) -> _Owned:
    together = np.flatnonzero(owner[1:] == owner[:-1])
    return owner[together], (words[together] * _PRIME + words[together + 1]) ^ _PAIR


def _hash_ends(owner: Index, words: Hashes) -> list[_Owned]:
    """The first and the last word of each text that has words."""
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    last = np.flatnonzero(np.diff(owner, append=-1))
    return [(owner[first], words[first] ^ _FIRST), (owner[last], words[last] ^ _LAST)]


def _hash_runs(line: _JoinedTexts) -> _Owned:
    """Runs of characters within a text, one blank around it included."""
    codes, size = line.codes, len(line.codes) - _GRAM + 1
    grams = codes[:size]
    for step in range(1, _GRAM):
        grams = grams * _PRIME + codes[step : size + step]
    owner = line.owner[1 : size + 1]
    inside = (owner == line.owner[_GRAM - 2 : size + _GRAM - 2]) & (codes[1 : size + 1] != _SPACE)
    return owner[inside], grams[inside] ^ _CHARACTERS


def _hash_dense(line: _JoinedTexts, first: int) -> _Owned:
    dense = np.flatnonzero((line.codes[:-1] >= first) & (line.codes[1:] >= first))
    return line.owner[dense], (line.codes[dense] * _PRIME + line.codes[dense + 1]) ^ _DENSE


def _hash_whole(line: _JoinedTexts, short: Index) -> _Owned:
    """The texts of the rows ``short`` as one token each."""
    sizes = line.sizes[short]
    place = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    terms = _spread_codes(line.codes[np.repeat(line.begins[short], sizes) + place]) * _compute_powers(_SHORT + 1)[place]
    if not len(short):
        return short, terms
    return short, np.add.reduceat(terms, np.cumsum(sizes) - sizes, dtype=np.uint32) ^ _WHOLE


def _gather_tokens(found: Sequence[_Owned], rows: int) -> Tokens:
    owners = np.concatenate([owner for owner, _ in found])
    order = np.argsort(owners, kind="stable")
    starts = np.zeros(rows + 1, dtype=np.intp)
    np.cumsum(np.bincount(owners, minlength=rows), out=starts[1:])
    return Tokens(mix_bits(np.concatenate([hashes for _, hashes in found])[order]), starts)


def measure_copies(pairs: Tokens) -> NDArray[np.float32]:
    """Of each row, the share of its pairs of words that an earlier row has, and that any other row has, 0 to 1."""
    total = np.maximum(np.diff(pairs.starts), 1)
    return np.stack([count / total for count in count_copied(pairs.hashes, pairs.starts)], 1).astype(np.float32)


@serve_compiled("feature_arrays")
def count_copied(hashes: Hashes, starts: Index) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How many of the ``hashes`` of each row an earlier row has, and how many any other row has."""
    rows = len(starts) - 1
    owner = np.repeat(np.arange(rows), np.diff(starts))
    if not len(owner):
        return np.zeros(rows), np.zeros(rows)
    order = np.argsort(hashes, kind="stable")  # within one pair, rows stay in page order
    sorted_hashes, sorted_owner = hashes[order], owner[order]
    firsts = np.flatnonzero(np.diff(sorted_hashes, prepend=~sorted_hashes[:1]))
    counts = np.diff(np.append(firsts, len(order)))
    first_owner, last_owner = sorted_owner[firsts], sorted_owner[firsts + counts - 1]
    earlier = np.repeat(first_owner, counts) < sorted_owner
    elsewhere = np.repeat(first_owner != last_owner, counts)
    before, others = (np.bincount(sorted_owner, flags, rows) for flags in (earlier, elsewhere))
    return before.astype(np.float64), others.astype(np.float64)

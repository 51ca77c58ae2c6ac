"""The encoding of bytes that do not declare theirs, by language: script, letters, frequent words, ``lang`` and domain."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.data import load_data
from cleaner.data.input_types import EncodedLanguage, Encodings

_MARKUP = re.compile(
    rb"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>|&#?\w+;", re.IGNORECASE | re.DOTALL
)
_LANG = re.compile(
    rb"<(?:html|body)\b[^>]*?\s(?:xml:)?lang\s*=\s*[\"']?([a-zA-Z]{2,3})\b|"
    rb"<meta\b[^>]*?content-language[^>]*?content\s*=\s*[\"']?([a-zA-Z]{2,3})\b",
    re.IGNORECASE,
)
_ASCII_LETTER = re.compile("[a-zA-Z]")
_WORD = re.compile(r"[^\W\d_]+")
_SIGN_IN_WORD = re.compile(r"(?<=[^\W\d_])(?:[±¶§¦¬¨¸×÷]|[¹²³¼½¾°£¥©®](?=[^\W\d_]))")
# Characters beyond ASCII that text of any language has: quotes, dashes, signs of currency.
_COMMON = frozenset("‘’‚“”„«»‹›–—…•·°§©®™€£¥±²³½¼×\u00a0\u200e\u200f")
_SAMPLE_BYTES = 40_000
LANG_BYTES = 8_192
# The numbers below were chosen on composed pages in 35 languages and on pages of the shared corpora, encoded anew: see
# tests/unit/page/test_encoding.py.
_LANG_BONUS, _DOMAIN_BONUS = 1.0, 0.15
_WORD_WEIGHT, _MAX_WORD_SHARE = 3.0, 0.3
_MIN_SCORE = 0.75
_FOREIGN_WEIGHT = 1.5
_SIGNS_SCORE = 2.0
"""Of a page whose only characters beyond ASCII are quotes, dashes and the like."""
_WESTERN_NAME = "cp1252"
_WESTERN_BONUS = 0.05
"""A tie goes to the encoding that most pages have."""
_GREEK, _IDEOGRAM_START = "\u0370", "\u2e80"


class Guess(NamedTuple):
    """An encoding, the language for which it is likely, and how well the two fit the bytes."""

    encoding: str
    language: str
    score: float


def guess_encoding(data: bytes, url: str | None = None) -> Guess | None:
    """The likeliest encoding of ``data``, which is not UTF-8; None if no language fits."""
    best = max(rank_encodings(data, url), key=lambda guess: guess.score, default=None)
    return best if best and best.score >= _MIN_SCORE else None


def rank_encodings(data: bytes, url: str | None = None) -> Iterator[Guess]:
    """Every encoding of every language, with its score for ``data``."""
    sample = take_sample(data)
    lang, domain = find_lang(data), _top_domain(url)
    views = {encoding: _view(sample, encoding) for encoding in _ENCODINGS}
    for language in _LANGUAGES:
        bonus = _LANG_BONUS * (language.code == lang) + _DOMAIN_BONUS * (domain in language.domains)
        for encoding in language.encodings:
            tie = _WESTERN_BONUS if encoding == _WESTERN_NAME else 0.0
            yield Guess(encoding, language.code, _score(views[encoding], language) + bonus + tie)


def find_lang(data: bytes) -> str | None:
    """The language that an HTML page declares, as ISO 639 code without a region."""
    match = _LANG.search(data, 0, LANG_BYTES)
    return (match[1] or match[2]).decode().lower() if match else None


def list_encodings(language: str | None) -> tuple[str, ...]:
    """The encodings in which pages of the language are written, if it is one of those that are known."""
    return next((known.encodings for known in _LANGUAGES if known.code == language), ())


def take_sample(data: bytes) -> bytes:
    """Text of the page around its bytes beyond ASCII, without markup."""
    text = _MARKUP.sub(b" ", data)
    if len(text) <= _SAMPLE_BYTES:
        return text
    lines = [line for line in text.splitlines() if not line.isascii()]
    return b"\n".join(lines)[:_SAMPLE_BYTES] or text[:_SAMPLE_BYTES]


class _View(NamedTuple):
    """A sample in one encoding: its characters beyond ASCII, and its words."""

    beyond: Counter[str]
    words: Counter[str]
    signs: int
    """Quotes, dashes and other signs of any language."""
    odd: int
    """Characters that no text has: replaced bytes, controls, capitals behind small letters."""


def _view(sample: bytes, encoding: str) -> _View:
    text = unicodedata.normalize("NFC", sample.decode(encoding, "replace"))
    beyond = Counter(character for character in text if character > "\x7f" and character not in _COMMON)
    signs = sum(map(text.count, _COMMON))
    words = _WORD.findall(text)
    mixed = len(_SIGN_IN_WORD.findall(text)) + sum(_count_oddities(word) for word in words if not word.isascii())
    controls = sum(
        count for character, count in beyond.items() if "\x80" <= character < "\xa0" or character == "\ufffd"
    )
    return _View(beyond, Counter(word.lower() for word in words), signs, mixed + 2 * controls)


def _count_oddities(word: str) -> int:
    """Capitals behind small letters, and letters of two scripts in one word."""
    capitals = any(before.islower() and after.isupper() for before, after in pairwise(word))
    scripts = _ASCII_LETTER.search(word) is not None and any(
        _GREEK <= character < _IDEOGRAM_START for character in word
    )
    return capitals + 2 * scripts


def _score(view: _View, language: EncodedLanguage) -> float:
    total, tokens = view.beyond.total(), view.words.total()
    if not total:
        return _SIGNS_SCORE * (view.signs > view.odd == 0 and _WESTERN_NAME in language.encodings)
    # Languages without spaces: characters count in place of words.
    counts, of = (view.beyond, total) if _counts_characters(language) else (view.words, max(tokens, 1))
    words = _WORD_WEIGHT * min(sum(counts[word] for word in language.words) / of, _MAX_WORD_SHARE)
    own = _count_own(view.beyond, language)
    return (own - _FOREIGN_WEIGHT * (total - own) - view.odd) / total + words


def _count_own(beyond: Counter[str], language: EncodedLanguage) -> int:
    """The number of characters that are letters of the language; of ideograms, all are."""
    if not language.letters:
        return sum(count for character, count in beyond.items() if character >= _IDEOGRAM_START)
    letters = _find_letters(language.code)
    return sum(count for character, count in beyond.items() if character in letters)


def _counts_characters(language: EncodedLanguage) -> bool:
    return all(len(word) == 1 and not word.isascii() for word in language.words)


@lru_cache(maxsize=64)
def _find_letters(code: str) -> frozenset[str]:
    letters = next(language.letters for language in _LANGUAGES if language.code == code)
    return frozenset(letters + letters.upper())


def _top_domain(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").rpartition(".")[2]
    except ValueError:
        return ""


_LANGUAGES = load_data(Encodings).language
_ENCODINGS = tuple(sorted({name for language in _LANGUAGES for name in language.encodings}))

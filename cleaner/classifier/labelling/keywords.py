"""What the words of a dropped line say it is.

These are the words that turn up *in* lines of a kind, beside the whole phrases of ``everywhere.toml``. How stems are
written, :class:`~cleaner.classifier.labelling.keyword_index.KeywordIndex` says.
"""

from __future__ import annotations

from cleaner import data
from cleaner.classifier.labelling.keyword_index import KeywordIndex
from cleaner.data.file_types import Keywords
from cleaner.labels import Label

_KEYWORDS = data.load_data(Keywords)

WORDS = KeywordIndex({label: data.flatten_words(stems) for label, stems in _KEYWORDS.labels.items()})
"""Words of lines, by the label of the lines."""

_FIRST_WORDS = {word: label for label, words in _KEYWORDS.first_words.items() for word in data.flatten_words(words)}
BY = frozenset(f" {words} " for words in data.flatten_words(_KEYWORDS.author_headings))
"""Lines that announce the author's name below them."""
STARTS = tuple(f" {words} " for words in data.flatten_words(_KEYWORDS.author_starts))
"""What a line near the headline starts with that names the author."""
_OURS = frozenset(data.flatten_words(_KEYWORDS.publisher))
_FILED = tuple(f" {words} " for words in data.flatten_words(_KEYWORDS.filing))
_NETWORKS, _AROUND = frozenset(_KEYWORDS.share_bar.networks), frozenset(_KEYWORDS.share_bar.around)
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MOST = 14
"""Words of a share bar that names few networks."""
_MANY = 5
_FEW = 4
"""Networks from which a bar of any length is one of sharing, if two words in five are; words of a bar that says "follow"."""


def match_call_to_action(spaced: str) -> Label | None:
    """What a line is by its first word alone: a seller's call, or a pointer to more."""
    return next((_FIRST_WORDS.get(word) for word in spaced.split(maxsplit=1)[:1]), None)


def is_filing(spaced: str) -> bool:
    """Whether a line starts as those do that name an article's topics."""
    return spaced.startswith(_FILED)


def addresses_reader(spaced: str) -> bool:
    """Whether a publisher speaks to the reader."""
    return not _OURS.isdisjoint(spaced.split())


def match_opening_words(spaced: str) -> Label | None:
    """What the first three words of a line speak of: enough for "Read the full …" where the rest may be a headline."""
    return WORDS.find(f" {' '.join(spaced.split()[:3])} ")


def is_share_bar(spaced: str) -> bool:
    """Whether a line is nothing but names of networks, ways to pass a page on, and the words between them."""
    words = spaced.split()
    if words[:1] == ["follow"] and len(words) <= _FEW:
        return True
    if _NETWORKS.isdisjoint(words):
        return False
    if words[0] in ("follow", "share") and len(words) <= _MOST:
        return True
    named = sum(word in _NETWORKS for word in words)
    if named >= _MANY and 5 * named > 2 * len(words):
        return True
    return len(words) <= _MOST and all(word in _NETWORKS or word in _AROUND or word.isdigit() for word in words)

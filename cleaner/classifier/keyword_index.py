"""Tables of words that tell what a line or an element is, and their quick look-up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from cleaner.compiled import serve_compiled
from cleaner.labels import Label
from cleaner.language.sentences import RUNNING

_NOT_WORD = re.compile(r"[^\w©]+")
_ASCII = "".join(char if char.isalnum() or char == "_" else " " for char in map(chr, range(128)))
"""What stands for each ASCII character: itself in a word, else a blank."""
_UNSPACED = re.compile(f"[{RUNNING}]")
START = 3
"""Letters of a word under which stems are filed; a stem ``ab*`` of fewer letters would find no word but itself."""
_REMEMBERED = 1 << 14
"""Words whose stems are remembered: most of a site's words are on its last page too."""

_Stems: TypeAlias = tuple[tuple[int, str], ...]
"""Ranks of labels, each with what the text around a word must hold, in the form of :func:`pad_words`."""

Picked: TypeAlias = tuple[str, list[str], int]
"""What :func:`pick_words` returns of a text."""


def pad_words(text: str) -> str:
    """The words of ``text``, case folded, with one blank before and after each.

    >>> pad_words("Read  More »")
    ' read more '
    """
    if text.isascii():  # three times as fast as the expression below, and most texts are
        return f" {' '.join(text.lower().translate(_ASCII).split())} "
    return f" {_NOT_WORD.sub(' ', text.casefold()).strip()} "


@serve_compiled("word_reader")
def pick_words(texts: list[str], starts: frozenset[str]) -> list[Picked]:
    """For each text its form by :func:`pad_words`, its words whose first letters are in ``starts``, and its number of words.

    >>> pick_words(["Read more »"], frozenset({"rea"}))
    [(' read more ', ['read'], 2)]
    """
    found = []
    for text in texts:
        padded = pad_words(text)
        words = padded.split()
        found.append((padded, [word for word in words if word[:START] in starts], len(words)))
    return found


@serve_compiled("word_reader")
def find_first_ranks(
    picked: list[Picked], known: dict[str, _Stems], look_up: Callable[[str], _Stems], most: int
) -> list[int]:
    """For each of ``picked`` the smallest rank of the stems that start with one of its words and whose rest its text holds.

    It is ``most`` for none. The stems are those ``known``, else what ``look_up`` finds.
    """
    ranks = []
    for text, words, _ in picked:
        stems = [stem for word in words for stem in (known[word] if word in known else look_up(word))]
        ranks.append(min([most, *(rank for rank, rest in stems if rest in text)]))
    return ranks


@serve_compiled("word_reader")
def count_listed(picked: list[Picked], listed: frozenset[str]) -> list[int]:
    """For each of ``picked`` the number of its words that are ``listed``."""
    return [sum(map(listed.__contains__, words)) for _, words, _ in picked]


class KeywordIndex:
    """Stems by the label they speak for; of several labels whose stems a text holds, the first counts.

    Stems are written as :func:`pad_words` gives text. A stem is a whole word or several in a row;
    ``stem*`` are the words that start so. Stems in scripts that set no spaces are looked for anywhere.
    """

    def __init__(self, stems: Mapping[Label, Iterable[str]]) -> None:
        self._count = len(stems)
        filed: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        unspaced: dict[str, int] = {}
        for rank, listed in enumerate(stems.values()):
            for stem in listed:
                if stem[:1] == "©" or _UNSPACED.match(stem):
                    unspaced.setdefault(stem, rank)
                else:
                    end = "" if stem.endswith("*") else " "
                    filed[stem.partition(" ")[0][:START]].append((rank, f" {stem.rstrip('*')}{end}"))
        self._filed = dict(filed)
        self.starts = frozenset(filed)
        """The first :data:`START` letters of words that may start a stem."""
        self._unspaced = unspaced
        self._anywhere = re.compile("|".join(sorted(map(re.escape, unspaced), key=len, reverse=True)) or "(?!)")
        self._known: dict[str, _Stems] = {}

    def find_ranks(self, picked: list[Picked]) -> list[int]:
        """For each of ``picked`` the number of the label that its text speaks of; that of all labels for none.

        The words of a text are those that begin with :attr:`starts`; others do no harm.
        """
        ranks = find_first_ranks(picked, self._known, self._look_up, self._count)
        for place, (text, _, _) in enumerate(picked):
            if not text.isascii():
                ranks[place] = min([ranks[place], *(self._unspaced[stem] for stem in self._anywhere.findall(text))])
        return ranks

    def _look_up(self, word: str) -> _Stems:
        """The stems that may start with ``word``, remembered."""
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[word] = found = self._find_stems(word)
        return found

    def _find_stems(self, word: str) -> _Stems:
        """The stems of several words that start with ``word``, and the first that it fulfils itself."""
        filed = self._filed.get(word[:START])
        if filed is None:
            return ()
        alone = f" {word} "
        best = next((rank for rank, stem in filed if alone.startswith(stem)), self._count)
        phrases = [(rank, stem) for rank, stem in filed if rank < best and stem.startswith(alone)]
        return (*phrases, (best, "")) if best < self._count else tuple(phrases)

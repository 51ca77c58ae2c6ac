"""Composed pages and dumps of any size, one for each kind of text in ``bench/composed.toml``."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count, cycle
from pathlib import Path
from string import Formatter

import msgspec

_FILE = Path(__file__).with_name("composed.toml")
_HTML_START = "<!doctype html><html lang=en><title>Tea and milk</title>"
_SYLLABLES = ("ka", "lo", "mi", "ter", "san", "vel", "du", "ri", "no", "pe", "gar", "ul")
_WORDS = 4_001
"""Words, after which they come again; a prime, so that equal pieces are rare. Sentences are all different."""


class Recipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to compose an input: ``before``, copies of ``piece``, as many of ``close``, ``after``."""

    piece: str
    before: str = ""
    close: str = ""
    after: str = ""

    def compose(self, size: int) -> str:
        """An input of about ``size`` characters, the same in every run."""
        texts = _PieceTexts()
        before, after = texts.fill(self.before), texts.fill(self.after)
        close = texts.fill(self.close)
        pieces, left = [], size - len(before) - len(after)
        parts = _parse(self.piece)
        while left > 0:
            piece = texts.join(parts)
            pieces.append(piece)
            left -= len(piece) + len(close)
        return "".join([before, *pieces, close * len(pieces), after])

    def measure_piece(self) -> float:
        """Characters of a piece and its close, the mean of the first thousand."""
        texts, parts = _PieceTexts(), _parse(self.piece)
        return sum(len(texts.join(parts)) for _ in range(1000)) / 1000 + len(texts.fill(self.close))


def load_recipes() -> dict[str, Recipe]:
    """The recipes by name: ``html.`` or ``text.``, then the kind of text."""
    with _FILE.open("rb") as file:
        tables = msgspec.convert(tomllib.load(file), dict[str, dict[str, Recipe]])
    return {f"{form}.{name}": recipe for form, table in tables.items() for name, recipe in table.items()}


def compose(name: str, size: int) -> str:
    """The input of about ``size`` characters of recipe ``name``; of HTML, a page."""
    text = load_recipes()[name].compose(size)
    return _HTML_START + text if name.startswith("html.") else text


class _PieceTexts:
    """Words, sentences and numbers for placeholders, each the next one."""

    def __init__(self) -> None:
        self._next: dict[str, Iterator[object]] = {"w": cycle(_make_words()), "s": _make_sentences(), "n": count(1)}

    def fill(self, template: str) -> str:
        return self.join(_parse(template))

    def join(self, parts: Iterable[tuple[str, str | None]]) -> str:
        return "".join(literal + (str(next(self._next[name])) if name else "") for literal, name in parts)


def _parse(template: str) -> list[tuple[str, str | None]]:
    return [(literal, name) for literal, name, *_ in Formatter().parse(template)]


@cache
def _make_words() -> tuple[str, ...]:
    dice = random.Random(0)  # noqa: S311  dice, not secrets
    return tuple("".join(dice.choices(_SYLLABLES, k=dice.choice([1, 2, 2, 3]))) for _ in range(_WORDS))


def _make_sentences() -> Iterator[str]:
    dice = random.Random(1)  # noqa: S311  dice, not secrets
    while True:
        yield " ".join(dice.choices(_make_words(), k=dice.randrange(6, 18))).capitalize() + "."

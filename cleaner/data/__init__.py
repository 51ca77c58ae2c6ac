"""Data of the package as TOML files: word lists, names and orders of preference.

A file is decoded once and strictly: an unknown key, a value of another type or a repeated word is an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
import rtoml

from cleaner.data.file_types import DataFile, Words

_WHOLE = frozenset(("name",))
"""Fields that are one word; other texts are lists of letters, such as surnames."""
File = TypeVar("File", bound=DataFile)


@cache
def load_data(shape: type[File]) -> File:
    """The data file of the type ``shape``."""
    return decode_data(files(__name__).joinpath(shape.NAME).read_text("utf-8"), shape)


def decode_data(text: str, shape: type[File]) -> File:
    """The TOML ``text`` as a value of ``shape``. Raises ValueError if it has another form or repeats a word."""
    file = msgspec.convert(rtoml.loads(text), shape)
    for place, words in _iterate_lists(file, shape.NAME):
        repeated = [word for word, count in Counter(words).items() if count > 1]
        if repeated:
            raise ValueError(f"{place}: repeated: {', '.join(map(str, repeated))}")
    return file


def flatten_words(words: Words) -> tuple[str, ...]:
    """The words of all languages."""
    return tuple(word for listed in words.values() for word in listed)


def _iterate_lists(value: Any, place: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The lists in which each word must be unique, with their places; all languages of a table are one list."""
    if isinstance(value, msgspec.Struct):
        for name in set(value.__struct_fields__) - _WHOLE:
            yield from _iterate_lists(getattr(value, name), f"{place}: {name}")
    elif isinstance(value, dict):
        if all(isinstance(listed, tuple) for listed in value.values()):
            yield place, flatten_words(value)
        else:
            for name, inner in value.items():
                yield from _iterate_lists(inner, f"{place}: {name}")
    elif isinstance(value, tuple):
        if value and isinstance(value[0], str):
            yield place, value
        else:
            for inner in value:
                yield from _iterate_lists(inner, place)
    elif isinstance(value, str):
        yield place, tuple(value)

"""What the package knows by heart, as TOML: words, names and orders that code elsewhere looks up.

A file is decoded once, strictly: an unknown key, a value of another type or a word that appears twice is an error.
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

File = TypeVar("File", bound=DataFile)


@cache
def load_data(shape: type[File]) -> File:
    """The file whose contents have the form of ``shape``."""
    return decode_data(files(__name__).joinpath(shape.NAME).read_text("utf-8"), shape)


def decode_data(text: str, shape: type[File]) -> File:
    """The TOML ``text`` as a value of ``shape``. Raises ValueError where it has another form or a word twice."""
    file = msgspec.convert(rtoml.loads(text), shape)
    for where, words in _lists(file, shape.NAME):
        twice = [word for word, count in Counter(words).items() if count > 1]
        if twice:
            raise ValueError(f"{where} has twice: {', '.join(map(str, twice))}")
    return file


def flatten_words(words: Words) -> tuple[str, ...]:
    """The words of all languages."""
    return tuple(word for listed in words.values() for word in listed)


def _lists(value: Any, where: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Lists in which a word may appear once, each with its place; the languages of a table are one list."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _lists(getattr(value, name), f"{where}: {name}")
    elif isinstance(value, dict):
        if all(isinstance(listed, tuple) for listed in value.values()):
            yield where, flatten_words(value)
        else:
            for name, inner in value.items():
                yield from _lists(inner, f"{where}: {name}")
    elif isinstance(value, tuple):
        if value and isinstance(value[0], str):
            yield where, value
        else:
            for inner in value:
                yield from _lists(inner, where)
    elif isinstance(value, str):
        yield where, tuple(value)

"""What all data files have in common: tables of words, decoded strictly. The other modules have the type of each file."""

from __future__ import annotations

from typing import Annotated, ClassVar, TypeAlias

import msgspec

Language: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}$")]
"""ISO 639 code of the language of a list of words; "mul" for several."""
Words: TypeAlias = dict[Language, tuple[str, ...]]
Names: TypeAlias = tuple[str, ...]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a data file; every key is required."""


class DataFile(Table, frozen=True):
    """A data file."""

    NAME: ClassVar[str]

"""Cleaner without its rules for single sites: some of them were written from pages of the corpora."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cleaner import Cleaner
from cleaner.rulebook import Rulebook, builtin_folder

_GENERAL = ("everywhere.toml", "networks")


@cache
def make_unruled() -> Cleaner:
    """A cleaner with only the common rules and those of networks."""
    with TemporaryDirectory() as scratch:
        return Cleaner([general_rules(Path(scratch))], builtin_rules=False)


@cache
def load_unruled() -> Rulebook:
    """The rulebook of :func:`make_unruled`."""
    with TemporaryDirectory() as scratch:
        return Rulebook.load((general_rules(Path(scratch)),), builtin=False)


def general_rules(folder: Path) -> Path:
    """Copy the built-in rules that are not for a single site to ``folder``."""
    for name in _GENERAL:
        source = builtin_folder() / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    return folder

"""Our system without its rules for single sites: some of these were written from pages that are measured on."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cleaner import Cleaner
from cleaner.rulebook import builtin_folder

_GENERAL = ("everywhere.toml", "networks")


@cache
def unruled() -> Cleaner:
    """A cleaner with the common rules and those of networks, to which every site is unknown."""
    with TemporaryDirectory() as scratch:
        return Cleaner([general_rules(Path(scratch))], builtin_rules=False)


def general_rules(folder: Path) -> Path:
    """``folder``, filled with the built-in rules that are for no single site."""
    for name in _GENERAL:
        source = builtin_folder() / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    return folder

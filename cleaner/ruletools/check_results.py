"""The values of a check: what was checked, and the result."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import NamedTuple


class CheckState(Enum):
    """The outcome of one check."""

    HOLDS = "holds"
    FAILS = "fails"
    UPDATED = "updated"
    """A golden that differed or was missing, and has been written."""
    UNPROVEN = "unproven"
    """An entry that fires on no case, in a file that says so."""
    UNUSABLE = "unusable"
    """A rule file that cannot be loaded."""


class CheckResult(NamedTuple):
    """The result of one check: of a field of a case, its golden, an entry, or a file as a whole."""

    state: CheckState
    path: Path
    """The rule file."""
    line: int
    """The line in it, from 1."""
    subject: str
    """The case by its page, or the entry by its key."""
    field: str
    detail: str = ""
    """What is wrong or was changed, on one or more lines."""

    @property
    def passes(self) -> bool:
        """Whether the check passed, its golden was written, or its file says that there is nothing to check it with."""
        return self.state in (CheckState.HOLDS, CheckState.UPDATED, CheckState.UNPROVEN)

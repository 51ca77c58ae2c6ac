"""The nouns of a check: what was looked at, and what came of it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import NamedTuple


class CheckState(Enum):
    """What came of one thing that was checked."""

    HOLDS = "holds"
    FAILS = "fails"
    UPDATED = "updated"
    """A golden that differed, or was not there, and has been written."""
    UNUSABLE = "unusable"
    """A rule file that no run would load."""


class CheckResult(NamedTuple):
    """One thing that was checked: a field of a case, its golden, an entry, or a file as such."""

    state: CheckState
    path: Path
    """The rule file."""
    line: int
    """Where in it, from 1."""
    subject: str
    """The case by its page, or the entry by its key."""
    field: str
    detail: str = ""
    """What is wrong or was changed, over several lines."""

    @property
    def passes(self) -> bool:
        """Whether it is in order now."""
        return self.state in (CheckState.HOLDS, CheckState.UPDATED)

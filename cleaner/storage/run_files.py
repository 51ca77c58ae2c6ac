"""The files of a run: their names, and the rows that are the same for every run."""

from __future__ import annotations

import msgspec

MANIFEST = "run.json"
"""Versions, rules and counts of a run; it is written last."""
ARTICLES = "articles"
REMOVED = "removed"
FAILURES = "failures"
SKIPPED = "skipped"


class Failure(msgspec.Struct, frozen=True):
    """A document that could not be cleaned: one row of ``failures.jsonl``."""

    path: str
    error: str
    """Name of the kind of error, ``PageError`` for instance."""
    message: str


class Skipped(msgspec.Struct, frozen=True):
    """A file that is no page: one row of ``skipped.jsonl``."""

    path: str
    kind: str
    """What it is, ``picture`` for instance."""
    why: str = ""
    """More about it, if its kind does not say all."""

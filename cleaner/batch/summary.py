"""Counts of a run, and its manifest."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import msgspec

import cleaner
from cleaner.batch.records import ItemOutcome, LabelCounts
from cleaner.storage.run_files import Failure, Skipped


class RunSummary(msgspec.Struct, frozen=True, kw_only=True):
    """Counts over the documents of a run."""

    documents: int = 0
    failed: int = 0
    characters: int = 0
    """Of all blocks of the cleaned documents."""
    kept: int = 0
    """Characters of the blocks in the articles' text."""
    removed: LabelCounts = {}
    skipped: Mapping[str, int] = {}
    """Number of files that are no pages, by kind."""

    @property
    def items(self) -> int:
        """Documents and skipped files."""
        return self.documents + sum(self.skipped.values())

    @property
    def kept_share(self) -> float:
        """Share of the characters that are in the articles' text, 0 to 1."""
        return self.kept / self.characters if self.characters else 0.0

    def with_outcome(self, outcome: ItemOutcome) -> RunSummary:
        """The summary with one more document counted."""
        if isinstance(outcome, Skipped):
            counts = Counter(self.skipped) + Counter([outcome.kind])
            return msgspec.structs.replace(self, skipped=counts)
        if isinstance(outcome, Failure):
            return msgspec.structs.replace(self, documents=self.documents + 1, failed=self.failed + 1)
        return msgspec.structs.replace(
            self,
            documents=self.documents + 1,
            characters=self.characters + outcome.characters,
            kept=self.kept + outcome.kept,
            removed=Counter(self.removed) + Counter(row.label for row in outcome.removed),
        )


def make_manifest(summary: RunSummary, rules_digest: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The content of ``run.json``: equal for equal input, versions, rules and settings, so that runs can be compared."""
    return {
        "versions": library_versions(),
        "rules_digest": rules_digest,
        "settings": dict(settings),
        "documents": summary.documents,
        "failed": summary.failed,
        "skipped": dict(sorted(summary.skipped.items())),
        "kept_share": round(summary.kept_share, 4),
        "removed": dict(sorted(summary.removed.items())),
    }


def library_versions() -> dict[str, str]:
    """Versions of the software that the output depends on."""
    return {
        "cleaner": cleaner.__version__,
        "trafilatura": version("trafilatura"),
        "lxml": version("lxml"),
        "python": platform.python_version(),
    }

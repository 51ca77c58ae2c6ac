"""Verdicts on the blocks with front matter findings."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.front_matter.findings import Finding, believe_findings
from cleaner.model import Verdict, Verdicts

NAME = "front_matter"


def judge_front_matter(findings: Iterable[Finding]) -> Verdicts:
    """Verdicts on blocks with a finding that counts; of several findings on a block the first wins."""
    verdicts: dict[int, Verdict] = {}
    for finding in believe_findings(findings):
        if finding.block is not None:
            verdicts.setdefault(finding.block, Verdict(finding.role, NAME, finding.why))
    return verdicts

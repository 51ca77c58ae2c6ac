"""Labels for the blocks that are about the article, as the front matter's findings give them."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.front_matter.findings import Finding, believe_findings
from cleaner.model import Verdict, Verdicts

NAME = "front_matter"


def judge_front_matter(findings: Iterable[Finding]) -> Verdicts:
    """The label of each block that a finding is about; of several findings on a block the first counts."""
    verdicts: dict[int, Verdict] = {}
    for finding in believe_findings(findings):
        if finding.block is not None:
            verdicts.setdefault(finding.block, Verdict(finding.role, NAME, finding.why))
    return verdicts

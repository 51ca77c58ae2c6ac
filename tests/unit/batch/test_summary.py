from functools import reduce

from cleaner.batch.records import CleanedDocument, RemovedBlock
from cleaner.batch.summary import RunSummary, make_manifest
from cleaner.storage.run_files import Failure


def cleaned(*labels, characters=100, kept=50):
    rows = (
        RemovedBlock(id="a", index=0, label=label, judge="j", rule=None, why="w", score=None, at=0, text="t")
        for label in labels
    )
    return CleanedDocument(id="a", article=b"", removed=tuple(rows), characters=characters, kept=kept)


def summed(*outcomes):
    return reduce(RunSummary.with_outcome, outcomes, RunSummary())


def test_counts():
    summary = summed(
        cleaned("share", "share", "ticker"),
        Failure("b", "PageError", "empty"),
        cleaned("share", characters=300, kept=0),
    )
    assert summary == RunSummary(documents=3, failed=1, characters=400, kept=50, removed={"share": 3, "ticker": 1})
    assert summary.kept_share == 0.125


def test_nothing_kept_of_nothing():
    assert summed().kept_share == 0.0


def test_manifest_is_sorted_and_contains_versions():
    written = make_manifest(summed(cleaned("ticker", "share")), "digest", {})
    assert list(written["removed"]) == ["share", "ticker"]
    assert set(written["versions"]) == {"cleaner", "trafilatura", "lxml", "python"}
    assert (written["rules_digest"], written["documents"], written["failed"]) == ("digest", 1, 0)
    assert written["kept_share"] == 0.5

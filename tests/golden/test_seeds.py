"""The five sample dumps: the article and the ledger of everything left out, as read and accepted by a person."""

from pathlib import Path

import pytest
from pytest_regressions.data_regression import DataRegressionFixture

import cleaner
from cleaner.model import Article

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def ledger(article: Article) -> list[str]:
    return [
        f"{block.line}: {block.verdict.label} by {block.verdict.rule or block.verdict.judge}: {block.text}"
        for block in article.removed
        if block.verdict
    ]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_seed(seed: Path, data_regression: DataRegressionFixture) -> None:
    article = cleaner.clean(seed.read_bytes())
    row = article.to_dict()
    row["text"] = row["text"].split("\n\n")
    row["score"] = round(row["score"], 1)  # its last digits depend on how the machine adds
    del row["id"], row["path"]
    data_regression.check({"article": row, "removed": ledger(article)}, basename=seed.stem)


def test_there_are_five() -> None:
    assert len(SEEDS) == 5

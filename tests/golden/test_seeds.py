"""The five sample dumps: the article and the ledger of everything left out, as read and accepted by a person."""

from pathlib import Path

import pytest
from pytest_regressions.data_regression import DataRegressionFixture

import cleaner
from bench.unruled import make_unruled
from cleaner.article import Article

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


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_without_its_sites_rule_a_seed_loses_nothing_and_gains_two_lines_at_most(seed: Path) -> None:
    text = seed.read_bytes()
    by_rule, without = (article.text.split("\n\n") for article in (cleaner.clean(text), make_unruled().clean(text)))
    assert [line for line in without if line in by_rule] == by_rule
    assert len(without) - len(by_rule) <= 2

"""The values that the weights were learned with: a feature that changes needs new weights."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from cleaner.article import Metadata
from cleaner.classifier import dump_features, html_features, page_input
from cleaner.front_matter.dump_findings import find_in_dump
from cleaner.judges.front_matter import judge_front_matter
from cleaner.model import fill_verdicts
from cleaner.page import blocks_dump, blocks_html, dom
from cleaner.page.boxes import PageMarkup

FOLDER = Path(__file__).parent / "features"
PAGES = ("harbour", "minato", "muelle")
CLAIMS = {
    "harbour": Metadata(
        title="Old pier to reopen in spring",
        description="Two winters after the storm, boats will land at the old pier again.",
        authors=("Ann Lee",),
        tags=("Port",),
        published=date(2024, 5, 3),
    ),
    "minato": Metadata(title="旧桟橋、春に再開へ", description="嵐から二年、旧桟橋に船が戻る。"),
}
CLOSE = 0.002
"""Machines add numbers in different orders; the last digit shown may differ by that, and by having been rounded."""
NUMBER = re.compile(r"(?<==)-?\d+\.?\d*")


def measured(name):
    """Blocks of a page, the names of its own features, and all columns that the models see, by name."""
    if name == "muelle":
        blocks = blocks_dump.segment_dump((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
        blocks = fill_verdicts(blocks, judge_front_matter(find_in_dump(blocks, None)))
        matrix = page_input.measure_dump_page(blocks).features
        return blocks, dump_features.FEATURES, dict(zip(dump_features.FEATURES, matrix.T.astype(float), strict=True))
    tree = dom.parse_html((FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    assert tree is not None
    blocks, boxes, _ = blocks_html.segment_html(tree.root)
    matrix = page_input.measure_html_page(blocks, PageMarkup(tree, boxes), CLAIMS[name]).features
    return blocks, html_features.FEATURES, dict(zip(html_features.COLUMNS, matrix.T.astype(float), strict=True))


def table(name):
    """For each block its features that are not zero; for each column of what is around it the mean and a moment.

    The moment weights each value by its place, so that it changes where values change places.
    """
    blocks, features, columns = measured(name)
    for block in blocks:
        yield f"{block.index} {block.text[:60]!r}"
        values = {feature: columns[feature][block.index] for feature in features}
        yield from (f"    {feature}={value:.3f}" for feature, value in values.items() if abs(value) > CLOSE)
    places = np.arange(1, len(blocks) + 1) / len(blocks)
    yield from (
        f"{column} mean={values.mean():.3f} moment={(values * places).mean():.3f}" for column, values in columns.items()
    )


def compare(obtained, expected):
    """Fail where the two files differ by more than the last digit of a number."""
    lines, wanted = (path.read_text(encoding="utf-8").splitlines() for path in (obtained, expected))
    assert [NUMBER.sub("", line) for line in lines] == [NUMBER.sub("", line) for line in wanted]
    changed = [
        f"{line.strip()}, was {want.strip()}"
        for line, want in zip(lines, wanted, strict=True)
        if any(
            abs(float(a) - float(b)) > CLOSE for a, b in zip(NUMBER.findall(line), NUMBER.findall(want), strict=True)
        )
    ]
    assert not changed, "features have changed, and with them what the weights make of them: " + "; ".join(changed)


@pytest.mark.parametrize("name", PAGES)
def test_values_are_those_the_weights_were_learned_with(name, file_regression: FileRegressionFixture):
    file_regression.check("\n".join(table(name)) + "\n", basename=name, check_fn=compare, encoding="utf-8")


def test_every_feature_occurs():
    missing = {html_features.FEATURES: set(html_features.FEATURES), dump_features.FEATURES: set(dump_features.FEATURES)}
    for name in PAGES:
        _, features, columns = measured(name)
        # Keywords have tests of their own, entry by entry.
        missing[features] -= {name for name in features if columns[name].any() or name.startswith("keyword_")}
    assert missing == {html_features.FEATURES: set(), dump_features.FEATURES: {"lines", "link_share"}}, (
        "a block of this dump is one line, and its notation shows no links"
    )

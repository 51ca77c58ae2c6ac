"""The values that the weights were learned with: a feature that changes needs new weights."""

import re
from pathlib import Path

import numpy as np
import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from cleaner.classifier import dump_features, html_features, window
from cleaner.page import blocks_dump, blocks_html, dom

FOLDER = Path(__file__).parent / "features"
PAGES = ("harbour", "minato", "muelle")
SAID = {
    "harbour": ("Old pier to reopen in spring", "Two winters after the storm, boats will land at the old pier again."),
    "minato": ("旧桟橋、春に再開へ", "嵐から二年、旧桟橋に船が戻る。"),
}
CLOSE = 0.002
"""Machines add numbers in different orders; the last digit shown may differ by that, and by having been rounded."""
NUMBER = re.compile(r"(?<==)-?\d+\.?\d*")


def measured(name):
    """Blocks of a page, names of their features, their values, and all columns with what is around each block.

    trafilatura's evidence, which another golden would have to pin with each of its versions, is made up.
    """
    if name == "muelle":
        read = blocks_dump.segment_dump((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
        blocks = dump_features.omit_item_numbers(read)
        matrix = dump_features.measure_dump(blocks)
        return (
            blocks,
            dump_features.FEATURES,
            matrix,
            named(window.widen_window(matrix, dump_features.FEATURES), dump_features.FEATURES),
        )
    tree = dom.parse_html((FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    assert tree is not None
    blocks, boxes = blocks_html.segment_html(tree.root)
    matrix = html_features.measure_html(blocks, boxes, *SAID[name])
    evidence = np.linspace(0, 1, len(blocks)).tolist()
    return (
        blocks,
        html_features.FEATURES,
        matrix,
        named(html_features.widen_html(matrix, evidence), (*html_features.FEATURES, html_features.EVIDENCE)),
    )


def named(wide, features):
    return dict(zip(window.name_columns(features), wide.T.astype(float), strict=True))


def table(name):
    """For each block its features that are not zero; for each column of what is around it the mean and a moment.

    The moment weights each value by its place, so that it changes where values change places.
    """
    blocks, features, matrix, wide = measured(name)
    for block, row in zip(blocks, matrix.tolist(), strict=True):
        yield f"{block.index} {block.text[:60]!r}"
        yield from (
            f"    {feature}={value:.3f}" for feature, value in zip(features, row, strict=True) if abs(value) > CLOSE
        )
    places = np.arange(1, len(blocks) + 1) / len(blocks)
    yield from (
        f"{column} mean={values.mean():.3f} moment={(values * places).mean():.3f}" for column, values in wide.items()
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
        _, features, matrix, _ = measured(name)
        missing[features] -= {feature for feature, values in zip(features, matrix.T, strict=True) if values.any()}
    assert missing == {html_features.FEATURES: set(), dump_features.FEATURES: {"lines"}}, (
        "a block of a dump is one line"
    )

"""What the blocks of composed pages are called: an element's ``data-is`` says what its block is, or may be."""

import re
from pathlib import Path

import pytest

import cleaner
from cleaner.labels import Group, Label
from cleaner.page import dom
from cleaner.page.link_runs import split_into_items

PAGES = sorted((Path(__file__).parents[2] / "cases" / "labels").glob("*.html"))
MAX_WRONG = {"en": 5, "de": 4, "ja": 2}
"""Blocks of a page with another label, at most; as measured when the weights were made, and one more."""


def expect(markup: str) -> dict[str, set[str]]:
    """The labels that blocks may have, by text."""
    tree = dom.parse_html(markup)
    marked = tree.root.xpath("//*[@data-is]")
    return {" ".join(element.text_content().split()): set(element.get("data-is").split(",")) for element in marked}


def compare(path: Path) -> tuple[list[str], int]:
    """Blocks of a page with another label, and their number."""
    markup = path.read_text(encoding="utf-8")
    expected = expect(markup)
    blocks = split_into_items(cleaner.clean(re.sub(r' data-is="[^"]*"', "", markup)).blocks)
    wrong, known = [], 0
    for block in blocks:
        label = block.verdict.label
        name = "body" if label.group is Group.BODY and label is not Label.DESCRIPTION else label.value
        if block.text in expected:
            known += 1
            wrong += [] if name in expected[block.text] else [f"{name}: {block.text}"]
    return wrong, known


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_blocks_are_called_what_they_are(path):
    wrong, known = compare(path)
    assert known >= 0.9 * len(expect(path.read_text(encoding="utf-8")))
    assert len(wrong) <= MAX_WRONG[path.stem], wrong

from pathlib import Path

import pytest

from cleaner.page import blocks_html, dom

CASES = Path(__file__).parents[2] / "cases" / "segment" / "superscripts.txt"
LINES = [line.split(" => ") for line in CASES.read_text(encoding="utf-8").splitlines() if " => " in line]


@pytest.mark.parametrize(("markup", "text"), LINES, ids=[text for _, text in LINES])
def test_superscripts_in_a_line(markup, text):
    tree = dom.parse_html(f"<html><body><p>{markup}</p></body></html>")
    assert [block.text for block in blocks_html.segment_html(tree.root).blocks] == [text]

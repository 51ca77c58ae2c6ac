"""Comments around blocks: boxes in one another with such names are one comment."""

from __future__ import annotations

import pytest

from cleaner.labels import Label
from cleaner.model import Verdict, replace
from cleaner.page import dom
from cleaner.page.blocks_html import segment_html
from cleaner.page.containers import ContainerFinder

INSIDE = '<div class="{}"><div class="{}"><div class="{}"><p>I like tea.</p></div></div></div>'


@pytest.mark.parametrize(
    ("names", "depths"),
    [
        (("comment", "comment-item", "comment"), [0]),
        (("comment", "text", "comment"), [0, 2]),
        (("text", "comment", "comment-7"), [1]),
        (("comments", "text", "body"), []),
    ],
)
def test_comments_around_a_block(names, depths):
    page = segment_html(dom.parse_html(f"<html><body>{INSIDE.format(*names)}</body></html>").root)
    block = replace(page.blocks[0], verdict=Verdict(Label.COMMENTS, "test", "because"))
    outer = page.boxes[0].parent.parent.parent.number
    found = ContainerFinder().find_containers(block, page.boxes[0])
    assert [container.number - outer for container in found] == depths

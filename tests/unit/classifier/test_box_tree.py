"""The kinds of elements by their names."""

from __future__ import annotations

import pytest

from cleaner.classifier.box_tree import KINDS, build_tree
from cleaner.page import dom
from cleaner.page.blocks_html import segment_html


def classify(names: str) -> set[str]:
    page = dom.parse_html(f'<html><body><div class="{names}"><p>The harbour bridge opened.</p></div></body></html>')
    tree, own = build_tree(segment_html(page.root).boxes)
    bits = int(tree.inside[own[0]])
    return {kind for place, kind in enumerate(KINDS) if bits >> place & 1}


@pytest.mark.parametrize("names", ["site-nav", "ads", "header-ads box", "Comments", "article__copy", "pad", "x"])
def test_names_beyond_ascii_beside_it_do_not_change_the_kind_of_a_name(names):
    assert classify(f"{names} größe") == classify(names)


def test_a_whole_word_is_no_part_of_another():
    assert classify("ads") != classify("pads")
    assert classify("öads") == classify("pads")

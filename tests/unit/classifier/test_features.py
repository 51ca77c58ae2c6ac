import numpy as np
import pytest

from cleaner.classifier import dump_features, html_features, window
from cleaner.page import blocks_dump, blocks_html, dom

PAGE = """<html><body><nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<article class="story-body"><h1>Old bridge to be rebuilt</h1>
<p>The council voted on Monday to rebuild the old bridge across the river.</p>
<p>The works will begin in spring and cost two million euros, the mayor said.</p></article>
<aside class="related-stories"><p><a href="/x">Bakery wins prize</a></p></aside></body></html>"""


def measured() -> tuple[list[str], dict[str, list[float]]]:
    tree = dom.parse_html(PAGE)
    assert tree is not None
    segmented = blocks_html.segment_html(tree.root)
    matrix = html_features.measure_html(*segmented, "Old bridge to be rebuilt", "The council voted")
    columns = {name: matrix[:, place].tolist() for place, name in enumerate(html_features.FEATURES)}
    return [block.text[:8] for block in segmented.blocks], columns


def test_where_blocks_stand_is_measured():
    texts, columns = measured()
    assert texts == ["Home", "News", "Old brid", "The coun", "The work", "Bakery w"]
    assert columns["inside_nav"] == [1, 1, 0, 0, 0, 0]
    assert columns["inside_called_related"] == [0, 0, 0, 0, 0, 1]
    assert columns["inside_called_content"] == [0, 0, 1, 1, 1, 0]
    assert columns["in_main"] == [0, 0, 1, 1, 1, 0]
    assert columns["link_share"] == [1, 1, 0, 0, 0, 1]


def test_likeness_to_the_title():
    _, columns = measured()
    assert columns["in_title"][2] == columns["of_title"][2] == 1
    assert columns["after_title"] == [0, 0, 1, 1, 1, 1]
    assert columns["title_back"][3:] == [1, 2, 3]


def test_prose_is_shared_out_by_element():
    _, columns = measured()
    assert columns["prose_share_0"][3] == 1.0
    assert columns["prose_share_0"][0] == 0.0


def test_a_dump_has_its_columns():
    blocks = blocks_dump.segment_dump(
        "Bridge to be rebuilt\n\n  • Home\n  • News\n\nThe council voted to rebuild the bridge today.\n"
    )
    matrix = dump_features.measure_dump(blocks)
    columns = {name: matrix[:, place].tolist() for place, name in enumerate(dump_features.FEATURES)}
    assert matrix.shape == (4, len(dump_features.FEATURES))
    assert columns["list_item"] == [0, 1, 1, 0]
    assert columns["spaced"] == [1, 1, 0, 1]
    assert columns["indent"] == [0, 2, 2, 0]
    assert columns["gap"] == [0, 1, 0, 1]
    assert columns["in_first_line"][0] == 1


def test_texts_of_one_line_have_no_gap_between_them():
    blocks = blocks_dump.segment_dump("The council voted. " * 120)
    gap = dump_features.measure_dump(blocks)[:, dump_features.FEATURES.index("gap")]
    assert len(gap) > 100
    assert set(gap) == {0}


def test_neighbours_stand_beside_a_block():
    features = ("words", "other", "link_share")
    wide = window.widen_window(np.array([[1, 9, 0], [2, 9, 0], [3, 9, 1]], dtype=np.float32), features)
    names = window.name_columns(features)
    assert wide.shape == (3, len(names))
    columns = dict(zip(names, wide.T.tolist(), strict=True))
    assert columns["words-1"] == [0, 1, 2]
    assert columns["words+1"] == [2, 3, 0]
    assert columns["words+3"] == [0, 0, 0]
    assert columns["words_within_4"] == [2, 2, 2]
    assert "other-1" not in columns


def test_hidden_prose_counts_for_less():
    hidden = dom.parse_html(PAGE.replace("<p>The works", "<p hidden>The works"))
    assert hidden is not None
    blocks, boxes = blocks_html.segment_html(hidden.root)
    place = html_features.FEATURES.index("prose")
    column = html_features.measure_html(blocks, boxes, None, None)[:, place]
    (at,) = (block.index for block in blocks if block.hidden)
    shown = dict(zip(measured()[0], measured()[1]["prose"], strict=True))[blocks[at].text[:8]]
    assert np.expm1(column[at]) == pytest.approx(0.3 * np.expm1(shown), rel=1e-5)


def test_the_classifier_reads_items_without_numbers_where_its_weights_were_learned_so():
    blocks = blocks_dump.segment_dump("Bridge\n  1. Home\n  • News\n2. Wash the beans.\n  The council met.\n")
    texts = [block.text for block in dump_features.omit_item_numbers(blocks)]
    assert texts == ["Bridge", "Home", "News", "2. Wash the beans.", "The council met."]

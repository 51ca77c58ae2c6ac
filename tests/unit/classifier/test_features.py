from datetime import date

import numpy as np
import pytest

from cleaner.article import Metadata
from cleaner.classifier import dump_features, html_features, page_input, window
from cleaner.page import blocks_dump, blocks_html, dom
from cleaner.page.boxes import PageMarkup

PAGE = """<html><body><nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<article class="story-body"><h1>Old bridge to be rebuilt</h1>
<p>The council voted on Monday to rebuild the old bridge across the river.</p>
<p>The works will begin in spring and cost two million euros, the mayor said.</p></article>
<aside class="related-stories"><p><a href="/x">Bakery wins prize</a></p></aside></body></html>"""


def measure(markup: str = PAGE, **claims: object) -> tuple[list[str], dict[str, list[float]]]:
    tree = dom.parse_html(markup)
    assert tree is not None
    blocks, boxes, _ = blocks_html.segment_html(tree.root)
    claims = {"title": "Old bridge to be rebuilt", "description": "The council voted", **claims}
    matrix = page_input.measure_html_page(blocks, PageMarkup(tree, boxes), Metadata(**claims)).features
    columns = {name: matrix[:, place].tolist() for place, name in enumerate(html_features.COLUMNS)}
    return [block.text[:8] for block in blocks], columns


def measure_dump(text: str) -> dict[str, list[float]]:
    matrix = page_input.measure_dump_page(blocks_dump.segment_dump(text)).features
    return {name: matrix[:, place].tolist() for place, name in enumerate(dump_features.FEATURES)}


def test_where_blocks_stand_is_measure():
    texts, columns = measure()
    assert texts == ["Home", "News", "Old brid", "The coun", "The work", "Bakery w"]
    assert columns["inside_nav"] == [1, 1, 0, 0, 0, 0]
    assert columns["inside_called_related"] == [0, 0, 0, 0, 0, 1]
    assert columns["inside_called_content"] == [0, 0, 1, 1, 1, 0]
    assert columns["in_main"] == [0, 0, 1, 1, 1, 0]
    assert columns["link_share"] == [1, 1, 0, 0, 0, 1]


def test_likeness_to_the_title():
    _, columns = measure()
    assert columns["in_title"][2] == columns["of_title"][2] == 1
    assert columns["after_title"] == [0, 0, 1, 1, 1, 1]
    assert columns["title_back"][3:] == [1, 2, 3]


def test_prose_is_shared_out_by_element():
    _, columns = measure()
    assert columns["prose_share_0"][3] == 1.0
    assert columns["prose_share_0"][0] == 0.0


def test_a_dump_has_its_columns():
    columns = measure_dump(
        "Bridge to be rebuilt\n\n  • Home\n  • News\n\nThe council voted to rebuild the bridge today.\n"
    )
    assert columns["list_item"] == [0, 1, 1, 0]
    assert columns["spaced"] == [1, 1, 0, 1]
    assert columns["indent"] == [0, 2, 2, 0]
    assert columns["gap"] == [0, 1, 0, 1]
    assert columns["in_first_line"][0] == 1


def test_texts_of_one_line_have_no_gap():
    sentence = "The council voted on Monday to rebuild the old bridge across the river, said the mayor. "
    columns = measure_dump(f"Home News Sport Weather {40 * sentence}")
    assert len(columns["gap"]) > 1
    assert set(columns["gap"]) == {0}


def test_a_second_copy_of_a_text_is_measured():
    copies = "The council voted to rebuild the old bridge today.\n\nMore.\n\nThe council voted to rebuild the old bridge today.\n"
    columns = measure_dump(copies)
    assert columns["copied_before"] == [0, 0, 1]
    assert columns["copied_elsewhere"] == [1, 0, 1]


def test_keywords_need_no_training_in_a_language():
    columns = measure_dump("Σχόλια αναγνωστών\n\nShare on Facebook\n\nDie Brücke wird neu gebaut.\n")
    assert columns["keyword_comments"] == [1, 0, 0]
    assert columns["sharing_words"] == [0, 1, 0]


def test_what_the_head_says_is_found_in_the_blocks():
    page = PAGE.replace("<p>The council", "<p>By Ann Lee</p><p>Bridges</p><p>May 3, 2024</p><p>The council")
    texts, columns = measure(page, authors=("Ann Lee",), tags=("Bridges",), published=date(2024, 5, 3))
    at = texts.index("By Ann L")
    assert columns["of_authors"][at] == 1
    assert columns["is_topic"][at + 1] == 1
    assert columns["has_day"][at + 2] == 1


def test_each_article_on_the_page_is_measured():
    second = (
        "<article><h2>Ferry late</h2><p>The ferry was late again on Tuesday, said the harbour master.</p></article>"
    )
    texts, columns = measure(PAGE.replace("<aside", f"{second}<aside"))
    place = {text: index for index, text in enumerate(texts)}
    assert columns["article_has_headline"][place["The coun"]] == 1
    assert columns["article_has_headline"][place["The ferr"]] == 0
    assert columns["articles"][0] == pytest.approx(np.log1p(2))


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
    texts, hidden = measure(PAGE.replace("<p>The works", "<p hidden>The works"))
    shown = measure()[1]["prose"]
    at = texts.index("The work")
    assert np.expm1(hidden["prose"][at]) == pytest.approx(0.3 * np.expm1(shown[at]), rel=1e-5)

"""Parsing of pages; what they look like in blocks is tested with ``blocks_html``."""

from cleaner.page import dom

CROWDED = f"<p title='a > b' {' '.join(f'data-tea{number}=milk' for number in range(1_500))}>Tea</p><p lang=en>Milk</p>"


def attributes_of(page):
    root = dom.parse_html(page).root
    return {element.text: len(element.attrib) for element in root.iter("p") if element.attrib}


def test_attributes_beyond_a_thousand_are_ignored_on_a_large_page():
    assert attributes_of(CROWDED + "<p>It rains.</p>" * 20_000) == {"Tea": 1_000, "Milk": 1}


def test_all_attributes_are_read_on_a_small_page():
    assert attributes_of(CROWDED) == {"Tea": 1_501, "Milk": 1}


def test_articles_in_the_head_are_moved_to_the_body_in_their_order():
    root = dom.parse_html("<head><title>Tea</title></head><article>One</article>then<article>Two</article>").root
    assert "".join(root.find("body").itertext()) == "OnethenTwo"

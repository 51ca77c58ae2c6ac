"""Characters that pages declare wrongly, or that no document may hold."""

import pytest

import cleaner
from cleaner.page import decode, dom

BEYOND_GB2312 = "The old bridge was closed, said Zhu Rongji (朱镕基) on Monday."
"""镕 is in GBK and GB 18030 but not in GB 2312; too few Chinese letters for any detection."""


@pytest.mark.parametrize("label", ["gb2312", "GB2312", "gbk"])
def test_chinese_pages_are_read_as_gb18030_whichever_of_its_parts_they_declare(label):
    raw = BEYOND_GB2312.encode("gb18030")
    assert decode.decode_page(raw, source="page", charset=label) == BEYOND_GB2312
    declared = f'<html><head><meta charset="{label}"></head><body><p>{BEYOND_GB2312}</p></body></html>'
    assert decode.decode_page(declared.encode("gb18030"), source="page") == declared


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "\x00", "\x0b"])
def test_characters_that_xml_forbids_do_not_reach_the_tree(character):
    tree = dom.parse_html(f'<html><body><p title="a{character}b">Old{character}bridge</p></body></html>')
    assert tree is not None
    (paragraph,) = tree.select(["p"])
    assert (paragraph.text, paragraph.get("title")) == ("Old bridge", "a b")
    assert character.encode() not in tree.source


@pytest.mark.parametrize("character", ["\ufffe", "\uffff"])
def test_characters_that_xml_forbids_are_no_part_of_an_article(character):
    sentence = f"The council voted on Monday to rebuild the old{character}bridge across the river. "
    article = cleaner.clean(f"<html><body><article>{f'<p>{sentence * 3}</p>' * 4}</article></body></html>")
    assert "the old bridge" in article.text
    assert character not in article.text

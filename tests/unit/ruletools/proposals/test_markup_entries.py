"""Boxes that have no name of their own: found by their attributes, and by their headings."""

import cleaner
from cleaner.page.decode import read_page
from cleaner.rulebook import Markup
from cleaner.ruletools.proposals import view_site_page
from cleaner.ruletools.proposals.markup_entries import (
    list_attribute_selectors,
    list_widening_selectors,
    list_xpaths,
)

STORY = (
    "The ferry to the outer islands will leave forty minutes earlier from the first of April, so that people wait less."
)
PAGE = f"""<!doctype html><html lang="en"><body><main class="story" role="main"><h1>Ferries</h1><p>{STORY}</p><p>{STORY}</p>
<div class="css-1x9"><section data-block="see-also" data-id="a17"><header><h3>See also</h3></header><ul>
<li><a href="/tag/kites/more">Kites over the bay</a></li><li><a href="/tag/fog/more">Fog for a week</a></li></ul></section></div>
<div class="box"><div class="box inner"><p>Write to the desk</p></div></div>
<h4>Around the pier</h4><p>Gulls are counted in May</p><p>{STORY}</p></main></body></html>"""


def view():
    page = read_page(PAGE.encode(), "https://harbourpost.example/a", name="a")
    return view_site_page(page, cleaner.clean(PAGE, page.url))


def find(page, *starts):
    found = [next(one.index for one in page.article.blocks if one.text.startswith(start)) for start in starts]
    return [page.markup.element_of(index) for index in found]


def test_attributes_that_a_site_gives_its_boxes():
    page = view()
    assert list_attribute_selectors(find(page, "Kites", "Fog")) == [
        'section[data-block="see-also"]',
        'main[role="main"]',
    ]
    assert list_attribute_selectors(find(page, "Kites", "Write")) == ['main[role="main"]']
    assert list_attribute_selectors([]) == []


def test_a_box_is_named_by_its_heading_and_lines_by_where_they_lead():
    page = view()
    xpaths = list_xpaths(find(page, "Kites", "Fog"))
    assert xpaths[0] == '//li[a[contains(@href, "/tag/")]]'
    assert xpaths[1] == '//section[header/h3[normalize-space()="See also"]]'
    assert {page.article.blocks[at].text for at in page.markup.blocks_inside(xpaths[1])} == {
        "See also",
        "Kites over the bay",
        "Fog for a week",
    }


def test_a_list_without_a_box_is_named_by_the_heading_above():
    page = view()
    assert '//h4[normalize-space()="Around the pier"]/following-sibling::p' in list_xpaths(find(page, "Gulls"))


def test_named_elements_are_found_in_the_index_as_in_the_tree():
    page = view()
    tree = Markup(page.dom, [page.markup.element_of(at) for at in range(len(page.article.blocks))])
    tried = {one for block in page.article.blocks for one in list_widening_selectors([block.path])}
    tried |= {"div.box div.inner", "div.inner div.box", "div.box div.box", "div.none p", "main.story h4", "p", "ul li"}
    assert {one: page.markup.blocks_inside(one) for one in tried} == {one: tree.blocks_inside(one) for one in tried}

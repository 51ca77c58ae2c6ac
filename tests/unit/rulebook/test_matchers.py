"""A selector finds the same blocks whether or not its classes and ids were first searched on the page."""

import pytest

from cleaner.page import blocks_html as segment
from cleaner.page import dom
from cleaner.rulebook import Markup

PAGE = """<html><body><div id="top" class="wide box"><p>One</p></div><p class="lead" title="a, b">Two</p>
<ul class="list"><li class="item odd">Three</li><li class="item">Four</li></ul><section><p id="x.y" data-file="a.pdf">Five</p></section>
</body></html>"""


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        (".box", ["One"]),
        (".missing, .box", ["One"]),
        (".box, .missing, #top, .list", ["One", "Three", "Four"]),
        ("[title='a, b'], .missing", ["Two"]),
        ('.missing, [title="a, b"]', ["Two"]),
        ("[title='.missing']", []),
        ("ul.list > .item.odd", ["Three"]),
        ("ul.list .box", []),
        (".item:not(.missing)", ["Three", "Four"]),
        (":is(.missing, .box)", ["One"]),
        ("li + li", ["Four"]),
        ("#x\\.y", ["Five"]),
        ("section", ["Five"]),
        ("[data-file='a.pdf']", ["Five"]),
        ("//li[@class='item']", ["Four"]),
        ("(//p)[1] | //li[.='Four']", ["One", "Four"]),
        (".missing", []),
    ],
)
def test_selector_finds_its_blocks(selector, texts):
    tree = dom.parse_html(PAGE)
    segmented = segment.segment_html(tree.root)
    inside = Markup(tree, [box.element for box in segmented.boxes]).blocks_inside(selector)
    assert [block.text for position, block in enumerate(segmented.blocks) if position in inside] == texts

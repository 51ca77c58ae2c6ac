"""Segmenting HTML: each case is markup, and the blocks it makes."""

from pathlib import Path

import pytest

from cleaner.model import Block
from cleaner.page import blocks_html, dom

CASES = Path(__file__).parents[2] / "cases" / "segment" / "html.txt"


def read_cases() -> list[tuple[str, str, str]]:
    """Name, markup and expected blocks of each case: a heading line, the markup, a line of dots, the blocks."""
    cases = []
    for chunk in CASES.read_text().split("\n=== ")[1:]:
        name, _, rest = chunk.partition("\n")
        markup, _, expected = rest.partition("\n...\n")
        cases.append((name, markup, expected.strip("\n")))
    return cases


def shown(block: Block) -> str:
    marks = [block.role.value, *([block.marker] if block.marker else []), *(["hidden"] if block.hidden else [])]
    marks += [f"{block.link_share:.0%} linked"] if block.link_share else []
    return f"{', '.join(marks)}: {block.text.replace(chr(10), ' / ')}"


@pytest.mark.parametrize(("markup", "expected"), [case[1:] for case in read_cases()], ids=[c[0] for c in read_cases()])
def test_blocks(markup: str, expected: str) -> None:
    tree = dom.parse_html(f"<html><body>{markup}</body></html>")
    assert tree is not None
    assert "\n".join(map(shown, blocks_html.segment_html(tree.root).blocks)) == expected


def test_path_tells_where_a_block_stands() -> None:
    tree = dom.parse_html(
        '<html><body><div id="main" class="wide story dark odd"><p class="lead">Text.</p></div></body></html>'
    )
    assert tree is not None
    (block,) = blocks_html.segment_html(tree.root).blocks
    assert block.path == "html/body/div#main.wide.story.dark/p.lead"
    assert block.depth == 3


def test_every_block_knows_its_element() -> None:
    tree = dom.parse_html("<html><body><div>a<p>b</p>c</div></body></html>")
    assert tree is not None
    segmented = blocks_html.segment_html(tree.root)
    assert [block.text for block in segmented.blocks] == ["a", "b", "c"]
    assert [box.element.tag for box in segmented.boxes] == ["div", "p", "div"]


def test_text_below_a_thousand_elements_is_not_lost() -> None:
    tree = dom.parse_html("<html><body>" + "<div>" * 1000 + "deep" + "</div>" * 1000 + "<p>after</p></body></html>")
    assert tree is not None
    assert tree.flattened
    assert [block.text for block in blocks_html.segment_html(tree.root).blocks] == ["deep", "after"]


@pytest.mark.parametrize("inner", ["div", "p", "table", "pre", "ol", "h2", "span"])
@pytest.mark.parametrize("outer", ["div", "p", "table", "pre", "ol"])
def test_code_may_contain_blocks_in_blocks(outer, inner):
    page = f"<pre>one<{outer}>two<{inner}>three</{inner}></{outer}><{outer}></{outer}></pre>"
    text = " ".join(block.text for block in blocks_html.segment_html(dom.parse_html(page).root).blocks)
    assert "".join(text.split()) == "onetwothree"

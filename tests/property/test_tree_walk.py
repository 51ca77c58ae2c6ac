"""The compiled walk over a tree finds the blocks, boxes and pictures that its definition in Python finds."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import compiled
from cleaner.page import blocks_html, decode
from cleaner.page.dom import parse_html
from tests.robust.mutations import mutated

from . import strategies

TESTS = Path(__file__).parents[1]
PAGES = sorted([*TESTS.glob("gate/pages/*"), *TESTS.glob("cases/segment/*"), *TESTS.glob("cases/fuzz/pages/*")])
TWIN = next(twin for twin in compiled.TWINS if twin.python.__name__ == "read_element")
MUTATED = 150

# What asks the definition a question, or must not.
PARTS = st.sampled_from(
    [
        "<br>", "<br><br>", "<!-- note -->", "<?note?>", "&unknown;", "text ", "</div>", "</span>", "</a>", "</p>", "</pre>",
        "<span>", "<span role=tooltip>", "<span role=x>", "<span hidden>", '<span style="display:none">', "<span style=''>",
        '<span class="sr-only">', '<span class="dropcap">T</span>he', "<span>(opens in a new window)", "<a href=x>",
        '<a href="#up">↑</a>', '<a href="x&amp;#35;y">↑', "<a name=x>", "<b aria-hidden=true>text </b>", "<b>", "<i class=block>",
        "<span>One sentence that is long enough to be a paragraph by itself, it seems.</span>", "<sup>2</sup>", "<sub><p>",
        "<math><mi>x</mi></math>", "<img src=a alt=b>", "<svg><a>text</a></svg>", "<x-y>", "<x:y>", "<font>", "<o:p>",
        '<script type="math/tex">x^2</script>', "<script>text</script>", "<template shadowrootmode=open>", "<noscript>",
        "<pre>", "<pre><code><div>1</div><div>text", "<div class=highlight>", '<td class="gutter">1</td>', "<li>", "<ol start=4>",
        "<dialog>", "<dialog open>", "<h1 hidden>", '<h1 class="sr-only">', "<h2>", "<div hidden>", "<p>", "<p style=color:red>",
        "<tr><td>one<td>two", "<table>", "<video>text</video>", "<object><p>", "<select><option>", "<textarea>text",
    ]
)  # fmt: skip
MARKUP = st.lists(PARTS, max_size=25).map("".join)

pytestmark = pytest.mark.skipif(TWIN.compiled is None, reason="the extension modules are not compiled")


def list_all(page, monkeypatch, read_element):
    monkeypatch.setattr(blocks_html, "read_element", read_element)
    found = blocks_html.segment_html(page.root)
    boxes = dict.fromkeys([*found.boxes, *(picture.box for picture in found.pictures)])
    numbers = [
        (box.number, box.end, box.role, box.hidden, box.parent and box.parent.number, box.element) for box in boxes
    ]
    pictures = [(picture.element, picture.box.number, picture.after) for picture in found.pictures]
    return found.blocks, numbers, pictures


def assert_same(content):
    page = parse_html(content)
    if page is not None:
        with pytest.MonkeyPatch.context() as monkeypatch:
            python, other = (list_all(page, monkeypatch, one) for one in (TWIN.python, TWIN.compiled))
        assert other == python


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages(path):
    assert_same(decode.read_page(path.read_bytes()).content)


def test_cases_of_segmenting_each_by_itself():
    for case in (TESTS / "cases" / "segment" / "html.txt").read_text().split("\n=== ")[1:]:
        assert_same(case.partition("\n")[2].partition("\n...")[0])


def test_damaged_pages():
    for number in range(MUTATED):
        assert_same(mutated(number).decode("utf-8", "replace"))


@given(st.one_of(strategies.html, MARKUP))
def test_random_trees(content):
    assert_same(content)

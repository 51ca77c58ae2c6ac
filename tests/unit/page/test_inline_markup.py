"""Structure of the blocks of a page: spans, cells, levels, containers and languages of code."""

import pytest
from msgspec.structs import replace

from cleaner.labels import Label
from cleaner.model import Blocks, Verdict
from cleaner.page import block_structure, blocks_html, dom
from cleaner.page.boxes import PageMarkup


def structured(markup: str, url: str | None = "https://tea.example/a/b.html", head: str = "") -> Blocks:
    tree = dom.parse_html(f"<html><head>{head}</head><body>{markup}</body></html>")
    segmented = blocks_html.segment_html(tree.root)
    kept = Verdict(Label.PARAGRAPH, "test", "because")
    blocks = tuple(replace(block, verdict=None if block.hidden else kept) for block in segmented.blocks)
    return block_structure.add_block_structure(blocks, PageMarkup(tree, segmented.boxes), url)


def spans(markup: str, **options) -> list[tuple[str, str, str | None]]:
    return [
        (span.markup.value, block.text[span.start : span.end], span.url)
        for block in structured(markup, **options)
        for span in block.spans
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>a <b>b <i>c</i></b> d</p>", [("strong", "b c", None), ("emphasis", "c", None)]),
        ("<p>a <em>b<br><br>c</em> d</p>", [("emphasis", "b", None), ("emphasis", "c", None)]),
        ("<div>x <b>y</b><p>z</p>and <b>w</b></div>", [("strong", "y", None), ("strong", "w", None)]),
        ("<p>a <b hidden>unseen</b><b>b</b></p>", [("strong", "b", None)]),
        ("<a href='/c'><h2>Tea <i>time</i></h2></a>", [("link", "Tea time", "https://tea.example/c"), ("emphasis", "time", None)]),
        ("<p>10<sup>6</sup> <code>x  y</code></p>", [("superscript", "⁶", None), ("code", "x y", None)]),
        ("<pre><b>x</b></pre>", []),
    ],
)  # fmt: skip
def test_inline_markup(markup, expected):
    assert spans(markup) == expected


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("c.html", "https://tea.example/a/c.html"),
        ("//cdn.example/x", "https://cdn.example/x"),
        (" /a b\n", "https://tea.example/a%20b"),
        ("mailto:ann@tea.example", "mailto:ann@tea.example"),
        ("#top", None),
        ("b.html#top", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_addresses_of_links(href, url):
    assert [found[2] for found in spans(f'<p>Tea <a href="{href}">here</a></p>')] == ([url] if url else [])


def test_base_of_the_page_and_pages_without_address():
    link = "<p>Tea <a href='c.html'>here</a></p>"
    assert spans(link, head='<base href="https://x.example/d/">')[0][2] == "https://x.example/d/c.html"
    assert spans(link, url=None)[0][2] == "c.html"


def test_text_that_segmentation_has_moved_does_not_end_the_search():
    (block,) = structured("<p>An <b>old</b> pot</p>")
    tree = dom.parse_html("<html><body><p>An <b>old</b> pot</p></body></html>")
    segmented = blocks_html.segment_html(tree.root)
    changed = replace(block, text="An (formula) old pot", spans=())
    (found,) = block_structure.add_block_structure((changed,), PageMarkup(tree, segmented.boxes), None)
    assert found.spans == ()  # too short to be searched for
    changed = replace(changed, text="An (formula) oldest pot", spans=())
    tree = dom.parse_html("<html><body><p>An <b>oldest</b> pot</p></body></html>")
    segmented = blocks_html.segment_html(tree.root)
    (found,) = block_structure.add_block_structure((changed,), PageMarkup(tree, segmented.boxes), None)
    assert [changed.text[span.start : span.end] for span in found.spans] == ["oldest"]


def test_cells_of_a_row():
    blocks = structured(
        "<table><tr><th colspan=3>Sales</th></tr><tr><th>Year</th><th>Sold</th><th></th></tr>"
        "<tr><td></td><td>a | b</td><td rowspan='2'>c</td></tr></table>"
    )
    cells = [[(b.text[c.start : c.end], c.header, c.colspan, c.rowspan) for c in b.cells] for b in blocks]
    assert cells == [
        [("Sales", True, 3, 1)],
        [("Year", True, 1, 1), ("Sold", True, 1, 1), ("", True, 1, 1)],
        [("", False, 1, 1), ("a | b", False, 1, 1), ("c", False, 1, 2)],
    ]
    assert len({block.containers for block in blocks}) == 1


def test_levels_and_containers():
    blocks = structured(
        "<h4>Head</h4><ol type=i><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>"
        "<blockquote>q<blockquote>r</blockquote></blockquote><dl><dt>t</dt><dd>e</dd></dl>"
    )
    shown = [(b.text, b.level, "/".join(f"{c.kind.value}{c.marker or ''}" for c in b.containers)) for b in blocks]
    assert shown == [
        ("Head", 4, ""),
        ("a", 1, "ordered/itemi."),
        ("b", 2, "ordered/itemi./unordered/item"),
        ("c", 1, "ordered/itemii."),
        ("d", 1, "ordered/itemii."),
        ("q", None, "quote"),
        ("r", None, "quote/quote"),
        ("t", 1, "definitions/term"),
        ("e", 1, "definitions/definition"),
    ]
    assert blocks[3].containers == blocks[4].containers


def test_article_inside_an_item_is_no_list():
    blocks = structured("<ul><li><p>One</p><p>Two</p><ul><li>Three</li></ul></li></ul>")
    assert [block.level for block in blocks] == [0, 0, 1]


@pytest.mark.parametrize(
    ("markup", "language"),
    [
        ('<pre><code class="language-python">x</code></pre>', "python"),
        ('<div class="highlight-source-shell"><pre>x</pre></div>', "shell"),
        ('<pre class="brush: php; gutter: false">x</pre>', "php"),
        ('<pre><code class="hljs c++">x</code></pre>', "c++"),
        ('<pre data-lang="Go">x</pre>', "go"),
        ('<div class="language-ruby highlighter-rouge"><div class="highlight"><pre><code>x</code></pre></div></div>', "ruby"),
        ('<pre class="language-none">x</pre>', None),
        ("<pre>x</pre>", None),
    ],
)  # fmt: skip
def test_language_of_code(markup, language):
    (block,) = structured(markup)
    assert block.language == language

"""What is written as Markdown and HTML reads back as the kept blocks: text, levels, lists, links and other markup."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token
from msgspec.structs import replace

from cleaner.article import Article
from cleaner.labels import Label
from cleaner.model import Block, Kind, Role, Verdict
from cleaner.page import block_structure, blocks_html, dom
from cleaner.page.boxes import PageMarkup
from cleaner.render.html import write_html
from cleaner.render.markdown import write_markdown
from cleaner.structure import ITEMS, ContainerKind, Span, SpanKind

URL = "https://example.org/tea/picking.html"


class Line(NamedTuple):
    """A block, or a cell of a table, as a reader of Markdown or HTML sees it."""

    kind: str
    text: str
    level: int = 0
    marker: str | None = None
    quotes: int = 0
    marks: tuple[frozenset[str], ...] = ()
    """SpanKind of each character that is no space."""


def structured(markup: str) -> Article:
    """The article of which all blocks are kept."""
    tree = dom.parse_html(f"<html><body>{markup}</body></html>")
    if tree is None:
        return Article(id="a", source="a", kind=Kind.HTML, blocks=())
    segmented = blocks_html.segment_html(tree.root)
    kept = Verdict(Label.PARAGRAPH, "test", "all is kept")
    pairs = [pair for pair in zip(segmented.blocks, segmented.boxes, strict=True) if not pair[0].hidden]
    blocks = tuple(replace(block, verdict=kept, index=index) for index, (block, _) in enumerate(pairs))
    page = PageMarkup(tree, tuple(box for _, box in pairs))
    return Article(id="a", source="a", kind=Kind.HTML, blocks=block_structure.add_block_structure(blocks, page, URL))


def flatten(text: str) -> str:
    return " ".join(text.split())


def lines_of_article(article: Article, *, in_markdown: bool) -> list[Line]:
    """The lines that the Markdown or HTML of the article must have."""
    lines: list[Line] = []
    marked = set()
    code = None
    for block in filter(lambda block: block.kept, article.blocks):
        items = [one for one in block.containers if one.kind in ITEMS]
        level = len(items)
        if in_markdown:
            level += sum(one.kind is ContainerKind.DEFINITION for one in items)
        marker = None
        if items and items[-1] not in marked:
            marker = items[-1].marker
        marked.update(items)
        quotes = sum(one.kind is ContainerKind.QUOTE for one in block.containers)
        if block.cells:
            lines += [
                Line("cell", flatten(block.text[one.start : one.end]), marks=marks_of(block, one.start, one.end))
                for one in block.cells
                if one.end > one.start
            ]
        elif block.role is Role.CODE:
            if code is not None and code == block.containers[-1:]:
                lines[-1] = lines[-1]._replace(text=f"{lines[-1].text}\n{block.text}")
            else:
                lines.append(Line(f"code {block.language}", block.text, level, marker, quotes))
        else:
            kind = f"h{block.level}" if block.role is Role.HEADING else "p"
            text, marks = flatten(block.text), marks_of(block, 0, len(block.text))
            if in_markdown and marker and not marker[0].isdigit():
                # Markdown numbers by digits only.
                text, marks, marker = f"{marker} {text}", (*[frozenset[str]()] * len(marker), *marks), None
            lines.append(Line(kind, text, level, marker, quotes, marks))
        code = block.containers[-1:] if block.role is Role.CODE else None
    return lines


def marks_of(block: Block, start: int, end: int) -> tuple[frozenset[str], ...]:
    spans = [span for place, span in enumerate(block.spans) if is_written(span, block.spans[:place])]
    return tuple(
        frozenset(name_mark(span) for span in spans if span.start <= place < span.end)
        for place in range(start, end)
        if not block.text[place].isspace()
    )


def is_written(span: Span, outer: tuple[Span, ...]) -> bool:
    """No markup but a link can be written inside code, nor a link inside another."""
    if span.markup in (SpanKind.SUPERSCRIPT, SpanKind.SUBSCRIPT):
        return False
    around = [one.markup for one in outer if one.start <= span.start and span.end <= one.end]
    return span.markup not in around and (SpanKind.CODE not in around or span.markup is SpanKind.LINK)


def name_mark(span: Span) -> str:
    return f"link {normalizeLink(span.url or '')}" if span.markup is SpanKind.LINK else span.markup.value


class MarkdownReader:
    """Reads Markdown with markdown-it."""

    def __init__(self, markdown: str) -> None:
        self.lines: list[Line] = []
        self.lists: list[str] = []
        self.number: list[int] = []
        self.marker: str | None = None
        self.quotes = 0
        self.kind = "p"
        self.in_table = False
        for token in MarkdownIt("commonmark").enable("table").parse(markdown):
            self.read(token)

    def read(self, token: Token) -> None:
        if token.nesting and "list" in token.type:
            self.read_list(token)
        elif token.type in ("blockquote_open", "blockquote_close"):
            self.quotes += token.nesting
        elif token.type in ("table_open", "table_close"):
            self.in_table = token.nesting == 1
        elif token.type in ("heading_open", "paragraph_open"):
            self.kind = token.tag
        elif token.type == "fence":
            self.add(f"code {token.info or None}", token.content.removesuffix("\n"))
        elif token.type == "inline":
            text, marks = read_inline(token.children or [])
            if not self.in_table:
                self.add(self.kind, flatten(text), marks)
            elif text.strip():
                self.lines.append(Line("cell", flatten(text), marks=marks))
        else:
            assert token.nesting, token

    def read_list(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(token.type)
            self.number.append(int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
            self.number.pop()
        elif token.type == "list_item_open":
            self.marker = f"{self.number[-1]}." if self.lists[-1] == "ordered_list_open" else None
            self.number[-1] += 1

    def add(self, kind: str, text: str, marks: tuple[frozenset[str], ...] = ()) -> None:
        self.lines.append(Line(kind, text, len(self.lists), self.marker, self.quotes, marks))
        self.marker = None


def read_inline(tokens: list[Token]) -> tuple[str, tuple[frozenset[str], ...]]:
    text, marks, open_marks = "", [], []
    names = {"em_open": "emphasis", "strong_open": "strong"}
    html = {"<em>": "emphasis", "<strong>": "strong"}
    for token in tokens:
        if token.type in ("hardbreak", "softbreak") or token.content == "<br>":
            text += "\n"
        elif token.type == "link_open":
            open_marks.append(f"link {token.attrs['href']}")
        elif token.type in names or token.content in html:
            open_marks.append(names.get(token.type) or html[token.content])
        elif token.nesting == -1 or token.content in ("</em>", "</strong>"):
            open_marks.pop()
        else:
            assert token.type in ("text", "text_special", "code_inline"), token
            mark = {*open_marks, *(["code"] if token.type == "code_inline" else [])}
            text += token.content
            marks += [frozenset(mark)] * len("".join(token.content.split()))
    return text, tuple(marks)


def check(markup: str) -> None:
    article = structured(markup)
    markdown = write_markdown(article, images=False)
    assert MarkdownReader(markdown).lines == lines_of_article(article, in_markdown=True), markdown
    again = structured(write_html(article, images=False))
    expected = lines_of_article(article, in_markdown=False)
    assert lines_of_article(again, in_markdown=False) == expected, write_html(article, images=False)


WORDS = st.sampled_from(
    "tea leaves * ** _ __ _a_ a_b ` `` ~~ # ## - + > 1. 2) | || [x] [x](y) ![x] ! <b> &amp; &amp;amp; \\ \\* === --- :-- "
    "10 茶 「茶」 茶。 “quoted” (brackets) it's a*b http://a.b/c_d_e www.a.b ~ $5 @ann é e\u0301 \u00a0 :tea: 10<sup>6</sup> x<sup>n+1</sup> 5<sup>th</sup> ^1 [^1]".split(
        " "
    )
)
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join) | st.lists(WORDS, min_size=1, max_size=3).map("".join)
HREFS = st.sampled_from(
    ["/a", "b.html?x=1&amp;y=2", "https://example.com/a_(b)_c", "mailto:ann@example.org", "/a b", "#note", "javascript:x()",
     "//cdn.example.org/x", "/a*b*c", "/&amp;copy;", "https://例え.jp/茶", ""]
)  # fmt: skip


@st.composite
def inline(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        text = draw(TEXT)
        for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2]))):
            tag = draw(st.sampled_from(["em", "strong", "code", "a", "b", "i", "span", "br"]))
            if tag == "a":
                text = f'<a href="{draw(HREFS)}">{text}</a>'
            elif tag == "br":
                text = f"{text}<br>{draw(TEXT)}"
            else:
                text = f"<{tag}>{text}</{tag}>"
        parts.append(text)
    return draw(st.sampled_from([" ", ""])).join(parts)


@st.composite
def item_list(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> str:
    tag = draw(st.sampled_from(["ul", "ol", "ol start=3", "ol start=1000"]))
    items = [draw(inline() | inside | st.tuples(inline(), inside).map("".join)) for _ in range(draw(st.integers(1, 3)))]
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag.split()[0]}>"


@st.composite
def table(draw: st.DrawFn) -> str:
    columns = draw(st.integers(2, 4))
    cells = inline().filter(lambda text: len(text) < 150)
    rows = [[draw(cells | st.just("")) for _ in range(columns)] for _ in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        rows[0] = [f"<th>{cell}</th>" for cell in rows[0]]
    return f"<table>{''.join('<tr>' + ''.join(c if c.startswith('<th>') else f'<td>{c}</td>' for c in row) + '</tr>' for row in rows)}</table>"


def definitions(terms: list[str]) -> str:
    return f"<dl>{''.join(f'<dt>{term}</dt><dd>About {term}</dd>' for term in terms)}</dl>"


FLAT = st.one_of(
    inline().map(lambda text: f"<p>{text}</p>"),
    st.tuples(st.integers(1, 6), inline()).map(lambda pair: f"<h{pair[0]}>{pair[1]}</h{pair[0]}>"),
    st.tuples(st.sampled_from(["", " class='language-python'"]), TEXT).map(
        lambda pair: f"<pre><code{pair[0]}>{pair[1]}\n  {pair[1]}</code></pre>"
    ),
    table(),
    st.lists(inline(), min_size=1, max_size=2).map(definitions),
)
NESTED = st.recursive(
    FLAT, lambda inside: item_list(inside) | inside.map(lambda inner: f"<blockquote>{inner}</blockquote>"), max_leaves=6
)
PAGES = st.lists(NESTED, min_size=1, max_size=5).map("".join)


@settings(deadline=None, max_examples=200)
@given(PAGES)
@example("<ol><li>a</li></ol><ol><li>b</li></ol>")
@example("<ol type=a><li>a</li></ol><ul><li>x<ol start=7><li>y</li></ol></li></ul>")
def test_what_is_written_reads_back(markup: str) -> None:
    check(markup)

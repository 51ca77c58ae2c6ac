import json
from datetime import datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

import cleaner
from cleaner.article import Article
from cleaner.fields import Column
from cleaner.labels import Label
from cleaner.model import Block, Kind, Role, Verdict
from cleaner.render.output_formats import OutputFormat, OutputOptions, encode_article
from cleaner.structure import Comment, Container, ContainerKind, Image, Span, SpanKind

INDIA = timezone(timedelta(hours=5, minutes=30))


def article(*blocks, **metadata):
    return Article(
        id="news/a.html",
        source="news/a.html",
        kind=Kind.TEXT,
        blocks=tuple(
            Block(index=index, text=text, role=role, verdict=Verdict(label, "test", "because"))
            for index, (role, text, label) in enumerate(blocks)
        ),
        **metadata,
    )


def keep(text, role=Role.PARAGRAPH):
    return role, text, role.label


def body(*blocks):
    return encode_article(article(*blocks), OutputFormat.MD).decode().split("---\n\n", 1)[1]


def test_jsonl_is_the_row_on_one_line():
    given = article(keep("First\nline"), title="Tïtle")
    line = encode_article(given, OutputFormat.JSONL)
    assert line.count(b"\n") == 1
    assert json.loads(line) == given.to_dict()


def test_txt_is_the_bare_text():
    dropped = (Role.PARAGRAPH, "Share", Label.SHARE)
    assert encode_article(article(keep("One."), dropped, keep("Two.")), OutputFormat.TXT) == b"One.\n\nTwo.\n"


def test_markdown_has_front_matter_of_what_is_known():
    given = article(
        keep("Body."), title='A "quoted": title', authors=("Ann", "Bo"), published=datetime(2023, 9, 5, tzinfo=INDIA)
    )
    assert encode_article(given, OutputFormat.MD).decode() == (
        "---\n"
        'id: "news/a.html"\n'
        'title: "A \\"quoted\\": title"\n'
        'authors: ["Ann","Bo"]\n'
        'published: "2023-09-05T00:00:00+05:30"\n'
        "---\n\n"
        '# A "quoted": title\n\n'
        "Body.\n"
    )


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([keep("One"), keep("Two")], "One\n\nTwo\n"),
        ([keep("a", Role.LIST_ITEM), keep("b\nc", Role.LIST_ITEM), keep("d")], "- a\n- b\\\n  c\n\nd\n"),
        ([keep("Head\nline", Role.HEADING)], "## Head line\n"),
        ([keep("a\nb", Role.QUOTE)], "> a\\\n> b\n"),
        ([keep("x = 1\n", Role.CODE)], "```\nx = 1\n\n```\n"),
        ([keep("a ``` b", Role.CODE)], "````\na ``` b\n````\n"),
        ([keep("# not a heading")], "\\# not a heading\n"),
        ([keep("text\n---")], "text\\\n\\---\n"),
        ([keep("1. not a list")], "1\\. not a list\n"),
        ([keep("1.5 litres")], "1.5 litres\n"),
    ],
)
def test_markdown_body(blocks, expected):
    assert body(*blocks) == expected


@pytest.mark.parametrize(
    ("marker", "expected"), [("3.", "3. a\\\n   b\n"), ("iv.", "- iv. a\\\n  b\n"), ("-1.", "- \\-1. a\\\n  b\n")]
)
def test_item_keeps_its_number(marker, expected):
    (item,) = article(keep("a\nb", Role.LIST_ITEM)).blocks
    given = replace(article(), blocks=(replace(item, marker=marker),))
    assert encode_article(given, OutputFormat.MD).decode().split("---\n\n", 1)[1] == expected
    assert encode_article(given, OutputFormat.TXT).decode() == f"{marker} a\nb\n"


def test_dropped_item_does_not_split_a_list():
    blocks = [keep("a", Role.LIST_ITEM), (Role.LIST_ITEM, "Share", Label.SHARE), keep("b", Role.LIST_ITEM)]
    assert body(*blocks) == "- a\n- b\n"


STRUCTURED = """<html><head><title>Tea in the hills</title></head><body><article><h1>Tea in the hills</h1>
<p>The farmers of the hills have grown <a href="/tea">tea</a> for <b>two hundred</b> years, and most of it is drunk there.</p>
<p>They pick it by hand in the morning, when the leaves are still wet &lt;and&gt; heavy, and carry it down by noon.</p>
</article></body></html>"""


def test_html_is_a_document_that_reads_back():
    given = cleaner.clean(STRUCTURED, url="https://tea.example/a")
    document = encode_article(given, OutputFormat.HTML).decode()
    assert document.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<h1>Tea in the hills</h1>" in document
    assert '<a href="https://tea.example/tea">tea</a>' in document
    assert "&lt;and&gt;" in document
    again = cleaner.clean(document)
    assert (again.text, again.title, again.canonical) == (given.text, given.title, "https://tea.example/a")


def test_columns_are_added_and_links_left_out():
    given = cleaner.clean(STRUCTURED, url="https://tea.example/a")
    options = OutputOptions(columns=(Column.HTML, Column.MARKDOWN, Column.COMMENTS), links=False)
    row = json.loads(encode_article(given, OutputFormat.JSONL, options))
    assert list(row)[-3:] == ["markdown", "html", "comments"]
    assert "tea.example/tea" not in row["markdown"] + row["html"]
    assert "**two hundred**" in row["markdown"]
    assert row["comments"] == []


def test_addresses_of_other_schemes_are_never_written():
    link = Span(0, 3, SpanKind.LINK, "javascript:alert(1)")
    block = Block(index=0, text="Tea", spans=(link,), verdict=Verdict(Label.PARAGRAPH, "test", "because"))
    bad = Image(url="data:text/html,x", alt="A hill")
    given = Article(id="a", source="a", kind=Kind.HTML, blocks=(block,), images=(bad,))
    assert given.markdown == "Tea"
    assert given.html == "<article>\n<p>Tea</p>\n</article>"


def test_comments_are_grouped_by_thread():
    def comment(index, text, *numbers):
        containers = tuple(Container(ContainerKind.COMMENT, number) for number in numbers)
        return Block(index=index, text=text, containers=containers, verdict=Verdict(Label.COMMENTS, "test", "because"))

    blocks = comment(0, "Ann", 1), comment(1, "I like tea.", 1), comment(2, "So do I.", 1, 2), comment(3, "Write one")
    given = Article(id="a", source="a", kind=Kind.HTML, blocks=blocks)
    assert given.comments == (Comment("Ann\n\nI like tea."), Comment("So do I.", 1))
    loose = Article(id="a", source="a", kind=Kind.TEXT, blocks=(comment(0, "I like tea."), comment(1, "So do I.")))
    assert loose.comments == (Comment("I like tea."), Comment("So do I."))


COMMENTS = """<section id="comments" class="comments"><h3>3 Comments</h3><ol class="comment-list">
<li class="comment even" id="comment-1"><div class="comment-author">Ann L.</div>
<div class="comment-body"><p>I like tea from the hills.</p><p>My aunt grows it.</p></div>
<ol class="children"><li class="comment" id="comment-2"><article class="comment"><p>So does mine, as it happens.</p></article></li></ol></li>
<li class="comment" id="comment-3"><div class="comment-body"><p>Coffee is better.</p></div></li></ol>
<form><textarea></textarea><button>Post comment</button></form></section></body></html>"""


def test_comments_of_a_page():
    given = cleaner.clean(STRUCTURED.replace("</body></html>", COMMENTS))
    assert given.comments == (
        Comment("Ann L.\n\nI like tea from the hills.\n\nMy aunt grows it."),
        Comment("So does mine, as it happens.", 1),
        Comment("Coffee is better."),
    )


def test_items_of_a_dump_are_numbered():
    items = [
        Block(
            index=n, text=f"{n + 3}. step", role=Role.LIST_ITEM, line=n, verdict=Verdict(Label.LIST_ITEM, "test", "-")
        )
        for n in range(2)
    ]
    given = Article(id="a", source="a", kind=Kind.TEXT, blocks=tuple(items))
    assert given.markdown == "3. step\n4. step"
    assert '<ol start="3">' in given.html

"""Pages that mean harm: nothing is fetched, nothing is expanded, and no markup of theirs comes out alive."""

import json
import socket

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import cleaner
from cleaner import stages
from cleaner.article import Article
from cleaner.batch import worker
from cleaner.batch.records import CleanedDocument, InputDocument, InputItem
from cleaner.batch.sources import Inputs
from cleaner.labels import Label
from cleaner.model import Block, Kind, Lean, Role, Verdict
from cleaner.render.output_formats import OutputFormat, encode_article

PARAGRAPHS = "".join(
    f"<p>The ferry crossed the sound {number} times on Monday, and the harbour master counted every bicycle.</p>"
    for number in range(6)
)
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY file SYSTEM "file://{secret}">'
    '<!ENTITY a "tea"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY far SYSTEM "http://127.0.0.1:9/far"> %remote; ]>'
    "<html><head><title>&file; &c;</title></head><body><article><p>Before &file; &far; &c; after.</p>{paragraphs}"
    "</article></body></html>"
)
FETCHING = (
    '<!doctype html SYSTEM "http://127.0.0.1:9/a.dtd"><html><head><base href="http://127.0.0.1:9/">'
    '<link rel=stylesheet href="http://127.0.0.1:9/a.css"><script src="http://127.0.0.1:9/a.js"></script></head><body>'
    '<img src="http://127.0.0.1:9/a.png"><iframe src="file:///etc/passwd"></iframe><object data="http://127.0.0.1:9/">'
    f'</object><xi:include href="file:///etc/passwd" parse="text"/><article>{PARAGRAPHS}</article></body></html>'
)


@pytest.fixture
def offline(monkeypatch):
    """Whatever opens a socket, or looks up a name, fails the test."""

    def refuse(*_arguments, **_options):
        pytest.fail("the network was opened")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)


def clean(page):
    clean_one = worker.make_cleaner((), Lean.BALANCED, OutputFormat.JSONL, None)
    return json.loads(clean_one(InputItem(InputDocument(id="a", path="a", content=page), None)).article)


@pytest.mark.parametrize("page", [FETCHING, FETCHING.replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">')])
@pytest.mark.usefixtures("offline")
def test_nothing_is_fetched(page):
    assert "harbour master" in clean(page)["text"]


@pytest.mark.usefixtures("offline")
def test_nothing_in_the_package_opens_the_network(tmp_path):
    (tmp_path / "a.html").write_text(FETCHING, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(
        '{"text": "https://127.0.0.1:9/", "url": "https://127.0.0.1:9/"}', encoding="utf-8"
    )
    clean_one = worker.make_cleaner((), Lean.BALANCED, OutputFormat.JSONL, None)
    assert all(isinstance(clean_one(item), CleanedDocument) for item in Inputs([tmp_path]).documents())


@pytest.mark.usefixtures("offline")
def test_no_entity_is_expanded_or_read_from_a_file(tmp_path):
    (tmp_path / "secret").write_text("swordfish", encoding="utf-8")
    row = clean(ENTITIES.format(secret=tmp_path / "secret", paragraphs=PARAGRAPHS))
    assert "harbour master" in row["text"]
    assert "swordfish" not in json.dumps(row)
    assert "teateatea" not in json.dumps(row)


HARM = [
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![x](data:text/html,<script>alert(1)</script>)",
    "[click][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "\\[click](javascript:alert(1))",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "`code` and ``` fences ```",
    "```\nfenced",
    "~~~\nfenced",
    "# heading\n=======\n---",
    "> quote\n- item\n1. item\n+ item",
    "    indented\n\ttabbed",
    "*bold* _soft_ __both__ snake_case 2*3*4",
    "<!-- comment --> <![CDATA[ x ]]> <?php x ?>",
    "| a | b |\n|---|---|",
]
# Raw HTML, links and pictures: what a page wrote must become none of them, and nothing but text.
LIVE = {
    "html_block",
    "html_inline",
    "link_open",
    "image",
    "fence",
    "code_block",
    "code_inline",
    "em_open",
    "strong_open",
}


def rendered(text, role):
    block = Block(index=0, text=text, role=role, verdict=Verdict(role.label, "test", "because"))
    article = Article(id="a", source="a", kind=Kind.TEXT, blocks=(block,), title=text)
    markdown = encode_article(article, OutputFormat.MD).decode().split("---\n\n", 1)[1]
    tokens = MarkdownIt("commonmark", {"html": True}).parse(markdown)
    return [token for parent in tokens for token in (parent, *(parent.children or ()))]


@pytest.mark.parametrize("role", [Role.PARAGRAPH, Role.HEADING, Role.LIST_ITEM, Role.QUOTE, Role.TABLE])
@pytest.mark.parametrize("text", HARM)
def test_no_markup_of_a_page_lives_on_in_markdown(text, role):
    tokens = rendered(text, role)
    assert not {token.type for token in tokens} & LIVE


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*HARM, *"\\`*_[]()<>&;!#-+=~| \n1.", "javascript:", "tea", "&amp;"]), max_size=8).map(
        "".join
    )
)
@example("A heading that ends in hashes ##")
def test_no_mixture_of_markup_lives_on_in_markdown(text):
    tokens = rendered(" ".join(text.split()), Role.PARAGRAPH)
    assert not {token.type for token in tokens} & LIVE
    literal = "".join(token.content for token in tokens if token.type in {"text", "text_special"})
    assert literal == " ".join(text.split()) * 2


@pytest.mark.parametrize("text", HARM)
def test_front_matter_quotes_what_a_page_wrote(text):
    article = Article(id="a", source="a", kind=Kind.TEXT, blocks=(), title=f'"\n---\n{text}', url="javascript:alert(1)")
    head = encode_article(article, OutputFormat.MD).decode().split("\n---\n", 1)[0].splitlines()[1:]
    fields = dict(line.split(": ", 1) for line in head)
    assert {name: json.loads(value) for name, value in fields.items()} == {
        "id": "a",
        "url": "javascript:alert(1)",
        "title": f'"\n---\n{text}',
    }


def test_script_spelled_in_entities_stays_text():
    page = f"<!doctype html><article><p>&lt;script&gt;alert(1)&lt;/script&gt; {PARAGRAPHS[3:]}</article>"
    article = cleaner.clean(page)
    assert any("<script>" in block.text and block.verdict.label is Label.PARAGRAPH for block in article.blocks)
    markdown = encode_article(article, OutputFormat.MD).decode()
    assert "\\<script>" in markdown
    assert not {"html_inline", "html_block"} & {
        child.type for token in MarkdownIt().parse(markdown) for child in (token, *(token.children or ()))
    }


@pytest.mark.parametrize("line", ["<p>tea and milk\n", "Tea and milk\n\n"])
def test_page_of_more_blocks_than_anybody_reads_is_refused(monkeypatch, line):
    monkeypatch.setattr(stages, "MAX_BLOCKS", 100)
    with pytest.raises(cleaner.PageError, match="200 blocks, over the limit of 100"):
        cleaner.clean(line * 200)


def test_dump_of_more_lines_than_anybody_reads_is_refused(monkeypatch):
    monkeypatch.setattr(stages, "MAX_LINES", 100)
    with pytest.raises(cleaner.PageError, match="201 lines, over the limit of 100"):
        cleaner.clean("Tea\n\n" * 100)
    assert cleaner.clean("Tea and milk " * 50).text


def test_tag_depth_does_not_cost_text():
    page = "<!doctype html><body>" + "<div>" * 20_000 + PARAGRAPHS
    assert "harbour master" in cleaner.clean(page).text

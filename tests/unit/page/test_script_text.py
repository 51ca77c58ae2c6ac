"""Pages that show no article: it is read from what their scripts, templates and attributes store."""

import json
from html import escape
from urllib.parse import quote

import pytest

import cleaner
from cleaner.page import dom, script_values

TITLE = "Ferry to stop on Sundays for want of a driver"
PARAGRAPHS = [
    "The ferry to Holm will not sail on Sundays from October: nobody has been found who can start its engine, say its owners.",
    "The engine was built in 1911 and has a temper. Its last driver retired in June, and has no telephone in his cottage.",
    "Passengers were asked to write down what they remembered of the noises. Of forty letters most disagree with the others.",
    "“It coughs twice and then it sulks,” said a teacher who crosses every week. “You have to look away until it starts.”",
]
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
PLAIN = "\n\n".join(PARAGRAPHS)
SHELL = f'<div id="root"><h1>{TITLE}</h1><div class="spinner">Loading…</div></div>'
NUXT = [
    ["ShallowReactive", 1], {"data": 2, "state": 9}, {"article": 3}, {"title": 4, "body": 5}, TITLE, [6, 7, 8, 10],
    {"type": 11, "text": 12}, {"type": 11, "text": 13}, {"type": 11, "text": 14}, {}, {"type": 11, "text": 15},
    "paragraph", *PARAGRAPHS,
]  # fmt: skip


def page(stored, shell=SHELL):
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{TITLE} | Holm Gazette</title></head><body><header>'
        '<a href="/">Holm Gazette</a><nav><a href="/n">News</a><a href="/s">Sport</a></nav></header>'
        f"{shell}{stored}<footer>© 2024 Holm Gazette</footer></body></html>"
    )


def ld_json(**values):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": TITLE, **values})}</script>'


def data_of(name, value):
    return f'<script id="{name}" type="application/json">{json.dumps(value)}</script>'


def props(value):
    return data_of("__NEXT_DATA__", {"props": {"pageProps": value}})


STORED = {
    "JSON-LD, as text": (ld_json(articleBody=PLAIN), "script[ld+json]/articleBody"),
    "JSON-LD, as escaped markup": (ld_json(articleBody=escape(BODY)), "script[ld+json]/articleBody"),
    "JSON-LD, in a graph": (
        f'<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "WebSite", "name": "Holm Gazette"}, {"@type": "Article", "headline": TITLE, "articleBody": PLAIN}]})}</script>',
        "script[ld+json]/@graph/articleBody",
    ),
    "Next.js, markup, beside other stories": (
        props({"article": {"title": TITLE, "body": BODY}, "more": [{"title": "A tram of glass", "url": "/x", "body": BODY * 2}]}),
        "script[__NEXT_DATA__]/props/pageProps/article/body",
    ),
    "Next.js, a list of nodes": (
        props({"post": {"headline": TITLE, "content": [{"type": "paragraph", "text": text} for text in PARAGRAPHS]}}),
        "script[__NEXT_DATA__]/props/pageProps/post/content",
    ),
    "Next.js, the stream of React": (
        f'<script>self.__next_f.push([1,{json.dumps("4:" + json.dumps(["$", "article", None, {"children": [["$", "p", None, {"children": text}] for text in PARAGRAPHS]}]) + chr(10))}])</script>',
        "script[__next_f]",
    ),
    "Contentful": (
        props({"fields": {"title": TITLE, "body": {"nodeType": "document", "content": [
            {"nodeType": "paragraph", "content": [
                {"nodeType": "text", "value": text[:40]},
                {"nodeType": "hyperlink", "content": [{"nodeType": "text", "value": text[40:60]}]},
                {"nodeType": "text", "value": text[60:]},
            ]} for text in PARAGRAPHS
        ]}}}),
        "script[__NEXT_DATA__]/props/pageProps/fields/body/content",
    ),
    "Sanity": (
        props({"title": TITLE, "body": [
            {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": text}]} for text in PARAGRAPHS
        ]}),
        "script[__NEXT_DATA__]/props/pageProps/body",
    ),
    "Ghost": (
        props({"title": TITLE, "root": {"type": "root", "children": [
            {"type": "paragraph", "children": [{"type": "extended-text", "text": text}]} for text in PARAGRAPHS
        ]}}),
        "script[__NEXT_DATA__]/props/pageProps/root/children",
    ),
    "ProseMirror, assigned": (
        f'<script>window.__INITIAL_STATE__ = {json.dumps({"story": {"title": TITLE, "doc": {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in PARAGRAPHS]}}})};(function(){{var s;}})()</script>',
        "script[__INITIAL_STATE__]/story/doc/content",
    ),
    "Editor.js": (
        f'<script>window.__DATA__={json.dumps({"title": TITLE, "blocks": [{"id": "a", "type": "paragraph", "data": {"text": text}} for text in PARAGRAPHS]})}</script>',
        "script[__DATA__]/blocks",
    ),
    "Draft.js": (
        f'<script>window.state={json.dumps({"title": TITLE, "raw": {"blocks": [{"key": "a", "type": "unstyled", "text": text} for text in PARAGRAPHS], "entityMap": {}}})}</script>',
        "script[state]/raw/blocks",
    ),
    "blocks of blocks, the headline elsewhere": (
        f'<script>window.SIMORGH_DATA={json.dumps({"pageData": {"promo": {"headlines": {"headline": TITLE}}, "content": {"model": {"blocks": [{"type": "text", "model": {"blocks": [{"type": "paragraph", "model": {"text": text}}]}} for text in PARAGRAPHS]}}}})}</script>',
        "script[SIMORGH_DATA]/pageData/content/model/blocks",
    ),
    "Arc": (
        f'<script>Fusion.arcSite="holm";Fusion.globalContent={json.dumps({"headlines": {"basic": TITLE}, "content_elements": [*({"type": "text", "content": text} for text in PARAGRAPHS), {"type": "interstitial_link", "content": "Read more: the pier that nobody wanted, and why it stands."}]})};Fusion.x=1</script>',
        "script[globalContent]/content_elements",
    ),
    "JSON in a string": (
        f'<script>window.__PRELOADED_STATE__ = JSON.parse({json.dumps(json.dumps({"post": {"title": TITLE, "body_html": BODY}}))})</script>',
        "script[__PRELOADED_STATE__]/post/body_html",
    ),
    "JSON in an encoded string": (
        f'<script>window.__STATE__ = JSON.parse(decodeURIComponent("{quote(json.dumps({"post": {"title": TITLE, "body_html": BODY}}))}"))</script>',
        "script[__STATE__]/post/body_html",
    ),
    "Nuxt 2, a function": (
        f'<script>window.__NUXT__=(function(a,b){{return {{data:[{{article:{{title:a,body:{json.dumps(BODY)}}}}}]}}}}("x","y"))</script>',
        "script/body",
    ),
    "Nuxt 3, references": (data_of("__NUXT_DATA__", NUXT), "script[__NUXT_DATA__]/data/article/body"),
    "Apollo": (
        f'<script>window.__APOLLO_STATE__ = {json.dumps({"Post:1": {"title": TITLE}, **{f"Paragraph:{number}": {"__typename": "Paragraph", "text": text} for number, text in enumerate(PARAGRAPHS)}})}</script>',
        "script[__APOLLO_STATE__]",
    ),
    "WordPress": (
        f'<script>var wpData = {json.dumps({"posts": [{"title": {"rendered": TITLE}, "content": {"rendered": BODY}}]})};</script>',
        "script[wpData]/posts/content/rendered",
    ),
    "Gatsby": (
        data_of("gatsby", {"data": {"markdownRemark": {"html": BODY, "frontmatter": {"title": TITLE}}}}),
        "script[gatsby]/data/markdownRemark/html",
    ),
    "a template in a script": (f'<script type="text/html">{BODY}</script>', "script[text/html]"),
    "a template": (f'<template id="story"><div class="story">{BODY}</div></template>', "template[story]"),
    "noscript, escaped": (f"<noscript>{escape(BODY)}</noscript>", "noscript"),
    "an attribute, JSON": (
        f'<div data-page="{escape(json.dumps({"props": {"article": {"title": TITLE, "body": BODY}}}))}"></div>',
        "div[data-page]/props/article/body",
    ),
    "an attribute, markup": (f'<app-article content="{escape(BODY)}"></app-article>', "app-article[content]"),
    "a document in a frame": (f'<iframe srcdoc="{escape(BODY)}"></iframe>', "iframe[srcdoc]"),
}  # fmt: skip


@pytest.mark.parametrize(("stored", "path"), STORED.values(), ids=STORED)
def test_the_article_is_read_from_where_it_is_stored(stored, path):
    article = cleaner.clean(page(stored))
    assert article.text == PLAIN
    assert "from_script" in article.flags
    assert {block.path for block in article.blocks if block.kept} == {
        f"html/body/{path}/{'div.story/' if 'template[' in path else ''}p"
    }


@pytest.mark.parametrize(
    "stored",
    [
        props({"more": [{"title": "A tram made of glass", "url": "/x", "body": BODY}]}),
        ld_json(description=PLAIN),
        f"<script>window.consent = {json.dumps({'cookiePolicy': PLAIN})}</script>",
        f'<script type="text/html"><div>{{{{title}}}}</div>{BODY}</script>',
        f"<script>window.style = {json.dumps({'x': 'a{color:#123456;margin:0 auto;padding:0;border:none} ' * 12})}</script>",
        "<script>window.x = {broken</script>",
    ],
    ids=["another story", "a description", "a policy", "a template with places", "a style sheet", "no JSON"],
)
def test_what_is_no_article_of_the_page_is_not_read(stored):
    article = cleaner.clean(page(stored))
    assert "from_script" not in article.flags
    assert "nobody has been found" not in article.text


def test_a_page_with_an_article_is_read_as_it_is():
    article = cleaner.clean(
        page(ld_json(articleBody=PLAIN + "\n\nAnd more."), f"<article><h1>{TITLE}</h1>{BODY}</article>")
    )
    assert article.text == PLAIN
    assert "from_script" not in article.flags


def test_a_text_that_is_hidden_until_a_script_runs_is_that_of_the_page():
    shell = f'<article style="display:none"><h1>{TITLE}</h1>{BODY}</article>'
    article = cleaner.clean(page(ld_json(articleBody=PLAIN), shell))
    assert article.text == PLAIN
    assert "from_script" not in article.flags


def test_the_first_words_that_a_page_shows_are_not_repeated():
    shell = f'<main><h1>{TITLE}</h1><div class="skeleton">{PARAGRAPHS[0][:90]}</div></main>'
    article = cleaner.clean(page(ld_json(articleBody=PLAIN), shell))
    assert article.text.count("The ferry to Holm") == 1
    assert PARAGRAPHS[3] in article.text


def test_a_page_that_shows_nothing_at_all_is_read():
    html = (
        f"<html><head><title>{TITLE}</title>{ld_json(articleBody=PLAIN)}</head><body><div id=app></div></body></html>"
    )
    assert cleaner.clean(html).text == PLAIN


def test_kept_and_removed_make_up_the_page_and_its_stored_article():
    article = cleaner.clean(page(ld_json(articleBody=PLAIN)))
    assert sorted(
        [*(block.index for block in article.removed), *(block.index for block in article.blocks if block.kept)]
    ) == (list(range(len(article.blocks))))


def test_nested_values_end():
    value: object = PLAIN
    for _ in range(500):
        value = [value]
    assert list(script_values.find_articles(value)) == []


def test_shadow_roots_are_read_as_browsers_show_them():
    tree = dom.parse_html(
        "<x-a><template shadowrootmode=open><p>Shown.</p></template></x-a><template><p>Not.</p></template>"
    )
    assert tree is not None
    assert [element.tag for element in tree.root.iter("template")] == ["template"]


@pytest.mark.parametrize("attribute", ["shadowrootmode=open", 'shadowrootmode="closed"', "shadowroot=open"])
def test_an_article_in_nested_shadow_roots_is_read(attribute):
    inner = f"<c-story><template {attribute}><div class=body><h1>{TITLE}</h1>{BODY}</div></template></c-story>"
    article = cleaner.clean(f"<html><body><c-page><template {attribute}>{inner}</template></c-page></body></html>")
    assert article.text == PLAIN
    assert "from_script" not in article.flags

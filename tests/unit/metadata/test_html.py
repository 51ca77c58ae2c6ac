"""What a page says of its article is found wherever pages say it, and nothing is made up."""

from datetime import date, datetime, timedelta

import pytest

from cleaner import dom
from cleaner.metadata import html
from cleaner.rulebook import SiteMetadata

URL = "https://www.example.org/world/bridge-closed"


def read(head="", body="", url=URL, rules=None):
    tree = dom.parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return html.read(tree, url, rules)


def script(text):
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = """{"@type": "NewsArticle", "headline": "Old bridge closed", "datePublished": "2024-05-03T10:00:00+02:00",
  "dateModified": "2024-05-04", "author": {"@type": "Person", "name": "Ann Lee"}, "articleSection": "Harbour",
  "keywords": ["bridges", "wind"], "description": "Wind tore the railing away."}"""
SHAPES = {
    "object": ARTICLE,
    "array": f"[{ARTICLE}]",
    "graph": f'{{"@graph": [{{"@type": "WebPage", "name": "x"}}, {ARTICLE}]}}',
    "wrapped": f'{{"@type": "WebPage", "mainEntity": {ARTICLE}}}',
    "trailing comma": ARTICLE.replace('away."}', 'away.",}'),
    "raw newline": ARTICLE.replace("Wind tore", "Wind tore\n\t"),
    "cdata": f"//<![CDATA[\n{ARTICLE}\n//]]>",
    "html comment": f"<!--{ARTICLE}-->",
    "escaped": ARTICLE.replace('"', "&quot;"),
    "comments": ARTICLE.replace('"headline"', '/* the title */ "headline"'),
    "two values": f'{{"@type": "BreadcrumbList"}}{ARTICLE}',
    "beyond mending": ARTICLE.replace('"keywords": ["bridges", "wind"]', '"keywords": [bridges, "wind"]'),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_structured_data_is_read_whatever_its_shape(text):
    said = read(script(text))
    assert said.title == "Old bridge closed"
    assert said.authors == ("Ann Lee",)
    assert said.published == datetime.fromisoformat("2024-05-03T10:00:00+02:00")
    assert said.modified == date(2024, 5, 4)
    assert said.section == "Harbour"
    assert said.tags == (() if text == SHAPES["beyond mending"] else ("bridges", "wind"))


def test_the_description_comes_from_structured_data_too():
    said = read(script(ARTICLE))
    assert said.description == "Wind tore the railing away."


def test_meta_elements_do_without_structured_data():
    said = read(
        """<meta property="og:title" content="Old bridge closed | The Harbour Post">
        <meta property="og:site_name" content="The Harbour Post"><meta name="author" content="By Ann Lee">
        <meta property="article:published_time" content="2024-05-03T10:00:00Z">
        <meta property="article:tag" content="bridges"><meta property="article:tag" content="wind, rain">
        <meta property="article:section" content="Harbour"><meta name="description" content="Wind.">"""
    )
    assert (said.title, said.authors, said.section, said.description) == (
        "Old bridge closed", ("Ann Lee",), "Harbour", "Wind.",
    )  # fmt: skip
    assert said.tags == ("bridges", "wind, rain")
    assert said.published == datetime.fromisoformat("2024-05-03T10:00:00+00:00")


AUTHORS = [
    ('"Ann Lee and Tom Fox"', ("Ann Lee", "Tom Fox")),
    ('["Ann Lee", {"@type": "Person", "name": "Tom Fox, MD"}]', ("Ann Lee", "Tom Fox")),
    ('[{"@type": "Organization", "name": "Harbour Wire"}, {"@type": "Person", "name": "Ann Lee"}]', ("Ann Lee",)),
    ('{"@type": "Organization", "name": "Centre for Bridges and Ports"}', ("Centre for Bridges and Ports",)),
]


@pytest.mark.parametrize(("author", "expected"), AUTHORS)
def test_people_come_before_organizations(author, expected):
    assert read(script(f'{{"@type": "Article", "author": {author}}}')).authors == expected


def test_an_author_may_be_named_by_reference():
    graph = '[{"@type": "Article", "author": {"@id": "#ann"}}, {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}]'
    assert read(script(f'{{"@graph": {graph}}}')).authors == ("Ann Lee",)


def test_the_byline_shown_stands_in_for_silent_metadata():
    body = '<h1>Old bridge closed</h1><p class="byline">By <a>Ann Lee</a> | May 3, 2024</p><p>Text.</p>'
    said = read(body=body)
    assert said.authors == ("Ann Lee",)
    assert said.published == date(2024, 5, 3)


def test_bylines_of_comments_and_other_stories_do_not_count():
    body = '<h1>Old bridge closed</h1><div class="comments"><span class="author-name">Bo Ek</span></div>'
    assert read(body=body).authors == ()


TITLES = [
    ("<title>Old bridge closed | The Harbour Post</title>", "<h1>Old bridge closed</h1>", "Old bridge closed"),
    ("<title>Old bridge closed - example.org</title>", "", "Old bridge closed"),
    ("<title>Storms - a short history</title>", "", "Storms - a short history"),
    (
        '<meta property="og:title" content="Bridge shut">',
        "<h1>The Example</h1><h1>Old bridge shut</h1>",
        "Old bridge shut",
    ),
    ('<meta property="og:title" content="Old bridge closed">', "<h1>Example</h1>", "Old bridge closed"),
    ('<meta property="og:title" content="Old bridge closed">', "<h1>Ports Old bridge closed</h1>", "Old bridge closed"),
    ('<meta property="og:title" content="Old bridge closed">', "<h1>News from all ports</h1>", "Old bridge closed"),
]


@pytest.mark.parametrize(("head", "body", "title"), TITLES)
def test_the_headline_goes_without_the_site(head, body, title):
    assert read(head, body).title == title


def test_the_selectors_of_a_rule_win():
    rules = SiteMetadata(
        timezone="Asia/Kolkata", title=(".t",), authors=(".a",), published=(".d",), modified=(".m",), section=(".s",),
        tags=(".k",), description=(".e",),
    )  # fmt: skip
    body = """<b class=t>Other title</b><b class=a>Tom Fox</b><b class=d>May 5, 2024 10:00</b>
        <time class=m datetime="2024-05-06T08:00">then</time><b class=s>Ports</b><b class=k>sea</b><b class=e>Short.</b>"""
    said = read(script(ARTICLE), body, rules=rules)
    assert (said.title, said.authors, said.section, said.tags) == ("Other title", ("Tom Fox",), "Ports", ("sea",))
    assert said.description == "Short."
    assert [str(said.published), str(said.modified)] == ["2024-05-05 10:00:00+05:30", "2024-05-06 08:00:00+05:30"]


def test_the_zone_of_the_rule_does_not_move_a_time_that_has_one():
    said = read(script(ARTICLE), rules=SiteMetadata(timezone="Asia/Kolkata"))
    assert isinstance(said.published, datetime)
    assert said.published.utcoffset() == timedelta(hours=2)


def test_site_and_url_come_from_the_canonical_link_where_none_is_given():
    said = read('<link rel="canonical" href="https://www.example.net/a">', url=None)
    assert (said.url, said.site) == ("https://www.example.net/a", "example.net")


def test_a_bare_page_says_nothing():
    said = read(body="<p>Words.</p>", url=None)
    assert (said.url, said.site, said.authors, said.published, said.modified, said.tags) == (
        None,
        None,
        (),
        None,
        None,
        (),
    )


def test_reading_leaves_the_tree_as_it_is():
    tree = dom.parse("<html><body><h1>Old bridge closed</h1><p>Posted last week by nobody.</p></body></html>")
    assert tree is not None
    before = [(element.tag, element.text, element.tail) for element in tree.root.iter()]
    html.read(tree, None)
    assert [(element.tag, element.text, element.tail) for element in tree.root.iter()] == before

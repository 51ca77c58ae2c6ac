"""What a page says of its article is found wherever pages say it, and nothing is made up."""

from datetime import date, datetime, timedelta

import pytest

from cleaner.front_matter import html_metadata, jsonld
from cleaner.page import blocks_html as segment
from cleaner.page import decode, dom
from cleaner.rulebook import SiteMetadata

URL = "https://www.example.org/world/bridge-closed"


def read(head="", body="", url=URL, rules=None):
    tree = dom.parse_html(f"<html><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return html_metadata.read_html_metadata(tree, url, rules, blocks=segment.segment_html(tree.root).blocks)


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


def test_the_first_of_two_articles_in_the_structured_data_is_the_pages():
    other = ARTICLE.replace("Old bridge closed", "Ferry queen retires").replace("Ann Lee", "Tom Fox")
    said = read(script(ARTICLE) + script(other), "<h1>Old bridge closed</h1><p>Text.</p>")
    assert (said.title, said.authors) == ("Old bridge closed", ("Ann Lee",))


def test_structured_data_that_is_far_too_large_is_not_read():
    body = "<h1>Old bridge shut</h1><p>Text.</p>"
    just, over = (ARTICLE.ljust(jsonld.MAX_CHARACTERS + extra) for extra in (0, 1))
    assert read(script(just), body).authors == ("Ann Lee",)
    assert read(script(over), body).authors == ()
    assert jsonld.MAX_CHARACTERS < decode.MAX_SIZE / 2


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


@pytest.mark.parametrize("part", ["footer", "nav", "aside"])
def test_bylines_in_parts_about_something_else_do_not_count(part):
    story = "<h1>Old bridge closed</h1>" + "<p>Wind tore the railing away last week.</p>" * 20
    signed = '<{0}><p>Seen by <span class="author-name">Bo Ek</span></p></{0}>'
    assert read(body=story + signed.format(part)).authors == ()
    assert read(body=story + signed.format("section")).authors == ("Bo Ek",)


SIGNED = {
    "credit": ("<h1>Old bridge closed</h1><p>By Ann Lee</p>", ("Ann Lee",)),
    "lead on a line of its own": ("<h1>Old bridge closed</h1><p>Written by</p><p>Ann Lee</p>", ("Ann Lee",)),
    "behind a date": ("<h1>Old bridge closed</h1><p>Posted on May 3, 2024 by Ann Lee</p>", ("Ann Lee",)),
    "name beside a date": ("<h1>Old bridge closed</h1><p>Wind</p><p>Ann Lee</p><p>May 3, 2024</p>", ("Ann Lee",)),
    "name under the headline": ("<h1>Old bridge closed</h1><p>Ann Lee</p><p>Text.</p>", ("Ann Lee",)),
    "name further down": ("<h1>Old bridge closed</h1><p>Wind</p><p>Rain</p><p>Ann Lee</p><p>Text</p>", ()),
    "heading": ("<h1>Old bridge closed</h1><h2>Ann Lee</h2><p>Text.</p>", ()),
    "section": ("<h1>Old bridge closed</h1><p>HR Strategy</p><p>Text.</p>", ()),
    "reviewer": ("<h1>Old bridge closed</h1><p>Reviewed by Tom Fox</p>", ()),
    "reviewer on the next line": ("<h1>Old bridge closed</h1><p>Edited by</p><p>Tom Fox</p><p>May 3, 2024</p>", ()),
    "sentence": ("<h1>Old bridge closed</h1><p>By following these tips you get home</p>", ()),
    "user": ("<h1>Old bridge closed</h1><p>by annlee</p>", ("annlee",)),
    "far from the headline": ("<h1>Old bridge closed</h1>" + "<p>Wind</p>" * 20 + "<p>By Ann Lee</p>", ()),
    "below the front": ("<h1>Old bridge closed</h1>" + "<p>Wind</p>" * 9 + "<p>By Ann Lee</p>", ()),
    "button": ("<h1>Old bridge closed</h1><p>Wind</p><p>Rain</p><button>Tom Fox</button><p>May 3, 2024</p>", ()),
    "class of a page builder": ("<div class=elementor-widget><b class=author-name>Ann Lee</b></div>", ("Ann Lee",)),
    "reporter": ("<p>旧桥关闭</p><p>本报记者 王小明 发自港口</p>", ("王小明",)),
    "author before editor": ("<p>责任编辑：李大山</p><p>作者：王小明</p>", ("王小明",)),
    "editor": ("<p>旧桥关闭</p><p>（责任编辑：李大山）</p>", ("李大山",)),
    "no reporter": ("<p>旧桥关闭</p><p>记者从港口获悉，旧桥关闭。</p>", ()),
}


@pytest.mark.parametrize(("body", "expected"), SIGNED.values(), ids=SIGNED)
def test_authors_are_found_where_the_page_names_them(body, expected):
    assert read("<title>Old bridge closed</title>", body).authors == expected


def test_the_byline_shown_overrules_structured_data_that_names_another():
    body = "<h1>Old bridge closed</h1><p>By Tom Fox</p>"
    assert read(script(ARTICLE), body).authors == ("Tom Fox",)
    assert read(script(ARTICLE), body.replace("By ", "Reviewed by ")).authors == ("Ann Lee",)


def test_structured_data_that_names_more_people_than_the_byline_is_believed():
    both = script(ARTICLE.replace('{"@type": "Person", "name": "Ann Lee"}', '"Ann Lee and Tom Fox"'))
    assert read(both, "<h1>Old bridge closed</h1><p>By Tom Fox</p>").authors == ("Ann Lee", "Tom Fox")


@pytest.mark.parametrize(("label", "expected"), [("Written by", ("Ann Lee",)), ("Reading time", ())])
def test_the_card_for_social_networks_may_name_the_author(label, expected):
    card = f'<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="Ann Lee">'
    assert read(card).authors == expected


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
    ("<title>Old bridge closed - Opinion - Some Paper</title>", "<p><b>Old bridge closed</b></p>", "Old bridge closed"),
    ("<title>Some Paper: Old bridge closed</title>", "<td>Old bridge closed<br>By Ann Lee</td>", "Old bridge closed"),
    ("<title>Ports - Ships - Old bridge closed</title>", "<p>Ports - Ships</p>", "Ports - Ships"),
    ("<title>Old bridge closed - Ports</title>", '<p><a href="/">Ports</a></p>', "Old bridge closed - Ports"),
    ("<title>Harbour - Old bridge closed</title>", "<h1>Old bridge closed</h1>", "Old bridge closed"),
    ("<title>Old bridge closed - Storm Harbour</title>", "<h1>Old Bridge: Closed</h1>", "Old Bridge: Closed"),
    (
        "<title>Storm in the harbour: old bridge closed now</title>",
        "<h1>old bridge closed now</h1><p>Storm in the harbour</p>",
        "old bridge closed now",
    ),
    (
        "<title>Example planting for beginners - example.org</title>",
        "<h1>Example planting for beginners</h1><h1>Tips to plant in the Example way</h1>",
        "Example planting for beginners",
    ),
    ("<title>»Closed« (example)</title>", "<h1>»Closed«</h1>", "»Closed«"),
    (
        "<title>Old bridge closed - Ports and ships</title>",
        '<p><a href="/">Ports and ships</a></p>',
        "Old bridge closed - Ports and ships",
    ),
    (
        '<meta property="og:title" content="Harbour - Old bridge closed">',
        "<h1>Old bridge closed</h1>",
        "Old bridge closed",
    ),
    ("<title>Home</title>", "<h1>Time to say goodbye</h1>", "Time to say goodbye"),
    ("<title>» Bridge closed</title>", "", "» Bridge closed"),
    (
        "<title>The &lt;i&gt;Ann Lee&lt;/i&gt;:&lt;br/&gt;closed to visitors</title>",
        "",
        "The Ann Lee: closed to visitors",
    ),
    ("<title>What the &lt;i&gt; element is for</title>", "", "What the <i> element is for"),
    ("<title>Example: the bridge in bad weather today</title>", "", "Example: the bridge in bad weather today"),
    (
        '<meta property="og:title" content="Storm tears old bridge apart"><title>Storm tears</title>',
        "<h1>Storm tears old bridge apart</h1>",
        "Storm tears old bridge apart",
    ),
]


@pytest.mark.parametrize(("head", "body", "title"), TITLES)
def test_the_headline_goes_without_the_site(head, body, title):
    assert read(head, body).title == title


JSON_DATE = script('{"@type": "Article", "headline": "Old bridge closed", "datePublished": "%s"}')
DATES = {
    "two figures of a year": ("", "<h1>Old bridge closed</h1><p>Port | 03.05.24</p>", "2024-05-03"),
    "above the headline": ("", "<p>3 May 2024</p><h1>Old bridge closed</h1>", "2024-05-03"),
    "shown before it was said": (
        JSON_DATE % "2024-05-09T10:00:00Z", "<h1>Old bridge closed</h1><p>May 3, 2024</p>", "2024-05-03",
    ),
    "shown above before it was said": (
        JSON_DATE % "2024-05-09", "<p>May 3, 2024</p><h1>Old bridge closed</h1>", "2024-05-03",
    ),
    "changed before it was said": (
        JSON_DATE % "2024-05-09", "<h1>Old bridge closed</h1><p>Updated May 3, 2024</p>", "2024-05-09",
    ),
    "shown two days before it was said": (
        JSON_DATE % "2024-05-05", "<h1>Old bridge closed</h1><p>May 3, 2024</p>", "2024-05-03",
    ),
    "shown three days before it was said": (
        JSON_DATE % "2024-05-06", "<h1>Old bridge closed</h1><p>May 3, 2024</p>", "2024-05-03",
    ),
    "shown after it was said": (
        JSON_DATE % "2024-05-03", "<h1>Old bridge closed</h1><p>May 9, 2024</p>", "2024-05-03",
    ),
    "a day apart": (JSON_DATE % "2024-05-04", "<h1>Old bridge closed</h1><p>May 3, 2024</p>", "2024-05-04"),
    "same time in the page's zone": (
        JSON_DATE % "2024-05-03T22:04:00Z", "<h1>Old bridge closed</h1><p>May 4, 2024 00:04</p>",
        "2024-05-04 00:04:00+02:00",
    ),
    "another time": (
        JSON_DATE % "2024-05-03T22:04:00Z", "<h1>Old bridge closed</h1><p>May 4, 2024 00:05</p>",
        "2024-05-03 22:04:00+00:00",
    ),
    "in a script": ("<script>window.x = {'a': 1, \"publishDate\":\"2024-05-03\"}</script>", "<p>x</p>", "2024-05-03"),
    "only a change": ("", "<h1>Old bridge closed</h1><p>Updated May 3, 2024</p>", "2024-05-03"),
    "only a change, in the head": (
        '<meta property="article:modified_time" content="2024-05-03">', "<p>Ships</p>", "2024-05-03",
    ),
    "above the headline, others below": (
        "", "<p>3 May 2024</p><h1>Old bridge closed</h1>" + "<p>Ships</p>" * 20 + "<p>9 May 2024</p>", "2024-05-03",
    ),
    "a label among several days": ("", "<p>2024-05-09</p><p>港口</p><p>发布时间 2024-05-03</p>", "2024-05-03"),
    "a date line and a dated one": (
        "", "<p>Ships</p>" * 20 + "<p>May 3, 2024</p><p>May 5, 2024 the storm came</p>", "2024-05-03",
    ),
    "labelled far below": ("", "<p>旧桥关闭</p>" + "<p>港口</p>" * 20 + "<p>发布时间 2024-05-03</p>", "2024-05-03"),
    "the only day": ("", "<p>Ships</p>" * 20 + "<p>May 3, 2024</p>", "2024-05-03"),
    "one of several days": ("", "<p>Ships</p>" * 20 + "<p>May 3, 2024</p><p>Boats</p><p>May 4, 2024</p>", "None"),
    "in running text": ("", "<p>Ships sail.</p>" * 20 + "<p>It closed on May 3, 2024, they say.</p>", "None"),
}  # fmt: skip


@pytest.mark.parametrize(("head", "body", "expected"), DATES.values(), ids=DATES)
def test_the_date_is_what_the_page_says_and_shows(head, body, expected):
    assert str(read(head, body).published) == expected


def test_pictures_and_canonical_links_are_absolute():
    said = read('<link rel="canonical" href="https://example.org/a"><meta property="og:image" content="/a.jpg">')
    assert (said.canonical, said.image, said.url) == ("https://example.org/a", "https://www.example.org/a.jpg", URL)
    assert read(script('{"@type": "Article", "image": {"url": "https://example.org/b.jpg"}}')).image == (
        "https://example.org/b.jpg"
    )
    assert read().image is None


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
    tree = dom.parse_html("<html><body><h1>Old bridge closed</h1><p>Posted last week by nobody.</p></body></html>")
    assert tree is not None
    before = [(element.tag, element.text, element.tail) for element in tree.root.iter()]
    html_metadata.read_html_metadata(tree, None)
    assert [(element.tag, element.text, element.tail) for element in tree.root.iter()] == before

"""Networks are recognised by an element of a page, or by lines of a dump; the site's rules take precedence."""

import pickle

import pytest

import cleaner
from cleaner.errors import RuleError
from cleaner.page import decode, dom
from cleaner.rulebook import Rulebook
from cleaner.rulebook.site_detection import find_required_text

BOX = """
fingerprints = [".box", "meta[name=generator][content^='Boxer ']", "script[src*='cdn.box.example']"]
signatures = ["by Box", "Box & Co"]
[metadata]
timezone = "Asia/Tokyo"
[[drop]]
label = "advertisement"
selector = ".box, #boxes"
why = "paid links"
[[drop]]
label = "promo"
line = "by Box"
why = "its mark"
"""
STORY = "".join(
    f"<p>Sentence {n} of a story that goes on for a while, as stories about rivers do.</p>" for n in "abcdef"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "networks").mkdir()
    (tmp_path / "networks" / "box.toml").write_text(BOX, encoding="utf-8")
    (tmp_path / "networks" / "quiet.toml").write_text('[[drop]]\nlabel="legal"\nline="x"\nwhy="y"', encoding="utf-8")
    return tmp_path


def names(folder, html):
    return [
        network.name for network in Rulebook.load([folder], builtin=False).find_networks_in_markup(dom.parse_html(html))
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<p>a</p><div class="wide box">b</div>',
        '<html><head><meta name="generator" content="Boxer 2.1"></head><body><p>a</p></body></html>',
        "<p>a</p><script src=https://cdn.box.example/x.js></script>",
    ],
)
def test_page_with_any_fingerprint_has_the_network(folder, html):
    assert names(folder, html) == ["networks/box"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>The class is called box, and cdn.box.example serves it.</p>",
        '<p id="box">a</p>',
        '<meta name="author" content="Boxer Jo"><p>a</p>',
        "<p>a</p>",
    ],
)
def test_page_that_only_mentions_it_does_not(folder, html):
    assert names(folder, html) == []


def test_dump_with_all_signatures_has_the_network(folder):
    book = Rulebook.load([folder], builtin=False)
    assert [network.name for network in book.find_networks_in_text("a\nby  Box\n© Box & Co")] == ["networks/box"]
    assert book.find_networks_in_text("a\nby Box\n") == []


def test_network_applies_on_pages_of_sites_without_a_file(folder):
    page = f'<body><article>{STORY}<div class="box"><p>Paid words that read like any others here.</p></div></article></body>'
    article = cleaner.Cleaner([folder], builtin_rules=False).clean(page, url="https://unheard.example/1")
    spoken = {block.verdict.rule: block.text for block in article.blocks if block.verdict.rule}
    assert spoken == {"networks/box:drop[0]": "Paid words that read like any others here."}
    assert "Sentence f" in article.text


def test_network_applies_in_dumps(folder):
    article = cleaner.Cleaner([folder], builtin_rules=False).clean(
        "The river rose.\n\nby Box\n\nBox & Co keeps its banks.\n"
    )
    assert [(b.text, b.verdict.label.value) for b in article.blocks if b.verdict.rule] == [("by Box", "promo")]


def test_site_wins_over_the_networks_on_its_page(folder):
    site = (
        'hosts = ["a.com"]\n[metadata]\ntimezone = "Europe/Oslo"\n[[keep]]\nselector = ".box"\nwhy = "its own boxes"\n'
    )
    (folder / "a.com.toml").write_text(site, encoding="utf-8")
    book = Rulebook.load([folder], builtin=False)
    merged = book.lookup("https://a.com", None).with_networks(book.networks)
    assert [rule.id for rule in merged.rules][:2] == ["a.com:keep[0]", "networks/box:drop[0]"]
    assert merged.metadata.timezone == "Europe/Oslo"
    page = f'<body><article>{STORY}<div class="box"><p>Our own box about rivers.</p></div></article></body>'
    assert "Our own box" in cleaner.Cleaner([folder], builtin_rules=False).clean(page, url="https://a.com/1").text


def test_network_that_the_site_extends_is_not_merged_twice(folder):
    (folder / "a.com.toml").write_text('hosts = ["a.com"]\nextends = ["networks/box"]', encoding="utf-8")
    book = Rulebook.load([folder], builtin=False)
    site = book.lookup("https://a.com", None)
    assert site.with_networks(book.networks[:1]) == site
    assert len(site.with_networks(book.networks).rules) == 3


def test_book_without_an_entry_of_a_network(folder):
    book = Rulebook.load([folder], builtin=False).without("networks/box:drop[0]")
    assert [rule.id for network in book.networks for rule in network.rules] == [
        "networks/box:drop[1]",
        "networks/quiet:drop[0]",
    ]


def test_book_pickles_after_it_looked_at_pages(folder):
    book = Rulebook.load([folder], builtin=False)
    html = '<div class="box">b</div>'
    assert book.find_networks_in_markup(dom.parse_html(html))
    assert book.find_networks_in_text("by Box, Box & Co")
    again = pickle.loads(pickle.dumps(book))  # noqa: S301  our own bytes
    assert again.find_networks_in_markup(dom.parse_html(html)) == book.find_networks_in_markup(dom.parse_html(html))


@pytest.mark.parametrize(
    ("fingerprint", "held"),
    [
        (".sharedaddy", "sharedaddy"),
        ("#a.bcd", "bcd"),
        ("div[id^=taboola-]", "taboola-"),
        ("meta[name=generator][content^='Ghost 5']", "generator"),
        ('script[src*="cdn.example.org/x"]', "cdn.example.org/x"),
        ("div", None),
        ("div[hidden]", None),
        (".a, .b", None),
        (".a .b", None),
        (".a:not(.b)", None),
        ("[title='a&b']", None),
    ],
)
def test_required_text_is_in_every_page_with_the_fingerprint(fingerprint, held):
    assert find_required_text(fingerprint) == held


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ('fingerprints = [".a, .b"]', r"\$\.fingerprints\[0\]", "is not a fingerprint"),
        ('fingerprints = [".a", "p["]', r"\$\.fingerprints\[1\]", "not a CSS selector"),
        ('hosts = ["a.com"]', r"\$\.hosts", "`fingerprints`"),
        ('[[case]]\ninput = "a.html"', r"\$\.case\[0\]", "expects nothing"),
    ],
)
def test_broken_network_is_refused(tmp_path, text, key, problem):
    (tmp_path / "networks").mkdir()
    (tmp_path / "networks" / "n.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=f"{key}: .*{problem}"):
        Rulebook.load([tmp_path], builtin=False)


SHIPPED = Rulebook.load().networks


@pytest.mark.parametrize("network", SHIPPED, ids=lambda network: network.name)
def test_every_shipped_network_finds_its_own_pages(network):
    book = Rulebook.load()
    assert network.fingerprints
    assert network.cases
    for case in network.cases:
        page = decode.read_page((network.path.parent.parent / case.input).read_bytes())
        found = book.find_networks_in_markup(dom.parse_html(page.content)) if page.kind == "html" else []
        assert network in (found or book.find_networks_in_text(page.content))

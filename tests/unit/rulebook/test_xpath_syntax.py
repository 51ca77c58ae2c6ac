"""XPath in rules: elements selected by their text or their neighbours, at bounded cost."""

import pytest

import cleaner
from cleaner.errors import RuleError
from cleaner.rulebook.rule_decoder import decode_rules
from cleaner.rulebook.rule_types import SiteFile

SITE = 'hosts = ["a.com"]\n'
ENTRY = SITE + '[[drop]]\nlabel = "related"\nwhy = "pointer"\nxpath = """{}"""\n'

GOOD = [
    "//div[@class='related']",
    "//p[contains(concat(' ', normalize-space(@class), ' '), ' ad ') and not(.//img)]",
    "(//ul)[last()]",
    "//h3[starts-with(., 'More: $5')]/following-sibling::*[1]",
    "//div[div/p]",
    "//section[.//a[@href]]",
    "//div[.//img or not( .//p)]",
    "//a//b//c | //d//e//f",
    "(//div[a]//p)[1]/..",
    "//p[ancestor::div[@id='x']]",
    "//*[text()='see//also']",
]
BAD = [
    ("div", "does not start with"),
    ("//div[", "does not compile"),
    ("//div[foo()]", "`foo()` is not a function"),
    ("//div[re:test(., 'a')]", "namespace prefix"),
    ("//div[@id=$x]", "variable"),
    ("//svg:path", "namespace prefix"),
    ("//*[count(//*) > 1]", "whole page again"),
    ("//*[. = 'a' and //p]", "whole page again"),
    ("//*[following::*]", "whole page again"),
    ("//*/following::*", "whole page again"),
    ("//*[count(../..//p) > 1]", "whole page again"),
    ("//*[count(ancestor::*/descendant::*) > 1]", "whole page again"),
    ("//*//*//*//p", "4 steps"),
    ("//p | //a/descendant::b/ancestor::c//d", "4 steps"),
    ("//*[a[b[c]]]", "3 deep"),
    ("//" + "a" * 500, "over the limit of 500"),
    ("//p[.='\\u0001']", "does not compile"),
]


@pytest.mark.parametrize("xpath", GOOD)
def test_xpath_1_is_read(xpath):
    assert decode_rules("a.toml", ENTRY.format(xpath).encode(), SiteFile).drop[0].xpath == xpath


@pytest.mark.parametrize(("xpath", "problem"), BAD)
def test_what_lxml_would_not_run_or_run_for_ever_is_refused(xpath, problem):
    with pytest.raises(RuleError) as caught:
        decode_rules("a.toml", ENTRY.format(xpath).encode(), SiteFile)
    assert caught.value.key == "$.drop[0].xpath"
    assert problem in caught.value.problem


@pytest.mark.parametrize("place", ["[body]\nselectors", "[metadata]\ntitle"])
def test_lists_of_selectors_take_both_kinds(place):
    decode_rules("a.toml", f'{SITE}{place} = ["h1.x", "//h1[1]", "(//h1)[1]"]'.encode(), SiteFile)
    with pytest.raises(RuleError, match="the XPath cannot be used"):
        decode_rules("a.toml", f'{SITE}{place} = ["//h1[foo()]"]'.encode(), SiteFile)


def test_xpath_in_place_of_css_is_refused_with_its_key():
    with pytest.raises(RuleError, match="Write `xpath` for an XPath expression"):
        decode_rules("a.toml", ENTRY.replace("xpath", "selector").format("//div").encode(), SiteFile)


def test_xpath_drops_keeps_and_finds_the_title(tmp_path):
    (tmp_path / "a.com.toml").write_text(
        SITE
        + "[metadata]\ntitle = [\"//span[@itemprop='name']\"]\n"
        + '[[drop]]\nlabel="promo"\nwhy="x"\nxpath="//div[h4[starts-with(., \'Our tip\')]]"\n'
        + '[[keep]]\nwhy="x"\nxpath="//aside[@data-kind=\'correction\']"\n',
        encoding="utf-8",
    )
    story = "".join(f"<p>Sentence {n} of a story about a bridge that took nine years to build.</p>" for n in "abcd")
    page = (
        f'<html><head><title>Home</title></head><body><span itemprop="name">The bridge</span><article>{story}'
        "<div><h4>Our tip</h4><p>Nine walks that begin at the bridge, with a map of the valley.</p></div></article>"
        '<aside data-kind="correction"><p>An earlier version named the wrong river.</p></aside></body></html>'
    )
    article = cleaner.Cleaner([tmp_path], builtin_rules=False).clean(page, url="https://a.com/")
    assert article.title == "The bridge"
    assert {b.text: b.verdict.rule for b in article.blocks if b.verdict.rule} == {
        "Our tip": "a.com:drop[0]",
        "Nine walks that begin at the bridge, with a map of the valley.": "a.com:drop[0]",
        "An earlier version named the wrong river.": "a.com:keep[0]",
    }
    assert "wrong river" in article.text

"""Dangerous rule files are refused when they are read, with file, key and remedy."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import RuleError
from cleaner.page.dom import compile_selector
from cleaner.rulebook.css_syntax import is_simple_selector
from cleaner.rulebook.rule_decoder import decode_rules
from cleaner.rulebook.rule_types import SiteFile

ENTRY = 'hosts = ["a.com"]\n[[drop]]\nlabel = "share"\nwhy = "test"\n'
BOMBS = ["(?:.?){1000}" * 100, r"\pL{1000}", "((a{100}){100}){100}", r"(\pL{1,500} ){1,2}" * 50, "(?:.?)" * 100_000]
HARMLESS = [".{1,500} Photo: .{1,500}", "(a+)+b", r"\pL{1,10}", "[^|]{12,}( [|] [^|]{12,}){2,}"]


@pytest.mark.parametrize("regex", BOMBS, ids=range(len(BOMBS)))
def test_regex_bomb_is_refused_before_it_goes_off(regex):
    start = time.process_time()
    with pytest.raises(RuleError) as caught:
        decode_rules("a.com.toml", f"{ENTRY}regex = '{regex}'".encode(), SiteFile)
    assert time.process_time() - start < 5
    assert (caught.value.path, caught.value.key) == ("a.com.toml", "$.drop[0].regex")
    assert "cannot be used" in caught.value.problem


@pytest.mark.parametrize("regex", HARMLESS)
def test_harmless_regex_is_taken(regex):
    assert decode_rules("a.com.toml", f"{ENTRY}regex = '{regex}'".encode(), SiteFile).drop[0].regex == regex


@pytest.mark.parametrize(
    ("matcher", "key"),
    [
        ('selector = "*"', "$.drop[0].selector"),
        ('selector = "p.ad, body"', "$.drop[0].selector"),
        ('xpath = "//*"', "$.drop[0].xpath"),
        ("regex = '.*'", "$.drop[0].regex"),
    ],
)
def test_matcher_of_everything_is_refused(matcher, key):
    with pytest.raises(RuleError, match="matches every block") as caught:
        decode_rules("a.com.toml", (ENTRY + matcher).encode(), SiteFile)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"#" * (10 << 20), "$"),
        (b"x = " + b"[" * 100_000 + b"]" * 100_000, "line 1"),
        (b"[" + b".".join([b"a"] * 100_000) + b"]", "$"),
        (b"x = " + b"{a=" * 100_000 + b"1" + b"}" * 100_000, "line 1"),
    ],
    ids=["10 MB", "deep lists", "deep keys", "deep tables"],
)
def test_file_that_is_too_large_or_too_deep_is_refused(data, key):
    with pytest.raises(RuleError) as caught:
        decode_rules("a.com.toml", data, SiteFile)
    assert (caught.value.path, caught.value.key) == ("a.com.toml", key)


NAMES = st.from_regex(r"-?[a-zA-Z_][a-zA-Z0-9_-]{0,6}", fullmatch=True)
PARTS = NAMES | st.sampled_from(".#[]=~|^$*'\"\\ >+,:()\n-1")


@given(st.lists(PARTS, max_size=12).map("".join))
def test_selector_that_is_known_good_compiles(selector):
    if is_simple_selector(selector):
        compile_selector(selector)


@pytest.mark.parametrize(
    ("selector", "plain"),
    [
        ("div.a > p#b, [data-x='y']", True),
        ("*", True),
        ("ul li + li ~ a", True),
        ("p:first-child", False),
        ("p..a", False),
        ("> p", False),
        ("p,", False),
        ("a" * 501, False),
        ("", False),
    ],
)
def test_plain_selectors(selector, plain):
    assert is_simple_selector(selector) is plain

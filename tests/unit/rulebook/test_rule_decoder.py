"""Rule files that cannot be used are refused with the file, the key, the problem and a remedy."""

import pytest

from cleaner.errors import RuleError
from cleaner.rulebook.rule_decoder import MAX_BYTES, decode_rules
from cleaner.rulebook.rule_types import CommonFile, NetworkFile, SiteFile

SITE = 'hosts = ["example.com"]\n'
DROP = SITE + '[[drop]]\nlabel = "related"\nwhy = "pointer"\n'

TWICE = """
[[drop]]
label = "share"
why = "b"
line = "Share"
[[drop]]
label = "legal"
why = "b"
line = ["a", "share:"]
"""

# What stands in a site's file, the key at fault, a part of the problem, a part of the remedy.
BROKEN = [
    ('hosts = ["a.com"]\nx = \ny = 1', "line 2", "not TOML", "Correct the TOML"),
    ("hosts = [", "line 1", "not TOML", "Correct the TOML"),
    (DROP + 'line = "a"\nthrou = 1', "$.drop[0].throu", "unknown key `throu`", "Did you mean `through`?"),
    ("zzz = 1", "$.zzz", "unknown key `zzz`", "Possible values: extends, metadata"),
    (SITE + '[metadata]\nsignatures = ["a"]', "$.metadata.signatures", "unknown key", "at the top of the file"),
    (SITE + "[body]", "$.body.selectors", "`selectors` is missing", "Add `selectors = …`"),
    (SITE + '[[drop]]\nlabel = "related"\nline = "a"', "$.drop[0].why", "`why` is missing", "Add `why = …`"),
    (SITE + '[drop]\nlabel = "related"', "$.drop", "a table", "[[drop]] with two brackets"),
    (DROP + "line = 7", "$.drop[0].line", "this is a whole number", "Write text in quotes or a list in [ ]."),
    (SITE + '[[drop]]\nlabel = "relatd"\nline = "a"\nwhy = "b"', "$.drop[0].label", "`relatd`", "`related`?"),
    (SITE + '[[drop]]\nlabel = "quote"\nline = "a"\nwhy = "b"', "$.drop[0].label", "article's own", "[[keep]]"),
    (SITE + '[[drop]]\nlabel = "share"\nline = "a"\nwhy = " "', "$.drop[0].why", "`why` is empty", "one line"),
    (DROP, "$.drop[0]", "exactly one matcher, this one has none", "Choose one of: line, starts"),
    (DROP + 'line = "a"\nends = "b"', "$.drop[0]", "this one has `line` and `ends`", "Choose one of"),
    (DROP + 'from = "a"', "$.drop[0].to", "`from` has no `to`", 'to = "end"'),
    (DROP + 'line = "a"\nto = "b"', "$.drop[0].to", "`to` is given without `from`", "in `from`"),
    (DROP + 'from = "a"\nto = "b"\nthrough = 1', "$.drop[0].through", "and `from` are both given", "remove `through`"),
    (DROP + 'line = "a"\nthrough = -1', "$.drop[0].through", "-1 is negative", "0 or more"),
    (DROP + 'line = "»"', "$.drop[0].line", "no letters or digits to compare", "Write the words"),
    (DROP + 'line = ["a", ""]', "$.drop[0].line[1]", "no letters or digits to compare", "Write the words"),
    (DROP + 'contains = " "', "$.drop[0].contains", "the text is empty", "Write the words"),
    (DROP + 'regex = "(a"', "$.drop[0].regex", "missing )", "RE2"),
    (DROP + 'regex = "(?=a)b"', "$.drop[0].regex", "cannot be used", "no look-around"),
    (DROP + 'selector = "div["', "$.drop[0].selector", "`div[` is not a CSS selector", "div.related"),
    (SITE + '[body]\nselectors = ["p", "::"]', "$.body.selectors[1]", "not a CSS selector", "Write a CSS selector"),
    (SITE + '[metadata]\ntitle = ["h1["]', "$.metadata.title[0]", "not a CSS selector", "Write a CSS selector"),
    (SITE + '[metadata]\ntimezone = "India"', "$.metadata.timezone", "`India` is not a time zone", "Asia/Kolkata"),
    (SITE + '[metadata]\ntimezone = "../x"', "$.metadata.timezone", "is not a time zone", "Asia/Kolkata"),
    ("", "$", "neither `hosts` nor `signatures`", "Add one"),
    ('hosts = ["https://a.com/"]', "$.hosts[0]", "is not a host name", "bare name"),
    ('hosts = ["A.com"]', "$.hosts[0]", "is not a host name", "lower case"),
    ('signatures = ["a", ""]', "$.signatures[1]", "the text is empty", "Write the words"),
    (SITE + '[[keep]]\nline = "a"\nwhy = ""', "$.keep[0].why", "`why` is empty", "one line"),
    (SITE + '[[keep]]\nline = "a"\nwhy = "b"\nlabel = "share"', "$.keep[0].label", "unknown key", "Possible values"),
    (SITE + '[[case]]\ninput = "a.txt"', "$.case[0]", "expects nothing", "must_keep"),
    (SITE + '[[case]]\ninput = "a"\npublished = "5 May"', "$.case[0].published", "not a date", "ISO 8601"),
]


@pytest.mark.parametrize(("text", "key", "problem", "remedy"), BROKEN)
def test_broken_site_file_is_refused_where_it_is_broken(text, key, problem, remedy):
    with pytest.raises(RuleError) as caught:
        decode_rules("rules/example.com.toml", text.encode(), SiteFile)
    assert (caught.value.path, caught.value.key) == ("rules/example.com.toml", key)
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy


def test_error_reads_as_one_line_with_file_key_problem_and_remedy():
    with pytest.raises(RuleError) as caught:
        decode_rules("a.toml", (DROP + 'lin = "a"').encode(), SiteFile)
    assert str(caught.value) == "a.toml: $.drop[0].lin: unknown key `lin`. Did you mean `line`?"


@pytest.mark.parametrize(
    ("text", "key", "remedy"),
    [
        ('hosts = ["a.com"]', "$.hosts", "[[drop]] and [[case]] entries only"),
        ('[[drop]]\nlabel = "share"\nwhy = "b"\ncontains = "a"', "$.drop[0].contains", "`line` or `regex`"),
        ('[[drop]]\nlabel = "share"\nwhy = "b"', "$.drop[0]", "Give one of them"),
        ('[[drop]]\nlabel = "share"\nwhy = "b"\nline = "a"\nregex = "b"', "$.drop[0]", "Give one of them"),
        ('[[drop]]\nlabel = "table"\nwhy = "b"\nline = "a"', "$.drop[0].label", "[[keep]]"),
        (f'[[drop]]\nlabel = "share"\nwhy = "b"\nline = "{"a" * 201}"', "$.drop[0].line", "up to 200 characters"),
        (
            TWICE,
            "$.drop[1].line",
            "Remove one",
        ),
    ],
)
def test_common_rules_match_whole_short_blocks_only(text, key, remedy):
    with pytest.raises(RuleError) as caught:
        decode_rules("everywhere.toml", text.encode(), CommonFile)
    assert caught.value.key == key
    assert remedy in caught.value.remedy


def test_network_has_no_hosts_of_its_own():
    with pytest.raises(RuleError) as caught:
        decode_rules("networks/a.toml", b'hosts = ["a.com"]', NetworkFile)
    assert "a network is found by `extends`" in caught.value.remedy


def test_file_that_is_not_utf8_is_refused_with_its_line():
    with pytest.raises(RuleError) as caught:
        decode_rules("a.toml", b'hosts = ["a.com"]\n# caf\xe9', SiteFile)
    assert (caught.value.key, caught.value.problem) == ("line 2", "the file is not UTF-8")


def test_file_over_the_limit_is_refused_before_it_is_parsed():
    with pytest.raises(RuleError, match="bytes"):
        decode_rules("a.toml", b"#" * (MAX_BYTES + 1), SiteFile)


def test_byte_order_mark_is_no_fault():
    assert decode_rules("a.toml", b"\xef\xbb\xbf" + SITE.encode(), SiteFile).hosts == ("example.com",)


def test_every_key_of_the_format_is_read():
    text = """
hosts = ["example.com"]
signatures = ["mark"]
extends = ["networks/a"]
[metadata]
timezone = "Europe/Berlin"
title = ["h1.main"]
[body]
selectors = ["article"]
[[drop]]
label = "caption"
line = ["a", "b"]
through = 2
why = "photo"
[[keep]]
from = "Correction:"
to = "end"
why = "record"
[[case]]
input = "cases/a.txt"
must_keep = ["x"]
published = "2023-09-05T22:43:00+05:30"
tags = []
"""
    file = decode_rules("a.toml", text.encode(), SiteFile)
    assert file.metadata.selectors == {"title": ("h1.main",)}
    assert (file.drop[0].phrases, file.drop[0].through, file.drop[0].label) == (("a", "b"), 2, "caption")
    assert (file.keep[0].from_, file.keep[0].to) == ("Correction:", "end")
    assert file.case[0].expects == {"published": "2023-09-05T22:43:00+05:30", "tags": ()}

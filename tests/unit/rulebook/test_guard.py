"""A rule that would lose what is surely the article's text is not followed on that page, and the page says so."""

import pytest

import cleaner

STORY = [
    "The council of Ashmere voted on Tuesday to keep the old ferry for another year, after a debate of four hours.",
    "“Nobody wants to drive around the lake in winter,” said Edda Marlow, who has steered the boat since 2009.",
    "The ferry carries about 300 people a day, and its engine was built in 1961 by a firm that no longer exists.",
    "A new boat would cost two million, which is more than the town spends on its schools in a whole year.",
    "The vote was close: nine members were in favour, seven were against, and one had missed the last ferry.",
]
TEASERS = ["Bakers agree on a longer loaf", "Why the clock of the market is slow", "A map of all benches"]


def make_page(*, story="story", standfirst="lead"):
    return (
        "<html><head><title>Ferry stays</title></head><body><nav><a href=/>Home</a> <a href=/b>Town</a></nav><main>"
        "<h1>Ferry stays for another year</h1>"
        f"<div class='{standfirst}'><p>The town pays for the engine, and the lake pays for the rest.</p></div>"
        f"<div class='{story}'>{''.join(f'<p>{text}</p>' for text in STORY)}</div></main>"
        f"<aside class='more'><h2>More from the lake</h2><ul>{''.join(f'<li><a href=/x>{t}</a></li>' for t in TEASERS)}"
        "</ul></aside><footer class='foot'>© The Ashmere Courier</footer></body></html>"
    )


def clean(tmp_path, rules, page=None, url="https://a.com/ferry"):
    (tmp_path / "a.com.toml").write_text(f'hosts = ["a.com"]\n{rules}', encoding="utf-8")
    return cleaner.Cleaner([tmp_path]).clean(page or make_page(), url)


def drop(matcher, more=""):
    return f'[[drop]]\nlabel = "related"\nwhy = "test"\n{matcher}\n{more}'


def body(*selectors, more=""):
    return f"[body]\nselectors = {list(selectors)}\n{more}"


def has_story(article):
    return all(text in article.text for text in STORY)


@pytest.mark.parametrize(
    ("rules", "suspects"),
    [
        (drop('selector = ".story"'), ["a.com:drop[0]"]),
        (drop('selector = "main"'), ["a.com:drop[0]"]),
        (drop('contains = " the "'), ["a.com:drop[0]"]),
        (drop('from = "The council"\nto = "end"'), ["a.com:drop[0]"]),
        (drop('selector = ".more"') + drop('starts = "The"'), ["a.com:drop[1]"]),
        (body(".lead"), ["a.com:body[0]"]),
        (body(".foot", ".more"), ["a.com:body[0]", "a.com:body[1]"]),
    ],
)
def test_rule_that_would_lose_the_story_is_not_followed(tmp_path, rules, suspects):
    article = clean(tmp_path, rules)
    assert has_story(article)
    assert list(article.suspect_rules) == suspects
    assert "suspect_rule" in article.flags
    assert article.to_dict()["suspect_rules"] == suspects


@pytest.mark.parametrize(
    "rules",
    [
        drop('selector = ".more"'),
        drop('selector = ".gone"'),
        body(".story"),
        body(".gone"),
        body(".gone", ".story"),
        body(".lead", ".story"),
        body(".lead, .story"),
        body("html"),
    ],
)
def test_rule_that_loses_nothing_is_no_suspect(tmp_path, rules):
    article = clean(tmp_path, rules)
    assert has_story(article)
    assert article.suspect_rules == ()
    assert "suspect_rule" not in article.flags


def test_selectors_are_judged_by_what_they_hold_and_not_by_their_order(tmp_path):
    for number, order in enumerate(([".lead", ".story"], [".story", ".lead"])):
        (folder := tmp_path / str(number)).mkdir()
        article = clean(folder, body(*order))
        assert article.text == "\n\n".join(STORY)


def test_of_selectors_that_hold_the_same_the_first_is_used(tmp_path):
    assert "the lake pays for the rest" in clean(tmp_path, body("main", ".story")).text


def test_drops_inside_the_body_still_apply(tmp_path):
    article = clean(tmp_path, body(".story") + drop('starts = "A new boat"'))
    assert article.text == "\n\n".join(text for text in STORY if not text.startswith("A new boat"))


def test_what_is_no_text_is_dropped_inside_the_body_too(tmp_path):
    share = "<ul class='share'><li><a href=/f>Facebook</a></li><li><a href=/t>Twitter</a></li></ul>"
    page = make_page().replace("<div class='story'>", f"<div class='story'>{share}")
    assert clean(tmp_path, body(".story"), page).text == "\n\n".join(STORY)


def test_trusted_rule_is_followed_whatever_the_classifier_sees(tmp_path):
    by_entry = clean(tmp_path, drop('selector = ".story"', 'trust = "always"\n'))
    assert not any(text in by_entry.text for text in STORY)
    by_body = clean(tmp_path, body(".more", more='trust = "always"\nwhy = "test"\n'))
    assert TEASERS[0] in by_body.text
    assert STORY[0] not in by_body.text
    assert not by_entry.suspect_rules + by_body.suspect_rules


def test_trust_without_a_reason_is_refused(tmp_path):
    with pytest.raises(cleaner.RuleError, match=r"\$\.body\.why: `trust` is given without `why`"):
        clean(tmp_path, body(".more", more='trust = "always"\n'))


def test_trust_is_only_always(tmp_path):
    with pytest.raises(cleaner.RuleError, match=r"\$\.drop\[0\]\.trust"):
        clean(tmp_path, drop('line = "x"', 'trust = "never"\n'))


def test_lines_of_a_dump_are_guarded_too(tmp_path):
    dump = "\n\n".join(["Ferry stays for another year", *STORY, "More from the lake", *TEASERS])
    article = clean(tmp_path, drop('from = "The council"\nto = "end"'), dump)
    assert has_story(article)
    assert article.suspect_rules == ("a.com:drop[0]",)
    right = clean(tmp_path, drop('from = "More from the lake"\nto = "end"'), dump)
    assert has_story(right)
    assert not any(teaser in right.text for teaser in TEASERS)
    assert right.suspect_rules == ()


def test_kept_blocks_are_not_counted_as_lost(tmp_path):
    keep = '[[keep]]\nselector = ".story"\nwhy = "test"\n'
    article = clean(tmp_path, drop('selector = "main"') + keep)
    assert has_story(article)
    assert article.suspect_rules == ()

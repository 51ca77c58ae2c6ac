"""``cleaner check --pages``: what rules change on saved pages of their sites, and whether the text becomes better."""

import json

import pytest

STORY = [
    "The council of Ashmere voted on Tuesday to keep the old ferry for another year, after a debate of four hours.",
    "“Nobody wants to drive around the lake in winter,” said Edda Marlow, who has steered the boat since 2009.",
    "The ferry carries about 300 people a day, and its engine was built in 1961 by a firm that no longer exists.",
    "A new boat would cost two million, which is more than the town spends on its schools in a whole year.",
]
BOX = "The Courier's river map shows every gauge between the moor and the sea, and it is updated each hour by readers."
PAGE = (
    "<html><head><title>Ferry stays</title><link rel=canonical href=https://a.example/ferry></head><body><main>"
    f"<h1>Ferry stays</h1><div class=story><p>{STORY[0]}</p><p>{STORY[1]}</p><div class=box><p>{BOX}</p></div>"
    f"<p>{STORY[2]}</p><p>{STORY[3]}</p></div></main></body></html>"
)


@pytest.fixture
def check(cli, tmp_path):
    rules, pages = tmp_path / "rules", tmp_path / "pages"
    rules.mkdir()
    pages.mkdir()
    (pages / "ferry.html").write_text(PAGE, encoding="utf-8")

    def run(entries, *more, gold=None):
        (rules / "a.example.toml").write_text('hosts = ["a.example"]\n' + entries, encoding="utf-8")
        if gold is not None:
            (pages / "ferry.html.gold").write_text(gold, encoding="utf-8")
        return cli("check", rules, "--pages", pages, *more)

    return run


def drop(matcher):
    return f'[[drop]]\nlabel = "promo"\nwhy = "test"\n{matcher}\n'


def test_each_entry_says_what_it_drops_that_would_be_kept(check):
    result = check(drop('selector = ".box"'))
    assert result.exit_code == 0
    assert "a.example.toml:1: a.example: pages\n    1 of 1 pages differ\n" in result.stdout
    assert f"changes 1 pages: {len(BOX)} characters dropped that are kept without it, 0 kept" in result.stdout
    assert "longest dropped: “The Courier's river map" in result.stdout


def test_f1_both_ways_where_there_is_a_gold(check):
    result = check(drop('selector = ".box"'), gold="\n".join(STORY))
    assert result.exit_code == 0
    assert "with them: 1 pages better, 0 worse" in result.stdout


def test_entry_that_drops_the_text_fails(check):
    result = check(drop('starts = "A new boat"'), gold="\n".join(STORY))
    assert result.exit_code == 1
    assert "make its text worse" in result.stdout
    assert "Most of what it drops is the article's text" in result.stdout


def test_rule_that_is_not_followed_fails_without_a_gold(check):
    result = check(drop('selector = ".story"') + '[body]\nselectors = ["h1"]\n')
    assert result.exit_code == 1
    assert "drop[0]: pages" in result.stdout
    assert "not followed on 1 pages" in result.stdout
    assert "body[0]: pages" in result.stdout


def test_pages_of_other_sites_are_skipped_and_counted(cli, tmp_path, check):
    check(drop('selector = ".box"'))
    rows = [{"url": "https://b.example/x", "html": PAGE.replace("a.example", "b.example")}]
    (tmp_path / "b.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    result = cli("check", tmp_path / "rules", "--pages", tmp_path / "b.jsonl")
    assert result.exit_code == 2
    assert "1 pages skipped" in result.stderr
    assert "no page of a site with rules was read" in result.stderr


def test_other_formats(check):
    assert "<testsuites" in check(drop('selector = ".box"'), "--format", "junit").stdout
    assert "::error" in check(drop('selector = ".story"'), "--format", "github").stdout


def test_broken_rules_are_of_exit_code_2(check):
    result = check("x = 1")
    assert result.exit_code == 2
    assert "unknown key `x`" in result.stderr

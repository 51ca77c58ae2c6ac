"""A set of regexes finds what each of them finds alone, however many they are."""

from __future__ import annotations

import pytest

from cleaner.rulebook import Rulebook
from cleaner.rulebook.regexes import compile_full_match, compile_full_matches, compile_searches

REGEXES = [rule.entry.regex for rule in Rulebook.load().common.rules if rule.entry.regex]
ALONE = [compile_full_match(regex) for regex in REGEXES]
WHOLE = compile_full_matches(REGEXES)
LINES = (
    "Also read: Harbour bridge opens to cyclists",
    "ALSO READ: Harbour bridge opens to cyclists",
    "Read the harbour master's letter, and then burn it.",
    "© 2024 The Harbour Gazette. All rights reserved",
    "Share on Facebook",
    "Nobody would share on Facebook, he wrote, and 12.4k shares of the harbour company were sold.",
    "12.4k shares",
    "Sign up for our weekly harbour newsletter",
    "Lesen Sie auch: Die Brücke am Hafen",
    "The bridge opened in 1904.",
    "残り 120 文字",
    "相关阅读:港口大桥",
    "",
)


@pytest.mark.parametrize("line", LINES)
def test_a_set_finds_what_each_regex_finds(line):
    alone = [index for index, matches in enumerate(ALONE) if matches(line)]
    assert WHOLE.find_matches(line) == alone


def test_the_lines_match_some_regexes_and_not_others():
    matched = [bool(WHOLE.find_matches(line)) for line in LINES]
    assert True in matched
    assert False in matched


@pytest.mark.parametrize("count", [0, 1, 500, 6000])
def test_a_set_has_no_limit(count):
    found = compile_full_matches([f"(?i)pier{number} .{{1,9}} quay{number}" for number in range(count)])
    assert found.find_matches(f"PIER{count - 1} near quay{count - 1}") == ([count - 1] if count else [])
    assert found.find_matches("pier near quay") == []


def test_a_search_matches_parts_of_a_text():
    found = compile_searches([r"\bnav\b", "menu"])
    assert found.find_matches("site-nav main-menu") == [0, 1]
    assert found.find_matches("navigation") == []

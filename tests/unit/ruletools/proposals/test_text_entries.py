import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rulebook.regexes import PatternError, check_pattern, compile_full_match
from cleaner.ruletools.proposals.text_entries import generalize_lines, list_text_matchers

CASES = Path(__file__).parents[3] / "cases" / "proposals" / "texts.txt"
LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60)


def read_cases():
    for part in CASES.read_text(encoding="utf-8").split("\n== ")[1:]:
        name, *lines = part.strip().split("\n")
        sections = {"texts": [], "->": [], "!->": []}
        at = "texts"
        for line in lines:
            if line in sections:
                at = line
            elif line:
                sections[at].append(line)
        yield pytest.param(*sections.values(), id=name)


def show(matcher):
    ((key, value),) = matcher.items()
    return f"{key}: {value if isinstance(value, str) else '|'.join(value)}"


@pytest.mark.parametrize(("texts", "wanted", "unwanted"), list(read_cases()))
def test_matchers_are_those_of_the_case(texts, wanted, unwanted):
    proposed = [show(matcher) for matcher in list_text_matchers(texts)]
    assert [one for one in wanted if one not in proposed] == [], proposed
    assert [one for one in unwanted if one in proposed] == []


@given(st.lists(LINE, min_size=2, max_size=4))
def test_a_regex_matches_all_lines_that_it_was_made_from(lines):
    regex = generalize_lines([" ".join(line.split()) or "x" for line in lines])
    if regex is None:
        return
    try:
        check_pattern(regex)
    except PatternError:
        return  # too long: the studio does not propose it
    matches = compile_full_match(regex)
    assert all(matches(" ".join(line.split()) or "x") for line in lines)


@given(st.lists(LINE, min_size=1, max_size=4))
def test_no_matcher_is_empty(lines):
    for matcher in list_text_matchers(lines):
        for value in matcher.values():
            assert value
            assert not isinstance(value, str) or value.strip()


def test_regexes_are_bounded():
    lines = ["word " * 300, "other " * 300]
    assert all(len(re.sub(r"\\", "", str(value))) < 2000 for one in list_text_matchers(lines) for value in one.values())

"""Regular expressions of word lists, lines, and letters, as other modules use them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.language.characters import has_ascii_letters, make_alternation, split_lines

LETTERS = "abikrsABIKSıİſKéß\u4e2d9©."
WORDS = st.lists(
    st.builds(
        "{}{}{}".format, st.sampled_from(LETTERS), st.text(f"{LETTERS} ", max_size=3), st.sampled_from(["", "*"])
    ),
    min_size=1,
    max_size=12,
)
TEXTS = st.text(f"{LETTERS} \n", max_size=12)


@example(words=["aiik", "ABi", "ab"], text="abi", left=False, right=False, ahead=True)
@example(words=["skia", "ſkı", "sk", "bar"], text="SKIA ski", left=True, right=False, ahead=False)
@given(WORDS, TEXTS, st.booleans(), st.booleans(), st.booleans())
def test_words_match_as_one_after_the_other_the_longest_first(words, text, left, right, ahead):
    for flags in (0, re.IGNORECASE):
        grouped = re.compile(make_alternation(words, left=left, right=right, ahead=ahead), flags)
        unspaced = [word for word in words if "\u4e2d" in word]
        spaced = [word for word in words if "\u4e2d" not in word]
        plain = "|".join(part for part in (_join(spaced, r"\b" * left, r"\b" * right), _join(unspaced, "", "")) if part)
        assert [found.span() for found in grouped.finditer(text)] == [m.span() for m in re.finditer(plain, text, flags)]


def _join(words, left, right):
    ordered = sorted(words, key=len, reverse=True)
    stems = [re.escape(word.removesuffix("*")) + r"\w*" * word.endswith("*") for word in ordered]
    return f"{left}(?:{'|'.join(stems)}){right}" if words else ""


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_each_line_end_ends_a_line(end):
    assert split_lines(f"one{end}{end}two\nthree") == ["one", "", "two", "three"]


@pytest.mark.parametrize(
    ("text", "expected"), [("a – b’s 9 €", True), ("é", False), ("½", False), ("\u4e2d", False), ("", True)]
)
def test_letters_beyond_ascii_are_seen(text, expected):
    assert has_ascii_letters(text) is expected

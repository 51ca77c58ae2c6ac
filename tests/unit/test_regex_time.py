"""No pattern takes time by the square of a text's length, or worse, on texts of the length that it may see.

Every compiled pattern of the package is found by itself, and tried on long runs of fragments drawn from its own source.
RE2's patterns are linear by construction, and are left out.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import cleaner

CHARS = 16_000
"""Characters of a text. A pattern of quadratic time takes some 100 million steps on it, which is seconds."""
SECONDS = 0.3
"""What a search may take; a linear one takes about a millisecond."""
TRIES = 3
"""Of several times on a busy machine the shortest counts."""
COMMON = ["a", "A ", " ", "1", "<", "a ", "1 ", "-", "A.", '"', ". ", ", ", "/", "\n", " -", "1:", "a@", "aB", "文"]

ANCHORED = {
    "classifier.labelling.text_forms._ADDRESS",
    "classifier.labelling.text_forms._FILE",
    "classifier.labelling.text_forms._INTRODUCED",
    "language.line_patterns._NUMERIC_DATE",
    "language.line_patterns._RELATIVE",
    "language.line_patterns._TAG_LINE",
    "language.person_names.EDITED",
    "language.person_names._NOT_A_NAME",
    "page.decode._DOCUMENT",
    "page.dom._XML_DECLARATION",
    "page.list_markers._NUMBER",
    "rulebook.rule_decoder._MESSAGE_WITH_LINE",
    "rulebook.site_detection._ELEMENT",
    "ruletools.import_ftr._HOST",
    "ruletools.import_ftr._LINE",
}
"""Patterns that are only matched at the start of a text, or against the whole of it."""
CAPPED = {
    "classifier.labelling.text_forms._CREDITED": 400,  # is_picture
    "classifier.labelling.text_forms._STAMP": 90,  # is_stamped
    "front_matter.titles._JOINT": 1000,  # choose_title
    "front_matter.titles._SEPARATOR": 1000,  # choose_title
    "language.detect._NOISE": 2400,  # _sample_text
    "language.line_patterns._STAMP_WORD": 160,  # parse_date_line
    "language.person_names._CUT": 1000,  # split_names
    "language.person_names._JOINED": 1000,  # split_names
    "language.person_names._MONTH_DAY": 1000,  # split_names
    "language.person_names._NOISE": 1000,  # split_names
    "language.person_names._SEGMENT": 1000,  # split_names
    "language.person_names._SPLIT": 1000,  # split_names
    "rulebook.xpath_syntax._CALL": 500,  # find_xpath_fault
}
"""The longest text that a pattern sees, where the function behind it sees to that."""


def patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        yield from patterns_in((*value, *value.values()), depth + 1)
    elif depth < 4 and isinstance(value, tuple | list | set | frozenset):
        for inner in value:
            yield from patterns_in(inner, depth + 1)


def all_patterns() -> dict[str, re.Pattern[Any]]:
    """The patterns by module and name; those of hosts that are not installed are left out."""
    found: dict[re.Pattern[Any], str] = {}
    for module in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
        if (
            module.name.startswith(("cleaner.integrations", "cleaner.__main__"))
            or module.name == "cleaner.batch.preload"
        ):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for pattern in patterns_in(value):
                found.setdefault(pattern, f"{module.name.removeprefix('cleaner.')}.{name}")
    return {name: pattern for pattern, name in found.items()}


PATTERNS = all_patterns()


def near_misses(pattern: re.Pattern[Any], size: int) -> Iterator[Any]:
    """Texts of ``size`` characters that begin to match again and again and never do to the end."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = set(re.findall(r"[A-Za-z]{3,}|[^\w\s\\()\[\]{}|?*+^$]+", source))
    for fragment in (*COMMON, *sorted(own, key=lambda literal: (len(literal), literal))[:12]):
        text = (fragment * size)[: size - 1] + "\x01"
        yield text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")


def seconds(name: str, pattern: re.Pattern[Any], text: Any) -> float:
    start = time.perf_counter()
    if name in ANCHORED:
        pattern.match(text)
        pattern.fullmatch(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.perf_counter() - start


@pytest.mark.slow
@pytest.mark.parametrize("name", PATTERNS)
def test_time_grows_with_the_length_and_no_faster(name):
    pattern = PATTERNS[name]
    for text in near_misses(pattern, CAPPED.get(name, CHARS)):
        assert min(seconds(name, pattern, text) for _ in range(TRIES)) < SECONDS, (
            f"{pattern.pattern!r} on {text[:20]!r}…"
        )


def test_the_lists_name_patterns_that_are_there():
    assert ANCHORED | CAPPED.keys() <= PATTERNS.keys()


@pytest.mark.parametrize("nested", [r"(?:a+)+$", r"\s+-\s+x"])
def test_a_slow_pattern_is_noticed(nested):
    slow = re.compile(nested)
    size = 24 if "a" in nested else CHARS
    assert max(seconds("", slow, text) for text in near_misses(slow, size)) > SECONDS / 3

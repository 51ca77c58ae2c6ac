"""Regular expressions and sets of literals: the only module that imports RE2, so no rule can hang a run."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import re2

Test = Callable[[str], bool]

_SET_MEMORY = 128 << 20
"""Memory limit of a set's automaton, in bytes. RE2's default of 8 MB holds about 500 literals; a set over its limit
stops matching."""

MAX_PROGRAM_STEPS = 20_000
"""Steps of the largest program that a regex may compile to. The time of RE2 is proportional to the lengths of text and
program: one of this size reads a page of 10,000 characters in 0.2 seconds at worst. ``.{1,500}`` has 5,000 steps."""
MAX_REGEX_CHARS = 2_000
"""Characters of the longest regex; a longer one is a list of words, which `line` accepts as a list."""
_REPETITION = re.compile(r"(\)?)\{(\d+)(?:,(\d*))?\}")
# Upper bounds of the steps for one character, and for one Unicode class, the largest of which has nearly 1,000 ranges.
_STEPS_PER_CHARACTER, _STEPS_PER_CLASS = 12, 1_500


class PatternError(ValueError):
    """A regular expression that RE2 does not accept, or that exceeds a limit of this module."""


def compile_full_match(regex: str) -> Test:
    """Return a test whether a whole text matches ``regex``. Raises :class:`PatternError`."""
    compiled = _compile_regex(regex)
    return lambda text: compiled.fullmatch(text) is not None


def check_pattern(regex: str) -> None:
    """Raise :class:`PatternError` if RE2 does not accept ``regex``, or if it exceeds a limit of this module.

    A set parses a pattern when it is added and compiles it later. Compiling costs twenty times as much as parsing, and
    a rulebook of thousands of files checks every regex and uses few; so only a regex that may be too large is compiled.
    """
    if len(regex) > MAX_REGEX_CHARS:
        raise PatternError(
            f"it has {len(regex):,} characters, and {MAX_REGEX_CHARS:,} are allowed: make several entries of it"
        )
    try:
        re2.Set.FullMatchSet(_make_options()).Add(regex)
    except re2.error:
        compile_full_match(regex)  # its error says what is wrong; that of a set does not
    if _estimate_size(regex) > MAX_PROGRAM_STEPS and (size := _compile_regex(regex).programsize) > MAX_PROGRAM_STEPS:
        raise PatternError(f"it is a program of {size:,} steps, and {MAX_PROGRAM_STEPS:,} are allowed: repeat less")


def _estimate_size(regex: str) -> int:
    """Return an upper bound on the program size of ``regex``, from the counts of its repetitions alone."""
    weight = _STEPS_PER_CLASS if "\\p" in regex.lower() else _STEPS_PER_CHARACTER
    single, nested = len(regex), 1
    for group, low, high in _REPETITION.findall(regex):
        count = max(int(low), int(high or 0), 1)
        single, nested = (single, nested * count) if group else (single + count, nested)
    return single * nested * weight


class PatternSet:
    """Many patterns, matched against a text in one pass."""

    def __init__(self, compiled: re2.Set | re2.Filter | None) -> None:
        self._set = compiled

    def find_matches(self, text: str | bytes) -> list[int]:
        """Return the indices of the patterns that match ``text``, ascending; bytes are read as UTF-8."""
        if self._set is None:
            return []
        data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
        found = self._set.Match(data)
        return sorted(found) if found else []


def compile_literals(texts: Sequence[str]) -> PatternSet:
    """Return a set that finds which of ``texts`` occur anywhere in a text."""
    return _compile_set(re2.Set.SearchSet(_make_options()), [re2.escape(text) for text in texts])


def compile_searches(regexes: Sequence[str]) -> PatternSet:
    """Return a set that finds which of ``regexes``, all of them valid, match anywhere in a text."""
    return _compile_set(re2.Set.SearchSet(_make_options()), regexes)


def compile_full_matches(regexes: Sequence[str]) -> PatternSet:
    """Return a set that finds which of ``regexes``, all of them valid, match a whole text.

    Only those run whose required words are in the text: for a text that it has not seen, an automaton of all of them
    builds new states, which takes ten times as long.
    """
    filtered, options = re2.Filter(), _make_options()
    for regex in regexes:
        filtered.Add(rf"\A(?:{regex})\z", options)
    try:
        filtered.Compile()
    except re2.error:  # the words of more than about 5,000 regexes are too many for it
        return _compile_set(re2.Set.FullMatchSet(options), regexes)
    return PatternSet(filtered if regexes else None)


def _compile_set(empty: re2.Set, patterns: Sequence[str]) -> PatternSet:
    for pattern in patterns:
        empty.Add(pattern)
    if patterns:
        empty.Compile()
    return PatternSet(empty if patterns else None)


def _compile_regex(regex: str) -> Any:
    try:
        return re2.compile(regex, _make_options())
    except re2.error as error:
        raise PatternError(_error_message(error)) from error


def _make_options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _SET_MEMORY
    return options


def _error_message(error: re2.error) -> str:
    reason = error.args[0] if error.args else error
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)

"""Regular expressions and sets of literals: the only module that imports RE2, so no rule can hang a run."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import re2

Test = Callable[[str], bool]

_SET_MEMORY = 128 << 20
"""Bytes a set's automaton may grow to. RE2's own 8 MB hold some 500 literals; past its limit a set stops matching."""

MOST = 20_000
"""Steps of the largest program a regex may become. RE2 takes time in proportion to text and program: one of this size
reads a page of 10,000 characters in a fifth of a second at worst. ``.{1,500}`` has 5,000 steps."""
LONGEST = 2_000
"""Characters of the longest regex; what is longer is a list of words, and `line` takes lists."""
_COUNTED = re.compile(r"(\)?)\{(\d+)(?:,(\d*))?\}")
# Steps for one character: of any kind, and of a Unicode class, the largest of which has nearly a thousand ranges.
_CHARACTER, _CLASS = 12, 1_500


class PatternError(ValueError):
    """A regular expression that RE2 refuses."""


def full_match(regex: str) -> Test:
    """A test whether a whole text matches ``regex``. Raises :class:`PatternError`."""
    compiled = _compile_regex(regex)
    return lambda text: compiled.fullmatch(text) is not None


def check_pattern(regex: str) -> None:
    """Raises :class:`PatternError` where ``regex`` is not one of RE2's, or would be a program of over :data:`MOST`.

    A set parses what is added to it and compiles later, if ever. Compiling costs twenty times as much as parsing, and
    a rulebook of thousands of files checks every regex and uses few; so only one that may be too large is compiled.
    """
    if len(regex) > LONGEST:
        raise PatternError(f"it has {len(regex):,} characters, and {LONGEST:,} are allowed: make several entries of it")
    try:
        re2.Set.FullMatchSet(_make_options()).Add(regex)
    except re2.error:
        full_match(regex)  # says what is wrong, which a set does not
    if _estimate_size(regex) > MOST and (size := _compile_regex(regex).programsize) > MOST:
        raise PatternError(f"it is a program of {size:,} steps, and {MOST:,} are allowed: repeat less")


def _estimate_size(regex: str) -> int:
    """A bound on the size of the program of ``regex``, from the counts of its repetitions alone."""
    weight = _CLASS if "\\p" in regex.lower() else _CHARACTER
    single, nested = len(regex), 1
    for group, low, high in _COUNTED.findall(regex):
        count = max(int(low), int(high or 0), 1)
        single, nested = (single, nested * count) if group else (single + count, nested)
    return single * nested * weight


class PatternSet:
    """Many patterns, tried on a text in one pass."""

    def __init__(self, compiled: re2.Set | None) -> None:
        self._set = compiled

    def found(self, text: str | bytes) -> list[int]:
        """Indices of the patterns that match ``text``, ascending; bytes are taken to be UTF-8."""
        if self._set is None:
            return []
        data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
        return sorted(self._set.Match(data) or ())


def compile_literals(texts: Sequence[str]) -> PatternSet:
    """Which of ``texts`` occur anywhere in a text."""
    return _compile_pattern(re2.Set.SearchSet(_make_options()), [re2.escape(text) for text in texts])


def full_matches(regexes: Sequence[str]) -> PatternSet:
    """Which of ``regexes``, all of them valid, match a whole text."""
    return _compile_pattern(re2.Set.FullMatchSet(_make_options()), regexes)


def _compile_pattern(empty: re2.Set, patterns: Sequence[str]) -> PatternSet:
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

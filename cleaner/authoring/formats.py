"""The results of a check as text for people, annotations for a pull request, or JUnit XML for a CI system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from cleaner.authoring.results import Result, State


class CheckFormat(StrEnum):
    """How the results of a check are written."""

    TEXT = "text"
    GITHUB = "github"
    JUNIT = "junit"


Write: TypeAlias = Callable[[Sequence[Result]], str]


def write(results: Sequence[Result], form: CheckFormat) -> str:
    """``results`` in the format ``form``, its last line ended."""
    return _WRITERS[form](results)


def _text(results: Sequence[Result]) -> str:
    told = [result for result in results if result.state is not State.HOLDS]
    return "".join(f"{_where(result)}\n{_indented(result.detail)}\n" for result in told) + f"{_total(results)}\n"


def _where(result: Result) -> str:
    state = "" if result.state is State.FAILS else f" {result.state.value}"
    return f"{result.path}:{result.line}: {result.subject}: {result.field}{state}"


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.split("\n"))


def _total(results: Iterable[Result]) -> str:
    counts = Counter(result.state for result in results)
    told = [f"{counts[state]} {word}" for state, word in _WORDS.items() if counts[state] or state is State.HOLDS]
    return ", ".join(told)


_WORDS: Mapping[State, str] = {
    State.HOLDS: "hold",
    State.UPDATED: "goldens written",
    State.FAILS: "fail",
    State.UNUSABLE: "files cannot be used",
}


def _github(results: Sequence[Result]) -> str:
    """`Workflow commands <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>`_."""
    return "".join(map(_annotation, results)) + f"{_total(results)}\n"


def _annotation(result: Result) -> str:
    if result.state is State.HOLDS:
        return ""
    level = "notice" if result.passes else "error"
    title = _property(f"{result.subject}: {result.field}")
    place = f"file={_property(result.path.as_posix())},line={result.line},title={title}"
    return f"::{level} {place}::{_data(result.detail)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _junit(results: Sequence[Result]) -> str:
    """A suite a file, a test a result, in the form that CI systems read."""
    suites: dict[str, list[Result]] = {}
    for result in results:
        suites.setdefault(result.path.as_posix(), []).append(result)
    inside = "".join(_suite(name, tests) for name, tests in suites.items())
    return f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites{_counts(results)}>\n{inside}</testsuites>\n'


def _suite(name: str, results: Sequence[Result]) -> str:
    tests = "".join(map(_testcase, results))
    return f"<testsuite name={quoteattr(name)}{_counts(results)}>\n{tests}</testsuite>\n"


def _counts(results: Sequence[Result]) -> str:
    failed = sum(not result.passes for result in results)
    return f' tests="{len(results)}" failures="{failed}"'


def _testcase(result: Result) -> str:
    names = f"classname={quoteattr(_legal(result.subject))} name={quoteattr(result.field)}"
    place = f"file={quoteattr(result.path.as_posix())} line={quoteattr(str(result.line))}"
    if result.passes:
        return f"<testcase {names} {place}/>\n"
    detail = _legal(result.detail)
    failure = f"<failure message={quoteattr(detail.partition(chr(10))[0])}>{escape(detail)}</failure>"
    return f"<testcase {names} {place}>{failure}</testcase>\n"


def _legal(text: str) -> str:
    """``text`` without the characters that XML has no way to write."""
    return "".join(character if character.isprintable() or character == "\n" else " " for character in text)


_WRITERS: Mapping[CheckFormat, Write] = {
    CheckFormat.TEXT: _text,
    CheckFormat.GITHUB: _github,
    CheckFormat.JUNIT: _junit,
}

"""Formatting the results of checks: text for people, annotations for a pull request, or JUnit XML for a CI system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from cleaner.ruletools.check_results import CheckResult, CheckState


class CheckFormat(StrEnum):
    """The output formats of a check."""

    TEXT = "text"
    GITHUB = "github"
    JUNIT = "junit"


Write: TypeAlias = Callable[[Sequence[CheckResult]], str]


def write_results(results: Sequence[CheckResult], form: CheckFormat) -> str:
    """Return ``results`` in the format ``form``, with a line end at the end."""
    return _WRITERS[form](results)


def _write_text(results: Sequence[CheckResult]) -> str:
    hidden = (CheckState.HOLDS, CheckState.UNPROVEN)
    shown = [result for result in results if result.state not in hidden or result.detail]
    return (
        "".join(f"{_location_of(result)}\n{_indent_lines(result.detail)}\n" for result in shown)
        + f"{_summary_line(results)}\n"
    )


def _location_of(result: CheckResult) -> str:
    state = "" if result.state in (CheckState.FAILS, CheckState.HOLDS) else f" {result.state.value}"
    return f"{result.path}:{result.line}: {result.subject}: {result.field}{state}"


def _indent_lines(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.split("\n"))


def _summary_line(results: Iterable[CheckResult]) -> str:
    counts = Counter(result.state for result in results)
    shown = [f"{counts[state]} {word}" for state, word in _WORDS.items() if counts[state] or state is CheckState.HOLDS]
    return ", ".join(shown)


_WORDS: Mapping[CheckState, str] = {
    CheckState.HOLDS: "hold",
    CheckState.UPDATED: "goldens written",
    CheckState.UNPROVEN: "entries unproven",
    CheckState.FAILS: "fail",
    CheckState.UNUSABLE: "files cannot be used",
}


def _write_github(results: Sequence[CheckResult]) -> str:
    """`Workflow commands <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>`_."""
    return "".join(map(_github_annotation, results)) + f"{_summary_line(results)}\n"


def _github_annotation(result: CheckResult) -> str:
    if result.state in (CheckState.HOLDS, CheckState.UNPROVEN):
        return ""
    level = "notice" if result.passes else "error"
    title = _escape_property(f"{result.subject}: {result.field}")
    place = f"file={_escape_property(result.path.as_posix())},line={result.line},title={title}"
    return f"::{level} {place}::{_escape_data(result.detail)}\n"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _write_junit(results: Sequence[CheckResult]) -> str:
    """Return a test suite for each file, with a test case for each result, in the form that CI systems read."""
    suites: dict[str, list[CheckResult]] = {}
    for result in results:
        suites.setdefault(result.path.as_posix(), []).append(result)
    inside = "".join(_junit_suite(name, tests) for name, tests in suites.items())
    return f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites{_count_states(results)}>\n{inside}</testsuites>\n'


def _junit_suite(name: str, results: Sequence[CheckResult]) -> str:
    tests = "".join(map(_junit_testcase, results))
    return f"<testsuite name={quoteattr(name)}{_count_states(results)}>\n{tests}</testsuite>\n"


def _count_states(results: Sequence[CheckResult]) -> str:
    failed = sum(not result.passes for result in results)
    return f' tests="{len(results)}" failures="{failed}"'


def _junit_testcase(result: CheckResult) -> str:
    names = f"classname={quoteattr(_legal_xml(result.subject))} name={quoteattr(result.field)}"
    place = f"file={quoteattr(result.path.as_posix())} line={quoteattr(str(result.line))}"
    if result.passes:
        return f"<testcase {names} {place}/>\n"
    detail = _legal_xml(result.detail)
    failure = f"<failure message={quoteattr(detail.partition(chr(10))[0])}>{escape(detail)}</failure>"
    return f"<testcase {names} {place}>{failure}</testcase>\n"


def _legal_xml(text: str) -> str:
    """Replace the characters that XML cannot contain by spaces."""
    return "".join(character if character.isprintable() or character == "\n" else " " for character in text)


_WRITERS: Mapping[CheckFormat, Write] = {
    CheckFormat.TEXT: _write_text,
    CheckFormat.GITHUB: _write_github,
    CheckFormat.JUNIT: _write_junit,
}

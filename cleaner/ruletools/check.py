"""Checking a folder of rules: every file is valid, every case passes, every entry has an effect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import PageError, RuleError
from cleaner.rulebook import LoadedFile, Rulebook, read_rules
from cleaner.ruletools import golden
from cleaner.ruletools.ablation import TriedPage, explain_unneeded_entry, group_by_rule
from cleaner.ruletools.cases import GOLDEN, RuleTrial, list_checked_fields, list_trials, verify_trial
from cleaner.ruletools.check_results import CheckResult, CheckState
from cleaner.ruletools.item_pages import clean_by_items

_INDEXED = re.compile(r"\$\.(drop|keep|case)\[(\d+)\]")
_LINE = re.compile(r"line (\d+)$")


def check_rules(folder: Path, *, update: bool = False) -> Iterator[CheckResult]:
    """Run all checks of a rules folder, with the built-in rules in force as in a run.

    If files cannot be used, only these are reported. ``update`` writes goldens that differ or are missing. Raises
    :class:`~cleaner.RuleError` if there is no such folder.
    """
    return (check.run() for check in RuleChecker(folder, update=update).plan_checks())


class PlannedCheck(NamedTuple):
    """One check: a field of a case, or an entry."""

    path: Path
    """The rule file."""
    subject: str
    field: str
    run: Callable[[], CheckResult]


class RuleChecker:
    """The checks of a rules folder. Each page is cleaned once, by the first check that needs it.

    Raises :class:`~cleaner.RuleError` if there is no such folder.
    """

    def __init__(self, folder: Path, *, update: bool = False) -> None:
        found = read_rules(folder)
        self._folder = folder
        self._update = update
        self._files = [file for file in found if isinstance(file, LoadedFile)]
        self._broken = [error for error in found if isinstance(error, RuleError)]
        self._book = Rulebook()
        if not self._broken:
            try:
                self._book = Rulebook.load([folder])
            except RuleError as error:
                self._broken = [error]
        self._tried: dict[tuple[Path, int], TriedPage | PageError] = {}

    def plan_checks(self) -> Iterator[PlannedCheck]:
        """Yield all checks: the fields of the cases file by file, then the entries."""
        for error in self._broken:
            yield PlannedCheck(Path(error.path), error.key, "file", partial(_make_unusable_result, error))
        if self._broken:
            return
        for trial in self._trials:
            for field in list_checked_fields(trial.case):
                yield PlannedCheck(trial.file.path, trial.name, field, partial(self._check_case, trial, field))
        for file in self._files:
            for rule, key in file.entries:
                subject = key.removeprefix("$.")
                yield PlannedCheck(file.path, subject, "has an effect", partial(self._check_entry, file, rule, key))

    @cached_property
    def _trials(self) -> Sequence[RuleTrial]:
        return [trial for file in self._files for trial in list_trials(self._folder, file)]

    def _check_case(self, trial: RuleTrial, field: str) -> CheckResult:
        tried = self._clean_case(trial)
        problem = str(tried) if isinstance(tried, PageError) else verify_trial(trial, field, tried.article)
        result = _make_result(trial.file, trial.key, (trial.name, field), problem)
        if self._update and field == GOLDEN and problem and not isinstance(tried, PageError):
            golden.golden_path(trial.input).write_text(golden.render_golden(tried.article), encoding="utf-8")
            return result._replace(state=CheckState.UPDATED)
        return result

    def _check_entry(self, file: LoadedFile, rule: str, key: str) -> CheckResult:
        fired = self._pages_by_rule.get(rule, ())
        name = (key.removeprefix("$."), "has an effect")
        if not fired and getattr(file.content, "unproven", False):
            return _make_result(file, key, name, "")._replace(state=CheckState.UNPROVEN)
        return _make_result(file, key, name, explain_unneeded_entry(rule, fired, self._book))

    @cached_property
    def _pages_by_rule(self) -> Mapping[str, Sequence[TriedPage]]:
        return group_by_rule([tried for tried in map(self._clean_case, self._trials) if isinstance(tried, TriedPage)])

    def _clean_case(self, trial: RuleTrial) -> TriedPage | PageError:
        """Clean the page of ``trial``, or return its error; the result is kept."""
        name = (trial.file.path, trial.number)
        if name not in self._tried:
            try:
                page = trial.read_page()
                self._tried[name] = TriedPage(trial.name, page, clean_by_items(page, self._book))
            except PageError as error:
                self._tried[name] = error
        return self._tried[name]


def _make_result(file: LoadedFile, key: str, name: tuple[str, str], problem: str) -> CheckResult:
    state = CheckState.FAILS if problem else CheckState.HOLDS
    return CheckResult(state, file.path, find_line(file.text, key), *name, problem)


def _make_unusable_result(error: RuleError) -> CheckResult:
    path = Path(error.path)
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    return CheckResult(
        CheckState.UNUSABLE, path, find_line(text, error.key), error.key, "file", f"{error.problem}\n{error.remedy}"
    )


def find_line(text: str, key: str) -> int:
    """Return the line, from 1, of ``key`` in a rule file, or of its table; 1 if that is unknown."""
    if numbered := _LINE.match(key):
        return int(numbered[1])
    lines = text.split("\n")
    if table := _INDEXED.match(key):
        heads = [number for number, line in enumerate(lines, 1) if line.replace(" ", "").startswith(f"[[{table[1]}]]")]
        return heads[int(table[2])] if int(table[2]) < len(heads) else 1
    name = key.removeprefix("$.").partition(".")[0].partition("[")[0]
    starts = (f"{name} ", f"{name}=", f"[{name}]")
    return next((number for number, line in enumerate(lines, 1) if line.startswith(starts)), 1)

"""Checking a folder of rules: every file is valid, every case holds, every entry earns its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import PageError, RuleError
from cleaner.pipeline import clean_page
from cleaner.rulebook import LoadedFile, Rulebook, read_rules
from cleaner.ruletools import golden
from cleaner.ruletools.ablation import TriedPage, find_idle_entries, group_by_rule
from cleaner.ruletools.cases import GOLDEN, RuleTrial, field_names, list_trials, verify_trial
from cleaner.ruletools.check_results import CheckResult, CheckState

_INDEXED = re.compile(r"\$\.(drop|keep|case)\[(\d+)\]")
_LINE = re.compile(r"line (\d+)$")


def check_rules(folder: Path, *, update: bool = False) -> Iterator[CheckResult]:
    """Everything that a rules folder promises, checked with the built-in rules below it, as in a run.

    Where files cannot be used, they are all that is told. ``update`` writes goldens that differ or miss. Raises
    :class:`~cleaner.RuleError` where there is no such folder.
    """
    return (point.look() for point in RuleProof(folder, update=update).points())


class CheckPoint(NamedTuple):
    """One thing to look at."""

    path: Path
    """The rule file."""
    subject: str
    field: str
    look: Callable[[], CheckResult]


class RuleProof:
    """A rules folder under proof. Each page is cleaned when somebody first asks what comes of it.

    Raises :class:`~cleaner.RuleError` where there is no such folder.
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

    def points(self) -> Iterator[CheckPoint]:
        """All there is to look at, file by file: the fields of the cases, then the entries."""
        for error in self._broken:
            yield CheckPoint(Path(error.path), error.key, "file", partial(_unusable_result, error))
        if self._broken:
            return
        for trial in self._trials:
            for field in field_names(trial.case):
                yield CheckPoint(trial.file.path, trial.name, field, partial(self._case, trial, field))
        for file in self._files:
            for rule, key in file.entries:
                subject = key.removeprefix("$.")
                yield CheckPoint(file.path, subject, "earns its place", partial(self._entry, file, rule, key))

    @cached_property
    def _trials(self) -> Sequence[RuleTrial]:
        return [trial for file in self._files for trial in list_trials(self._folder, file)]

    def _case(self, trial: RuleTrial, field: str) -> CheckResult:
        tried = self._try(trial)
        problem = str(tried) if isinstance(tried, PageError) else verify_trial(trial, field, tried.article)
        result = _result_of(trial.file, trial.key, (trial.name, field), problem)
        if self._update and field == GOLDEN and problem and not isinstance(tried, PageError):
            golden.golden_path(trial.input).write_text(golden.render_golden(tried.article), encoding="utf-8")
            return result._replace(state=CheckState.UPDATED)
        return result

    def _entry(self, file: LoadedFile, rule: str, key: str) -> CheckResult:
        problem = find_idle_entries(rule, self._hits.get(rule, ()), self._book)
        return _result_of(file, key, (key.removeprefix("$."), "earns its place"), problem)

    @cached_property
    def _hits(self) -> Mapping[str, Sequence[TriedPage]]:
        return group_by_rule([tried for tried in map(self._try, self._trials) if isinstance(tried, TriedPage)])

    def _try(self, trial: RuleTrial) -> TriedPage | PageError:
        """What came of the page of ``trial``."""
        name = (trial.file.path, trial.number)
        if name not in self._tried:
            try:
                page = trial.page()
                self._tried[name] = TriedPage(trial.name, page, clean_page(page, self._book))
            except PageError as error:
                self._tried[name] = error
        return self._tried[name]


def _result_of(file: LoadedFile, key: str, name: tuple[str, str], problem: str) -> CheckResult:
    state = CheckState.FAILS if problem else CheckState.HOLDS
    return CheckResult(state, file.path, find_line(file.text, key), *name, problem)


def _unusable_result(error: RuleError) -> CheckResult:
    path = Path(error.path)
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    return CheckResult(
        CheckState.UNUSABLE, path, find_line(text, error.key), error.key, "file", f"{error.problem}\n{error.remedy}"
    )


def find_line(text: str, key: str) -> int:
    """The line, from 1, on which ``key`` of a rule file stands, or the table it is in; 1 where that cannot be told."""
    if told := _LINE.match(key):
        return int(told[1])
    lines = text.split("\n")
    if table := _INDEXED.match(key):
        heads = [number for number, line in enumerate(lines, 1) if line.replace(" ", "").startswith(f"[[{table[1]}]]")]
        return heads[int(table[2])] if int(table[2]) < len(heads) else 1
    name = key.removeprefix("$.").partition(".")[0].partition("[")[0]
    starts = (f"{name} ", f"{name}=", f"[{name}]")
    return next((number for number, line in enumerate(lines, 1) if line.startswith(starts)), 1)

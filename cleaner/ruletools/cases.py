"""The cases of rule files: a page each, and the expected result of cleaning it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.article import Article
from cleaner.errors import PageError
from cleaner.judges.site_rules import find_overbroad_rule
from cleaner.model import Block, Page
from cleaner.page import decode
from cleaner.rulebook import Case, DroppedLine, LoadedFile
from cleaner.ruletools import golden

BODY, GOLDEN = "body", "golden"
"""The checks of every case: that the rules do not drop the whole body, and that the article matches the golden."""


class RuleTrial(NamedTuple):
    """A case, its file and its place there."""

    folder: Path
    """The rules folder, from which ``case.input`` leads to the page."""
    file: LoadedFile
    number: int
    """Its place among the cases of ``file``, from 0."""
    case: Case

    @property
    def key(self) -> str:
        """Its key in the file."""
        return f"$.case[{self.number}]"

    @property
    def name(self) -> str:
        """A short name, unique among the cases of its file."""
        return self.case.input.removeprefix(f"cases/{self.file.name}/")

    @property
    def input(self) -> Path:
        """The file of its page."""
        return self.folder / self.case.input

    def read_page(self) -> Page:
        """Read its page. Raises :class:`~cleaner.PageError`, also if there is no such file."""
        try:
            data = self.input.read_bytes()
        except OSError as error:
            problem = f"cannot be read: {error.strerror}; `input` is a path from the rules folder"
            raise PageError(str(self.input), problem) from error
        case = self.case
        return decode.read_page(data, name=case.input, source=case.input, url=case.url, fetched=case.fetched)


def list_trials(folder: Path, file: LoadedFile) -> Iterator[RuleTrial]:
    """Yield the cases of ``file`` in order."""
    for index, case in enumerate(getattr(file.content, "case", ())):
        yield RuleTrial(folder, file, index, case)


def list_checked_fields(case: Case) -> Iterator[str]:
    """Yield the names of what is checked in ``case``: its fields, that the body is kept, and the golden."""
    yield from (name for name in ("must_keep", "must_drop") if getattr(case, name))
    yield from case.expects
    yield from (BODY, GOLDEN)


def verify_trial(trial: RuleTrial, field: str, article: Article) -> str:
    """Check one field of a case against ``article``; return the problem, over several lines, or an empty text."""
    if check := _CHECKS.get(field):
        return check(trial, article)
    return _check_field(trial.case.expects[field], article.to_dict()[field])


def _check_field(wanted: str | Sequence[str], got: Any) -> str:
    if wanted == (tuple(got) if isinstance(got, list) else got):
        return ""
    return f"expected {golden.show_value(wanted)}\n     got {golden.show_value(got)}"


def _check_must_keep(trial: RuleTrial, article: Article) -> str:
    return "\n".join(filter(None, (_check_kept_text(text, article) for text in trial.case.must_keep)))


def _check_must_drop(trial: RuleTrial, article: Article) -> str:
    return "\n".join(filter(None, (_check_dropped_text(text, article) for text in trial.case.must_drop)))


def _check_body(_trial: RuleTrial, article: Article) -> str:
    narrower = "Make its matcher narrower, so that it does not match the article"
    problems = [
        f"{rule} is not followed on this page: it would lose much of what is surely text\n"
        f'{narrower}, or give it `trust = "always"` and a `why` if the classifier is wrong.'
        for rule in article.suspect_rules
    ]
    if rule := find_overbroad_rule(article.blocks):
        problems.append(f"{rule} drops the whole body\n{narrower}.")
    return "\n".join(problems)


def _check_golden(trial: RuleTrial, article: Article) -> str:
    path = golden.golden_path(trial.input)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return f"there is no {path.name}\nCheck the article with `cleaner explain`, then write the file with --update."
    return "\n".join(golden.find_differences(text, article))


_CHECKS: Mapping[str, Callable[[RuleTrial, Article], str]] = {
    "must_keep": _check_must_keep,
    "must_drop": _check_must_drop,
    BODY: _check_body,
    GOLDEN: _check_golden,
}


def _check_kept_text(text: str, article: Article) -> str:
    if _flatten_text(text) in _flatten_text(article.text):
        return ""
    lost = _find_block(text, article.removed)
    if lost:
        return f"went missing: {golden.quote_text(text)}\n  is {golden.describe_verdict(lost)}"
    place = "in no single block of the page" if _flatten_text(text) in _join_page_text(article) else "not on the page"
    return f"not in the text: {golden.quote_text(text)}\n  is {place}"


def _check_dropped_text(wanted: str | DroppedLine, article: Article) -> str:
    text = wanted if isinstance(wanted, str) else wanted.text
    if _flatten_text(text) in _flatten_text(article.text):
        kept = _find_block(text, [block for block in article.blocks if block.kept])
        return f"came back: {golden.quote_text(text)}" + (f"\n  is {golden.describe_verdict(kept)}" if kept else "")
    if _flatten_text(text) not in _join_page_text(article):
        return f"tests nothing: {golden.quote_text(text)}\n  is not on the page"
    if isinstance(wanted, str):
        return ""
    named = [block for block in article.removed if _flatten_text(text) in _flatten_text(block.text)]
    if any(block.verdict and block.verdict.label is wanted.label for block in named):
        return ""
    got = golden.describe_verdict(named[0]) if named else "dropped over several blocks"
    return f"expected {wanted.label.value}: {golden.quote_text(text)}\n  is {got}"


def _find_block(text: str, blocks: Sequence[Block]) -> Block | None:
    return next((block for block in blocks if _flatten_text(text) in _flatten_text(block.text)), None)


def _join_page_text(article: Article) -> str:
    return _flatten_text("\n".join(block.text for block in article.blocks))


def _flatten_text(text: str) -> str:
    return " ".join(text.split())

"""The cases that a rule file has already, when its entries are changed on purpose: they then expect what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cleaner.article import Article
from cleaner.errors import PageError
from cleaner.labels import Label
from cleaner.rulebook import Case, DroppedLine, LoadedFile, Rulebook, read_rules
from cleaner.ruletools import golden
from cleaner.ruletools.cases import list_trials
from cleaner.ruletools.item_pages import clean_by_items
from cleaner.ruletools.proposals.rule_edits import set_values


def accept_cases(folder: Path, name: str) -> tuple[str, dict[str, bytes]]:
    """Return the rule file ``name`` of ``folder`` with cases that expect what cleaning gives now, and changed goldens.

    A text that is not in the article any more, or in it again, is no longer asked for; metadata are as they come out. The
    paths of goldens are those from ``folder``. A case whose page cannot be read is left as it is.
    """
    book = Rulebook.load([folder])
    file = next(one for one in read_rules(folder) if isinstance(one, LoadedFile) and one.name == name)
    text, goldens = file.text, {}
    for trial in list_trials(folder, file):
        try:
            article = clean_by_items(trial.read_page(), book)
        except PageError:
            continue
        if values := _find_unmet(trial.case, article):
            text = set_values(text, "case", trial.number, values)
        path, rendered = golden.golden_path(trial.input), golden.render_golden(article).encode()
        if not path.is_file() or path.read_bytes() != rendered:
            goldens[path.relative_to(folder).as_posix()] = rendered
    return text, goldens


def _find_unmet(case: Case, article: Article) -> Mapping[str, Any]:
    """Return the keys of ``case`` that do not hold, each with the value that does; None if nothing is left of it."""
    text, row = _flatten(article.text), article.to_dict()
    wanted = {
        "must_keep": tuple(one for one in case.must_keep if _flatten(one) in text),
        "must_drop": tuple(one for one in case.must_drop if _is_dropped(one, text, article)),
        **{name: row[name] for name, value in case.expects.items() if value != _frozen(row[name])},
    }
    return {name: _as_written(value) for name, value in wanted.items() if value != getattr(case, name)}


def _is_dropped(wanted: str | DroppedLine, kept: str, article: Article) -> bool:
    line = _flatten(wanted if isinstance(wanted, str) else wanted.text)
    labels = {_label(article, at) for at, block in enumerate(article.blocks) if line in _flatten(block.text)}
    return line not in kept and (isinstance(wanted, str) or wanted.label in labels)


def _label(article: Article, at: int) -> Label | None:
    verdict = article.blocks[at].verdict
    return verdict.label if verdict else None


def _as_written(value: Any) -> Any:
    if isinstance(value, tuple) and any(isinstance(one, DroppedLine) for one in value):
        return [{"text": one.text, "label": one.label.value} if isinstance(one, DroppedLine) else one for one in value]
    return list(value) or None if isinstance(value, tuple | list) else value or None


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _flatten(text: str) -> str:
    return " ".join(text.split())

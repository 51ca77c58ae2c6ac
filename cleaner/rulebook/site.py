"""The rules in force for one page, merged and in order: what the rulebook hands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.rulebook.check import COMMON_LIMIT
from cleaner.rulebook.match import Finder, compile_entry
from cleaner.rulebook.patterns import PatternSet, full_matches
from cleaner.rulebook.schema import Case, CommonDrop, Drop, Keep, SiteMetadata
from cleaner.text import one_line, phrase


class SiteRule(NamedTuple):
    """One entry of a site's or a network's file under its readable id, as ``thehindu.com:drop[3]``."""

    id: str
    entry: Drop | Keep


class CommonRule(NamedTuple):
    """One entry of ``everywhere.toml`` under its readable id, as ``everywhere:drop[3]``."""

    id: str
    entry: CommonDrop


class Portable:
    """A frozen value that pickles its fields only: what RE2 compiled for it cannot travel, and is compiled anew."""

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]


@dataclass(frozen=True)
class CommonRules(Portable):
    """Phrases that are boilerplate on every site."""

    rules: tuple[CommonRule, ...] = ()

    def find(self, text: str) -> CommonRule | None:
        """The rule that speaks of a block with this ``text``, or None. Blocks over 200 characters have none."""
        if len(text) > COMMON_LIMIT:
            return None
        by_line = self._by_phrase.get(phrase(text))
        if by_line is not None:
            return by_line
        found = self._regexes.found(" ".join(text.split()))
        return self._with_regex[found[0]] if found else None

    @cached_property
    def _by_phrase(self) -> dict[str, CommonRule]:
        return {phrase(one_line(text)): rule for rule in reversed(self.rules) for text in rule.entry.phrases}

    @cached_property
    def _with_regex(self) -> tuple[CommonRule, ...]:
        return tuple(rule for rule in self.rules if rule.entry.regex is not None)

    @cached_property
    def _regexes(self) -> PatternSet:
        return full_matches([rule.entry.regex for rule in self._with_regex if rule.entry.regex is not None])


@dataclass(frozen=True)
class SiteRules(Portable):
    """What is known of the site a page comes from; all empty where no rule file fits."""

    name: str = ""
    """The file's name without ``.toml``; empty where no file fits."""
    path: Path | None = None
    hosts: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    rules: tuple[SiteRule, ...] = ()
    """Entries in the order in which they speak: the file's keeps, its drops, then those of each network."""
    metadata: SiteMetadata = field(default_factory=SiteMetadata)
    body_selectors: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def drops(self) -> Sequence[Drop]:
        """The ``[[drop]]`` entries, the site's before its networks'."""
        return [rule.entry for rule in self.rules if isinstance(rule.entry, Drop)]

    @property
    def keeps(self) -> Sequence[Keep]:
        """The ``[[keep]]`` entries, the site's before its networks'."""
        return [rule.entry for rule in self.rules if isinstance(rule.entry, Keep)]

    @cached_property
    def finders(self) -> tuple[tuple[SiteRule, Finder], ...]:
        """Each rule with what finds its blocks, compiled when first asked for."""
        return tuple((rule, compile_entry(rule.entry)) for rule in self.rules)

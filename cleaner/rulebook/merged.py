"""The rules in force for one page, merged and in order: what the rulebook hands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from cleaner.language.characters import normalize_line, normalize_phrase
from cleaner.rulebook.matchers import Finder, compile_entry
from cleaner.rulebook.pickling import Portable
from cleaner.rulebook.regexes import PatternSet, full_matches
from cleaner.rulebook.rule_types import Case, CommonDrop, Drop, Keep, SiteMetadata
from cleaner.rulebook.validate import COMMON_LIMIT


@dataclass(frozen=True)
class SiteRule(Portable):
    """One entry of a site's or a network's file under its readable id, as ``thehindu.com:drop[3]``."""

    id: str
    entry: Drop | Keep

    @cached_property
    def find(self) -> Finder:
        """What finds its blocks, compiled when first asked for."""
        return compile_entry(self.entry)


class CommonRule(NamedTuple):
    """One entry of ``everywhere.toml`` under its readable id, as ``everywhere:drop[3]``."""

    id: str
    entry: CommonDrop


_Rule = TypeVar("_Rule", SiteRule, CommonRule)


def _other_entries(rules: Sequence[_Rule], rule: str) -> tuple[_Rule, ...]:
    return tuple(other for other in rules if other.id != rule)


@dataclass(frozen=True)
class CommonRules(Portable):
    """Phrases that are boilerplate on every site."""

    rules: tuple[CommonRule, ...] = ()

    def without(self, rule: str) -> CommonRules:
        """These rules but the one with this id."""
        return self if all(other.id != rule for other in self.rules) else CommonRules(_other_entries(self.rules, rule))

    def find(self, text: str) -> CommonRule | None:
        """The rule that speaks of a block with this ``text``, or None. Blocks over 200 characters have none."""
        if len(text) > COMMON_LIMIT:
            return None
        by_line = self._by_phrase.get(normalize_phrase(text))
        if by_line is not None:
            return by_line
        found = self._regexes.found(" ".join(text.split()))
        return self._with_regex[found[0]] if found else None

    @cached_property
    def _by_phrase(self) -> dict[str, CommonRule]:
        return {
            normalize_phrase(normalize_line(text)): rule for rule in reversed(self.rules) for text in rule.entry.phrases
        }

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
    fingerprints: tuple[str, ...] = ()
    """Of a network; empty for a site."""
    valid_from: date = date.min
    """First day on which pages were fetched that look like this; ``valid_until`` is the last one."""
    valid_until: date = date.max
    layers: tuple[str, ...] = ()
    """Names of the files that are merged here, the nearest first."""
    rules: tuple[SiteRule, ...] = ()
    """Entries in the order in which they speak: the file's keeps, its drops, then those of each network."""
    metadata: SiteMetadata = field(default_factory=SiteMetadata)
    body_selectors: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()

    def without(self, rule: str) -> SiteRules:
        """These rules but the one with this id."""
        return (
            self
            if all(other.id != rule for other in self.rules)
            else replace(self, rules=_other_entries(self.rules, rule))
        )

    @property
    def drops(self) -> Sequence[Drop]:
        """The ``[[drop]]`` entries, the site's before its networks'."""
        return [rule.entry for rule in self.rules if isinstance(rule.entry, Drop)]

    @property
    def keeps(self) -> Sequence[Keep]:
        """The ``[[keep]]`` entries, the site's before its networks'."""
        return [rule.entry for rule in self.rules if isinstance(rule.entry, Keep)]

    def covers(self, fetched: date | None) -> bool:
        """Whether pages fetched on that day look like this. Of a page without a day nothing is known against it."""
        return fetched is None or self.valid_from <= fetched <= self.valid_until

    def meets(self, other: SiteRules) -> bool:
        """Whether there is a day on which pages look like both."""
        return self.valid_from <= other.valid_until and other.valid_from <= self.valid_until

    def over(self, networks: Sequence[SiteRules]) -> SiteRules:
        """These rules, and below them those of the ``networks`` that they do not extend already."""
        merged = self
        for network in networks:
            if network.name not in merged.layers:
                merged = replace(
                    merged,
                    rules=merged.rules + network.rules,
                    metadata=merged.metadata.over(network.metadata),
                    body_selectors=merged.body_selectors + network.body_selectors,
                    layers=merged.layers + network.layers,
                )
        return merged

"""The rules that apply to one page, merged and in order: what a lookup in the rulebook returns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from cleaner.language.characters import normalize_line, normalize_phrase
from cleaner.rulebook.matchers import Finder, compile_entry
from cleaner.rulebook.pickling import PickledByFields
from cleaner.rulebook.regexes import PatternSet, compile_full_matches
from cleaner.rulebook.rule_types import Case, CommonDrop, Drop, Keep, SiteMetadata
from cleaner.rulebook.validate import MAX_COMMON_CHARS


@dataclass(frozen=True)
class SiteRule(PickledByFields):
    """One entry of a site's or a network's file with its readable id, such as ``thehindu.com:drop[3]``."""

    id: str
    entry: Drop | Keep

    @cached_property
    def find(self) -> Finder:
        """The finder of its blocks, compiled on first use."""
        return compile_entry(self.entry)


class BodySelector(NamedTuple):
    """One selector of a ``[body]`` with its readable id, such as ``thehindu.com:body[0]``."""

    id: str
    selector: str
    is_trusted: bool = False
    """Whether it is followed whatever the classifier sees."""


class CommonRule(NamedTuple):
    """One entry of ``everywhere.toml`` with its readable id, such as ``everywhere:drop[3]``."""

    id: str
    entry: CommonDrop


_POINTERS = re.compile(r"^[^\w\s\"'“”„«‘’(\[¿¡#@$€£©®™°§%&/\\+<]+\s*")
"""Marks at the front of a line that point to it, such as an arrow or emoji; not those that belong to its words."""
_REMEMBERED = 8192
"""Lines whose rule, or that they have none, is remembered: pages of a site have most of their short lines in common."""
_Rule = TypeVar("_Rule", SiteRule, CommonRule)


def _other_entries(rules: Sequence[_Rule], rule: str) -> tuple[_Rule, ...]:
    return tuple(other for other in rules if other.id != rule)


@dataclass(frozen=True)
class CommonRules(PickledByFields):
    """Phrases that are boilerplate on every site."""

    rules: tuple[CommonRule, ...] = ()

    def without(self, rule: str) -> CommonRules:
        """Return these rules except the one with the id ``rule``."""
        return self if all(other.id != rule for other in self.rules) else CommonRules(_other_entries(self.rules, rule))

    def find(self, text: str) -> CommonRule | None:
        """Return the rule that matches a block with this ``text``, or None. Blocks over 200 characters match none.

        A regex may also match the text without the arrows, emoji and bullets at its front.
        """
        return self._find_remembered(text) if len(text) <= MAX_COMMON_CHARS else None

    @cached_property
    def _find_remembered(self) -> Callable[[str], CommonRule | None]:
        return lru_cache(maxsize=_REMEMBERED)(self._find)

    def _find(self, text: str) -> CommonRule | None:
        by_line = self._by_phrase.get(normalize_phrase(text))
        if by_line is not None:
            return by_line
        flat = " ".join(text.split())
        bare = flat if flat[:1].isalnum() else _POINTERS.sub("", flat)
        found = self._regexes.find_matches(flat) or (self._regexes.find_matches(bare) if bare != flat else ())
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
        return compile_full_matches([rule.entry.regex for rule in self._with_regex if rule.entry.regex is not None])


@dataclass(frozen=True)
class SiteRules(PickledByFields):
    """The rules of the site that a page comes from; all empty if no rule file applies."""

    name: str = ""
    """The file's name without ``.toml``; empty if no file applies."""
    path: Path | None = None
    hosts: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    """Selectors of elements that show a network, or a layout of a site."""
    valid_from: date = date.min
    """First day on which pages were fetched with this layout; ``valid_until`` is the last one."""
    valid_until: date = date.max
    layers: tuple[str, ...] = ()
    """Names of the merged files, in order of precedence."""
    rules: tuple[SiteRule, ...] = ()
    """Entries in order of precedence: the file's keeps, its drops, then those of each network."""
    metadata: SiteMetadata = field(default_factory=SiteMetadata)
    body: tuple[BodySelector, ...] = ()
    cases: tuple[Case, ...] = ()

    def without(self, rule: str) -> SiteRules:
        """Return these rules except the one with the id ``rule``."""
        return (
            self
            if all(other.id != rule for other in self.rules)
            else replace(self, rules=_other_entries(self.rules, rule))
        )

    @property
    def body_selectors(self) -> tuple[str, ...]:
        """The selectors of ``[body]``, the site's before its networks'."""
        return tuple(part.selector for part in self.body)

    @property
    def drops(self) -> Sequence[Drop]:
        """The ``[[drop]]`` entries, the site's before its networks'."""
        return [rule.entry for rule in self.rules if isinstance(rule.entry, Drop)]

    @property
    def keeps(self) -> Sequence[Keep]:
        """The ``[[keep]]`` entries, the site's before its networks'."""
        return [rule.entry for rule in self.rules if isinstance(rule.entry, Keep)]

    def is_valid_on(self, fetched: date | None) -> bool:
        """Return whether pages fetched on that day have this layout; True if the day is unknown."""
        return fetched is None or self.valid_from <= fetched <= self.valid_until

    def overlaps(self, other: SiteRules) -> bool:
        """Return whether a page can have both layouts: on some day, and by the same or no fingerprints."""
        if set(self.fingerprints) != set(other.fingerprints):
            return False
        return self.valid_from <= other.valid_until and other.valid_from <= self.valid_until

    def with_networks(self, networks: Sequence[SiteRules]) -> SiteRules:
        """Return these rules followed by those of the ``networks`` that they do not extend already."""
        merged = self
        for network in networks:
            if network.name not in merged.layers:
                merged = replace(
                    merged,
                    rules=merged.rules + network.rules,
                    metadata=merged.metadata.with_defaults(network.metadata),
                    body=merged.body + network.body,
                    layers=merged.layers + network.layers,
                )
        return merged

"""A change of a rule file: an entry, a selector of ``[body]`` or ``[metadata]``, or a case, that is added, replaced or removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from cleaner.errors import RuleError
from cleaner.labels import Label
from cleaner.rulebook import Case, Drop, Keep, SiteMetadata
from cleaner.rulebook.rule_types import MATCHERS, Body, SiteFile, Trust
from cleaner.rulebook.validate import find_faults
from cleaner.ruletools.learn import toml_writer

_ANY_HOST = ("site.example",)
"""A file needs a host to be valid; faults of a change do not depend on it."""


class RuleTable(StrEnum):
    """The table of a rule file that a change belongs to."""

    DROP = "drop"
    KEEP = "keep"
    BODY = "body"
    METADATA = "metadata"
    CASE = "case"


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry, selector or case of a rule file: a new one, another in the place of one, or one that is taken away.

    An entry has ``matcher`` and ``why``, and ``label`` if it drops. A selector has ``field`` and ``selector``; the field of
    ``[body]`` is ``selectors``. A case has ``case``.
    """

    table: RuleTable
    label: Label | None = None
    matcher: Mapping[str, Any] = {}
    """The keys of the entry that say which blocks it matches, as in the file: ``{"starts": "Also read:"}``."""
    why: str = ""
    trust: Trust | None = None
    """Of a drop, and of all selectors of ``[body]``: whether the classifier is not asked. ``why`` then says when it is wrong."""
    field: str = ""
    selector: str = ""
    case: Mapping[str, Any] = {}
    """The keys of a case as in the file, without those that it does not have."""
    replaces: Change | None = None
    """The entry, selector or case of the file whose place it takes."""
    removes: bool = False
    """Whether it is taken out of the file, which has it."""

    @property
    def is_entry(self) -> bool:
        """Whether it is a ``[[drop]]`` or ``[[keep]]`` entry."""
        return self.table in (RuleTable.DROP, RuleTable.KEEP)

    @property
    def kind(self) -> str:
        """The matcher of an entry, or the table of a selector or case."""
        return next((name for name in MATCHERS if name in self.matcher), self.table.value)


def make_entry(change: Change) -> Drop | Keep:
    """Return the entry of a change that is one. Raises :class:`~cleaner.RuleError` if keys or types are wrong."""
    given = {**change.matcher, "why": change.why}
    try:
        if change.table is RuleTable.DROP:
            return msgspec.convert({**given, "label": change.label, "trust": change.trust}, Drop)
        return msgspec.convert(given, Keep)
    except msgspec.ValidationError as error:
        raise RuleError("the change", "$", str(error), "See the reference of rule files.") from None


def make_case(change: Change) -> Case:
    """Return the case of a change that is one. Raises :class:`~cleaner.RuleError` if keys or types are wrong."""
    try:
        return msgspec.convert(change.case, Case)
    except msgspec.ValidationError as error:
        raise RuleError("the change", "$.case", str(error), "See the reference of rule files.") from None


def check_change(change: Change) -> None:
    """Raise :class:`~cleaner.RuleError` if a rule file with ``change`` could not be used."""
    if change.removes:
        return
    for fault in find_faults(_make_file(change)):
        raise RuleError("the change", *fault)


def _make_file(change: Change) -> SiteFile:
    """Return a rule file that has nothing but ``change``."""
    try:
        if change.table is RuleTable.BODY:
            body = Body(selectors=(change.selector,), trust=change.trust, why=change.why or None)
            return SiteFile(hosts=_ANY_HOST, body=body)
        if change.table is RuleTable.METADATA:
            metadata = msgspec.convert({change.field: (change.selector,)}, SiteMetadata)
            return SiteFile(hosts=_ANY_HOST, metadata=metadata)
    except msgspec.ValidationError as error:
        raise RuleError("the change", f"$.metadata.{change.field}", str(error), "Choose another field.") from None
    if change.table is RuleTable.CASE:
        return SiteFile(hosts=_ANY_HOST, case=(make_case(change),))
    entry = make_entry(change)
    return (
        SiteFile(hosts=_ANY_HOST, drop=(entry,))
        if isinstance(entry, Drop)
        else SiteFile(hosts=_ANY_HOST, keep=(entry,))
    )


def add_changes(text: str, changes: Iterable[Change]) -> str:
    """Return the rule file ``text`` with ``changes`` added; its comments, order and values are unchanged.

    Raises :class:`~cleaner.RuleError` for a change that cannot be used.
    """
    for change in changes:
        check_change(change)
        if change.is_entry:
            text = toml_writer.extend_file(text, toml_writer.format_entry(make_entry(change)))
        elif change.table is RuleTable.CASE:
            text = toml_writer.extend_file(text, toml_writer.format_case(make_case(change)))
        else:
            text = toml_writer.add_selector(text, change.table.value, change.field or "selectors", change.selector)
            if change.trust is not None:
                text = set_trust(text, change)
    return text


def set_trust(text: str, change: Change) -> str:
    """Return the rule file ``text`` with the trust of ``change`` in its ``[body]``, and the reason for it."""
    values = {"trust": change.trust and change.trust.value, "why": change.why or None}
    return toml_writer.set_table_values(text, change.table.value, values)

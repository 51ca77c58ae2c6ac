"""Editing a rule file that a person wrote: entries, selectors and cases are replaced and removed where they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from cleaner.errors import RuleError
from cleaner.rulebook.rule_decoder import decode_rules
from cleaner.rulebook.rule_types import MATCHERS, SELECTOR_FIELDS, Body, Case, Drop, Keep, SiteFile
from cleaner.ruletools.learn import toml_writer
from cleaner.ruletools.proposals.changes import Change, RuleTable, add_changes, check_change, set_trust

_KEYS = (*MATCHERS, "to", "through")
_HEADER = re.compile(r"[ \t]*\[\[?[ \t\w.\"'-]+\]\]?[ \t]*(?:#.*)?")
_COMMENT = re.compile(r"[ \t]*#(?!:)")
_LATER = "Look at the file as it is now, and edit it again."
_BY_HAND = "Change it in an editor; the studio follows."


def list_entries(text: str) -> list[Change]:
    """Return what the rule file ``text`` of a site has, each as a change: keeps, drops, selectors, and cases.

    The order is that of the file, table by table. Raises :class:`~cleaner.RuleError` for a file with a fault.
    """
    file = decode_rules("the file", text.encode(), SiteFile)
    entries = [
        Change(
            table=table,
            label=getattr(entry, "label", None),
            matcher=_read_matcher(entry),
            why=entry.why,
            trust=getattr(entry, "trust", None),
        )
        for table, own in ((RuleTable.KEEP, file.keep), (RuleTable.DROP, file.drop))
        for entry in own
    ]
    body = file.body or Body(selectors=())
    selectors = [
        Change(table=RuleTable.BODY, field="selectors", selector=one, trust=body.trust, why=body.why or "")
        for one in body.selectors
    ]
    metadata = [
        Change(table=RuleTable.METADATA, field=field, selector=one)
        for field in SELECTOR_FIELDS
        for one in getattr(file.metadata, field)
    ]
    return [*entries, *selectors, *metadata, *(Change(table=RuleTable.CASE, case=_read_case(one)) for one in file.case)]


def _read_case(case: Case) -> dict[str, Any]:
    given = {name: value for name in case.__struct_fields__ if (value := getattr(case, name))}
    values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(given))
    return values


def _read_matcher(entry: Drop | Keep) -> dict[str, Any]:
    given = {key: getattr(entry, "from_" if key == "from" else key) for key in _KEYS}
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in given.items() if value is not None
    }


def apply_changes(text: str, changes: Sequence[Change]) -> str:
    """Return the rule file ``text`` with ``changes`` made in it; its comments, order and other values are unchanged.

    Raises :class:`~cleaner.RuleError` for a change that cannot be used, or whose entry the file does not have.
    """
    for change in changes:
        check_change(change)
        if change.removes:
            text = _remove(text, change)
        elif change.replaces is not None:
            text = _replace(text, change.replaces, change)
    return add_changes(text, [one for one in changes if not (one.removes or one.replaces)])


def _replace(text: str, old: Change, new: Change) -> str:
    if old.table is not new.table or old.field != new.field:
        return add_changes(_remove(text, old), [new])
    place = _find_place(text, old)
    if old.table in (RuleTable.BODY, RuleTable.METADATA):
        text = toml_writer.replace_selector(text, old.table.value, old.field, old.selector, new.selector)
        return set_trust(text, new) if (old.trust, old.why) != (new.trust, new.why) else text
    before, after = _list_values(old), _list_values(new)
    values: dict[str, Any] = {key: after.get(key) for key in after | before if before.get(key) != after.get(key)}
    return _check_edit(set_values(text, old.table.value, place, values), text, old, _bare(new))


def _list_values(change: Change) -> dict[str, Any]:
    """Return the keys of an entry or case as they are written."""
    if change.table is RuleTable.CASE:
        fetched = {"fetched": date.fromisoformat(change.case["fetched"])} if "fetched" in change.case else {}
        return {**change.case, **fetched}
    trust = {"trust": change.trust.value} if change.trust else {}
    return {"label": change.label, **change.matcher, **trust, "why": change.why}


def set_values(text: str, table: str, place: int, values: Mapping[str, Any]) -> str:
    """Return the rule file ``text`` with ``values`` set in the entry at ``place`` of ``[[table]]``; None removes a key.

    Raises :class:`~cleaner.RuleError` if the entry is not written as a table of its own.
    """
    lines, span = _find_entry_lines(text, table, place)
    entry = toml_writer.rewrite_entry("".join(lines[span.head : span.end]), values)
    return "".join(lines[: span.head]) + entry + "".join(lines[span.end :])


def _remove(text: str, change: Change) -> str:
    place = _find_place(text, change)
    if change.table in (RuleTable.BODY, RuleTable.METADATA):
        return toml_writer.replace_selector(text, change.table.value, change.field, change.selector, None)
    lines, span = _find_entry_lines(text, change.table.value, place)
    above, below = "".join(lines[: span.comment]).rstrip("\r\n"), "".join(lines[span.end :]).lstrip("\r\n")
    return _check_edit(f"{above}\n\n{below}".strip("\n") + "\n", text, change, None)


def _check_edit(edited: str, text: str, old: Change, new: Change | None) -> str:
    """Return ``edited`` if it differs from ``text`` in this entry alone: the places of entries are found by their lines."""
    wanted = list_entries(text)
    place = [_identity(one) for one in wanted].index(_identity(old))
    wanted[place : place + 1] = [] if new is None else [new]
    try:
        is_right = list_entries(edited) == wanted
    except RuleError:
        is_right = False
    if not is_right:
        raise RuleError("the file", f"$.{old.table.value}", "the entry cannot be cut out of the file", _BY_HAND)
    return edited


def _find_place(text: str, change: Change) -> int:
    """Return the place of ``change`` among those of its table. Raises :class:`~cleaner.RuleError` if it is not there."""
    own = [_identity(one) for one in list_entries(text) if (one.table, one.field) == (change.table, change.field)]
    if _identity(change) not in own:
        raise RuleError("the file", f"$.{change.table.value}", "the file does not have this entry any more", _LATER)
    return own.index(_identity(change))


def _identity(change: Change) -> Change:
    """What a change is found by in the file: of a selector not the trust in its table, which another change may have set."""
    return _bare(change) if not change.selector else replace(_bare(change), trust=None, why="")


def _bare(change: Change) -> Change:
    return replace(change, replaces=None, removes=False)


class _EntryLines(NamedTuple):
    """The lines of an entry: of the comment directly above it, of its head, and the one after it."""

    comment: int
    head: int
    end: int


def _find_entry_lines(text: str, table: str, place: int) -> tuple[list[str], _EntryLines]:
    """Return the lines of ``text`` and those of an entry: tomlkit counts the comment of the next entry as its own."""
    lines = text.splitlines(keepends=True)
    heads = [at for at, line in enumerate(lines) if "".join(line.partition("#")[0].split()) == f"[[{table}]]"]
    if place >= len(heads):
        raise RuleError("the file", f"$.{table}[{place}]", "the entry is not written as a table of its own", _BY_HAND)
    head = comment = heads[place]
    end = next((at for at in range(head + 1, len(lines)) if _HEADER.fullmatch(lines[at].rstrip())), len(lines))
    while not lines[end - 1].strip() or _COMMENT.match(lines[end - 1]):
        end -= 1
    while comment and _COMMENT.match(lines[comment - 1]):
        comment -= 1
    return lines, _EntryLines(comment, head, end)

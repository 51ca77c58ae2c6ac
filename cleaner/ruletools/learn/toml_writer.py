"""Writing rule files, and adding to existing ones. The only module that imports tomlkit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

import msgspec
import tomlkit
from tomlkit.items import AoT, Table

from cleaner.rulebook import Case, Drop
from cleaner.rulebook.rule_types import MATCHERS, SiteEntry

Value: TypeAlias = str | int | date | Sequence[str]

_WIDTH = 120
_SCHEMA = "#:schema ./site.schema.json\n"


def write_new_file(head: Mapping[str, Sequence[str]], tables: str) -> str:
    """Return a site's file: the keys above the first table, then ``tables``."""
    return _SCHEMA + "".join(map(_format_pair, head.items())) + "\n" + tables


def format_table(name: str, values: Mapping[str, Sequence[str]]) -> str:
    """Return a table such as ``[metadata]``; an empty text if there are no values."""
    return f"[{name}]\n{''.join(map(_format_pair, values.items()))}\n" if values else ""


def format_drop(entry: Drop) -> str:
    """Return a ``[[drop]]`` entry."""
    return format_entry(entry)


def format_entry(entry: SiteEntry) -> str:
    """Return a ``[[drop]]`` or ``[[keep]]`` entry."""
    given = {name: getattr(entry, "from_" if name == "from" else name) for name in (*MATCHERS, "to", "through")}
    matcher = {name: value for name, value in given.items() if value is not None}
    head, label = ("[[drop]]", {"label": entry.label.value}) if isinstance(entry, Drop) else ("[[keep]]", {})
    return f"{head}\n{''.join(map(_format_pair, {**label, **matcher, 'why': entry.why}.items()))}\n"


def format_case(given: Case) -> str:
    """Return a ``[[case]]`` entry."""
    values = msgspec.structs.asdict(given)
    return "[[case]]\n" + "".join(_format_pair(pair) for pair in values.items() if pair[1]) + "\n"


def extend_file(text: str, tables: str) -> str:
    """Add ``tables`` to the rule file ``text``; its comments, order, spacing and values are unchanged."""
    document = tomlkit.parse(text.rstrip("\n") + "\n\n")
    for name, item in tomlkit.parse(tables).items():
        there = document.get(name)
        if there is None:
            document.append(name, item)
        elif isinstance(there, AoT) and isinstance(item, AoT):
            for entry in item:
                there.append(entry)
        elif isinstance(there, Table) and isinstance(item, Table):
            for key, value in item.items():
                there.setdefault(key, value)
    return str(tomlkit.dumps(document)).rstrip("\n") + "\n"


def add_selector(text: str, table: str, key: str, selector: str) -> str:
    """Add ``selector`` to the end of the list ``key`` of ``[table]`` in the rule file ``text``, which may have neither."""
    document = tomlkit.parse(text)
    known = document.get(table, {}).get(key)
    if known is None:
        return extend_file(text, format_table(table, {key: [selector]}))
    if selector not in known:
        known.append(selector)
    return str(tomlkit.dumps(document))


def _format_pair(pair: tuple[str, Value]) -> str:
    key, value = pair
    return f"{key} = {_format_regex(value) if key == 'regex' else _format_value(value, len(key) + 3)}\n"


def _format_value(value: Value, indent: int = 0) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | date):
        return str(value)
    items = [_format_value(item) for item in value]
    flat = f"[{', '.join(items)}]"
    if indent + len(flat) <= _WIDTH:
        return flat
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _format_regex(value: Value) -> str:
    """Return a regex in single quotes, in which TOML does not interpret backslashes, unless it contains one."""
    return f"'{value}'" if "'" not in str(value) else _format_value(value)

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

Value: TypeAlias = str | int | date | Sequence[str] | Mapping[str, str]

_WIDTH = 120
_NEEDED_LIST = "selectors"
"""The key without which ``[body]`` is not valid."""
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
    trust = {"trust": entry.trust.value} if isinstance(entry, Drop) and entry.trust else {}
    return f"{head}\n{''.join(map(_format_pair, {**label, **matcher, **trust, 'why': entry.why}.items()))}\n"


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


def rewrite_entry(text: str, values: Mapping[str, Value | None]) -> str:
    """Return the entry ``text``, such as a ``[[drop]]``, with ``values`` set; a key of None is removed.

    Its other keys and all comments are unchanged. A new key takes the place of one that is removed.
    """
    ((_, tables),) = tomlkit.parse(text).items()
    body = tables[0].value.body
    known = {key.key for key, _ in body if key is not None}
    added = [key for key, value in values.items() if value is not None and key not in known]
    lines = [text.partition("\n")[0] + "\n"]
    for key, item in body:
        name = None if key is None else key.key
        if name is not None and name in values:
            name = name if values[name] is not None else added.pop(0) if added else None
            value = None if name is None else values[name]
            lines.append("" if name is None or value is None else _format_pair((name, value), item.trivia.comment))
        else:
            lines.append(tomlkit.dumps(tomlkit.document().add(key, item)) if key is not None else item.as_string())
    return "".join(lines).rstrip("\n") + "\n" + "".join(_format_pair((key, values[key] or "")) for key in added)


def replace_selector(text: str, table: str, key: str, old: str, new: str | None) -> str:
    """Put ``new`` in the place of the selector ``old`` in the list ``key`` of ``[table]``; None removes it.

    A list without selectors is removed too, and so is a table that needs one.
    """
    document = tomlkit.parse(text)
    selectors = document[table][key]
    place = list(selectors).index(old)
    if new is not None:
        selectors[place] = new
    else:
        del selectors[place]
        if not selectors:
            document[table].remove(key)
            if key == _NEEDED_LIST or not document[table]:
                document.remove(table)
    return str(tomlkit.dumps(document))


def set_table_values(text: str, table: str, values: Mapping[str, str | None]) -> str:
    """Set ``values`` in ``[table]`` of the rule file ``text``, which has it; None removes a key."""
    document = tomlkit.parse(text)
    for key, value in values.items():
        if value is not None:
            document[table][key] = value
        elif key in document[table]:
            document[table].remove(key)
    return str(tomlkit.dumps(document))


def _format_pair(pair: tuple[str, Value], comment: str = "") -> str:
    key, value = pair
    shown = _format_regex(value) if key == "regex" else _format_value(value, len(key) + 3)
    return f"{key} = {shown}{' ' * 2 * bool(comment)}{comment}\n"


def _format_value(value: Value, indent: int = 0) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_format_value(one)}" for key, one in value.items()) + " }"
    items = [_format_value(item) for item in value]
    flat = f"[{', '.join(items)}]"
    if indent + len(flat) <= _WIDTH:
        return flat
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _format_regex(value: Value) -> str:
    """Return a regex in single quotes, in which TOML does not interpret backslashes, unless it contains one."""
    return f"'{value}'" if "'" not in str(value) else _format_value(value)

"""The tables of all keys of a rule file are those of the schema. Run as a script, this file writes them."""

from datetime import date
from pathlib import Path
from types import UnionType
from typing import Annotated, Union, get_args, get_origin, get_type_hints

import msgspec

from cleaner.labels import Label
from cleaner.rulebook.rule_types import (
    Body,
    Case,
    CommonDrop,
    CommonFile,
    Drop,
    DroppedLine,
    Keep,
    NetworkFile,
    SiteFile,
    SiteMetadata,
)

REFERENCE = Path(__file__).parents[2] / "docs" / "rules.md"
MARK = "writes this section anew. -->\n"
TABLES = {
    "A site's file": SiteFile,
    "A network's file": NetworkFile,
    "`[metadata]`": SiteMetadata,
    "`[body]`": Body,
    "`[[drop]]`": Drop,
    "`[[keep]]`": Keep,
    "`[[case]]`": Case,
    "An item of `must_drop`": DroppedLine,
    "`everywhere.toml`": CommonFile,
    "`[[drop]]` of `everywhere.toml`": CommonDrop,
}
WORDS = {str: "text", int: "number", date: "date", Label: "label", type(None): ""}


def shown(hint):
    """What a value is, in the words of someone who writes TOML."""
    if get_origin(hint) is Annotated:
        return shown(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(filter(None, map(shown, get_args(hint))))
    if get_origin(hint) is tuple:
        return f"list of {shown(get_args(hint)[0])}s".replace(" or ", "s or ")
    return WORDS.get(hint, "table")


def table(struct):
    hints = get_type_hints(struct, include_extras=True)
    rows = ["| key | value | meaning |", "|---|---|---|"]
    for field in msgspec.structs.fields(struct):
        hint = hints[field.name]
        needed = ", needed" if field.required else ""
        rows.append(f"| `{field.encode_name}` | {shown(hint)}{needed} | {get_args(hint)[1].description} |")
    return "\n".join(rows)


def tables():
    return "".join(f"\n### {title}\n\n{table(struct)}\n" for title, struct in TABLES.items())


def test_tables_of_all_keys_are_those_of_the_schema():
    assert REFERENCE.read_text(encoding="utf-8").partition(MARK)[2] == tables()


if __name__ == "__main__":
    text = REFERENCE.read_text(encoding="utf-8")
    REFERENCE.write_text("".join(text.partition(MARK)[:2]) + tables(), encoding="utf-8")

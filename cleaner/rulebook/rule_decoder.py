"""Decoding the bytes of a rule file into a frozen value, or into an error that names the place and the remedy."""

from __future__ import annotations

import re
from difflib import get_close_matches
from types import UnionType
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
import rtoml

from cleaner.errors import RuleError
from cleaner.labels import Group, Label
from cleaner.rulebook.rule_types import COMMON_MATCHERS, CommonFile, NetworkFile, RuleFile, SiteFile
from cleaner.rulebook.validate import RuleFault, find_faults

MAX_BYTES = 1 << 20
"""Largest rule file that is read, 1 MB: far more than files written by hand have, and less than many saved pages."""

Shape = TypeVar("Shape", bound=RuleFile)

_MESSAGE_WITH_KEY = re.compile(r"(?P<what>.*?)(?: - at `(?P<key>[^`]*)`)?$", re.DOTALL)
_MESSAGE_WITH_LINE = re.compile(r"(?P<what>.*) at line (?P<line>\d+) column \d+$", re.DOTALL)
_QUOTED = re.compile(r"`([^`]*)`")
_VALUE = re.compile(r"'([^']*)'")
_KEY_NAME = re.compile(r"\.(\w+)")
_WRONG_TYPE = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<got>[^`]*)`$")
_TYPES = {"str": "text in quotes", "array": "a list in [ ]", "object": "a table", "int": "a whole number"}


class _DecodeProblem(NamedTuple):
    key: str
    what: str
    word: str
    """The key that the message names, if it names one."""


def decode_rules(path: str, data: bytes, shape: type[Shape]) -> Shape:
    """Decode the rule file ``data`` as ``shape``. Raises :class:`~cleaner.errors.RuleError` for its first fault."""
    if len(data) > MAX_BYTES:
        raise RuleError(path, "$", f"the file has {len(data):,} bytes", f"A rule file has {MAX_BYTES:,} at most.")
    tables = _parse_toml(path, data)
    try:
        file = msgspec.convert(tables, shape)
    except msgspec.ValidationError as error:
        raise RuleError(path, *_explain_problem(str(error), shape)) from None
    for fault in find_faults(file):
        raise RuleError(path, *fault)
    return file


def suggest_nearest(word: str, known: tuple[str, ...]) -> str:
    """Return a remedy for a word that is not in ``known``: the most similar one, or else all."""
    close = get_close_matches(word, known, n=1)
    return f"Did you mean `{close[0]}`?" if close else f"Possible values: {', '.join(known)}."


def _parse_toml(path: str, data: bytes) -> dict[str, Any]:
    try:
        return rtoml.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RuleError(path, f"line {line}", "the file is not UTF-8", "Save it as UTF-8.") from None
    except rtoml.TomlParsingError as error:
        at = _MESSAGE_WITH_LINE.match(str(error))
        key, what = (f"line {at['line']}", at["what"]) if at else ("$", str(error))
        remedy = "Correct the TOML there: texts need quotes, and a text with a backslash needs 'single quotes'."
        raise RuleError(path, key, f"not TOML: {what}", remedy) from None


def _explain_problem(message: str, shape: type[Any]) -> RuleFault:
    """Translate msgspec's message for the author of the file."""
    match = _MESSAGE_WITH_KEY.match(message)
    what, key = (match["what"], match["key"] or "$") if match else (message, "$")
    problem = _DecodeProblem(key, what, named[1] if (named := _QUOTED.search(what)) else "")
    if "unknown field" in what:
        return _explain_unknown_key(problem, shape)
    if "missing required field" in what:
        name = problem.word
        return RuleFault(f"{key}.{name}", f"`{name}` is missing", f"Add `{name} = …`; every such table needs one.")
    if key.endswith(".label"):
        return _explain_bad_label(problem)
    return _explain_wrong_type(problem)


def _explain_unknown_key(problem: _DecodeProblem, shape: type[Any]) -> RuleFault:
    name, known = problem.word, _known_keys(shape, problem.key)
    fault = RuleFault(f"{problem.key}.{name}", f"unknown key `{name}`", suggest_nearest(name, known))
    if shape is CommonFile:
        only = " or ".join(f"`{matcher}`" for matcher in COMMON_MATCHERS)
        place = f"matches whole short blocks only, by {only}"
        if problem.key == "$":
            place = "has [[drop]] and [[case]] entries only"
        return fault._replace(remedy=f"everywhere.toml {place}; put other entries into a site's file.")
    if problem.key != "$" and name in _known_keys(shape, "$"):
        return fault._replace(remedy=f"Put `{name}` at the top of the file, above the first [table].")
    if shape is NetworkFile and name in _known_keys(SiteFile, "$"):
        remedy = f"Only a site's file has `{name}`; a network is found by `extends` or its `fingerprints`."
        return fault._replace(remedy=remedy)
    return fault


def _explain_bad_label(problem: _DecodeProblem) -> RuleFault:
    known = tuple(label.value for label in Label if label.group is not Group.BODY)
    found = _VALUE.search(problem.what)
    if not found:
        return _explain_wrong_type(problem)
    return RuleFault(problem.key, f"unknown label `{found[1]}`", suggest_nearest(found[1], known))


def _explain_wrong_type(problem: _DecodeProblem) -> RuleFault:
    match = _WRONG_TYPE.match(problem.what)
    if not match:
        return RuleFault(problem.key, problem.what, "See the reference of rule files.")
    wanted, got = match["wanted"], match["got"]
    name = problem.key.rpartition(".")[2]
    names = [_TYPES.get(part, part) for part in wanted.split(" | ") if part != "null"]
    remedy = f"Write {' or '.join(names)}."
    if wanted.startswith("array") and got == "object":
        remedy = f"Write [[{name}]] with two brackets: there may be more than one."
    return RuleFault(problem.key, f"this is {_TYPES.get(got, 'a ' + got)}", remedy)


def _known_keys(shape: type[Any], key: str) -> tuple[str, ...]:
    """Return the keys that the table at ``key``, such as ``$.drop[2]``, may have."""
    table: Any = shape
    for name in _KEY_NAME.findall(key):
        table = _struct_at(get_type_hints(table)[name])
    return tuple(field.encode_name for field in msgspec.structs.fields(table))


def _struct_at(hint: Any) -> Any:
    """Return the struct inside ``tuple[struct, ...]``, ``struct | None`` and the like, or the struct itself."""
    if get_origin(hint) not in (tuple, Union, UnionType):
        return hint
    inside = [_struct_at(argument) for argument in get_args(hint)]
    return next((found for found in inside if hasattr(found, "__struct_fields__")), inside[0])

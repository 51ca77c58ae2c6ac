"""The JSON Schema of rule files, with which editors complete keys and mark errors."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from cleaner.labels import Group, Label
from cleaner.rulebook.rule_types import CommonFile, NetworkFile, RuleFile, SiteFile
from cleaner.ruletools.file_kinds import FileKind

_FILES: Mapping[FileKind, type[RuleFile]] = {
    FileKind.SITE: SiteFile,
    FileKind.NETWORK: NetworkFile,
    FileKind.EVERYWHERE: CommonFile,
}


def make_json_schema(kind: FileKind) -> str:
    """Return the JSON Schema of a rule file of this ``kind``, indented, with a line end at the end."""
    schema = msgspec.json.schema(_FILES[kind])
    schema["$defs"]["Label"] = {
        "title": "Label",
        "oneOf": [
            {"const": label.value, "description": label.meaning} for label in Label if label.group is not Group.BODY
        ],
    }
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"

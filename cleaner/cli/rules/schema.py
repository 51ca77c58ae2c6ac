"""``cleaner rules schema``: the JSON Schema of rule files, for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.ruletools.file_kinds import FileKind

_SHAPE = "Kind of file: of a site, of a network, or everywhere.toml."


def schema(
    shape: Annotated[FileKind, typer.Argument(metavar="[site|network|everywhere]", help=_SHAPE)] = FileKind.SITE,
) -> None:
    """Print the JSON Schema of rule files, with which editors complete keys and mark errors.

    Put it into your rules folder, and a line such as "#:schema ./site.schema.json" at the top of each rule file; the
    rules that come with cleaner have both.

    Examples:
      cleaner rules schema > my-rules/site.schema.json

      cleaner rules schema network > my-rules/network.schema.json
    """
    from cleaner.ruletools.json_schema import make_json_schema

    typer.echo(make_json_schema(shape), nl=False)

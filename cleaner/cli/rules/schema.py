"""``cleaner rules schema``: what editors need to help with rule files."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.ruletools.file_kinds import FileKind

_SHAPE = "The file the schema is for: a site's, a network's, or everywhere.toml."


def schema(
    shape: Annotated[FileKind, typer.Argument(metavar="[site|network|everywhere]", help=_SHAPE)] = FileKind.SITE,
) -> None:
    """Print the JSON Schema of rule files, by which editors complete keys and mark mistakes.

    Put it into your rules folder, and a line such as "#:schema ./site.schema.json" at the top of each rule file; the
    rules that come with cleaner have both.

    Examples:
      cleaner rules schema > my-rules/site.schema.json

      cleaner rules schema network > my-rules/network.schema.json
    """
    from cleaner.ruletools.json_schema import make_json_schema

    typer.echo(make_json_schema(shape), nl=False)

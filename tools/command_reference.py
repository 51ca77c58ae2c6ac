"""A hook of mkdocs: the page "All commands", generated from the help of the commands."""

from __future__ import annotations

from collections.abc import Iterator

import typer
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from typer.main import get_command

from cleaner.cli import app

WIDTH = 96


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page to those of the site."""
    files.append(File.generated(config, "commands.md", content=page()))
    return files


def page() -> str:
    """The page in Markdown."""
    parts = ["# All commands", "As `cleaner COMMAND --help` prints them. [The command line](cli.md) says more."]
    root = typer.Context(get_command(app), info_name="cleaner", max_content_width=WIDTH, terminal_width=WIDTH)
    for context in _list_contexts(root):
        name = context.command_path
        parts.append(f"{'## ' if context is root else '### '}`{name}`\n\n```text\n{context.get_help()}\n```")
    return "\n\n".join(parts) + "\n"


def _list_contexts(context: typer.Context) -> Iterator[typer.Context]:
    yield context
    for name, command in getattr(context.command, "commands", {}).items():
        yield from _list_contexts(
            typer.Context(command, parent=context, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH)
        )

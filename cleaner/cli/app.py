"""The ``cleaner`` command and the table of its subcommands."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner import __version__
from cleaner.cli import check, clean, config, diff, explain, report, rules, studio

app = typer.Typer(
    name="cleaner",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help takes half the time
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(clean.clean)
app.command()(explain.explain)
app.command()(report.report)
app.command()(check.check)
app.command()(diff.diff)
app.command()(studio.studio)
app.add_typer(rules.app)


def _print_version(asked: bool) -> None:  # noqa: FBT001  typer passes the flag by position
    if asked:
        typer.echo(f"cleaner {__version__}")
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    _version: Annotated[  # noqa: FBT002  a flag is boolean by nature
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Clean article text from HTML pages and flattened text dumps, with a reason for every line left out.

    Start with "cleaner clean" on a folder of pages, then see with "cleaner explain" why blocks of a page were dropped.

    Exit codes: 0 fine · 1 a check differs · 2 wrong usage, a broken rule file, an output folder that cannot be
    written, or nothing was read · 3 the run finished and some documents failed · 130 stopped by Control-C.

    Options of clean and explain may have their defaults in cleaner.toml, or in [tool.cleaner] of pyproject.toml.
    """
    if not context.resilient_parsing:
        context.default_map = config.load_defaults()

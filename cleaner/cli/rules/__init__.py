"""``cleaner rules``: the commands for people who write rules, one module each."""

from __future__ import annotations

import typer

from cleaner.cli.rules import drift, import_, learn, new, schema, stats

app = typer.Typer(name="rules", no_args_is_help=True, help="Write, learn, watch and import rule files.")
app.command()(schema.schema)
app.command()(stats.stats)
app.command()(drift.drift)
app.command("import")(import_.import_)
app.command()(learn.learn)
app.command()(new.new)

"""Articles on standard output: those of one page, or rows of many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cleaner.cli.one_page import list_documents
from cleaner.cli.terminal import ExitCode, escape_for_terminal
from cleaner.errors import InputError
from cleaner.model import Lean
from cleaner.render.output_formats import OutputFormat, OutputOptions, needs_structure
from cleaner.storage.streams import Location, parse_location

if TYPE_CHECKING:
    from cleaner.batch.records import InputDocument
    from cleaner.storage.run_files import Failure

_PACKED = frozenset({OutputFormat.PARQUET, OutputFormat.JSONL_ZST})


def print_articles(
    pages: Iterable[str | Path],
    form: OutputFormat,
    options: OutputOptions,
    *,
    rules: Sequence[Path],
    lean: Lean,
    fields: Sequence[str] | None,
) -> None:
    """Print the articles of ``pages``: rows of JSON, or one article in another format. Errors go to standard error.

    Raises:
        InputError: there are several pages for a format that has one article a file; or none; nothing was printed.
        RuleError: a rule file is broken.
    """
    from cleaner.batch import rows, worker
    from cleaner.library import Cleaner
    from cleaner.storage.run_files import Failure as FailedDocument

    if form in _PACKED:
        raise typer.BadParameter(f"{form} cannot be printed; give --out DIR.", param_hint="'--format'")
    locations = [parse_location(page) for page in pages]
    documents = list_documents(locations, rows.parse_field_names(fields or ()))
    if form is not OutputFormat.JSONL:
        documents = _take_one(documents, locations, form)
    cleaner = Cleaner(rules, lean=lean, structure=needs_structure(form, options))
    total = failed = 0
    for document in documents:
        total += 1
        outcome = worker.clean_document(document, cleaner, form, options)
        if isinstance(outcome, FailedDocument):
            failed += 1
            typer.echo(f"failed: {escape_for_terminal(f'{outcome.path}: {outcome.message}')}", err=True)
        else:
            typer.echo(outcome.article, nl=False)
    if not total:
        raise InputError(str(locations[0]), "contains no page")
    if failed:
        raise typer.Exit(ExitCode.FAILURES)


def _take_one(
    documents: Iterable[InputDocument | Failure], locations: Sequence[Location], form: OutputFormat
) -> Iterator[InputDocument | Failure]:
    """The only one of ``documents``. Raises :class:`InputError` if there are more."""
    first = list(islice(documents, 2))
    if len(first) > 1:
        raise InputError(
            str(locations[0]), f"contains many pages; print them as --format jsonl, or give --out DIR for {form}"
        )
    return iter(first)

"""``cleaner clean``: cleans pages into articles and lists what was left out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.batch import PRELOAD, rows
from cleaner.batch.limits import MEGABYTES, SECONDS
from cleaner.cli import config
from cleaner.cli.terminal import (
    STDIN,
    LeanOption,
    Rules,
    exit_on_errors,
    require_existing,
)
from cleaner.fields import Column
from cleaner.model import Lean
from cleaner.render.output_formats import OutputFormat, OutputOptions
from cleaner.storage.streams import parse_location

_PAGES = "Files, folders (with all files below them), urls, or - for standard input."
_OUT = "Folder for the results; created if missing. No page is read from it. - prints the articles, as for one page."
_FORMAT = "A table of articles with all metadata, or one Markdown, HTML or text file per document."
_WITH = "Add a field to the rows of a table; may be given several times."
_LINKS = "Whether Markdown and HTML have the addresses of links."
_IMAGES = "Whether Markdown and HTML have pictures."
_SHARD_SIZE = "Articles per file of a table. By default all are in one file."
_JOBS = "Pages cleaned at the same time, each in its own process. Results do not depend on it."
_INCLUDE = "Pattern of the files to read below folders and in archives, such as '*.html'; may be given several times."
_EXCLUDE = "Pattern of files or folders to leave out, such as 'drafts' or '*.tmp'; may be given several times."
_OVERWRITE = "Write to DIR even if it has files that no run in this format wrote."
_FIELD = "Name of a field in rows, for html, text, url, id and fetched; may be given several times."
_REPEATS = "Read all pages once before, to find the lines that recur on a site."
_TIMEOUT = "Maximum seconds per page."
_MEMORY = "Maximum megabytes of memory per page."
_RESUME = "Resume the unfinished run in DIR, if there is one."
_DESPITE_CHANGES = "Let --resume continue even if rules, versions or --lean have changed."
_JSON = "Print the content of run.json, for machines."


def _parse_locations(paths: list[str]) -> list[Path | str]:
    return [require_existing(parse_location(path)) for path in paths]


def _parse_fields(pairs: list[str] | None) -> list[str]:
    try:
        rows.parse_field_names(pairs or ())
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error
    return pairs or []


def clean(
    pages: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help=_PAGES, callback=_parse_locations, show_default=False),
    ],
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help=_OUT, show_default=False)] = None,
    rules: Rules = None,
    form: Annotated[OutputFormat, typer.Option("--format", help=_FORMAT)] = OutputFormat.JSONL,
    columns: Annotated[list[Column] | None, typer.Option("--with", help=_WITH, show_default=False)] = None,
    links: Annotated[bool, typer.Option("--links/--no-links", help=_LINKS)] = True,  # noqa: FBT002
    images: Annotated[bool, typer.Option("--images/--no-images", help=_IMAGES)] = True,  # noqa: FBT002
    shard_size: Annotated[
        int | None, typer.Option("--shard-size", metavar="N", min=1, help=_SHARD_SIZE, show_default=False)
    ] = None,
    lean: LeanOption = Lean.BALANCED,
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", min=1, help=_JOBS)] = 1,
    fields: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="NAME=FIELD", help=_FIELD, callback=_parse_fields, show_default=False),
    ] = None,
    include: Annotated[
        list[str] | None, typer.Option("--include", metavar="GLOB", help=_INCLUDE, show_default=False)
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="GLOB", help=_EXCLUDE, show_default=False)
    ] = None,
    repeats: Annotated[bool, typer.Option("--repeats/--no-repeats", help=_REPEATS)] = True,  # noqa: FBT002
    timeout: Annotated[float, typer.Option("--timeout", metavar="S", min=0.1, help=_TIMEOUT)] = SECONDS,
    memory: Annotated[int, typer.Option("--memory", metavar="MB", min=1, help=_MEMORY)] = MEGABYTES,
    resume: Annotated[bool, typer.Option("--resume", help=_RESUME)] = False,  # noqa: FBT002  a flag is boolean by nature
    despite_changes: Annotated[bool, typer.Option("--despite-changes", help=_DESPITE_CHANGES)] = False,  # noqa: FBT002
    overwrite: Annotated[bool, typer.Option("--overwrite", help=_OVERWRITE)] = False,  # noqa: FBT002
    as_json: Annotated[bool, typer.Option("--json", help=_JSON)] = False,  # noqa: FBT002
) -> None:
    """Clean pages into articles, and account for every block left out.

    What a file holds is recognised by its first bytes, not by its name: a page (HTML, or a text dump), JSON lines, JSON,
    CSV, Parquet, WARC and WACZ, ARC, mail (.eml, .mhtml), RSS and Atom with full texts, and zip and tar archives of all these,
    also compressed (gzip, zstd, xz, bzip2). Rows have html or text, and may have url and id. Files that are no pages are
    listed in skipped.jsonl. A url is one that fsspec supports, such as s3://bucket/folder.

    Written to the output folder: the articles, removed.jsonl (each block left out: its label, the judge that dropped
    it, and why), failures.jsonl (each page that could not be cleaned), skipped.jsonl and run.json (versions, rules, settings,
    counts). They appear when the run is finished; --resume continues a run that was stopped.

    One page needs no output folder: its article is printed. An address that starts with http is fetched then.

    Examples:
      cleaner clean seeds --out out

      cleaner clean crawl.warc.gz --out out --format parquet --jobs 4

      cleaner clean page.html --rules my-rules --out out --format md

      cleaner clean rows.jsonl --out out --field html=body --field id=key --resume

      cleaner clean page.html --format md

      cleaner clean mirror --out out --include '*.html' --exclude drafts

      curl -s https://example.com/a | cleaner clean - --format md
    """
    from cleaner.worker_pool import WorkLimits, start_preload

    if out is not None and out != STDIN:
        start_preload(PRELOAD)  # in another process, while this one imports what it needs

    from cleaner.batch.run import RunSettings
    from cleaner.batch.run_folder import ResumeMode
    from cleaner.batch.selection import Selection
    from cleaner.cli.printed import print_articles
    from cleaner.cli.run_display import clean_into_folder

    options = OutputOptions(columns=tuple(columns or ()), links=links, images=images)
    if out is None or out == STDIN:
        with exit_on_errors():
            print_articles(
                _check_one(pages) if out is None else pages, form, options, rules=rules or (), lean=lean, fields=fields
            )
        return
    settings = RunSettings(
        rules=tuple(rules or ()),
        form=form,
        options=options,
        shard_size=shard_size,
        lean=lean,
        fields=rows.parse_field_names(fields or ()),
        selection=Selection(tuple(include or ()), tuple(exclude or ())),
        overwrite=overwrite,
        config=config.name_in_use(),
        repeats=repeats,
        jobs=jobs,
        limits=WorkLimits(timeout, memory),
    )
    resume_mode = (ResumeMode.ANYWAY if despite_changes else ResumeMode.SAME) if resume else ResumeMode.NO
    clean_into_folder(pages, out, settings, resume=resume_mode, as_json=as_json)


def _check_one(pages: list[str]) -> list[str]:
    """``pages``, if they are one page or file; results of more than that need a folder."""
    if len(pages) > 1 or Path(pages[0]).is_dir():
        raise typer.BadParameter("give --out DIR; only the article of one page is printed.", param_hint="'--out'")
    return pages

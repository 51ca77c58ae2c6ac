"""One run: cleans every document of the input and writes every result, also across interruptions."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from cleaner.batch import PRELOAD, count_repeats, limits
from cleaner.batch.previous_run import refuse_foreign
from cleaner.batch.records import InputDocument, InputItem, ItemOutcome, make_failure
from cleaner.batch.rows import FieldNames
from cleaner.batch.run_folder import WORK_FOLDER, ResumeMode, RunFolder, RunPlan, find_unfinished
from cleaner.batch.selection import Selection
from cleaner.batch.sources import STDIN, Inputs
from cleaner.batch.spool import TableLayout
from cleaner.batch.summary import RunSummary, library_versions, make_manifest
from cleaner.errors import OutputError
from cleaner.model import Lean, Page
from cleaner.render.output_formats import DEFAULT_OPTIONS, OutputFormat, OutputOptions
from cleaner.repeats import Repeats
from cleaner.rulebook import Rulebook
from cleaner.storage.run_files import Failure, Skipped
from cleaner.storage.streams import Location, parse_location
from cleaner.worker_pool import CrashError, WorkerPool, WorkLimits

_PRELOAD = PRELOAD


class RunSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a run."""

    rules: tuple[Path, ...] = ()
    """Folders of rules applied on top of the built-in ones."""
    form: OutputFormat = OutputFormat.JSONL
    options: OutputOptions = DEFAULT_OPTIONS
    """Optional columns, and whether Markdown and HTML have links and pictures."""
    shard_size: int | None = None
    """Articles in one file of a table; None: all of them in one."""
    lean: Lean = Lean.BALANCED
    repeats: bool = True
    """Whether the pages are read twice, to detect the lines that recur on a site."""
    fields: FieldNames = FieldNames()
    selection: Selection = Selection()
    """Which files of folders and archives are read."""
    overwrite: bool = False
    """Whether the output folder may have files that no run of this format wrote."""
    config: str | None = None
    """Name of the configuration file that settings came from."""
    jobs: int = 1
    """Number of processes. The output is byte-identical for any number."""
    limits: WorkLimits = WorkLimits(limits.SECONDS, limits.MEGABYTES)


class RunObserver:
    """What a run tells of while it goes on; this one ignores it."""

    def set_total(self, items: int) -> None:
        """The first pass has found this many documents and skipped files."""

    def finish_item(self, outcome: ItemOutcome) -> None:
        """A document has been written, or a file skipped."""

    def warn(self, message: str) -> None:
        """Something happened that the results do not show."""


def run_batch(
    paths: Sequence[Location],
    out: Path,
    settings: RunSettings,
    *,
    resume: ResumeMode = ResumeMode.NO,
    observer: RunObserver | None = None,
) -> RunSummary:
    """Clean the documents at ``paths`` into the folder ``out``; ``observer`` is told of its progress.

    A document that cannot be cleaned becomes a row of ``failures.jsonl`` and affects no other. A run that was
    interrupted by an error, :class:`KeyboardInterrupt` or ``kill -9`` can be resumed.

    Raises:
        RuleError: a rule file is broken; nothing was cleaned.
        OutputError: ``out`` cannot be written, contains an input, or files of something else.
        ResumeError: ``out`` contains an unfinished run that may not, or cannot, be resumed.
        ExtraError: a library is missing that an input or the format needs.
        WorkerError: no process that cleans pages can start; the run can be resumed.
    """
    _refuse_overlap(paths, out)
    inputs = Inputs(paths, skip=out, fields=settings.fields, selection=settings.selection)
    plan = _make_plan(paths, settings)
    observer = observer or RunObserver()
    if not settings.overwrite and find_unfinished(out) is None:
        refuse_foreign(out, plan.layout)
    with RunFolder(out, plan, resume) as folder:
        if not folder.is_complete:
            repeats = _count_repeats(inputs, out / WORK_FOLDER, settings, observer) if settings.repeats else None
            with closing(_clean_items(_pending_items(inputs, folder), settings, repeats, observer)) as outcomes:
                for item, outcome in outcomes:
                    folder.write_outcome(outcome, item.after)
                    observer.finish_item(outcome)
        named = {"inputs": [str(path) for path in paths]}
        folder.commit(named | make_manifest(folder.summary, plan.made_with["rules"], _describe(settings)))
    return folder.summary


def load_page(document: InputDocument) -> Page:
    """The page of a document. Raises :class:`PageError`, also if its file cannot be read."""
    from cleaner.batch import worker

    return worker.load_page(document)


def _refuse_overlap(paths: Iterable[Location], out: Path) -> None:
    written = out.resolve()
    for path in map(parse_location, paths):
        if isinstance(path, Path) and path != STDIN and path.resolve().is_relative_to(written):
            raise OutputError(
                str(out), f"{path} is read from there; choose another folder, so that no input is overwritten"
            )


def _make_plan(paths: Sequence[Location], settings: RunSettings) -> RunPlan:
    rules = Rulebook.load(settings.rules).digest
    return RunPlan(
        layout=TableLayout(form=settings.form, shard_size=settings.shard_size, columns=settings.options.columns),
        inputs={
            "paths": [str(path) for path in paths],
            "fields": msgspec.structs.asdict(settings.fields),
            "columns": [str(column) for column in settings.options.columns],
            "links and pictures": [settings.options.links, settings.options.images],
            "include": list(settings.selection.include),
            "exclude": list(settings.selection.exclude),
        },
        made_with={
            "rules": rules,
            "lean": settings.lean.value,
            "repeats": settings.repeats,
            "versions": library_versions(),
        },
    )


def _describe(settings: RunSettings) -> dict[str, Any]:
    """The settings on which results depend, for ``run.json``."""
    seconds, megabytes = settings.limits
    return {
        "config": settings.config,
        "format": settings.form.value,
        "shard_size": settings.shard_size,
        "lean": settings.lean.value,
        "repeats": settings.repeats,
        "fields": msgspec.structs.asdict(settings.fields),
        "include": list(settings.selection.include),
        "exclude": list(settings.selection.exclude),
        "limits": {"timeout": seconds, "memory": megabytes},
    }


def _pending_items(inputs: Inputs, folder: RunFolder) -> Iterator[InputItem]:
    """The items still to be cleaned, each document with an id that is unique in the run."""
    items = inputs.documents(folder.position)
    for number, item in enumerate(items, start=folder.summary.items + 1):
        document = item.document
        if isinstance(document, (Failure, Skipped)):
            yield item
        else:
            unique = folder.assign_id(document.id, number)
            yield item._replace(document=msgspec.structs.replace(document, id=unique))


def _count_repeats(inputs: Inputs, folder: Path, settings: RunSettings, observer: RunObserver) -> Repeats | None:
    counted = count_repeats.count_repeats(
        inputs, folder / "tally.sqlite", settings.rules, jobs=settings.jobs, limits=settings.limits, warn=observer.warn
    )
    if counted.items is not None:
        observer.set_total(counted.items)
    return counted.repeats


def _clean_items(
    items: Iterable[InputItem], settings: RunSettings, repeats: Repeats | None, observer: RunObserver
) -> Generator[tuple[InputItem, ItemOutcome]]:
    pool = WorkerPool(
        partial(_make_worker, settings, repeats),
        jobs=settings.jobs,
        limits=settings.limits,
        preload=_PRELOAD,
        warn=observer.warn,
    )
    for item, result in pool.map(items):
        yield item, make_failure(item.document.path, result) if isinstance(result, CrashError) else result


def _make_worker(settings: RunSettings, repeats: Repeats | None) -> Callable[[InputItem], ItemOutcome]:
    # Imported only in the worker processes: the parent starts in a fifth of the time without the pipeline.
    from cleaner.batch import worker

    return worker.make_cleaner(settings.rules, settings.lean, settings.form, repeats, settings.options)

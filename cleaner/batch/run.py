"""One run: every document of the input cleaned, every result in its file, whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import msgspec

from cleaner.batch import first_pass, limits
from cleaner.batch.formats import Format
from cleaner.batch.records import Document, Failure, Item, Outcome, failure
from cleaner.batch.rows import Fields
from cleaner.batch.sinks import WORK, Plan, Resume, RunFolder
from cleaner.batch.sources import STDIN, Inputs
from cleaner.batch.streams import Location, located
from cleaner.batch.summary import Summary, manifest, versions
from cleaner.batch.tables import Layout
from cleaner.errors import OutputError
from cleaner.model import Lean, Page
from cleaner.pool import CrashError, Limits, Pool
from cleaner.rulebook import Rulebook
from cleaner.tally import Repeats

_HOME = "cleaner.batch.warm"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How a run is done."""

    rules: tuple[Path, ...] = ()
    """Folders of rules laid over the built-in ones."""
    form: Format = Format.JSONL
    shard_size: int | None = None
    """Articles in one file of a table; None: all of them in one."""
    lean: Lean = Lean.BALANCED
    repeats: bool = True
    """Whether the pages are read twice, so that lines that recur on a site are known as such."""
    fields: Fields = Fields()
    jobs: int = 1
    """Processes. The output is the same for any number, to the byte."""
    limits: Limits = Limits(limits.SECONDS, limits.MEGABYTES)


def run(
    paths: Sequence[Location],
    out: Path,
    settings: Settings,
    *,
    resume: Resume = Resume.NO,
    progress: Callable[[Outcome], object] = lambda _: None,
) -> Summary:
    """Clean the documents at ``paths`` into the folder ``out``; ``progress`` hears of each outcome.

    A document that cannot be cleaned becomes a row of ``failures.jsonl`` and takes nothing with it. A run that ends
    before its time, by an error, :class:`KeyboardInterrupt` or ``kill -9``, can be gone on with.

    Raises:
        RuleError: a rule file is broken; nothing was cleaned.
        OutputError: ``out`` cannot be written, or is itself read from.
        ResumeError: an unfinished run stands in ``out`` and may not, or cannot, be gone on with.
        ExtraError: a library is missing that an input or the format needs.
    """
    _refuse_overlap(paths, out)
    inputs = Inputs(paths, skip=out, fields=settings.fields)
    plan = _plan(paths, settings)
    with RunFolder(out, plan, resume) as folder:
        if not folder.whole:
            repeats = _repeats(inputs, out / WORK, settings) if settings.repeats else None
            with closing(_outcomes(_named(inputs, folder), settings, repeats)) as outcomes:
                for item, outcome in outcomes:
                    folder.write(outcome, item.after)
                    progress(outcome)
        folder.commit(manifest(folder.summary, plan.made_with["rules"]))
    return folder.summary


def load(document: Document) -> Page:
    """The page of a document. Raises :class:`PageError`, also where its file cannot be read."""
    from cleaner.batch import work

    return work.load(document)


def _refuse_overlap(paths: Iterable[Location], out: Path) -> None:
    written = out.resolve()
    for path in map(located, paths):
        if isinstance(path, Path) and path != STDIN and path.resolve().is_relative_to(written):
            raise OutputError(
                str(out), f"{path} is read from there; give another folder, so that no input is overwritten"
            )


def _plan(paths: Sequence[Location], settings: Settings) -> Plan:
    rules = Rulebook.load(settings.rules).digest
    return Plan(
        layout=Layout(form=settings.form, shard_size=settings.shard_size),
        inputs={"paths": [str(path) for path in paths], "fields": msgspec.structs.asdict(settings.fields)},
        made_with={"rules": rules, "lean": settings.lean.value, "repeats": settings.repeats, "versions": versions()},
    )


def _named(inputs: Inputs, folder: RunFolder) -> Iterator[Item]:
    """The items that are still to be done, each document under an id that none before it has."""
    items = inputs.documents(folder.position)
    for number, item in enumerate(items, start=folder.summary.documents + 1):
        document = item.document
        if isinstance(document, Failure):
            yield item
        else:
            unique = folder.name(document.id, number)
            yield item._replace(document=msgspec.structs.replace(document, id=unique))


def _repeats(inputs: Inputs, folder: Path, settings: Settings) -> Repeats | None:
    file = folder / "tally.sqlite"
    return first_pass.count(inputs, file, settings.rules, jobs=settings.jobs, limits=settings.limits)


def _outcomes(items: Iterable[Item], settings: Settings, repeats: Repeats | None) -> Generator[tuple[Item, Outcome]]:
    pool = Pool(partial(_work, settings, repeats), jobs=settings.jobs, limits=settings.limits, home=_HOME)
    for item, result in pool.map(items):
        yield item, failure(item.document.path, result) if isinstance(result, CrashError) else result


def _work(settings: Settings, repeats: Repeats | None) -> Callable[[Item], Outcome]:
    # Imported in the processes only: the parent starts in a fifth of the time without the pipeline.
    from cleaner.batch import work

    return work.cleaning(settings.rules, settings.lean, settings.form, repeats)

"""One run: every document of the input cleaned, every result in its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path

import msgspec

from cleaner import decode
from cleaner.batch import sources
from cleaner.batch.formats import Format, encode
from cleaner.batch.records import Cleaned, Document, Failure, Outcome, Removed
from cleaner.batch.sinks import RunFolder
from cleaner.batch.sources import failure
from cleaner.batch.summary import Summary, manifest
from cleaner.errors import OutputError, PageError
from cleaner.model import Article, Lean, Page
from cleaner.pipeline import Cleaner
from cleaner.pool import CrashError, Pool


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How a run is done."""

    rules: tuple[Path, ...] = ()
    """Folders of rules laid over the built-in ones."""
    form: Format = Format.JSONL
    lean: Lean = Lean.BALANCED
    jobs: int = 1
    """Processes. The output is the same for any number, to the byte."""


def run(
    paths: Sequence[Path], out: Path, settings: Settings, *, progress: Callable[[Outcome], object] = lambda _: None
) -> Summary:
    """Clean the documents at ``paths`` into the folder ``out``; ``progress`` hears of each outcome.

    A document that cannot be cleaned becomes a row of ``failures.jsonl`` and takes nothing with it.

    Raises:
        RuleError: a rule file is broken; nothing was cleaned.
        OutputError: ``out`` cannot be written, or is itself read from.
    """
    _refuse_overlap(paths, out)
    cleaner = Cleaner(settings.rules, lean=settings.lean)
    summary = Summary()
    with RunFolder(out, settings.form) as folder:
        for outcome in _outcomes(sources.find(paths, skip=out), settings, cleaner):
            folder.write(outcome)
            summary = summary.plus(outcome)
            progress(outcome)
        folder.commit(manifest(summary, cleaner.rules_digest))
    return summary


def load(document: Document) -> Page:
    """The page of a document. Raises :class:`PageError`, also where its file cannot be read."""
    try:
        content = document.read()
    except OSError as error:
        raise PageError(document.path, f"cannot be read: {error.strerror}") from error
    return decode.page(content, name=document.id, source=document.path, url=document.url)


def _refuse_overlap(paths: Iterable[Path], out: Path) -> None:
    written = out.resolve()
    for path in paths:
        if str(path) != sources.STDIN and path.resolve().is_relative_to(written):
            raise OutputError(
                str(out), f"{path} is read from there; give another folder, so that no input is overwritten"
            )


def _outcomes(documents: Iterable[Document | Failure], settings: Settings, cleaner: Cleaner) -> Iterator[Outcome]:
    if settings.jobs == 1:
        for document in documents:
            yield _outcome(document, cleaner, settings.form)
        return
    pool = Pool(partial(_in_worker, settings), jobs=settings.jobs)
    for document, result in pool.map(documents):
        yield failure(document.path, result) if isinstance(result, CrashError) else result


def _in_worker(settings: Settings, document: Document | Failure) -> Outcome:
    return _outcome(document, _cleaner(settings.rules, settings.lean), settings.form)


@lru_cache(maxsize=1)
def _cleaner(rules: tuple[Path, ...], lean: Lean) -> Cleaner:
    """One for the life of a worker: rules are loaded once, not once a page."""
    return Cleaner(rules, lean=lean)


def _outcome(document: Document | Failure, cleaner: Cleaner, form: Format) -> Outcome:
    if isinstance(document, Failure):
        return document
    try:
        article = cleaner.clean_page(load(document))
        return _cleaned(article, form)
    except PageError as error:
        return Failure(document.path, "PageError", error.problem)
    except Exception as error:  # noqa: BLE001  one page must never end a run over many
        return failure(document.path, error)


def _cleaned(article: Article, form: Format) -> Cleaned:
    return Cleaned(
        id=article.id,
        article=encode(article, form),
        removed=tuple(_removed(article)),
        characters=sum(len(block.text) for block in article.blocks),
        kept=sum(len(block.text) for block in article.blocks if block.kept),
    )


def _removed(article: Article) -> Iterator[Removed]:
    for block in article.removed:
        if block.verdict is None:
            raise AssertionError(f"no judge spoke about block {block.index}")
        yield Removed(
            id=article.id,
            index=block.index,
            label=block.verdict.label.value,
            judge=block.verdict.judge,
            rule=block.verdict.rule,
            why=block.verdict.why,
            text=block.text,
        )

"""Cleaning of one document: the part of a run that its worker processes do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from cleaner.article import Article
from cleaner.batch.records import (
    CleanedDocument,
    InputDocument,
    InputItem,
    ItemOutcome,
    Outcome,
    RemovedBlock,
    make_failure,
)
from cleaner.errors import PageError
from cleaner.library import Cleaner
from cleaner.model import Lean, Page
from cleaner.page import decode
from cleaner.render.output_formats import DEFAULT_OPTIONS, OutputFormat, OutputOptions, encode_article, needs_structure
from cleaner.repeats import Repeats
from cleaner.storage.run_files import Failure, Skipped


def make_cleaner(
    rules: Sequence[Path],
    lean: Lean,
    form: OutputFormat,
    repeats: Repeats | None,
    options: OutputOptions = DEFAULT_OPTIONS,
) -> Callable[[InputItem], ItemOutcome]:
    """A function that cleans the document of an item; the rules are loaded once."""
    cleaner = Cleaner(rules, lean=lean, repeats=repeats, structure=needs_structure(form, options))

    def clean(item: InputItem) -> ItemOutcome:
        document = item.document
        return document if isinstance(document, Skipped) else clean_document(document, cleaner, form, options)

    return clean


def clean_document(
    document: InputDocument | Failure, cleaner: Cleaner, form: OutputFormat, options: OutputOptions = DEFAULT_OPTIONS
) -> Outcome:
    """Clean ``document``; errors are returned as a :class:`Failure`, never raised."""
    if isinstance(document, Failure):
        return document
    try:
        return encode_cleaned(cleaner.clean_page(load_page(document)), form, options)
    except PageError as error:
        return Failure(document.path, "PageError", error.problem)
    except MemoryError:
        return Failure(document.path, "MemoryError", "needs more memory than the limit for one page")
    except Exception as error:  # noqa: BLE001  one page must never end a run over many
        return make_failure(document.path, error)


def load_page(document: InputDocument) -> Page:
    """The page of a document. Raises :class:`PageError`, also if its file cannot be read."""
    try:
        content = document.read()
    except OSError as error:
        raise PageError(document.path, f"cannot be read: {error.strerror}") from error
    return decode.read_page(
        content,
        name=document.id,
        source=document.path,
        folder=str(PurePosixPath(document.place).parent),
        url=document.url,
        charset=document.charset,
        fetched=document.fetched,
    )


def encode_cleaned(article: Article, form: OutputFormat, options: OutputOptions = DEFAULT_OPTIONS) -> CleanedDocument:
    """``article`` ready to be written in ``form``."""
    return CleanedDocument(
        id=article.id,
        article=encode_article(article, form, options),
        removed=tuple(_removed_blocks(article)),
        characters=sum(len(block.marked_text) for block in article.blocks),
        kept=sum(len(block.marked_text) for block in article.blocks if block.kept),
    )


def _removed_blocks(article: Article) -> Iterator[RemovedBlock]:
    text, at = article.text, 0
    for block in article.blocks:
        if block.kept:
            at = text.index(block.marked_text, at) + len(block.marked_text)
            continue
        if block.verdict is None:
            raise AssertionError(f"block {block.index} has no verdict")
        yield RemovedBlock(
            id=article.id,
            index=block.index,
            label=block.verdict.label.value,
            judge=block.verdict.judge,
            rule=block.verdict.rule,
            why=block.verdict.why,
            score=block.verdict.score,
            at=at,
            text=block.marked_text,
        )
